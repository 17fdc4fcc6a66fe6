"""« Projet » by pages: three panes, the words looked for, a clause reworded, what is handed out."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mini_project import PROFILE, copy_mini_project
from tests.web_server import WebClient, serving

NAME = "valmont"
PAGE = f"/etablissements/{NAME}/projet"
EDITOR = f"{PAGE}/variante/objet"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A working folder and the address where it is served."""
    project = copy_mini_project(tmp_path_factory.mktemp("projets") / "projet")
    with serving(project) as address:
        yield project, address


@pytest.fixture
def client(served: tuple[Path, str]) -> WebClient:
    return WebClient(served[1])


def test_the_contract_is_read_beside_its_contents(client: WebClient) -> None:
    text = client.ask(PAGE).text
    assert 'href="?clause=article-objet#s-article-objet"' in text
    assert 'id="s-objet"' in text
    assert "Choisissez un titre du contrat" in text
    assert not re.search(r'\s(on\w+|style)="', text)


def test_a_clause_in_focus_says_why_it_is_there_and_what_it_cites(client: WebClient) -> None:
    text = client.ask(f"{PAGE}?clause=duree").text
    assert '<section id="s-duree" class="focus">' in text
    assert "Pourquoi est-elle ici" in text
    assert "public" in text
    assert "celle de ce contrat" in text
    assert "CSP L6114-1" in text
    part = client.ask(f"{PAGE}/partie/duree")
    assert part.status == 200
    assert "celle de ce contrat" in part.text
    assert "<html" not in part.text


@pytest.mark.parametrize("clause", ["absente", "..%2fobjet", "%00", "%3Cscript%3Ealert(1)"])
def test_a_forged_clause_is_told_and_shows_nothing(client: WebClient, clause: str) -> None:
    shown = client.ask(f"{PAGE}?clause={clause}")
    assert shown.status == 200
    assert "n’est pas une partie de ce contrat" in shown.text
    assert "<script>alert" not in shown.text
    assert client.ask(f"{PAGE}/partie/{clause}").status == 404
    assert client.ask(f"{PAGE}/variante/{clause}").status == 404


def test_words_are_looked_for_in_the_text(client: WebClient) -> None:
    text = client.ask(f"{PAGE}?q=AGENCE+ET").text
    assert "1\u00a0passage trouvé." in text
    assert "<mark>Agence et</mark>" in text
    assert 'href="?q=AGENCE+ET&amp;clause=objet#s-objet"' in text
    for words in ("rien+de+tel", "%00", "%3Cscript%3Ealert(1)%3C/script%3E", "a" * 5000):
        answer = client.ask(f"{PAGE}?q={words}")
        assert answer.status == 200
        assert "<script>alert" not in answer.text
    assert "Aucun passage" in client.ask(f"{PAGE}?q=rien+de+tel").text


def form_of(client: WebClient, **given: str) -> dict[str, str]:
    """What the editor would send."""
    page = client.ask(EDITOR).text
    hidden = {
        name: re.search(rf'name="{name}" value="([^"]*)', page)[1]
        for name in ("csrfmiddlewaretoken", "_vu")
    }
    words = {"texte": "Le contrat unit l’Agence et {{ etablissement.raison_sociale }}."}
    return {**hidden, **words, "titre": "", "etat": "proposee", "auteur": "Direction", **given}


def test_a_wording_is_checked_without_being_written(
    served: tuple[Path, str], client: WebClient
) -> None:
    before = (served[0] / PROFILE).read_bytes()
    assert "Le présent contrat lie l’Agence et {{" in client.ask(EDITOR).text
    shown = client.ask(EDITOR, form_of(client, _action="verifier"))
    assert shown.status == 200
    assert "Ce que le contrat dirait" in shown.text
    assert "unit l’Agence et <span" in shown.text
    wrong = client.ask(EDITOR, form_of(client, _action="verifier", texte="{{ rien.du_tout }}"))
    assert "rien.du_tout" in wrong.text
    assert 'role="alert"' in wrong.text
    hostile = "<script>alert(1)</script> {% x %}"
    shown = client.ask(EDITOR, form_of(client, _action="verifier", texte=hostile, auteur=hostile))
    assert "<script>alert" not in shown.text
    for name in ("texte", "auteur"):
        refused = client.ask(EDITOR, form_of(client, _action="enregistrer", **{name: " "}))
        assert refused.status == 422
    assert (served[0] / PROFILE).read_bytes() == before


def test_a_wording_is_saved_once_marked_and_given_back(
    served: tuple[Path, str], client: WebClient
) -> None:
    path = served[0] / PROFILE
    before = path.read_text("utf-8")
    sent = form_of(client, _action="enregistrer")
    assert [client.ask(EDITOR, sent).status for _ in range(2)] == [302, 302]  # a double click
    assert path.read_text("utf-8").count("clause: objet") == 1
    text = client.ask(f"{PAGE}?clause=objet").text
    assert "unit l’Agence" in text
    assert "négocié</span>" in text
    assert "Revoir cette rédaction" in text
    stale = {**sent, "texte": "D’une page trop ancienne."}
    answer = client.ask(EDITOR, stale)
    assert answer.status == 409
    assert "a été modifié" in answer.text
    assert "D’une page trop ancienne." in answer.text
    assert "trop ancienne" not in path.read_text("utf-8")
    assert client.ask(EDITOR, form_of(client, _action="reprendre")).status == 302
    assert path.read_text("utf-8").rstrip() == before.rstrip()


def test_the_instruction_file_is_handed_out(client: WebClient) -> None:
    answer = client.ask(f"{PAGE}/fichier.instruction.docx")
    assert answer.body.startswith(b"PK")
    assert "instruction" in answer.headers["Content-Disposition"]
    assert client.ask(f"{PAGE}/fichier.instruction.exe").status == 404


def test_a_contract_is_recorded_and_its_sending_opened_in_one_go(client: WebClient) -> None:
    form = {"csrfmiddlewaretoken": client.token_of(PAGE), "suite": "envoi"}
    answers = [client.ask(f"{PAGE}/enregistrer", form) for _ in range(2)]  # a double click
    assert {answer.headers["Location"] for answer in answers} == {
        f"/etablissements/{NAME}/versions/1/envois"
    }
