"""The characters of one paragraph of a Word file, with the marks of tracked changes on them."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from lxml import etree

from contract_builder.returned.lines import (
    TOLD_LOOKS,
    LineMark,
    LineParagraph,
    MarkKind,
    Piece,
)
from contract_builder.word.ooxml import MC, w

PARAGRAPH_TAG: Final = w("p")
NOTE_CALLS: Final = (w("footnoteReference"), w("endnoteReference"))
STAMP: Final = "stamp"
"""An attribute without namespace: what settles revisions keeps it, Word never sees it."""

_RUN, _RPR, _PPR, _SDT = w("r"), w("rPr"), w("pPr"), w("sdt")
_CELL, _CELL_LOOK = w("tc"), w("tcPr")
_ID, _VAL, _AUTHOR, _DATE = w("id"), w("val"), w("author"), w("date")
_FIELD_TYPE, _BREAK_TYPE = w("fldCharType"), w("type")
_KINDS: Final[dict[str, MarkKind]] = {
    w("ins"): "ins", w("del"): "del", w("moveFrom"): "from", w("moveTo"): "to",
    w("cellIns"): "ins", w("cellDel"): "del",
}  # fmt: skip
_PICTURES: Final = frozenset({w("drawing"), w("pict"), w("object"), f"{{{MC}}}AlternateContent"})
_PICTURE_WORD: Final = "[image]"
_BOX: Final = w("txbxContent")
_MATH_RUN, _MATH_TEXT = (
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}" for name in ("r", "t")
)
_LITERALS: Final = {
    w("tab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "",
}  # fmt: skip
_TEXTS: Final = frozenset({w("t"), w("delText"), _MATH_TEXT})
_CODES: Final = frozenset({w("instrText"), w("delInstrText")})
_CHARACTER, _SIMPLE, _SYMBOL = w("fldChar"), w("fldSimple"), w("sym")
_PAGES: Final = frozenset({"PAGE", "NUMPAGES", "PAGEREF", "SECTIONPAGES"})
_FALLBACK: Final = f"{{{MC}}}Fallback"
_OFF: Final = frozenset({"0", "false", "off", "none"})
_HELD_HYPHEN: Final = str.maketrans({"\u2011": "-"})


def read_mark(element: etree._Element, kind: MarkKind, name: str = "") -> LineMark:
    """The mark that this element makes."""
    stamp = int(element.get(STAMP, "0"))
    return LineMark(kind, element.get(_AUTHOR), element.get(_DATE), name, stamp)


def find_marks(
    properties: etree._Element | None, moves: dict[etree._Element, str]
) -> tuple[LineMark, ...]:
    """The marks that stand among the properties of a run, a paragraph's end or a row."""
    if properties is None:
        return ()
    return tuple(
        read_mark(child, _KINDS[str(child.tag)], moves.get(child, ""))
        for child in properties
        if child.tag in _KINDS
    )


def find_look(properties: etree._Element | None) -> LineMark | None:
    """The mark of a change of look among these properties."""
    if properties is None:
        return None
    change = next((c for c in properties if str(c.tag).endswith("PrChange")), None)
    return None if change is None else read_mark(change, "format")


def iter_paragraphs(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs in a cell or a note, those of its text boxes and inner tables included."""
    for paragraph in container.iter(PARAGRAPH_TAG):
        if not any(outer.tag == _FALLBACK for outer in paragraph.iterancestors()):
            yield paragraph


def iter_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes that stand in a paragraph itself; of two copies of one, the newer."""
    for box in paragraph.iter(_BOX):
        inside = list(takewhile(lambda outer: outer is not paragraph, box.iterancestors()))
        if not any(outer.tag in (PARAGRAPH_TAG, _FALLBACK) for outer in inside):
            yield box


class ParagraphReader:
    """Reads the paragraphs of one part; ``outer`` are the marks on what calls it (a note).

    ``shows_pictures`` tells a word for each picture: those of headers are the template's.
    """

    def __init__(
        self,
        root: etree._Element,
        outer: tuple[LineMark, ...] = (),
        *,
        shows_pictures: bool = True,
    ) -> None:
        self.moves = _name_moves(root)
        self._outer = outer
        self._shows_pictures = shows_pictures

    def read(self, paragraph: etree._Element) -> LineParagraph:
        """The paragraph with what its own runs say, text boxes and field codes left out."""
        properties = paragraph.find(_PPR)
        style = None if properties is None else properties.find(w("pStyle"))
        end = None if properties is None else properties.find(_RPR)
        return LineParagraph(
            tuple(self._iter_pieces(paragraph)),
            (*self._outer, *find_marks(end, self.moves)),
            find_look(properties),
            "" if style is None else style.get(_VAL, ""),
            int(paragraph.get(STAMP, "0")),
        )

    def iter_calls(self, paragraph: etree._Element) -> Iterator[tuple[str, tuple[LineMark, ...]]]:
        """The identifiers of the notes that the paragraph calls, with the marks on the calls."""
        for call in paragraph.iter(*NOTE_CALLS):
            run = call.getparent()
            if run is not None:
                kind = "" if call.tag == NOTE_CALLS[0] else "end:"
                yield kind + call.get(_ID, ""), self._marks_of(run)

    def _iter_pieces(self, paragraph: etree._Element) -> Iterator[Piece]:
        for run, words in _iter_runs(paragraph, _RUN, _MATH_RUN):
            text = f"{words}{''.join(_iter_pictures(run))}" if self._shows_pictures else words
            if text:
                yield self._piece(run, text, paragraph)

    def _piece(self, run: etree._Element, text: str, paragraph: etree._Element) -> Piece:
        look = run.find(_RPR)
        return Piece(
            text,
            self._marks_of(run),
            frozenset(name for name in TOLD_LOOKS if _is_on(look, name)),
            _control_of(run, paragraph),
            find_look(look),
        )

    def _marks_of(self, run: etree._Element) -> tuple[LineMark, ...]:
        """The marks on a run; those round its text box, and those of its cell, among them."""
        found: list[LineMark] = []
        for outer in run.iterancestors():
            if outer.tag in _KINDS:
                found.append(read_mark(outer, _KINDS[str(outer.tag)], self.moves.get(outer, "")))
            elif outer.tag == _CELL:
                found += find_marks(outer.find(_CELL_LOOK), self.moves)
        own = find_marks(run.find(_RPR), self.moves)
        return (*self._outer, *reversed(found), *own)


def iter_told_runs(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The runs of a paragraph, those of text boxes left out, each with the words it says here."""
    yield from _iter_runs(paragraph, _RUN)


def _iter_runs(paragraph: etree._Element, *names: str) -> Iterator[tuple[etree._Element, str]]:
    fields: list[list[str]] = []
    for run in paragraph.iter(*names):
        if _nearest(run, PARAGRAPH_TAG) is paragraph and not _is_hidden_copy(run, paragraph):
            yield run, "".join(_iter_run(run, fields, paragraph)).translate(_HELD_HYPHEN)


def _iter_run(
    run: etree._Element, fields: list[list[str]], paragraph: etree._Element
) -> Iterator[str]:
    """The characters of a run; ``fields`` are those open here, each as [phase, code]."""
    for child in run:
        if child.tag == _CHARACTER:
            _follow_field(child, fields)
        elif child.tag in _CODES:
            if fields:
                fields[-1][1] += child.text or ""
        elif not any(_is_page(phase, code) for phase, code in fields):
            yield _character(child, run, paragraph)


def _follow_field(character: etree._Element, fields: list[list[str]]) -> None:
    kind = character.get(_FIELD_TYPE)
    if kind == "begin":
        fields.append(["code", ""])
    elif fields and kind == "separate":
        fields[-1][0] = "result"
    elif fields and kind == "end":
        fields.pop()


def _character(child: etree._Element, run: etree._Element, paragraph: etree._Element) -> str:
    """What an element of a run says; breaks of pages and columns say nothing."""
    if child.tag in _TEXTS:
        return "" if _in_page_field(run, paragraph) else child.text or ""
    if child.get(_BREAK_TYPE) in ("page", "column"):
        return ""
    if child.tag == _SYMBOL:
        return _symbol(child.get(w("char"), ""))
    return _LITERALS.get(str(child.tag), "")


def _symbol(code: str) -> str:
    """The character of a symbol font, as its code says it; nothing when the code is none."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _iter_pictures(run: etree._Element) -> Iterator[str]:
    """A word for each picture or object; a text box says its own words elsewhere."""
    for child in run:
        if child.tag in _PICTURES and next(child.iter(_BOX), None) is None:
            yield _PICTURE_WORD


def _is_page(phase: str, code: str) -> bool:
    return phase == "result" and (code.split() or [""])[0].upper() in _PAGES


def _in_page_field(run: etree._Element, paragraph: etree._Element) -> bool:
    for outer in run.iterancestors():
        if outer is paragraph:
            return False
        if outer.tag == _SIMPLE:
            return _is_page("result", outer.get(w("instr"), ""))
    return False


def _nearest(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(name), None)


def _is_hidden_copy(run: etree._Element, paragraph: etree._Element) -> bool:
    """True for what old readers alone are shown; told once."""
    fallback = _nearest(run, _FALLBACK)
    return fallback is not None and paragraph in fallback.iterancestors()


def _control_of(run: etree._Element, paragraph: etree._Element) -> str:
    for outer in run.iterancestors(_SDT):
        tag = outer.find(f"{w('sdtPr')}/{w('tag')}")
        if tag is not None:
            return tag.get(_VAL, "")
    return ""


def _is_on(look: etree._Element | None, name: str) -> bool:
    flag = None if look is None else look.find(w(name))
    return flag is not None and flag.get(_VAL, "1") not in _OFF


def _name_moves(root: etree._Element) -> dict[etree._Element, str]:
    """The name that both places of a move share, for each of its marks (17.13.5.21 to 28)."""
    names: dict[etree._Element, str] = {}
    for side in ("From", "To"):
        start, end, mark = w(f"move{side}RangeStart"), w(f"move{side}RangeEnd"), w(f"move{side}")
        active: dict[str | None, str] = {}
        for element in root.iter(start, end, mark):
            if element.tag == start:
                active[element.get(_ID)] = element.get(w("name"), "")
            elif element.tag == end:
                active.pop(element.get(_ID), None)
            elif active:
                names[element] = active[next(reversed(active))]
    return names
