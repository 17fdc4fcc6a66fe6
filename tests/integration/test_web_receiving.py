"""A Word file that came back, read by pages: what nobody marked first, hostile uploads refused."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document

from tests.mini_project import copy_mini_project
from tests.web_server import WebClient, serving

NAME = "valmont"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A browser before a working folder whose only contract is recorded."""
    project = copy_mini_project(tmp_path_factory.mktemp("retours") / "projet")
    with serving(project) as address:
        browser = WebClient(address)
        page = f"/etablissements/{NAME}/projet"
        token = {"csrfmiddlewaretoken": browser.token_of(page)}
        assert browser.ask(f"{page}/enregistrer", token).status == 302
        yield browser


@pytest.fixture(scope="module")
def sent(client: WebClient) -> bytes:
    """The Word file of the version."""
    return client.ask(f"/etablissements/{NAME}/projet/fichier.docx").body


def send(client: WebClient, *files: tuple[str, bytes], version: str = "") -> str:
    token = client.token_of("/retours")
    answer = client.send_files(
        "/retours", {"csrfmiddlewaretoken": token, "version": version}, "fichiers", files
    )
    assert answer.status in (200, 422), answer.text
    return answer.text


def edited(data: bytes) -> bytes:
    """The file with one word changed without a mark, as Word saves it when nothing is tracked."""
    document = Document(BytesIO(data))
    paragraph = next(
        p for p in document.paragraphs if "contrat" in p.text.lower() and len(p.text) > 60
    )
    run = next(run for run in paragraph.runs if len(run.text) > 20)
    run.text = run.text + " sauf avis contraire"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_file_that_nobody_changed_says_so(client: WebClient, sent: bytes) -> None:
    assert "Rien n’a été changé." in send(client, ("retour.docx", sent))


def test_an_edit_that_nobody_marked_is_shown_first(client: WebClient, sent: bytes) -> None:
    text = send(client, ("retour.docx", edited(sent)))
    assert "Modifications que rien ne marque (1)" in text
    assert "sauf avis contraire" in text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("contrat.docx", b"%PDF-1.7\nnon"),
        ("contrat.docx", b"{\\rtf1 non}"),
        ("contrat.docx", b"PK\x03\x04 non"),
        ("../../etc/passwd.docx", b"non"),
        ("<script>alert(1)</script>.docx", b"non"),
    ],
)
def test_what_is_no_word_file_is_refused(client: WebClient, name: str, data: bytes) -> None:
    text = send(client, (name, data))
    assert 'role="alert"' in text
    assert "<script>alert" not in text


def test_a_version_that_is_not_known_is_refused(client: WebClient, sent: bytes) -> None:
    assert "Choisissez une version" in send(client, ("r.docx", sent), version="/etc/passwd")
