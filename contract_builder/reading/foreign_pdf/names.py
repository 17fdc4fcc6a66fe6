"""Names of PDF objects kept byte for byte when pypdf reads and writes them.

pypdf reads a name as UTF-8, else as GBK, else as Latin-1, and writes it as UTF-8: ``/Im#E9``
becomes ``/Im#C3#A9``, while the page goes on calling ``/Im#E9``, and the image is lost. Names are
bytes (ISO 32000-1, 7.3.5); here one character stands for one byte, both ways.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_REGULAR = frozenset(
    byte for byte in range(0x21, 0x7F) if byte not in b"#()<>[]{}/%"
)  # ISO 32000-1, 7.2.2


_CHANGING = threading.RLock()


@contextmanager
def names_as_written() -> Iterator[None]:
    """Has pypdf read and write names so, as long as it lasts: it offers no choice of its own.

    A reader reads late: all that is done with it belongs inside.
    """
    from pypdf.generic import NameObject

    ours = {"CHARSETS": ("latin-1",), "unnumber": staticmethod(_read), "renumber": _renumber}
    with _CHANGING:
        theirs = {name: vars(NameObject)[name] for name in ours}
        try:
            for name, value in ours.items():
                setattr(NameObject, name, value)
            yield
        finally:
            for name, value in theirs.items():
                setattr(NameObject, name, value)


def _read(written: bytes) -> bytes:
    """The bytes of a name; ``#`` that no two digits follow stands for itself."""
    return _ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), written)


def _renumber(name: str) -> bytes:
    return _write(str(name))


@lru_cache(maxsize=4096)
def _write(name: str) -> bytes:
    """A name as it stands in a file."""
    try:
        octets = name[1:].encode("latin-1")
    except UnicodeEncodeError:  # a name of ours
        octets = name[1:].encode()
    return b"/" + b"".join(
        bytes((byte,)) if byte in _REGULAR else b"#%02X" % byte for byte in octets
    )
