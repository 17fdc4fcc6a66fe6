"""Kind of contract, campaign and group are changed in a form, and the effects told first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mini_project import PROFILE, copy_mini_project
from tests.web_server import WebClient, serving

PAGE = "/etablissements/valmont/identite"
_OTHER = """\
id: autre
intitule: Autre campagne
type: etablissement
date_effet_du: 2025-01-01
annees: [2025]
fiches: autre
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, WebClient]]:
    """A region with a second campaign, without sheets, and a group."""
    project = copy_mini_project(tmp_path / "projet")
    (project / "clause_library" / "campagnes" / "autre.yaml").write_text(_OTHER, "utf-8")
    (project / "fiches" / "autre").mkdir()
    groups = project / "profiles" / "_groupes"
    groups.mkdir()
    (groups / "ght-nord.yaml").write_text("ght: {nom: GHT du Nord, role: membre}\n", "utf-8")
    with serving(project) as address:
        yield project, WebClient(address)


def ask(browser: WebClient, action: str, **values: str):
    typed = {key: [value] for key, value in values.items()}
    return browser.ask(PAGE, {**browser.fields_of(PAGE), **typed, "_action": [action]})


def test_the_head_is_chosen_among_what_the_library_and_the_groups_offer(served):
    _, browser = served
    page = browser.ask(PAGE).text
    assert '<option value="demo" selected>Campagne de démonstration (' in page
    assert '<option value="autre">Autre campagne (' in page
    assert '<option value="ght-nord">' in page
    assert "Ce que ces changements font" not in page


@pytest.mark.parametrize("action", ["verifier", "direct"])
def test_what_another_campaign_does_is_told_before_anything_is_written(served, action):
    project, browser = served
    before = (project / PROFILE).read_bytes()
    page = ask(browser, action, campagne="autre").text
    assert "Ce que ces changements font" in page
    assert "Le contrat ne pourrait plus être produit" in page
    assert "La fiche « DEMO_1 » n’existe pas dans le catalogue de la campagne" in page
    assert 'href="/etablissements/valmont/lignes/fiches#fiches.0.code"' in page
    assert (project / PROFILE).read_bytes() == before


def test_a_group_is_joined_saved_and_taken_back(served):
    project, browser = served
    profile = project / PROFILE
    before = profile.read_text("utf-8")
    assert ask(browser, "enregistrer", groupe="ght-nord").status == 302
    assert "groupe: ght-nord" in profile.read_text("utf-8")
    assert "GHT du Nord" in browser.ask(PAGE).text
    assert ask(browser, "enregistrer", groupe="").status == 302
    assert "GHT du Nord" not in browser.ask(PAGE).text
    states = browser.ask("/etablissements/valmont/etats").text
    assert "Identité et contrat" in states
    assert "date_effet: 2025-07-01" in before


def test_a_head_changed_meanwhile_is_not_written_over(served):
    project, browser = served
    form = {**browser.fields_of(PAGE), "campagne": ["autre"], "_action": ["enregistrer"]}
    profile = project / PROFILE
    profile.write_text(profile.read_text("utf-8").replace("campagne: demo", "campagne: x"), "utf-8")
    answer = browser.ask(PAGE, form)
    assert answer.status == 409
    assert "Votre saisie et l’état actuel" in answer.text
    assert "campagne: x" in profile.read_text("utf-8")


def test_the_form_of_a_profile_that_cannot_be_resolved_still_shows_its_head(served):
    project, browser = served
    profile = project / PROFILE
    profile.write_text(profile.read_text("utf-8").replace("\ncontrat:", "\ncontrats:"), "utf-8")
    page = browser.ask(PAGE)
    assert page.status == 200
    assert 'name="type_contrat" value="etablissement"' in page.text
