"""What the contracts of a region say otherwise than the standard text: tables, and their views."""
