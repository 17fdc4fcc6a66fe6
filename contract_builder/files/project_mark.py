"""What marks a working folder: the one that holds the library, the sheets and the profiles."""

from pathlib import Path

PROJECT_MARK = "clause_library"


def is_project(folder: Path) -> bool:
    """True when ``folder`` holds a library of clauses, even an empty one."""
    return (folder / PROJECT_MARK).is_dir()
