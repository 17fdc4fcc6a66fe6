"""« Suivi » in the pages: late ones first, values declared and validated, workbooks both ways."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.followed_contracts import fill_workbook, make_followed_project
from tests.mini_project import copy_mini_project
from tests.web_server import Answer, WebClient, serving

PAGE = "/etablissements/valmont/suivi"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A browser before a working folder whose contract is signed and followed."""
    project = copy_mini_project(tmp_path_factory.mktemp("suivi") / "projet")
    make_followed_project(project).close()
    with serving(project) as address:
        yield WebClient(address)


def send(client: WebClient, **form: str) -> Answer:
    given = {"csrfmiddlewaretoken": client.token_of(PAGE), "annee": "2025", **form}
    return client.ask(PAGE, given)


def test_the_region_shows_what_is_late_with_its_establishment(client: WebClient) -> None:
    page = client.ask("/suivi").text
    assert f'<a href="{PAGE}">Centre hospitalier de Valmont (fictif)</a>' in page
    assert "lignes</span>" in page
    assert '<th scope="row">RATE</th><td>2025</td>' in page


def test_late_lines_come_first_and_each_has_its_form(client: WebClient) -> None:
    page = client.ask(f"{PAGE}?annee=2025").text
    assert page.index("en retard") < page.index("NONE")
    form = client.ask(f"{PAGE}?annee=2025&ligne=objectif%2FLESS%2F%2F2025").text
    assert "Enregistrer la déclaration" in form
    assert "Attendu : ≤ 10 jours" in form


def test_a_value_is_declared_then_validated(client: WebClient) -> None:
    line = "objectif/RATE//2025"
    done = send(
        client,
        geste="declaration",
        ligne=line,
        valeur="80",
        fonction="la directrice",
        explication="Grève <b>longue</b>",
    )
    assert done.status == 302
    page = client.ask(done.headers["Location"]).text
    assert "Grève &lt;b&gt;longue&lt;/b&gt;" in page
    assert "partiellement atteint, provisoire" in page
    valid = send(client, geste="validation", ligne=line, valeur="78", fonction="le chargé")
    assert valid.status == 302
    page = client.ask(f"{PAGE}?annee=2025&ligne=objectif%2FRATE%2F%2F2025").text
    assert "Valeurs successives (2)" in page
    assert "78\u00a0%" in page
    assert "<svg" in page


def test_a_wrong_value_is_refused_and_what_was_typed_is_kept(client: WebClient) -> None:
    answer = send(
        client,
        geste="declaration",
        ligne="objectif/RATE//2025",
        valeur="0,85",
        fonction="la directrice de la qualité",
    )
    assert answer.status == 422
    assert 'role="alert"' in answer.text
    assert "pour 85\u00a0%, écrivez 85" in answer.text
    assert 'value="la directrice de la qualité"' in answer.text


@pytest.mark.parametrize("year", ["9" * 5000, "٢٠٢٥", "-1", "²"])
def test_a_year_that_is_none_shows_the_last_one(client: WebClient, year: str) -> None:
    assert client.ask(f"{PAGE}?{urlencode({'annee': year})}").status == 200


def test_an_unknown_gesture_and_line_are_refused(client: WebClient) -> None:
    assert send(client, geste="effacer").status == 422
    assert send(client, geste="declaration", ligne="x", valeur="1", fonction="f").status == 422


def test_a_workbook_goes_out_and_comes_back(client: WebClient, tmp_path: Path) -> None:
    answer = send(client, geste="classeur", pour="etablissement")
    assert answer.status == 200
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(answer.body)
    fill_workbook(path, {("Objectifs", "F3"): 4, ("Objectifs", "H3"): "la directrice"})
    form = {"geste": "lire", "pour": "etablissement", "annee": "2025"}
    form["csrfmiddlewaretoken"] = client.token_of(PAGE)
    read = client.send_files(PAGE, form, "fichier", [("rempli.xlsx", path.read_bytes())])
    assert read.status == 302
    assert "Valeurs gardées : 1." in client.ask(read.headers["Location"]).text
    beside = {
        ("Objectifs", "F4"): 9,
        ("Objectifs", "H4"): "la directrice",
        ("Objectifs", "Q4"): "?",
    }
    fill_workbook(path, beside)
    told = client.send_files(PAGE, form, "fichier", [("rempli.xlsx", path.read_bytes())])
    assert "hors des colonnes du classeur" in client.ask(told.headers["Location"]).text
    fill_workbook(path, {("Objectifs", "F2"): 0.85, ("Objectifs", "H2"): "la directrice"})
    refused = client.send_files(PAGE, form, "fichier", [("rempli.xlsx", path.read_bytes())])
    assert refused.status == 422
    assert "cellule F2" in refused.text
    other = client.send_files(PAGE, form, "fichier", [("x.xlsx", b"PK non")])
    assert other.status == 422


def test_a_contract_that_is_not_signed_says_when_it_will_be_followed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    project = copy_mini_project(tmp_path_factory.mktemp("rien") / "projet")
    with serving(project) as address:
        browser = WebClient(address)
        assert "il n’y a rien à suivre" in browser.ask(PAGE).text
        assert "Aucun contrat n’est en vigueur" in browser.ask("/suivi").text


def _wait_for_late(client: WebClient) -> str:
    """« À faire » once the follow-up was read, which no page waits for."""
    for _ in range(200):
        page = client.ask("/?nature=cibles").text
        if "à déclarer" in page:
            return page
        time.sleep(0.05)
    raise AssertionError(page)


def test_late_values_wait_among_what_is_to_be_done_and_can_be_put_off(client: WebClient) -> None:
    page = _wait_for_late(client)
    assert re.search(rf'<a href="{PAGE}\?annee=2025">\d+\xa0valeurs? à déclarer</a>', page)
    link = re.search(r'href="(/a-faire/reporter\?tache=cibles[^"]*)"', page)[1]
    task = parse_qs(urlsplit(link).query)["tache"][0]
    form = client.ask(link).text
    assert "valeurs à déclarer" in form

    def put_off(**typed: str) -> Answer:
        given = {"csrfmiddlewaretoken": client.token_of(link), "tache": task, **typed}
        return client.ask("/a-faire/reporter", given)

    refused = put_off(jour="2020-01-01", motif="<b>grève</b>")
    assert refused.status == 422
    assert "à venir" in refused.text
    assert 'value="&lt;b&gt;grève&lt;/b&gt;"' in refused.text
    assert put_off(jour="hier", motif="grève").status == 422
    later = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    done = put_off(jour=later, motif="<b>grève</b>")
    assert done.status == 302
    page = client.ask("/").text
    assert "à déclarer</a>" not in page
    assert "1\xa0chose reportée" in page
    waiting = client.ask("/?reportees=1").text
    assert "&lt;b&gt;grève&lt;/b&gt; (rédactrice)" in waiting
    exported = client.ask("/a-faire.xlsx?reportees=1")
    assert exported.status == 200
    assert put_off(geste="reprendre").status == 302
    assert "à déclarer</a>" in client.ask("/").text


def test_a_task_that_is_not_there_cannot_be_put_off(client: WebClient) -> None:
    for task in ("", "cibles/990000999AA/2025", "manques/../../etc/passwd", "x" * 5000):
        given = {"csrfmiddlewaretoken": client.token_of(PAGE), "tache": task, "motif": "a"}
        assert client.ask("/a-faire/reporter", given).status == 404
