"""The avenant between two contracts: its operations, their application, their proof.

Stands on the edit script of ``compare``. ``units`` says how a contract is cut and counted as
printed; ``drafting.draft_operations`` gives the operations, ``applying.apply_operations`` the
contract that they make of the old one. Holds no file and no clock.
"""
