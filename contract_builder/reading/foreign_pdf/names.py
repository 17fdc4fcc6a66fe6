"""Names of PDF objects kept byte for byte when pypdf reads and writes them.

pypdf reads a name as UTF-8, else as GBK, else as Latin-1, and writes it as UTF-8: ``/Im#E9``
becomes ``/Im#C3#A9``, while the page goes on calling ``/Im#E9``, and the image is lost. Names are
bytes (ISO 32000-1, 7.3.5); here one character stands for one byte, both ways.
"""

import re

_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_REGULAR = frozenset(
    byte for byte in range(0x21, 0x7F) if byte not in b"#()<>[]{}/%"
)  # ISO 32000-1, 7.2.2


def keep_names_as_written() -> None:
    """Makes pypdf read and write names so, in this process; may be called again."""
    from pypdf.generic import NameObject

    NameObject.CHARSETS = ("latin-1",)  # type: ignore[assignment]
    NameObject.unnumber = staticmethod(_read)  # type: ignore[method-assign, assignment]
    NameObject.renumber = _write  # type: ignore[method-assign, assignment]


def _read(written: bytes) -> bytes:
    """The bytes of a name; ``#`` that no two digits follow stands for itself."""
    return _ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), written)


def _write(name: str) -> bytes:
    """A name as it stands in a file."""
    try:
        octets = name[1:].encode("latin-1")
    except UnicodeEncodeError:  # a name of ours
        octets = name[1:].encode()
    return b"/" + b"".join(
        bytes((byte,)) if byte in _REGULAR else b"#%02X" % byte for byte in octets
    )
