"""Lots: productions of many contracts, asked for by pages and made by a worker outside requests.

A lot is a row in the database of the pages; its documents and what is known of each contract lie
in a folder of products, as with ``cpom batch``. ``orders`` changes a lot's state, ``tasks`` are
what the worker runs.
"""
