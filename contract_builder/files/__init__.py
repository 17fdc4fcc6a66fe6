"""Where a project lies, what comes packaged, and how files are written whole or not at all."""
