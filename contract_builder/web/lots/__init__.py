"""Long work that pages ask for and a worker does outside requests: lots of contracts, imports.

Each is a row in the database of the pages. The documents of a lot, and what is known of each
contract, lie in a folder of products, as with ``cpom batch``; the files of an import in one of
their own. ``orders`` and ``import_orders`` change states, ``queue`` says which task answers to
which, ``tasks`` are what the worker runs.
"""
