"""Beside each value of a form, where it comes from: who typed it, a registry, another program."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contract_builder.model.french import long_date
from contract_builder.web.hall import Hall
from tests.mini_project import PROFILE, change_file, copy_mini_project
from tests.web_server import WebClient, serving

PAGE = "/etablissements/valmont/identite"
SITES = "/etablissements/valmont/sites"
TYPED = "Saisi par rédactrice, le "
ELSEWHERE = "Saisi hors de l’application."
_IMPORTED = """\
sites:
  - {finess_et: "990000028", nom: Site du registre, categorie: "355"}
capacites:
  - {annee: 2024, medecine: {lits: 50}}
origines:
  sites: {fichier: finess.csv, lignes: "2", extrait_le: 2026-01-05}
  capacites: {fichier: sae.csv, lignes: "9", extrait_le: 2026-01-06}
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, WebClient]]:
    """A working folder of one test, and a browser of the application that serves it."""
    project = copy_mini_project(tmp_path / "projet")
    with serving(project) as address:
        yield project, WebClient(address)


def save(browser: WebClient, page: str, **values: str) -> None:
    typed = {name.replace("__", "."): [value] for name, value in values.items()}
    form = {**browser.fields_of(page), **typed, "_action": ["enregistrer"]}
    assert browser.ask(page, form).status == 302


def said_of(page: str, name: str) -> str:
    """What stands between a control and the next one."""
    found = re.search(rf'name="{re.escape(name)}"[^>]*>(.*?)<label', page, re.DOTALL)
    assert found, name
    return found[1]


def test_a_value_says_who_typed_it_and_the_others_that_they_came_from_elsewhere(served):
    _, browser = served
    assert "hors de l’application" not in browser.ask(PAGE).text
    save(browser, PAGE, etablissement__nom_court="CH neuf")
    page = browser.ask(PAGE).text
    today = long_date(Hall.now().date())
    assert f"{TYPED}{today}." in said_of(page, "etablissement.nom_court")
    assert ELSEWHERE in said_of(page, "etablissement.siren")
    assert "aisi" not in said_of(page, "etablissement.departement")


def test_a_page_that_nobody_typed_in_says_it_once(served):
    _, browser = served
    save(browser, PAGE, etablissement__nom_court="CH neuf")
    page = browser.ask("/etablissements/valmont/financements").text
    assert page.count("hors de l’application") == 1


def test_a_line_that_one_person_typed_says_it_once_and_one_of_several_at_its_cells(served):
    _, browser = served
    form = browser.fields_of(SITES)
    form |= {
        "sites._lignes": ["0", "1"],
        "sites.0.nom": ["Site renommé"],
        "sites.1.finess_et": ["990000036"],
        "sites.1.nom": ["Site neuf"],
        "_action": ["enregistrer"],
    }
    assert browser.ask(SITES, form).status == 302
    page = browser.ask(SITES).text
    assert page.count("Toute la ligne : saisi par rédactrice") == 1
    assert "Nom du site : saisi par rédactrice" in page or "Nom : saisi par rédactrice" in page


def test_what_is_typed_and_not_saved_has_no_author(served):
    _, browser = served
    save(browser, PAGE, etablissement__nom_court="CH neuf")
    form = {
        **browser.fields_of(PAGE),
        "etablissement.nom_court": ["Autre"],
        "_action": ["verifier"],
    }
    assert TYPED not in browser.ask(PAGE, form).text


def test_a_line_says_what_the_registry_says_now_where_that_differs(served):
    project, browser = served
    imports = project / "profiles" / "_imports"
    imports.mkdir()
    (imports / "990000010.yaml").write_text(_IMPORTED, "utf-8")
    page = browser.ask(SITES).text
    assert "Ailleurs : « Site du registre » (finess.csv, ligne 2" in page
    assert "Ailleurs : « 50 » (sae.csv, ligne 9" in page
    assert "Ailleurs : « 355 »" not in page


def test_a_negotiated_value_says_so(served):
    project, browser = served
    agreed = (
        "valeurs_negociees:\n  - {champ: etablissement.siren, valeur: '269900015', "
        "auteur: la directrice, le: 2026-02-03, etat: negociee}\n"
    )
    profile = project / PROFILE
    profile.write_text(profile.read_text("utf-8") + agreed, "utf-8")
    page = browser.ask(PAGE).text
    assert f"Valeur négociée le {long_date(date(2026, 2, 3))}, par" in said_of(
        page, "etablissement.siren"
    )


def test_who_makes_an_establishment_here_is_told_as_the_author_of_its_first_values(served):
    _, browser = served
    page = "/etablissements/nouveau"
    asked = {"csrfmiddlewaretoken": browser.token_of(page), "finess": "990000119"}
    assert browser.ask(page, {**asked, "_action": "creer"}).status == 302
    page = browser.ask("/etablissements/990000119/identite").text
    assert "Enregistré par rédactrice, le" in said_of(page, "etablissement.finess_ej")
    assert "nouvel établissement" in browser.ask("/journal").text


def test_what_is_changed_by_hand_meanwhile_is_told_as_such(served):
    project, browser = served
    save(browser, PAGE, etablissement__nom_court="CH neuf")
    change_file(project / PROFILE, "CH neuf", "CH encore neuf")
    save(browser, PAGE, etablissement__departement="44")
    page = browser.ask(PAGE).text
    assert ELSEWHERE in said_of(page, "etablissement.nom_court")
    assert TYPED in said_of(page, "etablissement.departement")


def test_the_journal_calls_establishments_by_their_names_and_finds_them_so(served):
    _, browser = served
    save(browser, PAGE, etablissement__nom_court="CH neuf")
    browser.ask("/etablissements/valmont/")
    page = browser.ask("/journal?q=hospitalier+contrat").text
    assert '<th scope="row">Centre hospitalier de Valmont (fictif)</th>' in page
    assert re.search("Rubrique «.Identité et contrat.» enregistrée", page)
    assert 'href="/etablissements/valmont/etats"' in page
    assert "état trouvé" not in page
    rows = browser.ask("/journal.xlsx?q=hospitalier")
    assert rows.status == 200
