"""Files of the library → ``Library`` and all its problems."""
