"""One verb a module: the only modules that know the order of the steps."""
