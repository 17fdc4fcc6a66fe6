"""The life of a signed contract: what it expects each year, what was said of it, what it is worth.

Pure: a contract and values in, ratings, gaps, tables and documents out. Opens no file, no store,
reads no clock; ``services.following`` and its siblings do.
"""
