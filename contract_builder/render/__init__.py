"""Contract → bytes, one package for each format, and the gates that read them back."""
