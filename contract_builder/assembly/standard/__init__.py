"""The contract that the library's own text would give, for a contract that exists."""
