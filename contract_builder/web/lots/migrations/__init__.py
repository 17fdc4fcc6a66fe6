"""The steps that bring the table of lots up to date."""
