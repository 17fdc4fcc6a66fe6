"""Footnotes of the Word file: called in the text, kept in their part, read back at their place."""

import json
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    Field,
    Footnote,
    ListBlock,
    Paragraph,
    Row,
    Table,
    Text,
)
from contract_builder.render.docx import check_structure, extract_text, render_docx
from contract_builder.render.docx.template_check import check_template
from contract_builder.render.products import verify_docx
from contract_builder.word.footnotes import CALL, FOOTNOTES, is_note
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import CONTENT_TYPES, read_parts, write_package
from tests.contract_samples import HOSTILE, small_contract
from tests.documents import (
    change_part,
    contract_with,
    convert_with_libreoffice,
    main_part,
    make_docx,
    replace_in_part,
    word_template,
)
from tests.outside_tools import find_ooxml_validator

RELATIONS = "word/_rels/document.xml.rels"
OWN_NOTE = '<w:footnote w:id="7"><w:p><w:r><w:t>à nous</w:t></w:r></w:p></w:footnote>'


def note(key: str, text: str) -> Footnote:
    return Footnote(key, (Text(text), Field(f"{key}.valeur", HOSTILE)))


NOTED: tuple[Block, ...] = (
    Paragraph((Text("Le délai"), note("a", "compté de la réception "), Text(" court."))),
    ListBlock(
        (
            (
                Paragraph(
                    (Text("point"), note("b", "deux ")),
                ),
            ),
        )
    ),
    Table(
        "tableau",
        "Cibles",
        (Column("Année"), Column("Cible")),
        (
            Row("1", (Cell((Text("2025"),)), Cell((Text("5"), note("c", "lu 8 "))))),
            Row("2", (Cell((Text("2026"), note("d", "lu 9 ")), colspan=2),), "total"),
        ),
    ),
)


def notes(docx: bytes) -> list[etree._Element]:
    return [item for item in parse_xml(read_parts(docx)[FOOTNOTES.name]) if is_note(item)]


def without_notes_part(template: bytes) -> bytes:
    """A template as somebody may save it who never had a footnote."""
    parts = read_parts(template)
    del parts[FOOTNOTES.name]
    for name, tag in ((RELATIONS, "Target"), (CONTENT_TYPES, "PartName")):
        root = parse_xml(parts[name])
        for item in [item for item in root if item.get(tag, "").endswith("footnotes.xml")]:
            root.remove(item)
        parts[name] = etree.tostring(root)
    return change_part(
        write_package(parts),
        "word/settings.xml",
        lambda text: text.replace(text[text.index("<w:footnotePr") : text.index("<w:compat>")], ""),
    )


def test_every_note_is_called_once_in_the_order_of_the_text() -> None:
    docx = make_docx(contract_with(*NOTED))
    calls = [call.get(w("id")) for call in main_part(docx).iter(CALL)]
    assert len(calls) == len(set(calls)) == 6
    assert [item.get(w("id")) for item in notes(docx)] == calls
    texts = ["".join(t.text or "" for t in item.iter(w("t"))) for item in notes(docx)]
    assert [text.split()[0] for text in texts] == [
        "Source",
        "compté",
        "deux",
        "lu",
        "lu",
        "Lecture",
    ]


def test_a_note_is_read_back_at_its_call_with_the_number_that_word_prints() -> None:
    found = extract_text(make_docx(contract_with(*NOTED)))
    assert f"Le délai(2 [\u00a0compté de la réception {HOSTILE}]) court." in found
    assert f"5(4 [\u00a0lu 8 {HOSTILE}])" in found


def test_a_note_that_says_something_else_or_is_called_elsewhere_is_not_the_contract() -> None:
    contract = contract_with(*NOTED)
    docx = make_docx(contract)
    assert verify(contract, docx) == ""
    assert "lu7" in verify(contract, replace_in_part(docx, FOOTNOTES.name, "lu 8", "lu 7"))
    swapped = change_part(docx, "word/document.xml", swap_calls)
    assert check_structure(swapped) == []
    assert "attendu" in verify(contract, swapped)


def swap_calls(text: str) -> str:
    """The second and the third note change places."""
    second, third = '<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="3"/>'
    return text.replace(second, "§").replace(third, second).replace("§", third)


def verify(contract: object, docx: bytes) -> str:
    try:
        verify_docx(contract, docx)  # type: ignore[arg-type]
    except Exception as error:
        return str(error)
    return ""


def test_a_file_with_notes_is_what_word_accepts(tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_bytes(make_docx(contract_with(*NOTED)))
    result = subprocess.run(
        [find_ooxml_validator(), str(path)], capture_output=True, check=False, text=True
    )
    assert json.loads(result.stdout)["errors"] == []


def test_a_template_that_never_had_a_note_gets_what_notes_need() -> None:
    template = without_notes_part(word_template())
    assert check_template(template) == []
    docx = render_docx(contract_with(*NOTED), template)
    assert check_structure(docx) == []
    assert len(notes(docx)) == 6
    assert verify(contract_with(*NOTED), docx) == ""


@pytest.mark.parametrize("ids", [(0, 1), (-1, 1), (1, 2), (5, 3)])
def test_separators_that_word_numbers_otherwise_leave_the_notes_their_numbers(
    ids: tuple[int, int],
) -> None:
    def renumber(text: str) -> str:
        text = text.replace('w:id="-1"', 'w:id="a"').replace('w:id="0"', f'w:id="{ids[1]}"')
        return text.replace('w:id="a"', f'w:id="{ids[0]}"')

    template = change_part(word_template(), FOOTNOTES.name, renumber)
    template = change_part(
        template,
        "word/settings.xml",
        lambda text: text.replace('<w:footnote w:id="-1"/><w:footnote w:id="0"/>', "".join(
            f'<w:footnote w:id="{value}"/>' for value in ids)),
    )  # fmt: skip
    assert check_template(template) == []
    docx = render_docx(contract_with(*NOTED), template)
    assert check_structure(docx) == []
    assert len(notes(docx)) == 6
    assert verify(contract_with(*NOTED), docx) == ""


def test_a_template_saved_by_libreoffice_still_carries_notes(tmp_path: Path) -> None:
    source = tmp_path / "modele.docx"
    source.write_bytes(word_template())
    saved = convert_with_libreoffice(source, "docx", tmp_path).read_bytes()
    docx = render_docx(contract_with(*NOTED), saved)
    assert check_structure(docx) == []
    assert verify(contract_with(*NOTED), docx) == ""


def test_a_template_with_a_note_of_its_own_is_refused() -> None:
    template = replace_in_part(word_template(), FOOTNOTES.name, "</w:footnotes>", OWN_NOTE)
    template = change_part(template, FOOTNOTES.name, lambda text: f"{text}</w:footnotes>")
    with pytest.raises(TemplateError, match="contient une note de bas de page, qui décalerait"):
        render_docx(small_contract(), template)
    assert any("note de bas de page" in str(defect) for defect in check_template(template))


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("footnote text", "Note de bas de page"),
        ("footnote reference", "Appel note de bas de p."),
    ],
)
def test_a_template_without_the_styles_of_notes_is_refused_by_their_names(
    name: str, french: str
) -> None:
    template = replace_in_part(word_template(), "word/styles.xml", f'w:val="{name}"', 'w:val="x"')
    message = f"« {name} » (« {french} » dans Word)"
    with pytest.raises(TemplateError) as caught:
        render_docx(small_contract(), template)
    assert str(caught.value) == f"Il manque des styles au modèle Word : {message}."
    assert f"styles : le style {message} manque" in map(str, check_template(template))
