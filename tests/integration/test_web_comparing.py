"""« Comparer » by pages: filtered, swapped, downloaded; forged sides are refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mini_project import PROFILE, change_file, copy_mini_project
from tests.web_server import WebClient, serving

NAME = "valmont"
FIRST, SECOND = "990000010@1", "990000010@2"
SIDES = f"ancien={FIRST}&nouveau={SECOND}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder with two versions of a contract, and a project that is neither."""
    project = copy_mini_project(tmp_path_factory.mktemp("comparer") / "projet")
    with serving(project) as address:
        client = WebClient(address)
        page = f"/etablissements/{NAME}/projet"
        for old, new in (
            ("2025: 19741.00", "2025: 25000.00"),
            ("raison_sociale: Centre hospitalier", "raison_sociale: <b>Hôpital</b>"),
        ):
            form = {"csrfmiddlewaretoken": client.token_of(page)}
            assert client.ask(f"{page}/enregistrer", form).status == 302
            change_file(project / PROFILE, old, new)
        yield project, address


@pytest.fixture
def client(served: tuple[Path, str]) -> WebClient:
    return WebClient(served[1])


def test_what_changes_is_told_in_short_then_subject_by_subject(client: WebClient) -> None:
    text = client.ask(f"/comparer?{SIDES}").text
    assert text.index("En bref") < text.index('id="argent"')
    assert "<del>19\u00a0741,00\u00a0€</del>" in text
    assert "<ins>25\u00a0000,00\u00a0€</ins>" in text
    assert 'id="c1"' in text


def test_the_project_of_today_and_the_standard_text_are_sides_too(client: WebClient) -> None:
    text = client.ask(f"/comparer?ancien={FIRST}&nouveau=projet:{NAME}").text
    assert "&lt;b&gt;Hôpital&lt;/b&gt;" in text
    assert "<b>Hôpital" not in text
    assert "texte type" in client.ask(f"/comparer?ancien=modele&nouveau=projet:{NAME}").text
    both = client.ask(f"/comparer?ancien=projet:{NAME}&nouveau=projet:{NAME}")
    assert both.status == 200
    assert "Il n’y a rien à relire." in both.text


def test_what_is_looked_for_and_how_it_is_laid_out_stay_in_the_address(client: WebClient) -> None:
    one = client.ask(f"/comparer?{SIDES}&vue=colonne&voir=fond").text
    assert '<th scope="col">Ce qui change</th>' in one
    assert 'value="fond" checked' in one
    assert 'value="droit" checked' not in one
    none = client.ask(f"/comparer?{SIDES}&voir=forme").text
    assert 'id="argent"' not in none
    odd = client.ask(f"/comparer?{SIDES}&voir=%3Cscript%3E&vue=%3Cscript%3E")
    assert odd.status == 200
    assert "<script>" not in odd.text


def test_an_order_that_seems_swapped_offers_to_swap(client: WebClient) -> None:
    text = client.ask(f"/comparer?ancien={SECOND}&nouveau={FIRST}&voir=fond").text
    assert "Échanger les deux côtés" in text
    address = f"?ancien={FIRST}&nouveau={SECOND}&vue=cote&voir=fond".replace("@", "%40")
    assert address.replace("&", "&amp;") in text
    assert "Échanger" not in client.ask(f"/comparer?{SIDES}").text


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_the_documents_of_a_comparison_are_handed_out(
    client: WebClient, kind: str, start: bytes
) -> None:
    assert client.ask(f"/comparer/fichier.{kind}?{SIDES}").body.startswith(start)


@pytest.mark.parametrize(
    "sides",
    [
        f"ancien={FIRST}&nouveau=990000010@9",
        f"ancien=990000999@1&nouveau={FIRST}",
        f"ancien=/etc/passwd&nouveau={FIRST}",
        f"ancien={FIRST}&nouveau=modele",
        f"ancien={FIRST}&nouveau=%00",
        "ancien=990000010@99999999999999999999&nouveau=990000010@-1",
    ],
)
def test_forged_sides_are_refused_everywhere(client: WebClient, sides: str) -> None:
    for path in ("/comparer", "/comparer/page", "/comparer/fichier.xlsx"):
        answer = client.ask(f"{path}?{sides}")
        assert answer.status == 422
        assert "root:" not in answer.text


@pytest.mark.parametrize("name", ["absent", "../valmont", "_region", "%00"])
def test_a_project_that_is_not_there_is_not_found(client: WebClient, name: str) -> None:
    assert client.ask(f"/comparer?ancien={FIRST}&nouveau=projet:{name}").status == 404
