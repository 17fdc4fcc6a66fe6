"""The first hour: a folder without project, the region that begins there, the tour that follows."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest

from contract_builder.services.founding import found_project
from tests.web_server import Answer, WebClient, serving

_PATIENCE = 60.0


@contextmanager
def welcomed(folder: Path) -> Iterator[WebClient]:
    """A browser before the application, started in ``folder``."""
    with serving(folder) as address:
        yield WebClient(address)


def choose(browser: WebClient, choice: str, **form: str) -> Answer:
    token = re.search(r'name="jeton" value="([^"]+)"', browser.ask("/").text)[1]
    return browser.ask("/", {"jeton": token, "choix": choice, **form})


def holdings(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_fresh_folder_is_offered_a_region_and_nothing_is_written_before(tmp_path: Path) -> None:
    with welcomed(tmp_path) as browser:
        page = browser.ask("/")
        assert page.status == 200
        assert "Créer la région de démonstration" in page.text
        assert browser.ask("/static/web/style.css").status == 200
        assert browser.ask("/sante").status == 503
        assert browser.ask("/etablissements/").status == 303
        assert holdings(tmp_path) == set()
        founded = choose(browser, "demonstration")
        assert (founded.status, founded.headers["Location"]) == (303, "/visite")
        assert browser.ask("/sante").text == '{"status": "ok"}'
        page = unescape(browser.ask("/etablissements/").text)
        assert "12" in re.search(r"en cours : \d+ sur (\d+)|(\d+)\xa0établissements", page)[0]
        profiles = (tmp_path / "profiles").glob("[!_]*.yaml")
        assert all("\nfictif: oui" in path.read_text("utf-8") for path in profiles)
    with welcomed(tmp_path) as browser:
        assert "À faire" in browser.ask("/").text


def test_a_folder_that_holds_files_keeps_them_and_gets_a_folder_inside(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    own = tmp_path / "profiles" / "chu-demonstration.yaml"
    own.write_text("à moi", "utf-8")
    with welcomed(tmp_path) as browser:
        assert "rien n’y est remplacé" in browser.ask("/").text
        assert choose(browser, "vide").headers["Location"] == "/etablissements/"
        assert "Aucun établissement" in browser.ask("/etablissements/").text
    assert own.read_text("utf-8") == "à moi"
    assert not list((tmp_path / "contrats" / "profiles").iterdir())


def test_a_project_inside_is_opened(tmp_path: Path) -> None:
    found_project(tmp_path / "region-ouest", "vide")
    before = holdings(tmp_path)
    with welcomed(tmp_path) as browser:
        assert "Ouvrir « region-ouest »" in browser.ask("/").text
        for name in ("..", "../region-ouest", "rien", ""):
            assert choose(browser, "ouvrir", dossier=name).status == 422
        assert holdings(tmp_path) == before
        assert choose(browser, "ouvrir", dossier="region-ouest").status == 303
        assert "À faire" in browser.ask("/").text


@pytest.mark.parametrize("form", [{}, {"choix": "demonstration"}, {"jeton": "é" * 9}, b"x" * 9000])
def test_a_form_that_is_not_from_the_page_writes_nothing(tmp_path: Path, form) -> None:
    with welcomed(tmp_path) as browser:
        assert browser.ask("/", form).status == 403
        assert browser.ask("/", Host="ailleurs.example").status == 400
    assert holdings(tmp_path) == set()


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A browser before the demonstration region, whose establishments were read."""
    folder = found_project(tmp_path_factory.mktemp("visite") / "region", "demonstration")
    with serving(folder) as address:
        browser = WebClient(address)
        end = time.monotonic() + _PATIENCE
        while "se lisent encore" in browser.ask("/visite").text:
            assert time.monotonic() < end
            time.sleep(0.2)
        yield browser


def act(browser: WebClient, action: str, step: str = "") -> str:
    """Presses a button of the tour; where it leads."""
    form = {"csrfmiddlewaretoken": browser.token_of("/visite"), "action": action, "etape": step}
    answer = browser.ask("/visite", form)
    assert answer.status == 302
    return str(answer.headers["Location"])


def test_the_tour_is_begun_left_taken_up_and_done_again(region: WebClient) -> None:
    assert "La visite guidée" in region.ask("/").text
    assert act(region, "commencer") == "/visite"
    assert "Visite, étape 1 sur 8" in region.ask("/bibliotheque").text
    establishment = act(region, "fait", "a-faire")
    assert establishment.startswith("/etablissements/")
    assert "étape 2 sur 8" in region.ask(establishment).text
    assert act(region, "quitter") == "/"
    assert "étape 2 sur 8" not in region.ask("/bibliotheque").text
    act(region, "reprendre")
    assert "étape 2 sur 8" in region.ask("/bibliotheque").text
    act(region, "recommencer")
    assert "étape 1 sur 8" in region.ask("/bibliotheque").text
    for step in ("", "inconnue", "<b>"):
        act(region, "fait", step)
    assert "étape 1 sur 8" in region.ask("/bibliotheque").text


def test_steps_that_were_done_are_recognised(region: WebClient) -> None:
    name = re.search(r'href="/etablissements/([^/"]+)/"', region.ask("/visite").text)[1]
    assert "reconnu d’elle-même" not in region.ask("/visite").text
    page = f"/etablissements/{name}/identite"
    fields = region.fields_of(page)
    fields["etablissement.nom_court"] = ["Nom de la visite"]
    assert region.ask(page, {**fields, "_action": "enregistrer"}).status == 302
    assert region.ask("/visite").text.count("reconnu d’elle-même") == 1
    project = f"/etablissements/{name}/projet"
    token = {"csrfmiddlewaretoken": region.token_of(project)}
    reference = region.ask(f"{project}/enregistrer", token).status
    assert reference == 302
    assert "/comparer?ancien=modele&amp;nouveau=" in region.ask("/visite").text
