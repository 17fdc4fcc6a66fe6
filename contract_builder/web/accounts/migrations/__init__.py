"""The history of the table of accounts."""
