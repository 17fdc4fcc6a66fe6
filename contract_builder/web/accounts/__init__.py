"""Accounts of a team: who may enter, in a database of the pages that holds nothing else.

The store's tables are never touched from here, even when both lie in one PostgreSQL database.
"""
