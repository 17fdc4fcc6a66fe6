"""Annotations and form fields of a foreign page: which are seen, and what shows them or should."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from contract_builder.reading.foreign_pdf.structure import find_entry

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject, StreamObject

_HIDDEN = 2 | 32  # Hidden, NoView (ISO 32000-1, 12.5.3)
_PASSWORD, _PUSH_BUTTON = 1 << 13, 1 << 16  # flags of fields (12.7.4)
_DEPTH = 32
_SHOWING = re.compile(rb"(?:Tj|TJ|Do|['\"])(?![A-Za-z0-9])")
_FONTS = re.compile(rb"/(\S+)\s+[-+.\d]+\s+Tf(?![A-Za-z0-9])")
_DRAWN = frozenset(
    (
        *("/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Ink"),
        *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Redact"),
        *("/FileAttachment", "/Sound", "/Movie", "/RichMedia", "/3D"),
    )
)
"""What a viewer draws by itself when the file has no appearance of it."""


def iter_annotations(page: "PageObject") -> Iterator["tuple[int, DictionaryObject]"]:
    """The annotations that a reader of the page sees, each with its place in the page's list.

    One whose rectangle is no rectangle is seen by nobody.
    """
    from pypdf.generic import ArrayObject, DictionaryObject

    listed = find_entry(page, "/Annots")
    for index, reference in enumerate(listed if isinstance(listed, ArrayObject) else ()):
        annotation = reference.get_object()
        if not isinstance(annotation, DictionaryObject) or rectangle_of(annotation) is None:
            continue
        flags = find_entry(annotation, "/F")
        hidden = isinstance(flags, int) and flags & _HIDDEN
        if not hidden and find_entry(annotation, "/Subtype") != "/Popup":
            yield index, annotation


def rectangle_of(annotation: "DictionaryObject") -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of an annotation; None without four numbers."""
    numbers = floats(find_entry(annotation, "/Rect"), 4)
    if numbers is None:
        return None
    (left, right), (bottom, top) = sorted(numbers[0::2]), sorted(numbers[1::2])
    return left, bottom, right, top


def floats(values: Any, number: int) -> list[float] | None:
    """The first ``number`` numbers of an array; None when it is no array of as many numbers."""
    from pypdf.generic import ArrayObject, FloatObject, NumberObject

    if not isinstance(values, ArrayObject) or len(values) < number:
        return None
    found = [value.get_object() for value in values[:number]]
    if not all(isinstance(value, FloatObject | NumberObject) for value in found):
        return None
    return [float(value) for value in found]


def find_appearance(annotation: "DictionaryObject") -> "StreamObject | None":
    """The form that shows an annotation in its present state; None when it has no box."""
    from pypdf.generic import StreamObject

    shown = find_entry(annotation, "/AP", "/N")
    if not isinstance(shown, StreamObject):
        shown = find_entry(shown, _state_of(annotation, shown))
    if not isinstance(shown, StreamObject):
        return None
    return shown if floats(find_entry(shown, "/BBox"), 4) is not None else None


def _state_of(annotation: "DictionaryObject", states: Any) -> str:
    """Which of its appearances a field shows: its own choice, else its value."""
    state = find_entry(annotation, "/AS")
    if isinstance(state, str):
        return state
    value = inherited(annotation, "/V")
    return value if isinstance(value, str) and find_entry(states, value) is not None else "/Off"


def inherited(field: "DictionaryObject", key: str) -> Any:
    """What a field, else the nearest field above it, has under a key."""
    for _ in range(_DEPTH):
        if not isinstance(field, dict):
            return None
        found = find_entry(field, key)
        if found is not None:
            return found
        field = find_entry(field, "/Parent")
    return None


def find_written(annotation: "DictionaryObject") -> tuple[str, ...]:
    """What somebody wrote in a field or a free text, each form that may show it; nothing for none.

    A chosen value is shown by its label or by itself; a password is never shown.
    """
    subtype = find_entry(annotation, "/Subtype")
    if subtype == "/FreeText":
        return _texts(find_entry(annotation, "/Contents"))
    if subtype != "/Widget" or inherited(annotation, "/FT") not in ("/Tx", "/Ch"):
        return ()
    flags = inherited(annotation, "/Ff")
    if inherited(annotation, "/FT") == "/Tx" and isinstance(flags, int) and flags & _PASSWORD:
        return ()
    value = inherited(annotation, "/V")
    if isinstance(value, list):
        value = value[0].get_object() if value else None
    written = _texts(value)
    options = inherited(annotation, "/Opt")
    for option in options if isinstance(options, list) else ():
        pair = option.get_object()
        if written and isinstance(pair, list) and len(pair) == 2:
            key, label = (_texts(item.get_object()) for item in pair)
            if key == written[:1]:
                return (*written, *label)
    return written


def _texts(value: Any) -> tuple[str, ...]:
    from pypdf.generic import ByteStringObject, StreamObject

    if isinstance(value, StreamObject):
        value = value.get_data()
    if isinstance(value, ByteStringObject | bytes):
        value = bytes(value).decode("latin-1")
    return (str(value),) if isinstance(value, str) and value.strip() else ()


def shows_nothing_written(annotation: "DictionaryObject") -> bool:
    """True when the appearance of something written has neither a text nor a form or an image."""
    appearance = find_appearance(annotation)
    if appearance is None or not find_written(annotation):
        return False
    return _SHOWING.search(appearance.get_data()) is None


def is_missing(annotation: "DictionaryObject") -> bool:
    """True when a viewer would draw something that no appearance of the file shows."""
    if find_appearance(annotation) is not None:
        return False
    subtype = find_entry(annotation, "/Subtype")
    if subtype != "/Widget":
        return subtype in _DRAWN
    left, bottom, right, top = rectangle_of(annotation) or (0, 0, 0, 0)
    if left == right or bottom == top:
        return False
    if inherited(annotation, "/FT") == "/Btn":
        return _button_shows_something(annotation)
    return bool(find_written(annotation)) or bool(find_entry(annotation, "/MK"))


def is_written_in(annotation: "DictionaryObject") -> bool:
    """True for the fields whose appearance is made of their value: texts and choices."""
    kind = inherited(annotation, "/FT")
    return find_entry(annotation, "/Subtype") == "/Widget" and kind in ("/Tx", "/Ch")


def find_blank(reader: "PdfReader") -> dict[int, list[int]]:
    """The fields without an appearance, by page and place in its list, from 0."""
    return {
        number: [
            index
            for index, annotation in iter_annotations(page)
            if find_entry(annotation, "/Subtype") == "/Widget"
            and find_appearance(annotation) is None
        ]
        for number, page in enumerate(reader.pages)
    }


def _button_shows_something(annotation: "DictionaryObject") -> bool:
    """A pressed box, or a caption; a box that is not pressed may well have no appearance."""
    flags = inherited(annotation, "/Ff")
    if isinstance(flags, int) and flags & _PUSH_BUTTON:
        return bool(_texts(find_entry(annotation, "/MK", "/CA")))
    state = find_entry(annotation, "/AS") or inherited(annotation, "/V") or "/Off"
    if find_entry(annotation, "/AS") is None and find_entry(annotation, "/AP", "/N") is not None:
        return False  # one of several buttons, and the value is that of another
    return bool(state != "/Off")


def is_drawn_in_one_font(annotation: "DictionaryObject") -> bool:
    """True when the text that was drawn for an annotation takes one font, which its form names.

    The renderer looks for another font for what the field's own lacks, and what it then writes is
    read by itself alone.
    """
    appearance = find_appearance(annotation)
    if appearance is None:
        return False
    used = {name.decode("latin-1") for name in _FONTS.findall(appearance.get_data())}
    known = find_entry(appearance, "/Resources", "/Font")
    return len(used) <= 1 and all(find_entry(known, f"/{name}") is not None for name in used)


def name_of(annotation: "DictionaryObject") -> str:
    """How to speak of an annotation to whoever made the file: the field's name, else its kind."""
    name = inherited(annotation, "/T") if find_entry(annotation, "/Subtype") == "/Widget" else None
    if isinstance(name, str) and name.strip():
        return f"le champ « {' '.join(name.split())[:60]} »"
    if find_entry(annotation, "/Subtype") == "/Widget":
        return "un champ"
    return f"une annotation ({str(find_entry(annotation, '/Subtype')).lstrip('/')[:30]})"
