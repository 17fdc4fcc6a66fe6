"""Typed rows → what a profile says: one module per group of values."""
