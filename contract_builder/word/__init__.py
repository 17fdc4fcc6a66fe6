"""The general Word toolkit: WordprocessingML without contracts."""
