"""One module per foreign format: its own words → typed rows, as streams."""
