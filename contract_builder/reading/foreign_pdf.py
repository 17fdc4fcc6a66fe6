"""PDF files that others made, looked at before they are joined to a contract.

What is accepted here can be joined: every page was reached and its content decoded.
"""

import logging
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_BYTES = 50 * 2**20
MAX_PAGES = 500

_PROTECTED = "il est protégé ; enregistrez-en une copie sans mot de passe ni restriction"
_SIGNATURE_WITHIN = 1024
_END_WITHIN = 2048


class UnusablePdfError(Exception):
    """The file cannot be joined; the text is the reason, to be put after « : »."""


def count_pages(data: bytes) -> int:
    """How many pages a PDF has, from 1 to MAX_PAGES.

    Raises UnusablePdfError for what is empty, no PDF, cut short, broken, protected or too long.
    """
    if not data:
        raise UnusablePdfError("il est vide")
    if b"%PDF-" not in data[:_SIGNATURE_WITHIN]:
        raise UnusablePdfError("ce n’est pas un PDF")
    if b"startxref" not in data[-_END_WITHIN:]:
        raise UnusablePdfError("il est incomplet, sa fin manque")
    reader = open_foreign_pdf(data)
    try:
        _refuse_what_a_copy_would_change(reader)
        return _count(reader)
    except _reading_errors() as error:
        raise UnusablePdfError("il est endommagé") from error


def open_foreign_pdf(data: bytes) -> "PdfReader":
    """A reader of the file; UnusablePdfError when it is broken or protected."""
    # The reader tells what it mended, in English and to whom it may concern: nobody here.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise UnusablePdfError(_PROTECTED)
    except DependencyError as error:  # what decrypts the stronger ciphers is not installed
        raise UnusablePdfError(_PROTECTED) from error
    except _reading_errors() as error:
        raise UnusablePdfError("il est endommagé") from error
    return reader


def find_entry(value: Any, *keys: str) -> Any:
    """What stands under the keys, one inside the other, references followed; None without it."""
    for key in keys:
        if not (isinstance(value, dict) and key in value):
            return None
        value = value[key]
    return value


def _refuse_what_a_copy_would_change(reader: "PdfReader") -> None:
    """Layers that are hidden, and forms made anew at each opening, would come out otherwise."""
    layers = find_entry(reader.root_object, "/OCProperties", "/D")
    if find_entry(layers, "/OFF") or find_entry(layers, "/BaseState") == "/OFF":
        raise UnusablePdfError(
            "il a des calques masqués ; imprimez-le en PDF pour n’en garder que ce qui se voit"
        )
    if find_entry(reader.root_object, "/AcroForm", "/XFA") is not None:
        raise UnusablePdfError("c’est un formulaire dynamique ; imprimez-le en PDF une fois rempli")


def _count(reader: "PdfReader") -> int:
    number = len(reader.pages)
    if number == 0:
        raise UnusablePdfError("il n’a aucune page")
    if number > MAX_PAGES:
        raise UnusablePdfError(f"il a {number} pages, plus que les {MAX_PAGES} admises")
    for page in reader.pages:
        box = page.cropbox
        if not (box.width > 0 and box.height > 0):
            raise UnusablePdfError("une de ses pages n’a pas de surface")
        content = page.get_contents()
        if content is not None:
            content.get_data()
    return number


def _reading_errors() -> tuple[type[Exception], ...]:
    """What reading a broken file may raise; a time limit set by a batch is none of these."""
    from pypdf.errors import PyPdfError

    return (
        PyPdfError,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        NotImplementedError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
        struct.error,
        zlib.error,
    )
