"""A Word file read back: its paragraphs as a reader sees them, computed numbers included.

Independent of the writer: it knows only WordprocessingML (ECMA-376 Part 1), so that it can also
read a file that came back edited.
"""

from collections.abc import Iterator

from lxml import etree

from contract_builder.frozen import dataclass
from contract_builder.model.text_marks import bullet, note_in_text
from contract_builder.word.footnotes import CALL, is_note
from contract_builder.word.markers import BOOKMARK_PREFIX
from contract_builder.word.numbering import Counters, load_definitions
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import find_related, get_main_document, read_parts

_P, _T, _TAB, _BR, _SDT_TEXT = w("p"), w("t"), w("tab"), w("br"), w("sdtContent")
_BOOKMARK, _BOOKMARK_END = w("bookmarkStart"), w("bookmarkEnd")
_ID, _NAME, _VAL = w("id"), w("name"), w("val")
_HYPHEN, _RUN = w("noBreakHyphen"), w("r")
_PARAGRAPH_PROPERTIES, _STYLE = w("pPr"), w("pStyle")
_NUMBERING, _NUMBER, _LEVEL = w("numPr"), w("numId"), w("ilvl")


@dataclass(frozen=True, slots=True)
class DocumentText:
    """``front`` holds the cover and the contents; ``contract`` all from the first clause on.

    Of ``contract``, ``sections`` is what stands in sections, ``frame`` what the template adds
    between and after them: the signatures.
    """

    front: list[str]
    contract: list[str]
    sections: list[str]
    frame: list[str]


def extract_text(docx: bytes) -> list[str]:
    """The contract's paragraphs in reading order, from the first bookmark of a section on."""
    return extract_document(docx).contract


def extract_document(docx: bytes) -> DocumentText:
    """All paragraphs of the main part, footnotes told at their calls; empty ones are left out.

    Raises TemplateError when the bytes are not a Word file.
    """
    parts = read_parts(docx)
    main = get_main_document(parts)
    styles = _load_styles(parts.get(find_related(parts, main, "styles") or ""))
    numbering = parts.get(find_related(parts, main, "numbering") or "")
    counters = Counters(load_definitions(numbering))
    found = DocumentText([], [], [], [])
    open_sections: set[str] = set()
    in_front = True
    notes = _Notes(_load_notes(parts.get(find_related(parts, main, "footnotes") or "")))
    for element in parse_xml(parts[main]).iter(_P, _BOOKMARK, _BOOKMARK_END):
        if element.tag == _BOOKMARK:
            if element.get(_NAME, "").startswith(BOOKMARK_PREFIX):
                open_sections.add(element.get(_ID, ""))
                in_front = False
            continue
        if element.tag == _BOOKMARK_END:
            open_sections.discard(element.get(_ID, ""))
            continue
        in_section = bool(open_sections) or _starts_section(element)
        in_front = in_front and not in_section
        text = _number(element, styles, counters) + "".join(_iter_text(element, notes))
        if not text.strip():
            continue
        if in_front:
            found.front.append(text)
        else:
            found.contract.append(text)
            (found.sections if in_section else found.frame).append(text)
    return found


@dataclass(frozen=True, slots=True)
class _ListUse:
    """The list and level that a style or a paragraph asks for; None where it says nothing."""

    num_id: int | None = None
    level: int | None = None


_NO_LIST = _ListUse()


def _load_styles(part: bytes | None) -> dict[str, _ListUse]:
    """What each paragraph style says of numbering, its ancestors' word included."""
    if part is None:
        return {}
    own: dict[str, _ListUse] = {}
    parents: dict[str, str] = {}
    for style in parse_xml(part).iterfind(w("style")):
        name = style.get(w("styleId"), "")
        own[name] = _list_use(style.find(_PARAGRAPH_PROPERTIES))
        parent = style.find(w("basedOn"))
        if parent is not None:
            parents[name] = parent.get(_VAL, "")
    return {name: _inherited(name, own, parents) for name in own}


def _inherited(name: str, own: dict[str, _ListUse], parents: dict[str, str]) -> _ListUse:
    use = own[name]
    seen = {name}
    while use.num_id is None and (name := parents.get(name, "")) in own and name not in seen:
        seen.add(name)
        use = own[name]
    return use


def _list_use(properties: etree._Element | None) -> _ListUse:
    if properties is None or (numbering := properties.find(_NUMBERING)) is None:
        return _NO_LIST
    num_id, level = numbering.find(_NUMBER), numbering.find(_LEVEL)
    return _ListUse(
        None if num_id is None else int(num_id.get(_VAL, "0")),
        None if level is None else int(level.get(_VAL, "0")),
    )


def _number(paragraph: etree._Element, styles: dict[str, _ListUse], counters: Counters) -> str:
    """What Word prints before the paragraph; the list goes on counting.

    Bullets are drawings, often private characters of a symbol font: they read as ours.
    """
    properties = paragraph.find(_PARAGRAPH_PROPERTIES)
    if properties is None:
        return ""
    style = properties.find(_STYLE)
    from_style = _NO_LIST if style is None else styles.get(style.get(_VAL, ""), _NO_LIST)
    direct = _list_use(properties)
    num_id = direct.num_id if direct.num_id is not None else from_style.num_id
    if not num_id:  # 0 takes the paragraph out of its style's list (17.9.18)
        return ""
    level = direct.level if direct.level is not None else from_style.level or 0
    printed = counters.advance(num_id, level)
    return f"{bullet(level)} " if counters.is_bullet(num_id, level) else printed


@dataclass(slots=True)
class _Notes:
    """The notes of a file by identifier; Word numbers them in the order of their calls."""

    texts: dict[str, str]
    called: int = 0

    def tell(self, call: etree._Element) -> str:
        """The number that Word prints for this call, and the note after it."""
        self.called += 1
        return f"{self.called}{note_in_text(self.texts.get(call.get(_ID, ''), ''))}"


def _load_notes(part: bytes | None) -> dict[str, str]:
    """The text of each note by its identifier, its own number left out."""
    if part is None:
        return {}
    return {
        note.get(_ID, ""): " ".join("".join(_iter_text(line, _Notes({}))) for line in note.iter(_P))
        for note in parse_xml(part)
        if is_note(note)
    }


def _starts_section(paragraph: etree._Element) -> bool:
    return any(
        mark.get(_NAME, "").startswith(BOOKMARK_PREFIX)
        for mark in paragraph.iterchildren(_BOOKMARK)
    )


def _iter_text(paragraph: etree._Element, notes: _Notes) -> Iterator[str]:
    """The characters of the paragraph's own runs, field codes and drawings left out."""
    for element in paragraph.iter(_T, _TAB, _BR, _HYPHEN, CALL):
        parent = element.getparent()
        if parent is None or parent.tag != _RUN:
            continue  # a tab stop of the paragraph's properties is no character
        if element.tag == _T:
            yield element.text or ""
        elif element.tag == CALL:
            yield notes.tell(element)
        else:
            yield "-" if element.tag == _HYPHEN else " "
