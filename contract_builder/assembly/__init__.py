"""Library and profile → ``Contract``."""
