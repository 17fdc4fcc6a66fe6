"""Profile files, layer by layer → the resolved profile and its facts."""
