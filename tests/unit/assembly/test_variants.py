"""Negotiated wordings in the place of the library's, from the profile to every later step."""

from pathlib import Path

import pytest

from contract_builder.assembly.standard.standard_contract import StandardMaker
from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.departures import find_clause_departures
from contract_builder.library.load import load_library
from contract_builder.model.blocks import Field, inline_text, iter_inlines
from contract_builder.model.contract import Section
from contract_builder.render.contract_file import parse_contract_file
from contract_builder.render.json import render_json
from contract_builder.services.making import Prepared, prepare
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file

ORIGIN = "auteur: Direction, decide_par: juriste, le: 2026-10-12, fichier: retour.docx"
WORDS = """variantes:
  - clause: objet
    texte: |
      Le présent contrat engage l’Agence et **{{ etablissement.raison_sociale }}**.

      - pour cinq ans ;
      - sans autre condition.
    auteur: Direction
    le: 2026-10-12
    fichier: retour.docx"""


def prepared_with(project: Path, lines: str) -> Prepared:
    change_file(project / PROFILE, "fictif: oui", f"fictif: oui\n{lines}")
    prepared = prepare(Project(project, library=load_library(project)[0]), project / PROFILE)
    assert prepared.assembly is not None, prepared.problems
    return prepared


def find(prepared: Prepared, name: str) -> Section | None:
    assert prepared.assembly is not None
    sections = prepared.assembly.contract.iter_sections()
    return next((section for section in sections if section.id == name), None)


def test_the_establishments_words_stand_in_the_place_of_the_librarys(mini_project: Path) -> None:
    prepared = prepared_with(mini_project, WORDS)
    section = find(prepared, "objet")
    assert section is not None
    assert section.provenance is not None
    text = inline_text(tuple(iter_inlines(section.blocks))).replace("\u00a0", " ")
    assert text.startswith("Le présent contrat engage l’Agence et Centre hospitalier de Valmont")
    assert "pour cinq ans" in text
    fields = [item for item in iter_inlines(section.blocks) if isinstance(item, Field)]
    assert [(item.key, item.bold) for item in fields] == [("etablissement.raison_sociale", True)]
    origin = section.provenance.negotiated
    assert origin is not None
    assert (origin.state, str(origin.on), origin.author, origin.file) == (
        "negociee", "2026-10-12", "Direction", "retour.docx",
    )  # fmt: skip
    assert section.provenance.file == "clause_library/corps/objet.md"


def test_the_contract_file_keeps_the_origin_and_an_untouched_one_does_not_change(
    mini_project: Path,
) -> None:
    plain = prepare(
        Project(mini_project, library=load_library(mini_project)[0]), mini_project / PROFILE
    ).assembly
    assert plain is not None
    assert b"negociation" not in render_json(plain.contract)
    assembly = prepared_with(mini_project, WORDS).assembly
    assert assembly is not None
    data = render_json(assembly.contract)
    assert b'"etat":"negociee"' in data.replace(b": ", b":").replace(b"\n", b"")
    assert parse_contract_file(data) == assembly.contract


def test_the_decision_on_the_clause_tells_where_its_words_come_from(mini_project: Path) -> None:
    assembly = prepared_with(mini_project, WORDS).assembly
    assert assembly is not None
    told = {item.id: item.negotiated for item in assembly.decisions if item.negotiated}
    words = "négociée le 12 octobre 2026, proposée par « Direction », fichier « retour.docx »"
    assert {name: text.replace("\u00a0", " ") for name, text in told.items()} == {"objet": words}
    (note,) = assembly.notes.negotiations
    assert (note.item, note.decision, note.file) == (
        "Objet du contrat", "rédaction négociée", "retour.docx",
    )  # fmt: skip


def test_the_standard_text_is_the_librarys_and_the_departure_is_told_negotiated(
    mini_project: Path,
) -> None:
    assembly = prepared_with(mini_project, WORDS).assembly
    assert assembly is not None
    standard = StandardMaker(load_library(mini_project)[0]).make(assembly.contract)
    comparison = compare_contracts(standard.contract, assembly.contract)
    (departure,) = find_clause_departures(comparison)
    assert (departure.section, departure.kind, departure.negotiated) == ("objet", "retouchee", True)
    assert standard.reworded == standard.gone == ()


def test_a_clause_that_the_parties_took_out_takes_no_number(mini_project: Path) -> None:
    change_file(
        mini_project / "clause_library/corps/objet.md", " Sa durée est fixée à\nl’[](#duree).", ""
    )
    lines = f"variantes: [{{clause: duree, retiree: oui, {ORIGIN}}}]"
    prepared = prepared_with(mini_project, lines)
    assert find(prepared, "duree") is None
    assert prepared.assembly is not None
    decisions = {item.id: item for item in prepared.assembly.decisions if item.id == "duree"}
    assert not decisions["duree"].retained


@pytest.mark.parametrize(
    ("variant", "code"),
    [
        ("{clause: objet, texte: Bonjour, titre: Autre, empreinte: abc", ["variante-perimee"]),
        ("{clause: objet, texte: Bonjour", []),
        ("{clause: objet, texte: Bonjour, retiree: oui", ["variante-incomplete"]),
    ],
)
def test_what_a_variant_lacks_is_told(mini_project: Path, variant: str, code: list[str]) -> None:
    change_file(
        mini_project / PROFILE, "fictif: oui", f"fictif: oui\nvariantes: [{variant}, {ORIGIN}}}]"
    )
    prepared = prepare(
        Project(mini_project, library=load_library(mini_project)[0]), mini_project / PROFILE
    )
    assert [problem.code for problem in prepared.problems] == code
