"""``cpom impact``: what a change of law reaches, from the registry to the contracts in force."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contract_builder.model.blocks import Cell, Column, Paragraph, Row, Table, Text
from contract_builder.model.contract import Contract, Section
from contract_builder.render.json import render_json
from tests.contract_samples import small_contract
from tests.mini_project import PROFILE, CommandResult, change_file, damage_stored_contract

Cpom = Callable[..., CommandResult]
FIRST = "{article: A, objet: Contrat, statut: en_vigueur, depuis: 2018-01-01ENDED, verifie_le: D}"
REWRITTEN = "{article: A, objet: Contrat, statut: en_vigueur, depuis: SINCEMORE, verifie_le: D}"
ABROGATED = (
    "{article: A, objet: Contrat, statut: abroge, depuis: SINCE, modifie_par: Loi n° 1MORE, "
    "verifie_le: D}"
)
CITING = "L’article L. 6114-1 du code de la santé publique fixe sa durée."


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


def write_registry(
    project: Path, second: str = "", since: str = "2027-01-01", more: str = "", **names: str
) -> None:
    """A registry of one article in force since 2018, and what follows on ``since``."""
    year, month, day = since.split("-")
    eve = {"2027-01-01": "2026-12-31", "2030-01-01": "2029-12-31"}.get(since, f"{year}-{month}-30")
    assert second == "" or day == "01"
    lines = [FIRST.replace("ENDED", f", jusqu_au: {eve}" if second else "")]
    if second:
        lines.append(second.replace("SINCE", since).replace("MORE", more))
    code = names.get("code", "CSP")
    text = "".join(f"  - {line}\n" for line in lines).replace("D}", "2023-12-06}")
    text = text.replace("article: A,", f"article: {names.get('article', 'L6114-1')},")
    path = project / "clause_library/references" / f"{code.lower()}.yaml"
    path.write_text(
        f"code: {code}\nintitule: Code\netat_au: 2023-12-06\nreferences:\n{text}", encoding="utf-8"
    )


def cite(project: Path, text: str = CITING) -> None:
    """Makes the clause « objet » end with a sentence."""
    path = project / "clause_library/corps/objet.md"
    change_file(path, "l’[](#duree).", f"l’[](#duree). {text}")


def sign(project: Path, cpom: Cpom, status: str = "signe") -> None:
    """Records the contract of the profile of the project."""
    assert cpom(project, "build", str(PROFILE), "--formats", "json").exit_code == 0
    (made,) = (project / "output").glob("990000010AA*.json")
    assert cpom(project, "record", str(made), "--status", status).exit_code == 0


def impact(project: Path, cpom: Cpom, *options: str) -> dict[str, Any]:
    """What the command says of CSP L6114-1 as data."""
    result = cpom(project, "impact", "CSP L6114-1", *options, "--json")
    assert result.exit_code == 0, result.stderr
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def test_a_contract_that_cites_an_abrogated_article_needs_an_avenant(
    mini_project: Path, cpom: Cpom
) -> None:
    cite(mini_project)
    sign(mini_project, cpom)
    write_registry(mini_project, ABROGATED)
    data = impact(mini_project, cpom, "--on", "2027-03-01")
    assert data["changement"] == {"genre": "abroge", "depuis": "2027-01-01", "par": "Loi n° 1"}
    (contract,) = data["contrats"]
    assert (contract["nom"], contract["besoin"]) == ("990000010@1", "avenant")
    assert {"section": "objet", "texte": CITING} in [
        {"section": passage["section"], "texte": passage["texte"].replace("\u00a0", " ")}
        for passage in contract["passages"]
    ]
    assert {(item["id"], item["besoin"]) for item in data["bibliotheque"]} == {
        ("objet", "reprendre"),
        ("duree", "reprendre"),
    }
    assert data["projets"] == []  # the profile is that of the signed contract


def test_before_that_day_nothing_is_asked(mini_project: Path, cpom: Cpom) -> None:
    sign(mini_project, cpom)
    write_registry(mini_project, ABROGATED)
    data = impact(mini_project, cpom, "--on", "2026-12-31")
    assert [item["besoin"] for item in data["contrats"]] == ["rien"]
    assert data["bibliotheque"] == []


@pytest.mark.parametrize("day", ["1er janvier 2027", "31 décembre 2026"])
def test_a_contract_that_says_until_when_the_article_stands_needs_nothing(
    mini_project: Path, cpom: Cpom, day: str
) -> None:
    cite(mini_project, f"{CITING} Cet article vaut jusqu’au {day}.")
    sign(mini_project, cpom)
    write_registry(mini_project, ABROGATED)
    data = impact(mini_project, cpom, "--on", "2027-01-01")
    assert [item["besoin"] for item in data["contrats"]] == ["rien"]


def test_another_wording_applies_by_itself_and_the_clauses_are_read_again(
    mini_project: Path, cpom: Cpom
) -> None:
    sign(mini_project, cpom)
    write_registry(mini_project, REWRITTEN)
    data = impact(mini_project, cpom, "--on", "2027-01-01")
    assert [item["besoin"] for item in data["contrats"]] == ["rien"]
    assert {item["besoin"] for item in data["bibliotheque"]} == {"relire"}


@pytest.mark.parametrize(
    ("second", "since", "more"),
    [
        (REWRITTEN, "2027-01-01", ", contrats_en_cours: redaction_ancienne"),
        (ABROGATED, "2027-01-01", ", contrats_en_cours: redaction_ancienne"),
        (ABROGATED, "2030-01-01", ""),  # the contract ends on 2030-06-30
    ],
)
def test_a_contract_left_to_the_former_law_or_near_its_term_waits_for_its_renewal(
    mini_project: Path, cpom: Cpom, second: str, since: str, more: str
) -> None:
    sign(mini_project, cpom)
    write_registry(mini_project, second, since, more)
    data = impact(mini_project, cpom, "--on", since)
    assert [item["besoin"] for item in data["contrats"]] == ["renouvellement"]


def test_a_contract_over_on_the_day_is_not_reached(mini_project: Path, cpom: Cpom) -> None:
    sign(mini_project, cpom)
    write_registry(mini_project, ABROGATED)
    data = impact(mini_project, cpom, "--on", "2030-07-01")
    assert data["contrats"] == []


def test_drafts_are_profiles_and_stored_versions_not_yet_signed(
    mini_project: Path, cpom: Cpom
) -> None:
    write_registry(mini_project, ABROGATED)
    sign(mini_project, cpom, "envoye")
    data = impact(mini_project, cpom, "--on", "2027-01-01")
    assert data["contrats"] == []
    assert [(item["nom"], item["besoin"]) for item in data["projets"]] == [
        ("profiles/valmont.yaml", "reprendre"),
        ("990000010@1", "reprendre"),
    ]
    write_registry(mini_project, ABROGATED, more=", contrats_en_cours: redaction_ancienne")
    data = impact(mini_project, cpom, "--on", "2027-01-01")
    assert {item["besoin"] for item in data["projets"]} == {"rien"}


def with_caqes(code: str, last_day: str) -> Contract:
    """A contract whose annex A7 lists a CAQES up to ``last_day``, and that cites its article."""
    contract = small_contract()
    cells = tuple(Cell((Text(text),) if text else ()) for text in ("CAQES", "Contrat", last_day))
    columns = (Column("Nature", 1), Column("Intitulé", 1), Column("Fin", 1))
    text = "L’article L. 162-30-2 du code de la sécurité sociale fonde ce contrat."
    annex = Section(
        id="annexe-sept",
        kind="annexe",
        title="Autres contrats",
        number="A7",
        label="Annexe A7",
        blocks=(
            Paragraph((Text(text),)),
            Table("autres-contrats", "Autres contrats", columns, (Row("caqes", cells),)),
        ),
    )
    return replace(
        contract,
        header=replace(contract.header, code=code),
        sections=(*contract.sections, annex),
    )


def test_the_caqes_of_the_annex_lapses_with_its_article(mini_project: Path, cpom: Cpom) -> None:
    write_registry(mini_project, ABROGATED, code="CSS", article="L162-30-2")
    running = ("31/12/2026", "", "30/06/2029")
    for code, last_day in zip(("AA", "AB", "AC", "AD"), (*running, "31/12/2025"), strict=True):
        contract = with_caqes(f"990000011{code}", last_day)
        (mini_project / "un.json").write_bytes(render_json(contract))
        assert cpom(mini_project, "record", "un.json", "--status", "signe").exit_code == 0
    result = cpom(mini_project, "impact", "CSS L162-30-2", "--on", "2027-01-01")
    lines = result.stdout.replace("\u00a0", " ").splitlines()
    assert lines[0] == "CSS L162-30-2 est abrogé le 1er janvier 2027 (Loi n° 1)."
    assert "Le CAQES de l’annexe A7 prend fin le 1er janvier 2027 : 3 contrats." in lines
    # the annex of the first one writes the last day of the article itself
    assert "  par avenant : 3 (il s’appuie sur un article qui n’est plus en vigueur)" in lines
    passage = "« L’article L. 162-30-2 du code de la sécurité sociale fonde ce contrat. »"
    assert f"    Annexe A7 (4 contrats) : {passage}" in lines


def test_what_the_registry_does_not_know_is_said(mini_project: Path, cpom: Cpom) -> None:
    sign(mini_project, cpom)
    printed = cpom(mini_project, "impact", "CSP L6114-1", "--on", "2017-01-01").stdout
    assert "Le registre ne connaît aucun changement de CSP L6114-1" in printed
    write_registry(mini_project, article="L6114-2")
    result = cpom(mini_project, "impact", "CSP L6114-1")
    assert "n’est pas au registre des références" in result.stdout
    assert "à relire : 1 (le registre ne connaît pas cet article)" in result.stdout


def test_words_that_name_no_article_are_refused(mini_project: Path, cpom: Cpom) -> None:
    result = cpom(mini_project, "impact", "le décret")
    assert result.exit_code == 1
    assert "ne nomme pas un article et son code" in result.stderr


def test_what_cannot_be_read_is_told_and_the_rest_examined(mini_project: Path, cpom: Cpom) -> None:
    sign(mini_project, cpom)
    (mini_project / "profiles/creux.yaml").write_text("campagne: demo\n", encoding="utf-8")
    (mini_project / "autre.json").write_bytes(render_json(small_contract()))
    assert cpom(mini_project, "record", "autre.json", "--status", "signe").exit_code == 0
    damage_stored_contract(mini_project, number=1)
    result = cpom(mini_project, "impact", "CSP L6114-1")
    assert result.exit_code == 0
    assert "profiles/creux.yaml" in result.stderr
    assert "990000010@1" in result.stderr
