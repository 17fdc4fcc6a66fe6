"""Each thing that would make Word refuse or repair a file is found; a sound file has none."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from contract_builder.model.blocks import SubHeading, Text
from contract_builder.model.contract import Contract
from contract_builder.render.docx import check_structure
from contract_builder.word.footnotes import FOOTNOTES
from contract_builder.word.package import CONTENT_TYPES, read_parts, write_package
from contract_builder.word.structure import STRUCTURE_CHECKS
from tests.contract_samples import HOSTILE, long_contract, small_contract
from tests.documents import (
    MAIN,
    change_part,
    find_all,
    make_docx,
    replace_in_part,
    word_template,
)

STYLES, NUMBERING, SETTINGS = "word/styles.xml", "word/numbering.xml", "word/settings.xml"
RELATIONS = "word/_rels/document.xml.rels"
ROW = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)


@pytest.mark.parametrize(
    "contract",
    [small_contract(), small_contract(HOSTILE), small_contract(draft=False), long_contract(2)],
    ids=["draft", "hostile", "signed", "long"],
)
def test_a_file_that_we_write_has_no_defect(contract: Contract) -> None:
    assert check_structure(make_docx(contract)) == []


def test_the_template_itself_has_no_defect() -> None:
    assert check_structure(word_template()) == []


def in_main(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda docx: replace_in_part(docx, MAIN, old, new)


def matching(pattern: str, new: str, name: str = MAIN) -> Callable[[bytes], bytes]:
    def change(docx: bytes) -> bytes:
        return change_part(docx, name, lambda text: re.sub(pattern, new, text, count=1))

    return change


def in_part(name: str, old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda docx: replace_in_part(docx, name, old, new)


def without_part(name: str) -> Callable[[bytes], bytes]:
    def remove(docx: bytes) -> bytes:
        parts = read_parts(docx)
        del parts[name]
        return write_package(parts)

    return remove


def with_part(name: str, content: bytes) -> Callable[[bytes], bytes]:
    return lambda docx: write_package({**read_parts(docx), name: content})


def without_rows(docx: bytes) -> bytes:
    """The last table keeps its grid and loses its rows."""

    def change(text: str) -> str:
        start = text.rindex("<w:tbl>")
        return text[:start] + ROW.sub("", text[start:])

    return change_part(docx, MAIN, change)


def touching_tables(docx: bytes, between: str = "") -> bytes:
    def change(text: str) -> str:
        start = text.rindex("<w:tbl>")
        end = text.index("</w:tbl>", start) + len("</w:tbl>")
        return text[:end] + between + text[start:end] + text[end:]

    return change_part(docx, MAIN, change)


def tables_that_a_bookmark_parts(docx: bytes) -> bytes:
    bookmark = '<w:bookmarkStart w:id="9999" w:name="seul"/><w:bookmarkEnd w:id="9999"/>'
    return touching_tables(docx, bookmark)


def same_bookmark_id(docx: bytes) -> bytes:
    """The second bookmark gets the identifier of the first, at its start and at its end."""

    def change(text: str) -> str:
        first, second = re.findall(r'<w:bookmarkStart w:id="(\d+)"', text)[:2]
        return text.replace(f'<w:bookmarkStart w:id="{second}"', f'<w:bookmarkStart w:id="{first}"')

    return change_part(docx, MAIN, change)


def same_control_id(docx: bytes) -> bytes:
    def change(text: str) -> str:
        first, second = re.findall(r'<w:tag [^>]*/><w:id w:val="(\d+)"', text)[:2]
        return text.replace(f'<w:id w:val="{second}"', f'<w:id w:val="{first}"')

    return change_part(docx, MAIN, change)


def same_bookmark_name(docx: bytes) -> bytes:
    return replace_in_part(docx, MAIN, 'w:name="s_visas"', 'w:name="s_parties"')


def bookmark_in_header_with_an_id_of_the_text(docx: bytes) -> bytes:
    identifier = re.findall(r'<w:bookmarkStart w:id="(\d+)"', read_parts(docx)[MAIN].decode())[0]
    mark = f'<w:bookmarkStart w:id="{identifier}" w:name="x"/><w:bookmarkEnd w:id="{identifier}"/>'
    return matching("</w:p>", f"{mark}</w:p>", "word/header2.xml")(docx)


SHOWN = '<w:r><w:t xml:space="preserve">–</w:t></w:r>'
BOOKMARK_END = r'<w:bookmarkEnd w:id="\d+"/>'
ROW_PROPERTIES = r"(<w:tr>)<w:trPr>(?:(?!</w:tr>).)*(</w:tr>)"


@dataclass(frozen=True, slots=True)
class Breakage:
    """How a sound file is broken, the check that must see it, and what it must say."""

    check: str
    apply: Callable[[bytes], bytes]
    message: str


BREAKAGES = {
    "two bookmarks with one id": Breakage(
        "check_ids", same_bookmark_id, "identifiant de marque « "
    ),
    "a header's bookmark with an id of the text": Breakage(
        "check_ids", bookmark_in_header_with_an_id_of_the_text, "identifiant de marque « "
    ),
    "two controls with one id": Breakage(
        "check_ids", same_control_id, "identifiant de contrôle « "
    ),
    "a bookmark without end": Breakage(
        "check_bookmarks", matching(BOOKMARK_END, ""), "n’a pas son début et sa fin"
    ),
    "a bookmark that ends twice": Breakage(
        "check_bookmarks", matching(f"({BOOKMARK_END})", r"\1\1"), "n’a pas son début et sa fin"
    ),
    "two bookmarks with one name": Breakage(
        "check_bookmarks", same_bookmark_name, "nom de signet « s_parties » sert 2 fois"
    ),
    "an unknown style of paragraph": Breakage(
        "check_styles",
        in_main('w:pStyle w:val="BodyText"', 'w:pStyle w:val="Absent"'),
        "« Absent »",
    ),
    "an unknown style of table": Breakage(
        "check_styles",
        matching('w:tblStyle w:val="[^"]*"', 'w:tblStyle w:val="Absent"'),
        "« Absent »",
    ),
    "an unknown list": Breakage(
        "check_numbering",
        matching(r'w:numId w:val="[1-9]\d*"', 'w:numId w:val="999"'),
        "la liste « 999 »",
    ),
    "a style with an unknown list": Breakage(
        "check_numbering",
        matching('w:numId w:val="[1-4]"', 'w:numId w:val="998"', STYLES),
        "la liste « 998 »",
    ),
    "a list without definition": Breakage(
        "check_numbering",
        matching('<w:abstractNumId w:val="2"/>', '<w:abstractNumId w:val="77"/>', NUMBERING),
        "suit une définition qui n’existe pas",
    ),
    "a relation to nowhere": Breakage(
        "check_relationships", without_part("word/footer1.xml"), "mène à « word/footer1.xml »"
    ),
    "an undeclared relation": Breakage(
        "check_relationships", matching('r:id="[^"]*"', 'r:id="rId99"'), "la relation « rId99 »"
    ),
    "a part that nothing reaches": Breakage(
        "check_orphans", with_part("word/media/a.xml", b"<a/>"), "« word/media/a.xml » n’est reliée"
    ),
    "a part without content type": Breakage(
        "check_content_types", with_part("word/logo.png", b"x"), "« word/logo.png » n’a pas de type"
    ),
    "a text part of no particular type": Breakage(
        "check_content_types",
        matching('<Override PartName="/word/footer1.xml"[^>]*/>', "", CONTENT_TYPES),
        "« word/footer1.xml » n’a pas de type",
    ),
    "a table without rows": Breakage("check_tables", without_rows, "un tableau sans ligne"),
    "two tables that touch": Breakage(
        "check_tables", touching_tables, "deux tableaux qui se touchent"
    ),
    "two tables with nothing but a bookmark between them": Breakage(
        "check_tables", tables_that_a_bookmark_parts, "deux tableaux qui se touchent"
    ),
    "a row without cells": Breakage(
        "check_tables", matching(ROW_PROPERTIES, r"\1\2"), "une ligne de tableau sans cellule"
    ),
    "a cell that ends with no paragraph": Breakage(
        "check_tables",
        in_main("</w:p></w:tc>", '</w:p><w:bookmarkEnd w:id="0"/></w:tc>'),
        "une cellule",
    ),
    "a cell with nothing in it": Breakage(
        "check_tables", matching("<w:tc>.*?</w:tc>", "<w:tc/>"), "une cellule"
    ),
    "a field that does not end": Breakage(
        "check_fields",
        in_main('<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
        "qui ne finit pas",
    ),
    "a field that never began": Breakage(
        "check_fields",
        matching('(?s)^(.*)<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r"\1"),
        "qui finit sans avoir commencé",
    ),
    "a field without result": Breakage(
        "check_fields",
        matching('(w:fldCharType="separate"/></w:r>)' + SHOWN, r"\1"),
        "sans résultat",
    ),
    "text after the last section": Breakage(
        "check_sections", in_main("</w:body>", "<w:p/></w:body>"), "réglages de la dernière section"
    ),
    "a document without body": Breakage(
        "check_sections", matching("(?s)<w:body>.*</w:body>", ""), "n’a pas de corps"
    ),
    "an extension that is not declared": Breakage(
        "check_ignorable",
        in_main(
            "<w:document ",
            '<w:document xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'mc:Ignorable="w14" ',
        ),
        "l’extension « w14 »",
    ),
    "a call without its note": Breakage(
        "check_footnotes",
        matching(r'<w:footnote w:id="2">.*?</w:footnote>', "", FOOTNOTES.name),
        "la note « 2 » est appelée 1 fois et écrite 0 fois",
    ),
    "a note without its call": Breakage(
        "check_footnotes",
        in_main('<w:footnoteReference w:id="1"/>', ""),
        "la note « 1 » est appelée 0 fois et écrite 1 fois",
    ),
    "a note called twice": Breakage(
        "check_footnotes",
        in_main('<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="1"/>'),
        "la note « 1 » est appelée 2 fois et écrite 1 fois",
    ),
    "a note that ends without a paragraph": Breakage(
        "check_footnotes",
        matching(r'(<w:footnote w:id="2">).*?(</w:footnote>)', r"\1\2", FOOTNOTES.name),
        "la note « 2 » ne finit pas par un paragraphe",
    ),
    "a separator of notes that is not there": Breakage(
        "check_footnotes",
        matching(r'<w:footnote w:type="separator".*?</w:footnote>', "", FOOTNOTES.name),
        "le filet de notes « -1 » qui n’existe pas",
    ),
    "fields to update at opening": Breakage(
        "check_prompts",
        in_part(SETTINGS, "<w:compat>", '<w:updateFields w:val="true"/><w:compat>'),
        "mettre à jour les champs",
    ),
    "a field to compute again": Breakage(
        "check_prompts",
        in_main('w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"'),
        "marqué à recalculer",
    ),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_file_is_told_by_the_check_that_is_made_for_it(name: str) -> None:
    breakage = BREAKAGES[name]
    defects = check_structure(breakage.apply(make_docx(small_contract())))
    assert any(breakage.message in defect for defect in defects), defects


def test_every_check_is_shown_to_find_something() -> None:
    assert {check.__name__ for check in STRUCTURE_CHECKS} == {
        item.check for item in BREAKAGES.values()
    }


def test_a_part_that_is_not_well_formed_is_named() -> None:
    broken = replace_in_part(make_docx(small_contract()), MAIN, "</w:body>", "")
    (defect,) = check_structure(broken)
    assert defect.startswith(f"« {MAIN} » n’est pas du XML bien formé")


def test_a_control_character_is_not_well_formed() -> None:
    broken = replace_in_part(make_docx(small_contract()), MAIN, "Objet", "Ob\x07jet")
    assert any("n’est pas du XML bien formé" in defect for defect in check_structure(broken))


def test_a_part_that_is_there_twice_is_named() -> None:
    buffer = BytesIO(make_docx(small_contract()))
    with warnings.catch_warnings(), ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns, and writes it all the same
        archive.writestr(MAIN, b"<x/>")
    assert check_structure(buffer.getvalue()) == [f"la partie « {MAIN} » est en double"]


def test_two_drawings_with_one_id_are_told() -> None:
    drawing = (
        '<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" id="7" name="logo"/></w:drawing></w:r></w:p>'
    )
    docx = make_docx(small_contract())
    for part in (MAIN, "word/header2.xml"):
        docx = replace_in_part(docx, part, "</w:p>", drawing)
    assert "l’identifiant de dessin « 7 » sert 2 fois" in check_structure(docx)


@pytest.mark.parametrize("data", [b"", b"texte", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_one_defect(data: bytes) -> None:
    assert len(check_structure(data)) == 1


@pytest.mark.parametrize("name", [CONTENT_TYPES, "_rels/.rels", MAIN])
def test_a_package_without_an_essential_part_is_told(name: str) -> None:
    assert check_structure(without_part(name)(make_docx(small_contract()))) != []


def test_a_small_heading_above_the_signatures_is_kept_with_them_once() -> None:
    contract = small_contract()
    sections = tuple(
        replace(section, blocks=(SubHeading((Text("Signataires"),)), *section.blocks))
        if section.kind == "signatures"
        else section
        for section in contract.sections
    )
    docx = make_docx(replace(contract, sections=sections))
    for properties in find_all(docx, "//w:pPr"):
        names = [child.tag for child in properties]
        assert len(names) == len(set(names))
