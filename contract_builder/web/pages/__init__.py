"""The pages, a module for each entry of the menu; ``routes`` gives them their addresses."""
