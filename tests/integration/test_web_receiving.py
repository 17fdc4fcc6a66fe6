"""A Word file that came back, read by pages: what nobody marked first, hostile uploads refused."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from contract_builder.word.acceptance import list_revisions
from tests.mini_project import copy_mini_project
from tests.unit.services.returns import replace_a_word
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


def begin(client: WebClient, data: bytes) -> str:
    """The address of the page on which the file's changes are decided."""
    form = {"csrfmiddlewaretoken": client.token_of("/retours"), "version": ""}
    answer = client.send_files("/retours/commencer", form, "fichiers", [("retour.docx", data)])
    assert answer.status == 302, answer.text
    return answer.headers["Location"]


def mark_of(client: WebClient, page: str) -> str:
    """What the page that is open now tells of the decision that it shows."""
    return re.search(r'name="vu" value="([^"]*)', client.ask(page).text)[1]


def decide(
    client: WebClient, page: str, change: str, decision: str, text: str = "", mark: str = ""
) -> int:
    form = {
        "csrfmiddlewaretoken": client.token_of(page), "modification": change,
        "decision": decision, "texte": text, "motif": "accord de séance",
        "vu": mark or mark_of(client, page),
    }  # fmt: skip
    return client.ask(page, form).status


def test_a_return_is_decided_left_gone_on_with_and_applied(client: WebClient, sent: bytes) -> None:
    page = begin(client, replace_a_word(sent))
    assert f'<a href="{page}">1 modification à décider</a>' in client.ask("/?nature=retours").text
    shown = client.ask(page).text
    assert "Modification 1 sur 1" in shown
    assert "La phrase envoyée" in shown
    assert "Texte standard de la bibliothèque" in shown
    assert decide(client, page, "m1", "contre") == 422
    assert decide(client, page, "m1", "autre") == 422
    before = mark_of(client, page)
    assert decide(client, page, "m1", "contre", "oblige") == 302
    assert decide(client, page, "m1", "contre", "oblige", before) == 302  # a double click
    assert decide(client, page, "m1", "refuse", "", before) == 409  # a page of before
    assert decide(client, page, "m9", "refuse") == 422
    assert "contre" in client.ask(page).text
    assert begin(client, replace_a_word(sent)) == page
    assert "1 décision sur 1" in client.ask("/retours").text
    assert "à décider</a>" not in client.ask("/?nature=retours").text
    answer = client.ask(f"{page}/reponse-1.docx")
    assert {revision.author for revision in list_revisions(answer.body)} == {"ARS", "Direction"}
    assert client.ask(f"{page}/reponse-7.docx").status == 404
    token = {"csrfmiddlewaretoken": client.token_of(page)}
    done = client.ask(f"{page}/terminer", token)
    assert done.status == 200
    assert "Clauses négociées : objet." in done.text
    again = client.ask(f"{page}/terminer", token)
    assert again.status == 200, again.text  # a double click
    assert "Rédaction contre-proposée le" in client.ask(f"/etablissements/{NAME}/projet").text
    journal = client.ask("/journal").text
    assert '<th scope="row">Retour</th>' in journal
    assert page.rpartition("/")[2] not in journal
    assert client.ask("/retours/inconnu").status == 404


def test_a_value_that_is_changed_is_named_as_its_field(client: WebClient, sent: bytes) -> None:
    document = Document(BytesIO(sent))
    clause = next(p for p in document.paragraphs if "lie l’Agence" in p._p.xpath("string()"))
    text = next(t for t in clause._p.iter(qn("w:t")) if "de Valmont" in (t.text or ""))
    text.text = text.text.replace("Valmont", "Valmont-Bas")
    stream = BytesIO()
    document.save(stream)
    shown = client.ask(begin(client, stream.getvalue())).text
    assert "Elle change une valeur : <strong>Établissement : Raison sociale</strong>" in shown


def test_a_file_without_any_change_has_nothing_to_decide(client: WebClient, sent: bytes) -> None:
    assert begin(client, sent) == "/retours"
    assert "il n’y a rien à décider" in client.ask("/retours").text
