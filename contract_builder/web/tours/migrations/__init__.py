"""The steps of the tables of tours."""
