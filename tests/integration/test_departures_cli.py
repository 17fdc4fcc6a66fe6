"""``cpom departures``: what a region's stored contracts say otherwise than the standard text."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.mini_project import PROFILE, CommandResult, change_file, damage_stored_contract

Cpom = Callable[..., CommandResult]
NEGOTIATED = (
    "{{code: DEMO_1, cibles: [{{annee: 2025, texte: '{0}', type: nombre, valeur: '{0}', "
    "motif: Ouverture en mars, auteur: le chargé de contractualisation}}]}}"
)


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def region(mini_project: Path, cpom: Cpom) -> Path:
    """Four contracts: standard, two that negotiated 4 and 8, one of those reworded, one signed.

    Since then article L6114-1, which all cite, has another wording.
    """
    profile = mini_project / PROFILE
    plain = profile.read_text(encoding="utf-8")
    for number, target, wording, status in (
        ("1", "", "", "projet"),
        ("2", "4", "", "projet"),
        ("3", "8", "s’achève le", "projet"),
        ("4", "", "s’achève le", "signe"),
    ):
        text = plain.replace("990000010AA", f"99000001{number}AA")
        if target:
            text = text.replace("{code: DEMO_1}", NEGOTIATED.format(target))
        profile.write_text(text, encoding="utf-8")
        built = cpom(mini_project, "build", str(profile), "--formats", "json")
        path = Path(built.stdout.splitlines()[0])
        if wording:
            contract = path.read_text(encoding="utf-8").replace("prend fin le", wording)
            path.write_text(contract, encoding="utf-8")
        assert cpom(mini_project, "record", str(path), "--status", status).exit_code == 0
    change_file(
        mini_project / "clause_library" / "references" / "csp.yaml",
        "    depuis: 2018-01-01\n",
        "    depuis: 2018-01-01\n    jusqu_au: 2026-03-31\n",
    )
    references = mini_project / "clause_library" / "references" / "csp.yaml"
    with references.open("a", encoding="utf-8") as file:
        file.write(
            "  - article: L6114-1\n    objet: Conclusion\n    statut: en_vigueur\n"
            "    depuis: 2026-04-01\n    modifie_par: Loi de démonstration\n"
            "    verifie_le: 2026-05-01\n    source: Légifrance\n"
        )
    return mini_project


def departures(project: Path, cpom: Cpom, *options: str) -> dict[str, Any]:
    result = cpom(project, "departures", "--on", "2026-06-01", "--json", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    data: dict[str, Any] = json.loads(result.stdout)
    return data


def test_a_clause_that_departs_is_told_with_its_wordings_and_how_often(
    region: Path, cpom: Cpom
) -> None:
    (clause,) = departures(region, cpom)["clauses"]
    assert clause["clause"] == "duree"
    assert (clause["contrats_clause"], clause["part"], clause["nature"]) == (2, "50.0", "retouchée")
    assert clause["redaction"].replace("\u00a0", " ") == "« prend fin » → « s’achève »"
    assert clause["versions"] == "990000010@3, 990000010@4"


def test_negotiated_targets_are_told_with_their_spread(region: Path, cpom: Cpom) -> None:
    (target,) = departures(region, cpom)["cibles"]
    assert (target["fiche"], target["annee"]) == ("DEMO_1", 2025)
    assert (target["contrats"], target["contrats_fiche"]) == (2, 4)
    assert [target[key] for key in ("minimum", "mediane", "maximum")] == ["4", "6", "8"]


def test_the_contracts_that_cite_an_article_that_changed_are_named(
    region: Path, cpom: Cpom
) -> None:
    (article,) = departures(region, cpom)["articles"]
    assert (article["reference"], article["changement"]) == ("CSP L6114-1", "modifié")
    assert (article["depuis"], article["par"]) == ("2026-04-01", "Loi de démonstration")
    assert article["contrats"] == 4
    before = cpom(region, "departures", "--on", "2026-03-31", "--json")
    assert json.loads(before.stdout)["articles"] == []


def test_status_and_campaign_choose_the_contracts(region: Path, cpom: Cpom) -> None:
    (signed,) = departures(region, cpom, "--status", "signe")["contrats"]
    assert (signed["version"], signed["etat"]) == ("990000010@4", "signé")
    assert len(departures(region, cpom, "--campaign", "demo")["contrats"]) == 4
    assert departures(region, cpom, "--campaign", "autre")["contrats"] == []


def test_only_the_last_version_of_a_contract_counts(region: Path, cpom: Cpom) -> None:
    (path,) = (region / "output").glob("990000014AA*.json")
    contract = path.read_text(encoding="utf-8").replace("s’achève le", "prend fin le")
    path.write_text(contract.replace('"version":1', '"version":2'), encoding="utf-8")
    assert cpom(region, "record", str(path)).exit_code == 0
    (clause,) = departures(region, cpom)["clauses"]
    assert clause["versions"] == "990000010@3"


def test_the_screen_the_page_and_the_workbook_say_the_same(region: Path, cpom: Cpom) -> None:
    result = cpom(region, "departures", "--on", "2026-06-01", "--out", "ecarts")
    printed = result.stdout.replace("\u00a0", " ")
    assert "4 contrats examinés" in printed
    assert "(duree) : 2 contrats, 50 %, 1 rédaction" in printed
    assert "DEMO_1 2025 : 2 sur 4 contrats, de 4 à 8, médiane 6" in printed
    assert "CSP L6114-1 : modifié le 01/04/2026, 4 contrats" in printed
    page = (region / "ecarts" / "ecarts-au-standard.html").read_text(encoding="utf-8")
    assert "« prend fin » → « s’achève »" in page.replace("\u00a0", " ")
    assert '<td class="annee">2025</td>' in page
    book = CalamineWorkbook.from_path(region / "ecarts" / "ecarts-au-standard.xlsx")
    assert book.sheet_names == ["Clauses", "Cibles négociées", "Articles changés", "Contrats"]
    targets = book.get_sheet_by_name("Cibles négociées").to_python()
    assert targets[1][6:9] == [4, 6, 8]
    articles = book.get_sheet_by_name("Articles changés").to_python()
    assert articles[1][2] == date(2026, 4, 1)
    assert articles[1][5] == "Article 1, Article 2"


def test_without_a_store_or_with_an_unknown_format_the_command_says_so(
    mini_project: Path, cpom: Cpom
) -> None:
    nothing = cpom(mini_project, "departures")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "Aucune version" in nothing.stderr
    wrong = cpom(mini_project, "departures", "--formats", "docx")
    assert (wrong.exit_code, "Format inconnu : docx" in wrong.stderr) == (2, True)


def test_a_version_changed_behind_the_store_is_named_and_the_others_are_examined(
    region: Path, cpom: Cpom
) -> None:
    damage_stored_contract(region, number=2)
    result = cpom(region, "departures", "--on", "2026-06-01", "--json")
    assert result.exit_code == 0
    assert "La version « 990000010@2 » n’a pas été examinée." in result.stderr
    data = json.loads(result.stdout)
    assert [item["version"] for item in data["contrats"]] == [
        "990000010@1",
        "990000010@3",
        "990000010@4",
    ]


def test_a_contract_of_a_campaign_that_the_library_lost_is_named(region: Path, cpom: Cpom) -> None:
    campaign = region / "clause_library" / "campagnes" / "demo.yaml"
    change_file(campaign, "id: demo", "id: autre")
    campaign.rename(campaign.with_name("autre.yaml"))
    result = cpom(region, "departures", "--on", "2026-06-01", "--json")
    assert result.stderr.count("la campagne « demo »") == 4
    data = json.loads(result.stdout)
    assert (data["clauses"], len(data["articles"]), len(data["non_examines"])) == ([], 1, 4)
