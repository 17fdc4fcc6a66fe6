"""Plans and campaigns over HTTP: reordered by buttons, edited by form, refused, taken back."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from contract_builder.cli import main
from tests.mini_project import copy_mini_project
from tests.web_server import WebClient, serving

PLANS = "/bibliotheque/plans"
PLAN = "/bibliotheque/plans/etablissement"
CAMPAIGN = "/bibliotheque/modifier/campagne/demo"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder, as it was after each test."""
    return copy_mini_project(tmp_path_factory.mktemp("web") / "projet")


@pytest.fixture(scope="module")
def client(project: Path) -> Iterator[WebClient]:
    """A browser of the one user of this machine, who is an administrator."""
    with serving(project) as url:
        yield WebClient(url)


def test_a_plan_is_reordered_by_buttons_tried_saved_and_taken_back(
    client: WebClient, project: Path
) -> None:
    path = project / "clause_library/outlines/etablissement.yaml"
    before = path.read_text("utf-8")
    assert f'href="{PLAN}"' in client.ask(PLANS).text
    form = client.fields_of(PLAN)
    moved = client.ask(PLAN, {**form, "_action": ["descendre:0.0"]})
    assert 'value="monter:1.0" autofocus' in moved.text
    assert path.read_text("utf-8") == before
    form = client.fields_of_text(moved.text)
    form |= {"partie.1.titre": ["Durée et objet"], "essai": ["valmont"]}
    tried = client.ask(PLAN, {**form, "_action": ["essayer"]})
    assert "Durée et objet" in unescape(tried.text)
    assert "Ce qui changerait dans ce contrat" in tried.text
    assert client.ask(PLAN, {**form, "_action": ["enregistrer"]}).headers["Location"] == PLANS
    text = path.read_text("utf-8")
    assert "titre: Durée et objet, clauses: [objet, duree]" in text
    assert main(["check", "--project", str(project)]) == 0
    found = re.findall(r'value="(reprendre:\d+)"', client.ask(PLAN).text)
    restored = client.ask(PLAN, {**client.fields_of(PLAN), "_action": [found[-1]]})
    assert restored.status == 302
    assert path.read_text("utf-8") == before


def test_a_part_is_added_and_a_clause_that_the_plan_lacks_placed_in_it(
    client: WebClient, project: Path
) -> None:
    path = project / "clause_library/outlines/etablissement.yaml"
    before = path.read_text("utf-8")
    form = client.fields_of(PLAN)
    nameless = client.ask(PLAN, {**form, "_action": ["ajouter-partie"]})
    assert nameless.status == 422
    form |= {"nouvelle.sorte": ["article"], "nouvelle.titre": ["Divers"]}
    form = client.fields_of_text(client.ask(PLAN, {**form, "_action": ["ajouter-partie"]}).text)
    assert form["partie.2.titre"] == ["Divers"]
    form = client.fields_of_text(client.ask(PLAN, {**form, "_action": ["retirer:0.0"]}).text)
    form |= {"partie.2.nouvelle": ["objet"]}
    form = client.fields_of_text(client.ask(PLAN, {**form, "_action": ["placer:2"]}).text)
    assert client.ask(PLAN, {**form, "_action": ["enregistrer"]}).status == 302
    text = path.read_text("utf-8")
    assert "{partie: article, id: divers, titre: Divers, clauses: [objet]}" in text
    assert main(["check", "--project", str(project)]) == 0
    path.write_text(before, "utf-8")


def test_a_plan_that_somebody_else_changed_is_shown_beside_mine_and_not_written(
    client: WebClient, project: Path
) -> None:
    path = project / "clause_library/outlines/etablissement.yaml"
    before = path.read_text("utf-8")
    form = client.fields_of(PLAN) | {"partie.0.titre": ["Mon titre"]}
    path.write_text(before.replace("titre: Objet,", "titre: Son titre,"), "utf-8")
    answer = client.ask(PLAN, {**form, "_action": ["enregistrer"]})
    assert answer.status == 409
    assert "Son titre" in answer.text
    assert 'value="Mon titre"' in answer.text
    assert "Mon titre" not in path.read_text("utf-8")
    form = client.fields_of(PLAN) | {"partie.0.clause": ["../x"]}
    forged = client.ask(PLAN, {**form, "_action": ["enregistrer"]})
    assert forged.status == 422
    assert client.ask("/bibliotheque/plans/..%2fx").status == 404
    blank = {name: form[name] for name in ("csrfmiddlewaretoken", "_vu")}
    assert client.ask(PLAN, {**blank, "_action": ["enregistrer"]}).status == 422
    path.write_text(before, "utf-8")


def test_a_campaign_is_edited_by_form_with_its_rules_and_its_comments_stay(
    client: WebClient, project: Path
) -> None:
    path = project / "clause_library/campagnes/demo.yaml"
    before = path.read_text("utf-8")
    path.write_text(f"# Décidé par la région.\n{before}", "utf-8")
    form = client.fields_of(CAMPAIGN)
    assert form["champ.annees"] == ["2025\n2026"]
    form |= {
        "champ.objectifs_maximum": ["8"],
        "champ.categories.0.libelle": ["Plus de cinq cents lits"],
        "champ.suivi.declaration_avant": ["03-31"],
        "champ.suivi.appreciation.0.resultat": ["atteint"],
        "champ.suivi.appreciation.0.realise_au_moins": ["100"],
        "champ.suivi.appreciation.0.critere": ["la cible est atteinte"],
    }
    unruled = client.ask(CAMPAIGN, {**form, "_action": ["enregistrer"]})
    assert "la dernière règle n’a pas de seuil" in unescape(unruled.text)
    form |= {"champ.suivi.appreciation.1.resultat": ["non_atteint"]}
    wrong = client.ask(
        CAMPAIGN, {**form, "champ.annees": ["deux mille"], "_action": ["enregistrer"]}
    )
    assert wrong.status == 422
    assert "deux mille" in wrong.text
    saved = client.ask(CAMPAIGN, {**form, "_action": ["enregistrer"]})
    assert saved.headers["Location"] == PLANS
    text = path.read_text("utf-8")
    assert text.startswith("# Décidé par la région.\nid: demo\n")
    assert "libelle: Plus de cinq cents lits, si: {lits: {plus_de: 500}}" in text
    assert "objectifs_maximum: 8" in text
    assert "realise_au_moins: 100" in text
    assert main(["check", "--project", str(project)]) == 0
    assert "Campagne de démonstration" in client.ask(PLANS).text
    path.write_text(before, "utf-8")
