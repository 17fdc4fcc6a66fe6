"""``cpom amend`` as typed: what it prints and writes, and what its Word file orders."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.table import Table as WordTable

from contract_builder.amend.amendment_json import parse_amendment
from contract_builder.amend.sentence_reading import PrintedArticle, read_operations
from contract_builder.amend.told import tell
from contract_builder.amend.unit_names import name_units
from contract_builder.model.blocks import Block, Cell, Column, Paragraph, Row, Table, Text
from contract_builder.model.contract import Section
from contract_builder.render.json import render_json
from contract_builder.word.package import read_parts
from tests.contract_samples import paragraph
from tests.mini_project import CommandResult
from tests.outside_tools import find_ooxml_validator
from tests.unit.amend.operation_samples import old_contract, table

Cpom = Callable[..., CommandResult]
DRAFT = old_contract()
OLD = replace(DRAFT, header=replace(DRAFT.header, status="signe"))
_CHANGED: dict[str, tuple[Block, ...]] = {
    "clause-6.1": (paragraph("Un."), paragraph("Deux « mots »."), paragraph("Fin.")),
    "a-5": (
        paragraph("M."),
        table("argent", "Échéancier « FIR »", ("K", "10"), ("", "2"), ("K", "3"), ("L", "4"),
              notes=("N.",)),
    ),
    "p-1": (paragraph("X."),),
}  # fmt: skip


def _changed(section: Section) -> Section:
    children = tuple(_changed(child) for child in section.children)
    return replace(section, blocks=_CHANGED.get(section.id, section.blocks), children=children)


NEW = replace(
    DRAFT,
    header=replace(DRAFT.header, version=2),
    sections=tuple(_changed(section) for section in DRAFT.sections),
)


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def project(mini_project: Path) -> Path:
    """The mini project with two contracts of one establishment on file."""
    (mini_project / "un.json").write_bytes(render_json(OLD))
    (mini_project / "deux.json").write_bytes(render_json(NEW))
    return mini_project


def _sides(project: Path) -> tuple[str, str]:
    return str(project / "un.json"), str(project / "deux.json")


def test_the_avenant_is_written_and_its_proof_told(project: Path, cpom: Cpom) -> None:
    out = project / "envoi"
    dates = ("--number", "2", "--date", "2026-03-03", "--effect", "2026-04-01")
    formats = ("--formats", "docx,pdf,html,json")
    result = cpom(project, "amend", *_sides(project), *dates, *formats, "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert [Path(line).suffix for line in result.stdout.splitlines()] == [
        ".docx", ".pdf", ".html", ".json", ".json",
    ]  # fmt: skip
    assert "Avenant n° 2 rédigé et prouvé" in result.stderr
    assert "À compléter dans l’avenant : date de l’avenant n°\u00a01" in result.stderr
    data = json.loads(next(out.glob("*-valmont-fictif.json")).read_bytes())
    assert (data["number"], data["date"], data["effect"]) == (2, "2026-03-03", "2026-04-01")
    assert data["proof"] == {"apply_equals_new": True, "parsed_sentences_equal_operations": True}


def test_the_printed_word_file_orders_the_operations(project: Path, cpom: Cpom) -> None:
    """Read with python-docx alone: headings, paragraphs and tables, whatever made them."""
    assert cpom(project, "amend", *_sides(project)).exit_code == 0
    (word,) = (project / "output").glob("*-avenant-1-*.docx")
    amendment = parse_amendment(word.with_suffix(".json").read_bytes())
    names = name_units(OLD)
    articles = [
        PrintedArticle(str(number), blocks)
        for number, (title, blocks) in enumerate(_read_articles(word), start=1)
        if title.startswith(("Modification", "Suppression", "Ajout"))
    ]
    read = read_operations(articles, {}, names)
    assert read == tuple(tell(operation, names) for operation in amendment.operations)
    assert len(read) == 5


def test_the_open_xml_sdk_finds_no_fault(project: Path, cpom: Cpom) -> None:
    assert cpom(project, "amend", *_sides(project), "--formats", "docx").exit_code == 0
    (word,) = (project / "output").glob("*-avenant-1-*.docx")
    done = subprocess.run(
        [find_ooxml_validator(), str(word)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_the_word_file_is_protected_when_asked(project: Path, cpom: Cpom) -> None:
    command = ("amend", *_sides(project), "--formats", "docx", "--track-changes")
    assert cpom(project, *command).exit_code == 0
    (word,) = (project / "output").glob("*-avenant-1-*.docx")
    settings = read_parts(word.read_bytes())["word/settings.xml"]
    assert b"<w:documentProtection" in settings


def test_data_alone_are_printed_with_json(project: Path, cpom: Cpom) -> None:
    result = cpom(project, "amend", *_sides(project), "--json", "--formats", "json")
    (path,) = (project / "output").glob("*-avenant-1-*fictif.json")
    assert json.loads(result.stdout) == json.loads(path.read_bytes())


def test_nothing_to_amend_is_no_error_and_writes_nothing(project: Path, cpom: Cpom) -> None:
    old = _sides(project)[0]
    result = cpom(project, "amend", old, old)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Rien à modifier" in result.stderr
    assert not (project / "output").exists() or list((project / "output").iterdir()) == []


def test_what_is_refused_is_told_with_what_to_do(project: Path, cpom: Cpom) -> None:
    old, new = _sides(project)
    for words, code, told in (
        ((new, old), 1, "Un avenant modifie un contrat signé"),
        ((old, "990000011@9"), 1, "Aucune version n’est encore enregistrée"),
        ((old, str(project / "rien.json")), 1, "n’est ni un fichier de contrat"),
        ((old, new, "--record"), 1, "« cpom record » en enregistre"),
        ((old, new, "--number", "0"), 2, "de 1 à 999"),
        ((old, new, "--formats", "odt"), 2, "odt"),
    ):
        result = cpom(project, "amend", *words)
        assert (result.exit_code, result.stdout) == (code, ""), result.stderr
        assert told in result.stderr


def test_recorded_it_stands_in_the_history(project: Path, cpom: Cpom) -> None:
    old, new = _sides(project)
    assert cpom(project, "record", old).exit_code == 0
    result = cpom(project, "amend", "990000011@1", new, "--record", "--formats", "json")
    assert "Version 990000011@2 enregistrée : avenant n°\u00a01" in result.stderr
    history = cpom(project, "history", "990000011").stdout
    assert "avenant n°\u00a01" in history


def _read_articles(word: Path) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The title of each article of a Word file and what stands below it."""
    title, blocks = "", list[Block]()
    for item in docx.Document(str(word)).iter_inner_content():
        style = "" if item.style is None else str(item.style.name)
        if isinstance(item, WordTable):
            blocks.append(_read_table(item))
        elif style == "Heading 1" or style.startswith("Titre"):
            if title:
                yield title, tuple(blocks)
            title, blocks = (item.text if style == "Heading 1" else ""), []
        elif item.text:
            blocks.append(Paragraph((Text(item.text),)))


def _read_table(table: WordTable) -> Table:
    first, *others = ([cell.text for cell in row.cells] for row in table.rows)
    rows = tuple(Row("", tuple(Cell((Text(text),)) for text in row)) for row in others)
    return Table("", "", tuple(Column(title) for title in first), rows)
