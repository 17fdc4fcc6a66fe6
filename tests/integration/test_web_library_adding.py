"""A new clause and a new sheet over HTTP: helped by lists, refused at a field, printed, undone."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from contract_builder.cli import main
from tests.mini_project import copy_mini_project
from tests.web_server import Answer, WebClient, serving

CLAUSE = "/bibliotheque/ajouter/clause?ou=etablissement/article-objet"
SHEET = "/bibliotheque/ajouter/fiche?catalogue=demo"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder; each test adds what bears its own name."""
    return copy_mini_project(tmp_path_factory.mktemp("web") / "projet")


@pytest.fixture(scope="module")
def client(project: Path) -> Iterator[WebClient]:
    """A browser of the one user of this machine, who is an administrator."""
    with serving(project) as url:
        yield WebClient(url)


def _send(client: WebClient, path: str, action: str, changed: dict[str, str]) -> Answer:
    fields = client.fields_of(path)
    sent = {name: [value] for name, value in changed.items()}
    return client.ask(path, {**fields, **sent, "_action": [action]})


def test_a_clause_is_begun_from_lists_tried_saved_printed_and_taken_away(
    client: WebClient, project: Path
) -> None:
    choice = unescape(client.ask("/bibliotheque/ajouter/clause").text)
    assert '<option value="etablissement/article-objet">Article : Objet</option>' in choice
    page = unescape(client.ask(CLAUSE).text)
    assert '<option value="objet" selected>après « Objet du contrat »</option>' in page
    plan = project / "clause_library/outlines/etablissement.yaml"
    before = plan.read_text("utf-8")
    typed = {
        "champ.titre": "Télésanté",
        "champ.en_vigueur_du": "2025-01-01",
        "texte": "{{ etablissement.raison_sociale }} développe la télésanté.",
        "essai": "valmont",
    }
    lacking = _send(client, CLAUSE, "enregistrer", {**typed, "texte": ""})
    assert lacking.status == 422
    assert "Écrivez le texte de la clause." in lacking.text
    assert 'value="Télésanté"' in lacking.text
    tried = unescape(_send(client, CLAUSE, "essayer", typed).text)
    assert "Ce qui changerait dans ce contrat" in tried
    assert "développe la télésanté" in tried
    assert plan.read_text("utf-8") == before
    saved = _send(client, CLAUSE, "enregistrer", typed)
    assert saved.headers["Location"] == "/bibliotheque/clause/telesante?version=2025-01-01"
    assert "clauses: [objet, telesante]" in plan.read_text("utf-8")
    assert main(["check", "--project", str(project)]) == 0
    assert "développe la télésanté" in client.ask("/etablissements/valmont/projet").text
    assert "clause « telesante » ajoutée" in unescape(client.ask("/journal").text)
    again = _send(client, CLAUSE, "enregistrer", {**typed, "champ.id": "telesante"})
    assert again.status == 422
    assert "est déjà le nom" in unescape(again.text)
    editor = "/bibliotheque/modifier/clause/telesante?version=2025-01-01"
    assert "Retirer cette clause" in client.ask(editor).text
    assert _send(client, editor, "retirer", {}).status == 302
    assert plan.read_text("utf-8") == before
    assert not (project / "clause_library/corps/telesante.md").exists()


def test_a_clause_with_a_sign_too_many_or_a_forged_name_is_refused_and_kept_on_the_page(
    client: WebClient, project: Path
) -> None:
    typed = {"champ.titre": "Essai", "texte": "Début.\n\n{{ contrat.perdue }}"}
    refused = _send(client, CLAUSE, "enregistrer", typed)
    assert refused.status == 422
    assert "Texte, ligne 3" in refused.text
    forged = _send(client, CLAUSE, "enregistrer", {**typed, "champ.id": "../../profiles/x"})
    assert forged.status == 422
    assert "Lettres minuscules" in forged.text
    elsewhere = _send(client, CLAUSE, "enregistrer", {**typed, "champ.place": "perdue"})
    assert elsewhere.status == 422
    for path in ("/bibliotheque/ajouter/profil", "/bibliotheque/ajouter/plan"):
        assert client.ask(path).status == 404
    for path in ("clause?ou=x/y", "clause?ou=%00", "fiche?catalogue=..%2fdemo"):
        assert "Continuer" in client.ask(f"/bibliotheque/ajouter/{path}").text
    assert {path.name for path in (project / "clause_library/corps").iterdir()} == {
        "objet.md",
        "duree@2020-11-20.md",
    }


def test_a_sheet_is_begun_with_targets_by_category_and_year(
    client: WebClient, project: Path
) -> None:
    page = unescape(client.ask(SHEET).text)
    assert 'name="champ.code" value="DEMO_2"' in page
    assert 'name="champ.cibles.0.valeurs.2026.texte"' in page
    typed = {
        "champ.intitule": "Téléconsultations",
        "champ.objectifs": "Développer la télésanté",
        "champ.indicateur.definition": "Nombre de téléconsultations",
        "champ.source.document": "modele",
        "champ.cibles.0.valeurs.2025.type": "nombre",
        "champ.cibles.0.valeurs.2025.texte": "10 actes",
        "champ.cibles.0.valeurs.2025.valeur": "10",
        "texte": "Le contexte.",
    }
    lacking = _send(client, SHEET, "enregistrer", typed)
    assert lacking.status == 422
    assert "ne donne pas de cible pour 2026" in unescape(lacking.text)
    typed |= {"champ.cibles.0.valeurs.2026.type": "vide", "cible.nouvelle": "petits"}
    more = unescape(_send(client, SHEET, "cible-ajouter", typed).text)
    assert 'name="champ.cibles.1.valeurs.2025.texte"' in more
    assert "10 actes" in more
    fewer = client.fields_of_text(more)
    fewer = client.fields_of_text(client.ask(SHEET, {**fewer, "_action": ["cible-retirer:1"]}).text)
    assert "champ.cibles.1.valeurs.2025.texte" not in fewer
    saved = client.ask(SHEET, {**fewer, "_action": ["enregistrer"]})
    assert saved.headers["Location"] == "/bibliotheque/fiche/DEMO_2?version=demo"
    text = (project / "fiches/demo/DEMO_2.md").read_text("utf-8")
    assert "2025: {type: nombre, texte: 10 actes, valeur: 10}" in text
    assert main(["check", "--project", str(project)]) == 0
    assert "Téléconsultations" in client.ask("/etablissements/valmont/fiches").text
    editor = "/bibliotheque/modifier/fiche/DEMO_2?version=demo"
    assert _send(client, editor, "retirer", {}).status == 302
    assert not (project / "fiches/demo/DEMO_2.md").exists()


def test_a_row_of_targets_is_taken_from_a_sheet_and_the_rest_stays_as_it_was_written(
    client: WebClient, project: Path
) -> None:
    path = project / "fiches/demo/DEMO_1.md"
    before = path.read_text("utf-8")
    editor = "/bibliotheque/modifier/fiche/DEMO_1?version=demo"
    assert _send(client, editor, "enregistrer", {}).status == 302
    assert path.read_text("utf-8") == before
    partial = client.fields_of(editor)
    partial = {name: value for name, value in partial.items() if not name.startswith("c")} | {
        "csrfmiddlewaretoken": partial["csrfmiddlewaretoken"]
    }
    assert client.ask(editor, {**partial, "_action": ["enregistrer"]}).status == 302
    assert path.read_text("utf-8") == before
    shown = client.fields_of_text(_send(client, editor, "cible-retirer:0", {}).text)
    assert shown["cible.0"] == ["1"]
    assert client.ask(editor, {**shown, "_action": ["enregistrer"]}).status == 302
    after = path.read_text("utf-8")
    assert "categorie: grands" not in after
    assert after.split("categorie: petits")[1] == before.split("categorie: petits")[1]
    path.write_text(before, "utf-8")
