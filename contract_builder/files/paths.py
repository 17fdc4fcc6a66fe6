"""What stands at a path, whatever it is: links that lead nowhere or in a circle are not absent."""

import os
from pathlib import Path


def is_there(path: Path) -> bool:
    """True for anything at all under that name: what cannot be read is then told when it is read,
    where ``is_file`` would call it absent. A folder that may not be searched raises OSError.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    return True


def real_path(path: Path) -> Path:
    """The path without links; where they lead in a circle, as far as they lead somewhere."""
    return Path(os.path.realpath(path))
