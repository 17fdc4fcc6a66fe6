"""What a Word file tells of its making is found, whatever part holds it."""

import pytest

from contract_builder.word.package import read_parts, write_package
from contract_builder.word.traces import find_traces
from tests.documents import MAIN, change_part, word_template
from tests.word_templates import OFFICE, with_external, with_part, with_text

CORE = "docProps/core.xml"


def traces(docx: bytes) -> list[str]:
    return find_traces(read_parts(docx))


def test_a_file_that_says_nothing_has_none() -> None:
    assert traces(word_template()) == []


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('<w:ins w:id="9" w:author="A" w:date="2026-01-01T00:00:00Z"/>', "des noms d’auteurs"),
        ('<w:p w:rsidR="00A1B2C3"/>', "des numéros de session de travail"),
    ],
)
def test_marks_in_the_text_are_found(markup: str, told: str) -> None:
    docx = change_part(
        word_template(), MAIN, lambda text: text.replace("<w:body>", f"<w:body>{markup}", 1)
    )
    assert traces(docx) == [told]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("comments", "des commentaires"),
        ("people", "les noms de ceux qui y ont travaillé"),
        ("customXml", "des données XML"),
    ],
)
def test_parts_are_found_by_what_leads_to_them(kind: str, told: str) -> None:
    assert traces(with_part("word/item.xml", b"<a/>", f"{OFFICE}/{kind}")) == [told]


def test_the_path_of_another_template_is_found() -> None:
    docx = with_external("attachedTemplate", "file:///C:/Bureau/modele.dotm")
    assert traces(docx) == ["le chemin du modèle dont il est issu"]


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ("<cp:lastModifiedBy>A</cp:lastModifiedBy>", ["le nom de qui l’a enregistré"]),
        ("<cp:revision>12</cp:revision>", ["le nombre de ses enregistrements"]),
        ("<cp:lastModifiedBy></cp:lastModifiedBy>", []),
    ],
)
def test_properties_are_found_unless_they_are_empty(element: str, told: list[str]) -> None:
    docx = with_text("</cp:coreProperties>", f"{element}</cp:coreProperties>", CORE)
    assert traces(docx) == told


def test_extended_properties_are_found() -> None:
    parts = read_parts(word_template())
    parts["docProps/app.xml"] = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'extended-properties"><Company>A</Company><Application>B</Application></Properties>'
    )
    relation = (
        f'<Relationship Id="rIdY" Type="{OFFICE}/extended-properties" Target="docProps/app.xml"/>'
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"</Relationships>", f"{relation}</Relationships>".encode()
    )
    assert traces(write_package(parts)) == ["un nom d’organisme"]
