"""Versions by pages: the line of states, the rule of each status, the signed PDF, forgeries."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mini_project import copy_mini_project
from tests.signed_pdfs import make_authority
from tests.web_server import WebClient, serving

NAME = "valmont"
PAGE = f"/etablissements/{NAME}/versions"
REFERENCE = "990000010@1"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder whose only contract is recorded, and another establishment without any version."""
    project = copy_mini_project(tmp_path_factory.mktemp("versions") / "projet")
    own = (project / "profiles" / f"{NAME}.yaml").read_text("utf-8")
    other = own.replace("990000010", "990000119").replace("Valmont", "Ailleurs")
    (project / "profiles" / "ailleurs.yaml").write_text(other, "utf-8")
    with serving(project) as address:
        client = WebClient(address)
        page = f"/etablissements/{NAME}/projet"
        form = {"csrfmiddlewaretoken": client.token_of(page)}
        assert client.ask(f"{page}/enregistrer", form).status == 302
        yield project, address


@pytest.fixture
def client(served: tuple[Path, str]) -> WebClient:
    return WebClient(served[1])


def advance(client: WebClient, status: str, seen: str, page: str = PAGE, number: str = "1") -> int:
    form = {"csrfmiddlewaretoken": client.token_of(PAGE), "statut": status, "vu": seen}
    return client.ask(f"{page}/{number}/statut", form).status


def test_the_rule_of_each_status_stands_before_its_button(client: WebClient) -> None:
    text = client.ask(PAGE).text
    assert text.index("ne change plus que par avenant") < text.index("« signé »</button>")
    assert "Déclarer 990000010@1 « échu »" not in text
    assert "pas encore" in text


@pytest.mark.parametrize(
    ("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF")], ids=["docx", "pdf"]
)
def test_a_version_is_handed_out_as_a_document(client: WebClient, kind: str, start: bytes) -> None:
    assert client.ask(f"{PAGE}/1/fichier.{kind}").body.startswith(start)


@pytest.mark.parametrize(
    "path",
    [
        f"{PAGE}/9/fichier.pdf",
        f"{PAGE}/1/fichier.exe",
        f"{PAGE}/{'9' * 40}/fichier.pdf",
        "/etablissements/ailleurs/versions/1/fichier.pdf",
    ],
)
def test_a_forged_number_or_anothers_version_is_not_found(client: WebClient, path: str) -> None:
    assert client.ask(path).status == 404


def test_a_status_is_given_to_ones_own_version_alone(client: WebClient) -> None:
    assert advance(client, "signe", "projet", "/etablissements/ailleurs/versions") == 404
    assert advance(client, "signe", "projet", number="9") == 404
    assert advance(client, "perdu", "projet") == 404
    assert advance(client, "signe", "") == 404
    assert "Déclarer 990000010@1 « signé »" in client.ask(PAGE).text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 rien", "ne peut être contrôlé"),
        (b"PK\x03\x04", "n’est pas un PDF"),
        (b"", "n’est pas un PDF"),
    ],
)
def test_what_is_no_signed_pdf_is_refused_and_nothing_is_recorded(
    client: WebClient, data: bytes, told: str
) -> None:
    form = {"csrfmiddlewaretoken": client.token_of(PAGE)}
    answer = client.send_files(f"{PAGE}/1/signature", form, "fichier", [("s.pdf", data)])
    assert answer.status == 302
    text = client.ask(PAGE).text
    assert told in text
    assert "« signé »</button>" in text


def test_a_page_of_before_changes_nothing_and_a_double_click_counts_once(
    client: WebClient,
) -> None:
    assert [advance(client, "envoye", "projet") for _ in range(2)] == [302, 302]
    assert "est « envoyé »" in client.ask(PAGE).text
    assert advance(client, "signe", "projet") == 302
    text = client.ask(PAGE).text
    assert "est devenue « envoyé » depuis" in text
    assert text.count("<strong>envoyé</strong>") == 2  # once in the line of states


def test_a_pdf_that_comes_back_signed_is_kept_and_gives_a_text_in_force(
    client: WebClient, tmp_path: Path
) -> None:
    signed = make_authority(tmp_path).sign(client.ask(f"{PAGE}/1/fichier.pdf").body)
    form = {"csrfmiddlewaretoken": client.token_of(PAGE)}
    answer = client.send_files(f"{PAGE}/1/signature", form, "fichier", [("s.pdf", signed)])
    assert answer.status == 302
    text = client.ask(PAGE).text
    assert "signature de «" in text
    assert "Déclarer 990000010@1 « échu »" in text
    shown = client.ask(f"/avenants/texte?version={REFERENCE}&le=2026-01-01")
    assert shown.status == 200, shown.text
    assert "Texte en vigueur le 1er" in shown.text
    asked = f"version={REFERENCE}&le=01/01/2026"
    assert "Valmont" in client.ask(f"/avenants/texte/page?{asked}").text
    assert client.ask(f"/avenants/texte/fichier.docx?{asked}").body.startswith(b"PK")


@pytest.mark.parametrize(
    "query",
    [
        f"version={REFERENCE}&le=demain",
        f"version={REFERENCE}&le=9999-99-99",
        f"version={REFERENCE}&le=1999-01-01",
        "version=990000999@1",
        "version=/etc/passwd&le=2026-01-01",
        "version=%00",
    ],
)
def test_a_text_on_an_unknown_day_or_of_an_unknown_contract_is_refused(
    client: WebClient, query: str
) -> None:
    answer = client.ask(f"/avenants/texte?{query}")
    assert answer.status == 422
    assert 'role="alert"' in answer.text
    assert client.ask(f"/avenants/texte/page?{query}").status == 422
    assert client.ask("/avenants/texte/fichier.exe").status == 404
