"""A new contract by pages: from a number and the registries, or after a signed one; question by
question, left and taken up again."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import run_apart
from tests.mini_project import PROFILE, add_following_campaign, change_file, copy_mini_project
from tests.web_server import Answer, WebClient, serving

NEW = "/etablissements/nouveau"
FOLLOW = f"{NEW}/suite"
NUMBER = "990000200"
IMPORTED = f"""\
etablissement:
  finess_ej: "{NUMBER}"
  raison_sociale: Clinique des Essais (fictive)
sites:
  - {{finess_et: "990000218", nom: Site unique}}
origines:
  etablissement.raison_sociale:
    fichier: etalab-cs1100502.csv
    lignes: "3"
    extrait_le: 2026-10-12
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A working folder whose registries know an establishment without a file."""
    project = copy_mini_project(tmp_path / "projet")
    folder = project / "profiles" / "_imports"
    folder.mkdir()
    (folder / f"{NUMBER}.yaml").write_text(IMPORTED, "utf-8")
    return project


@pytest.fixture
def client(project: Path) -> Iterator[WebClient]:
    """A browser of the application."""
    with serving(project) as address:
        yield WebClient(address)


def send(client: WebClient, path: str, page: str = "", **form: str) -> Answer:
    """The answer to a form, with the token of a page."""
    return client.ask(path, {"csrfmiddlewaretoken": client.token_of(page or path), **form})


def test_what_registries_know_is_shown_with_its_origin_before_anything_is_made(
    client: WebClient, project: Path
) -> None:
    seen = send(client, NEW, finess=NUMBER, _action="voir")
    assert seen.status == 200
    assert "Clinique des Essais (fictive)" in seen.text
    assert "etalab-cs1100502.csv" in seen.text
    assert "Site" in seen.text
    assert "1\xa0ligne" in seen.text
    assert "raison sociale" not in re.search(r"Il restera.*?</p>", seen.text, re.DOTALL)[0]
    assert not (project / "profiles" / f"{NUMBER}.yaml").exists()
    made = send(client, NEW, finess=NUMBER)
    assert made.headers["Location"] == f"/etablissements/{NUMBER}/questions"
    assert (project / "profiles" / f"{NUMBER}.yaml").is_file()
    wrong = send(client, NEW, finess="12", _action="voir")
    assert wrong.status == 422
    assert 'value="12"' in wrong.text


def test_questions_are_answered_one_by_one_left_for_later_and_taken_up_again(
    client: WebClient, project: Path
) -> None:
    path = f"/etablissements/{NUMBER}/questions"
    send(client, NEW, finess=NUMBER)
    page = client.ask(path).text
    assert "<h1>Date d’effet</h1>" in page
    later = re.search(r'href="([^"]+)">Je ne sais pas encore', page)[1].replace("&amp;", "&")
    assert "<h1>Statut</h1>" in client.ask(later).text
    assert "<h1>Date d’effet</h1>" in client.ask(path).text
    form = client.fields_of(path)
    wrong = client.ask(path, {**form, "contrat.date_effet": ["demain"]})
    assert wrong.status == 422
    assert "Il faut ici une date" in wrong.text
    assert 'value="demain"' in wrong.text
    assert client.ask(path, {**form, "contrat.date_effet": [""]}).status == 422
    kept = client.ask(path, {**form, "contrat.date_effet": ["1er juillet 2025"]})
    assert kept.status == 302
    text = (project / "profiles" / f"{NUMBER}.yaml").read_text("utf-8")
    assert "date_effet: 2025-07-01" in text
    assert "# Date d’effet" in text  # the comments stay
    again = client.ask(path, {**form, "contrat.date_effet": ["1er juillet 2025"]})
    assert again.status == 302  # sent twice, it is answered already
    assert "<h1>Statut</h1>" in client.ask(path).text


def test_an_answer_to_a_file_that_changed_meanwhile_writes_nothing_unseen(
    client: WebClient, project: Path
) -> None:
    path = f"/etablissements/{NUMBER}/questions"
    send(client, NEW, finess=NUMBER)
    form = client.fields_of(path)
    file = project / "profiles" / f"{NUMBER}.yaml"
    file.write_text(file.read_text("utf-8") + "# relu\n", "utf-8")
    answer = client.ask(path, {**form, "contrat.date_effet": ["1er juillet 2025"]})
    assert answer.status == 409
    assert 'value="01/07/2025"' in answer.text
    assert "date_effet: 2025-07-01" not in file.read_text("utf-8")


@pytest.mark.parametrize("field", ["", "sites", "_", "contrat.date_effet.x", "\0", "<b>"])
def test_a_forged_question_is_answered_by_the_next_one(client: WebClient, field: str) -> None:
    path = f"/etablissements/{NUMBER}/questions"
    send(client, NEW, finess=NUMBER)
    form = {**client.fields_of(path), "_champ": [field]}
    assert client.ask(path, form).status == 302
    assert client.ask(f"{path}?plus-tard=%00&plus-tard=%3Cscript%3E").status == 200


def test_nothing_asked_is_told_as_such(client: WebClient) -> None:
    assert "Plus rien n’est demandé" in client.ask("/etablissements/valmont/questions").text


@pytest.fixture
def signed(project: Path) -> Path:
    """The same with a signed contract, and a campaign for the one that follows."""
    add_following_campaign(project)
    change_file(project / PROFILE, "date_fin: 2031-06-30", "date_fin: 2029-06-30")
    out = project / "output" / "a-garder"
    run_apart(
        *("build", "valmont", "--formats", "json", "--out", str(out)),
        *("--record", "--project", str(project)),
    )
    for status in ("envoye", "signe"):
        run_apart("store", "status", "990000010@1", status, "--project", str(project))
    return project


def test_a_contract_follows_a_signed_one_and_says_what_is_carried_and_why_not(
    signed: Path, client: WebClient
) -> None:
    assert "990000010@1" in client.ask(FOLLOW).text
    page = f"{FOLLOW}?version=990000010@1"
    assert 'value="2030-07-01"' in client.ask(page).text
    form = {"version": "990000010@1", "jour": "2030-07-01", "demande": ""}
    seen = send(client, FOLLOW, page, **form, _action="voir")
    assert seen.status == 200
    text = seen.text
    assert "Rien n’est encore créé" in text
    assert "990000010AB" in text
    over = re.search(r"<h2>Non repris.*?</ul>", text, re.DOTALL)[0]
    assert "a pris fin le 30\xa0juin\xa02029" in over
    assert [path.name for path in (signed / "profiles").glob("valmont-*")] == []
    made = send(client, FOLLOW, page, **form)
    assert made.headers["Location"] == "/etablissements/valmont-2030/questions"
    assert (signed / "profiles" / "valmont-2030.yaml").is_file()
    again = send(client, FOLLOW, page, **form)
    assert again.status == 422
    assert "existe déjà" in again.text


@pytest.mark.parametrize(
    ("version", "day", "status"),
    [
        ("990000010@1", "2029-07-01", 422),  # it would overlap
        ("990000010@1", "demain", 422),
        ("990000010@1", "9999-12-31", 422),
        ("990000010@9", "2030-07-01", 404),
        ("../..", "2030-07-01", 404),
        ("\0", "2030-07-01", 200),  # nothing is asked for: the question again
    ],
)
def test_a_contract_that_cannot_follow_is_refused(
    signed: Path, client: WebClient, version: str, day: str, status: int
) -> None:
    page = f"{FOLLOW}?version=990000010@1"
    assert send(client, FOLLOW, page, version=version, jour=day, demande="").status == status
    assert [path.name for path in (signed / "profiles").glob("valmont-*")] == []
