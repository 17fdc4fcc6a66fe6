"""Edits of a returned file that a party seldom makes, or that its program makes for it.

Each takes the open file (``OpenedFile``) and says what a reader must tell of it: for each change,
whether it is tracked, its kind and words of it; nothing for what changes no word. Written in the
XML of Word (ECMA-376 Part 1).
"""

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import get_main_document, read_parts, serialise, write_package
from tests.word_editor import make_run, plain_text, style_of, text_of

Told = Sequence[tuple[bool, str, str]]
AUTHOR: Final = "Direction des finances"
_MARK: Final = f'w:id="{{id}}" w:author="{AUTHOR}" w:date="2026-03-01T10:00:00Z"'
_NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("w", w("x")[1:-2]),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("v", "urn:schemas-microsoft-com:vml"),
    )
)
_NOTES: Final = "word/footnotes.xml"
_CELL_TEXT: Final = "cellule neuve"


def parse_fragment(xml: str) -> etree._Element:
    """An element written with the usual prefixes; « {mark} » stands for author and date."""
    marked = xml.replace("{mark}", _MARK.format(id=abs(hash(xml)) % 10**6))
    return etree.fromstring(re.sub(r"^<([\w:]+)", rf"<\1 {_NAMESPACES}", marked, count=1))


class OpenedFile:
    """A Word file open for edits: long plain paragraphs of its text, tables of some rows."""

    def __init__(self, docx: bytes) -> None:
        self.parts = read_parts(docx)
        self._main = get_main_document(self.parts)
        self.root = parse_xml(self.parts[self._main])
        (self.body,) = self.root.iterchildren(w("body"))
        self.paragraphs = [
            paragraph
            for paragraph in self.body.iterchildren(w("p"))
            if style_of(paragraph) == "BodyText"
            and any(len(plain_text(run)) > 40 for run in paragraph.iterchildren(w("r")))
        ]
        self.tables = [
            table
            for table in self.body.iterchildren(w("tbl"))
            if len(list(table.iterchildren(w("tr")))) > 3
        ]

    def render(self) -> bytes:
        """The edited file."""
        self.parts[self._main] = serialise(self.root)
        return write_package(self.parts)

    def append(self, paragraph: int, xml: str) -> None:
        """Puts an element at the end of a paragraph."""
        self.paragraphs[paragraph].append(parse_fragment(xml))

    def cut(self, paragraph: int, start: int, end: int) -> etree._Element:
        """The run of these characters of the first long run of a paragraph, alone."""
        run = next(r for r in self.paragraphs[paragraph].iter(w("r")) if len(plain_text(r)) > 40)
        text = plain_text(run)
        pieces = [make_run(words, run) for words in (text[:start], text[start:end], text[end:])]
        for piece in pieces:
            run.addprevious(piece)
        _remove(run)
        return pieces[1]

    def row(self) -> etree._Element:
        """The third row of the first table."""
        return list(self.tables[0].iterchildren(w("tr")))[2]


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _look(name: str) -> Callable[[OpenedFile], Told]:
    def change(file: OpenedFile) -> Told:
        run = file.cut(5, 5, 15)
        properties = run.find(w("rPr"))
        if properties is None:
            properties = etree.Element(w("rPr"))
            run.insert(0, properties)
        properties.append(parse_fragment(f"<w:{name}/>"))
        return [(False, "format", plain_text(run))]

    return change


def _appended(xml: str, *told: tuple[bool, str, str]) -> Callable[[OpenedFile], Told]:
    def change(file: OpenedFile) -> Told:
        file.append(3, xml)
        return told

    return change


_BOX = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"
_BOXED = _BOX.format("<w:r><w:t>Clause en zone de texte.</w:t></w:r>")
_BOTH_COPIES = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wps:wsp><wps:txbx>"
    f"{_BOXED}</wps:txbx></wps:wsp></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<v:shape><v:textbox>{_BOXED}</v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
_OLD_BOX = "<w:r><w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict></w:r>"
_TRACKED_IN_BOX = _OLD_BOX.format(
    _BOX.format("<w:r><w:t>Base</w:t></w:r><w:ins {mark}><w:r><w:t> ajout</w:t></w:r></w:ins>")
)


def _add_cell(file: OpenedFile) -> Told:
    row = file.row()
    cell = deepcopy(row.findall(w("tc"))[-1])
    for text in list(cell.iter(w("t"))):
        text.text = ""
    next(cell.iter(w("t"))).text = _CELL_TEXT
    next(cell.iter(w("tcPr"))).append(parse_fragment("<w:cellIns {mark}/>"))
    row.append(cell)
    return [(True, "insert", _CELL_TEXT)]


def _delete_cell(file: OpenedFile) -> Told:
    cell = file.row().findall(w("tc"))[-1]
    next(cell.iter(w("tcPr"))).append(parse_fragment("<w:cellDel {mark}/>"))
    return [(True, "delete", text_of(cell)[:15])]


def _nest_table(file: OpenedFile) -> Told:
    inner = (
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>imbriqué</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl>"
    )
    next(file.row().iterchildren(w("tc"))).insert(1, parse_fragment(inner))
    return [(False, "modify", "imbriqué")]


def _add_in_link(file: OpenedFile) -> Told:
    run = file.cut(6, 10, 20)
    link = parse_fragment("<w:hyperlink w:anchor='x'/>")
    run.addprevious(link)
    link.append(run)
    link.append(parse_fragment("<w:ins {mark}><w:r><w:t> et lien</w:t></w:r></w:ins>"))
    return [(True, "insert", "et lien")]


def _delete_in_field(file: OpenedFile) -> Told:
    run = file.cut(6, 10, 20)
    words = plain_text(run)
    field = parse_fragment("<w:fldSimple w:instr=' REF abc '><w:del {mark}/></w:fldSimple>")
    run.addprevious(field)
    next(run.iter(w("t"))).tag = w("delText")
    field[0].append(run)
    return [(True, "delete", words)]


def _drop_note(file: OpenedFile) -> Told:
    call = next(file.root.iter(w("footnoteReference"))).getparent()
    assert call is not None
    _remove(call)
    return [(False, "delete", "")]


def _add_to_note(file: OpenedFile) -> Told:
    notes = parse_xml(file.parts[_NOTES])
    note = next(child for child in notes if child.get(w("type")) is None)
    words = "<w:ins {mark}><w:r><w:t> note suivie</w:t></w:r></w:ins>"
    list(note.iter(w("p")))[-1].append(parse_fragment(words))
    file.parts[_NOTES] = serialise(notes)
    return [(True, "insert", "note suivie")]


def _cut_all_runs(file: OpenedFile) -> Told:
    for paragraph in file.paragraphs[:10]:
        for run in [r for r in paragraph.iterchildren(w("r")) if len(plain_text(r)) > 10]:
            text = plain_text(run)
            run.addprevious(make_run(text[:4], run))
            run.addprevious(parse_fragment("<w:proofErr w:type='spellStart'/>"))
            run.addprevious(make_run(text[4:], run))
            _remove(run)
    return ()


def _hold(xml: str) -> Callable[[OpenedFile], Told]:
    """A paragraph, or the runs of some, in what holds them and says nothing."""

    def change(file: OpenedFile) -> Told:
        for paragraph in file.paragraphs[:5]:
            holder = parse_fragment(xml)
            run = next(paragraph.iterchildren(w("r")))
            held = run if holder.tag == w("smartTag") else paragraph
            held.addprevious(holder)
            inner = holder.find(w("sdtContent"))
            (holder if inner is None else inner).append(held)
        return ()

    return change


def _drop_controls(file: OpenedFile) -> Told:
    for control in list(file.root.iter(w("sdt"))):
        content = control.find(w("sdtContent"))
        if content is not None and next(control.iter(w("docPartGallery")), None) is None:
            for child in list(content):
                control.addprevious(child)
            _remove(control)
    return ()


def _drop_bookmarks(file: OpenedFile) -> Told:
    for mark in list(file.root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        _remove(mark)
    return ()


def _rename_styles(file: OpenedFile) -> Told:
    styles = file.parts["word/styles.xml"].decode()
    for name in set(re.findall(r'w:styleId="([^"]+)"', styles)):
        for part in ("word/styles.xml", "word/numbering.xml", _NOTES):
            for attribute in ("val", "styleId"):
                old, new = (f'w:{attribute}="{n}"'.encode() for n in (name, f"Q{name[::-1]}"))
                file.parts[part] = file.parts[part].replace(old, new)
    for element in file.root.iter(w("pStyle"), w("rStyle"), w("tblStyle")):
        element.set(w("val"), f"Q{element.get(w('val'), '')[::-1]}")
    return ()


UNUSUAL_EDITS: Final[dict[str, Callable[[OpenedFile], Told]]] = {
    "zone de texte, deux copies": _appended(
        _BOTH_COPIES, (False, "insert", "Clause en zone de texte.")
    ),
    "zone de texte suivie": _appended(
        f"<w:ins {{mark}}>{_OLD_BOX.format(_BOXED)}</w:ins>",
        (True, "insert", "Clause en zone de texte."),
    ),
    "mots suivis dans une zone de texte": _appended(
        _TRACKED_IN_BOX, (False, "insert", "Base"), (True, "insert", "ajout")
    ),
    "formule": _appended(
        "<m:oMath><m:r><m:t>x=42</m:t></m:r></m:oMath>", (False, "modify", "x=42")
    ),
    "symbole": _appended(
        "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>", (False, "modify", "\uf0fc")
    ),
    "image": _appended(
        "<w:r><w:drawing><wp:inline><wp:docPr id='7' name='i'/></wp:inline></w:drawing></w:r>",
        (False, "modify", "[image]"),
    ),
    "sans auteur": _appended(
        "<w:ins w:id='5'><w:r><w:t> sans auteur</w:t></w:r></w:ins>",
        (True, "insert", "sans auteur"),
    ),
    **{f"apparence {name}": _look(name) for name in ("strike", "dstrike", "vanish")},
    "apparence u": _look("u w:val='single'"),
    "apparence highlight": _look("highlight w:val='yellow'"),
    "cellule insérée": _add_cell,
    "cellule supprimée": _delete_cell,
    "tableau imbriqué": _nest_table,
    "mots dans un lien": _add_in_link,
    "mots ôtés dans un champ": _delete_in_field,
    "note ôtée": _drop_note,
    "mots suivis dans une note": _add_to_note,
    "passages coupés": _cut_all_runs,
    "balises actives": _hold("<w:smartTag w:uri='u' w:element='date'/>"),
    "balises d’éditeur": _hold("<w:customXml w:uri='u' w:element='e'/>"),
    "contrôles de blocs": _hold("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>"),
    "contrôles ôtés": _drop_controls,
    "signets ôtés": _drop_bookmarks,
    "styles renommés": _rename_styles,
}
