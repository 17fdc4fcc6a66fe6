"""Forms of a profile: fields made from its records, filled from its file, read back as its tree."""
