"""A version is prepared for the other party by pages alone, and its files are downloaded."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.mini_project import copy_mini_project
from tests.web_server import WebClient, serving

PAGE = "/etablissements/valmont/versions/1/envois"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A browser before a folder whose only contract is recorded."""
    project: Path = copy_mini_project(tmp_path_factory.mktemp("envois") / "projet")
    with serving(project) as address:
        browser = WebClient(address)
        token = {"csrfmiddlewaretoken": browser.token_of("/etablissements/valmont/projet")}
        assert browser.ask("/etablissements/valmont/projet/enregistrer", token).status == 302
        yield browser


def test_a_sending_is_prepared_and_its_files_are_those_of_the_receipt(client: WebClient) -> None:
    assert "Préparer l’envoi" in client.ask(PAGE).text
    token = {"csrfmiddlewaretoken": client.token_of(PAGE), "destinataire": "Direction générale"}
    assert client.ask(PAGE, token).status == 302
    shown = client.ask(PAGE).text
    assert "envoi n°\xa01" in shown
    assert "Direction générale" in shown
    names = [part.split('"')[0] for part in shown.split(f'href="{PAGE}/')[1:]]
    assert [name.rpartition(".")[2] for name in sorted(names)] == ["html", "json", "docx", "pdf"]
    bodies = {name: client.ask(f"{PAGE}/{name}").body for name in names}
    receipt = json.loads(next(body for name, body in bodies.items() if name.endswith(".json")))
    for file in receipt["fichiers"]:
        assert sha256(bodies[file["nom"]]).hexdigest() == file["sha256"]
    assert "envoyé" in client.ask("/etablissements/valmont/versions").text


@pytest.mark.parametrize(
    "path",
    [
        "/etablissements/valmont/versions/9/envois",
        f"{PAGE}/.produits.json",
        f"{PAGE}/..%2F..%2Fcpom.sqlite3",
        "/etablissements/valmont/versions/9/envois/contrat.docx",
    ],
)
def test_nothing_else_is_handed_out(client: WebClient, path: str) -> None:
    assert client.ask(path).status == 404
