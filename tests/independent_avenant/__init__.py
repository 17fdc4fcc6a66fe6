"""An avenant read by someone who has only the printed Word file and the contract that it amends.

A test instrument, which shares nothing with ``contract_builder``: it reads the Word file
(``printed_file``), the old contract's JSON as printed (``printed_contract``), the sentences
(``sentences``), applies what they order (``application``), and tells each disagreement with the new
contract and with ``avenant.json`` (``judging``). The grammar is that of legislative drafting as the
guide states it; a sentence that it cannot read is a fault.
"""
