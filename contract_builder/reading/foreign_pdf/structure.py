"""What the structure of a foreign PDF says: whether it opens, and what forbids joining it."""

import logging
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_BYTES = 50 * 2**20
MAX_PAGES = 500

DAMAGED = "il est endommagé"
PROTECTED = "il est protégé ; enregistrez-en une copie sans mot de passe ni restriction"
_SIGNATURE_WITHIN = 1024
_END_WITHIN = 2048


class UnusablePdfError(Exception):
    """The file cannot be joined; the text is the reason, to be put after « : »."""


def refuse_what_is_no_pdf(data: bytes) -> None:
    """UnusablePdfError for what is empty, no PDF, or cut short."""
    if not data:
        raise UnusablePdfError("il est vide")
    if b"%PDF-" not in data[:_SIGNATURE_WITHIN]:
        raise UnusablePdfError("ce n’est pas un PDF")
    if b"startxref" not in data[-_END_WITHIN:]:
        raise UnusablePdfError("il est incomplet, sa fin manque")


def open_pdf(data: bytes) -> "PdfReader":
    """A reader of the file; UnusablePdfError when it is protected."""
    # The reader tells what it mended, in English and to whom it may concern: nobody here.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(BytesIO(data))
    except DependencyError as error:  # what decrypts the stronger ciphers is not installed
        raise UnusablePdfError(PROTECTED) from error
    if reader.is_encrypted:
        raise UnusablePdfError(PROTECTED)
    return reader


def find_entry(value: Any, *keys: str) -> Any:
    """What stands under the keys, one inside the other, references followed; None without it."""
    for key in keys:
        if not (isinstance(value, dict) and key in value):
            return None
        value = value[key]
    return value


def refuse_what_a_copy_would_change(reader: "PdfReader") -> None:
    """Layers that are hidden, forms made anew at each opening, files kept inside another."""
    layers = find_entry(reader.root_object, "/OCProperties", "/D")
    if find_entry(layers, "/OFF") or find_entry(layers, "/BaseState") == "/OFF":
        raise UnusablePdfError(
            "il a des calques masqués ; imprimez-le en PDF pour n’en garder que ce qui se voit"
        )
    if find_entry(reader.root_object, "/AcroForm", "/XFA") is not None:
        raise UnusablePdfError("c’est un formulaire dynamique ; imprimez-le en PDF une fois rempli")
    if isinstance(find_entry(reader.root_object, "/Collection"), dict):
        raise UnusablePdfError(
            "c’est un porte-documents qui en contient d’autres ; joignez chacun d’eux"
        )


def count(reader: "PdfReader") -> int:
    """How many pages there are, from 1 to MAX_PAGES, each with a surface."""
    number = len(reader.pages)
    if number == 0:
        raise UnusablePdfError("il n’a aucune page")
    if number > MAX_PAGES:
        raise UnusablePdfError(f"il a {number} pages, plus que les {MAX_PAGES} admises")
    for page in reader.pages:
        left, bottom, right, top = shown_box(page)
        if not (right > left and top > bottom):
            raise UnusablePdfError("une de ses pages n’a pas de surface")
    return number


def shown_box(page: "PageObject") -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what a page shows, in its own units.

    A crop box beyond the media box is cut at it; one that leaves nothing of it is not heeded.
    """
    media, crop = page.mediabox, page.cropbox
    left, bottom = max(media.left, crop.left), max(media.bottom, crop.bottom)
    right, top = min(media.right, crop.right), min(media.top, crop.top)
    if left >= right or bottom >= top:
        left, bottom, right, top = media.left, media.bottom, media.right, media.top
    return float(left), float(bottom), float(right), float(top)


def reading_errors() -> tuple[type[Exception], ...]:
    """What reading a broken file may raise; a time limit set by a batch is none of these."""
    from pypdf.errors import DependencyError, DeprecationError, PyPdfError
    from pypdfium2 import PdfiumError

    return (
        PdfiumError,
        PyPdfError,
        DependencyError,  # an image format read by a program apart
        DeprecationError,  # a name of filters that no standard has
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
