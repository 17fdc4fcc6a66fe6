"""Imports as operators live them: files read, changes seen, chosen, applied, taken back."""

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from contract_builder.services.importing import generate_demonstration
from tests.mini_project import copy_mini_project
from tests.web_server import PASSWORD, Answer, WebClient, add_account, serving

_PATIENCE = 180.0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, WebClient]]:
    """A folder with a worker, and a browser."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    with serving(project, worker=True) as address:
        yield project, WebClient(address)


@pytest.fixture(scope="module")
def registries(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    """Registry files of some establishments of a made-up region, for a small nomenclature."""
    files = generate_demonstration(tmp_path_factory.mktemp("registres") / "r", 6, 1)
    kept = [path for path in files if path.name.startswith(("finess", "hapi"))]
    return [(path.name, path.read_bytes()) for path in kept if path.parent.name != "ouvert"]


def send(browser: WebClient, files: list[tuple[str, bytes]]) -> Answer:
    form = {"csrfmiddlewaretoken": browser.token_of("/lots/imports")}
    return browser.send_files("/lots/imports", form, "fichiers", files)


def act(browser: WebClient, page: str, **form: str | list[str]) -> None:
    token = browser.token_of("/lots/imports")
    assert browser.ask(page, {"csrfmiddlewaretoken": token, **form}).status == 302


def wait_for(browser: WebClient, page: str, *states: str) -> str:
    end = time.monotonic() + _PATIENCE
    while True:
        text = unescape(browser.ask(page).text).replace("\u00a0", " ")
        state = re.search(r'data-etat="(\w+)"', text)[1]
        if state in states:
            return text
        assert state not in ("refuse", "interrompu"), text
        assert time.monotonic() < end, text
        time.sleep(0.1)


def profiles_of(project: Path) -> dict[str, bytes]:
    folder = project / "profiles"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.yaml")}


def test_changes_are_seen_chosen_applied_and_taken_back(served, registries) -> None:
    project, browser = served
    before = profiles_of(project)
    answer = send(browser, registries)
    assert answer.status == 302, answer.text
    page = str(answer.headers["Location"])
    read = wait_for(browser, page, "lu")
    assert profiles_of(project) == before
    found = re.findall(r'name="finess" value="(\d+)"', read)
    assert len(found) > 1
    seen = unescape(browser.ask(f"{page}/etablissements/{found[0]}").text)
    assert "Raison sociale" in seen
    assert "etablissement.raison_sociale" not in seen
    act(browser, page, action="appliquer", finess=[found[0]])
    applied = wait_for(browser, page, "applique")
    assert "choisi</span>" in applied
    added = {f"{found[0]}.yaml", f"_imports/{found[0]}.yaml"}
    assert set(profiles_of(project)) - set(before) == added
    assert not list((project / "output" / "web" / "imports").rglob("*.xml"))
    journal = unescape(browser.ask("/journal").text)
    assert "import des registres" in journal
    assert "import à appliquer" in journal
    act(browser, page, action="annuler")
    wait_for(browser, page, "annule")
    assert profiles_of(project) == before
    assert "aucune anomalie" in unescape(browser.ask("/journal").text)


def test_what_changed_meanwhile_is_not_written_over(served, registries) -> None:
    project, browser = served
    page = str(send(browser, registries).headers["Location"])
    found = re.findall(r'name="finess" value="(\d+)"', wait_for(browser, page, "lu"))
    layer = project / "profiles" / "_imports" / f"{found[0]}.yaml"
    layer.parent.mkdir(exist_ok=True)
    layer.write_text("etablissement:\n  raison_sociale: Écrit entre-temps\n", "utf-8")
    act(browser, page, action="appliquer", finess=found)
    assert "n’est plus ce que vous avez vu" in wait_for(browser, page, "refuse")
    assert "entre-temps" in layer.read_text("utf-8")
    act(browser, page, action="relire")
    wait_for(browser, page, "lu")
    act(browser, page, action="abandonner")
    assert "abandonné" in wait_for(browser, page, "abandonne")
    layer.unlink()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("vide.csv", b"", "n’est ni un classeur"),
        ("programme.xml", b"\x7fELF\0\0\0", "n’est ni un classeur"),
        ("image.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "n’est ni un classeur"),
    ],
)
def test_a_file_that_is_no_registry_is_not_kept(served, name, data, told) -> None:
    project, browser = served
    kept = set((project / "output" / "web").rglob("*"))
    answer = send(browser, [(name, data)])
    assert (answer.status, told in unescape(answer.text)) == (422, True)
    assert set((project / "output" / "web" / "imports").rglob("*")) <= kept


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("../../profiles/valmont.yaml", b"etablissement: rien\n"),
        ("<script>alert(1)</script>.csv", b"a;b\n1;2\n"),
        ("bombe.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("faux.xlsx", b"PK\x03\x04rien de plus"),
    ],
)
def test_a_file_that_says_nothing_is_told_and_harms_nothing(served, name, data) -> None:
    project, browser = served
    before = profiles_of(project)
    answer = send(browser, [(name, data)])
    assert answer.status == 302, answer.text
    page = str(answer.headers["Location"])
    told = wait_for(browser, page, "refuse")
    assert 'role="alert"' in told
    assert "<script>alert" not in browser.ask(page).text
    assert profiles_of(project) == before
    act(browser, page, action="abandonner")


def test_an_import_is_for_operators_of_the_whole_region(tmp_path, registries) -> None:
    project = copy_mini_project(tmp_path / "projet")
    add_account(project, "local", "operateur", "72")
    with serving(project) as address:
        browser = WebClient(address)
        browser.enter("local", PASSWORD)
        assert browser.ask("/lots/imports").status == 403
        assert "/lots/imports" not in browser.ask("/lots").text
