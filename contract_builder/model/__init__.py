"""Frozen, typed records of every step; no input or output."""
