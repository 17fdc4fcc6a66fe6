"""``cpom where-cited``: the library, the profiles and the stored versions that cite an article."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.model.blocks import Paragraph, Text
from contract_builder.model.contract import CitedReference, Section
from contract_builder.render.json import render_json
from tests.contract_samples import small_contract
from tests.mini_project import CommandResult, damage_stored_contract

Cpom = Callable[..., CommandResult]
TEXTS = {
    "plage": "Les articles L. 6114-1 à L. 6114-4 du code de la santé publique s’appliquent.",
    "suite": "Les articles L. 6114-4 et suivants du code de la santé publique.",
    "autre-code": "L’article L. 6114-2 du code de la sécurité sociale s’applique.",
}


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def recorded(mini_project: Path, cpom: Cpom) -> Path:
    """A stored contract that declares an article in one section, and cites others in three."""
    contract = small_contract()
    sections = tuple(
        Section(id=name, kind="clause", title="", blocks=(Paragraph((Text(text),)),))
        for name, text in TEXTS.items()
    )
    references = (CitedReference("CSP", "L6114-2", "en_vigueur", ("objet",)),)
    contract = replace(
        contract,
        sections=(*contract.sections, *sections),
        tables=replace(contract.tables, references=references),
    )
    (mini_project / "un.json").write_bytes(render_json(contract))
    assert cpom(mini_project, "record", "un.json").exit_code == 0
    return mini_project


def test_a_stored_version_is_found_by_what_it_declares_and_by_ranges_of_its_text(
    recorded: Path, cpom: Cpom
) -> None:
    data = json.loads(cpom(recorded, "where-cited", "CSP L6114-2", "--json").stdout)
    (version,) = data["versions"]
    assert version["reference"] == "990000011@1"
    assert dict(zip(version["sections"], version["modes"], strict=True)) == {
        "objet": "direct",
        "plage": "plage",
    }
    printed = cpom(recorded, "where-cited", "CSP L6114-2").stdout.splitlines()
    assert printed[-1] == "version 990000011@1 : objet, plage (par une plage)"


def test_and_following_reaches_articles_in_stored_versions_too(recorded: Path, cpom: Cpom) -> None:
    data = json.loads(cpom(recorded, "where-cited", "CSP L6114-5", "--json").stdout)
    assert [(item["sections"], item["modes"]) for item in data["versions"]] == [
        (["suite"], ["suivants"])
    ]
    other = json.loads(cpom(recorded, "where-cited", "CSS L6114-2", "--json").stdout)
    assert [item["sections"] for item in other["versions"]] == [["autre-code"]]


def test_a_version_that_cannot_be_read_is_named_and_the_others_are_examined(
    recorded: Path, cpom: Cpom
) -> None:
    (recorded / "deux.json").write_bytes(render_json(small_contract("43")))
    assert cpom(recorded, "record", "deux.json").exit_code == 0
    damage_stored_contract(recorded, number=2)
    result = cpom(recorded, "where-cited", "CSP L6114-2")
    assert result.exit_code == 0
    assert "La version « 990000011@2 » n’a pas été examinée." in result.stderr
    assert "version 990000011@1" in result.stdout


def test_an_article_that_nothing_cites_is_said_so(recorded: Path, cpom: Cpom) -> None:
    assert cpom(recorded, "where-cited", "CSP L9999-9").stdout == "Rien ne cite CSP L9999-9.\n"
