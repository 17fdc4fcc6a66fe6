"""Lots as people live them: foreseen, started, stopped, resumed; worker and server killed."""

import io
import os
import re
import signal
import time
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from contract_builder.cli import main
from tests.lot_pages import (
    MANY,
    PATIENCE,
    act,
    make_region,
    order,
    read,
    send,
    started,
    state_of,
    wait_for,
    worker_of,
)
from tests.mini_project import PROFILE, change_file, copy_mini_project
from tests.web_server import PASSWORD, WebClient, add_account, running, serving, working


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A working folder with a dozen establishments of two departments."""
    return make_region(copy_mini_project(tmp_path / "projet"))


def test_a_lot_is_foreseen_made_and_handed_out_and_its_failure_tried_again(project: Path) -> None:
    change_file(project / PROFILE, "categorie: ch", "categorie: rien")
    with serving(project, worker=True) as address:
        browser = WebClient(address)
        page = order(browser, documents=["docx"])
        foreseen = wait_for(browser, page, "pret")
        assert "jamais produit" in foreseen
        assert not (project / "output" / "lot").exists()
        act(browser, page, "lancer")
        made = wait_for(browser, page, "termine")
        assert "refusé : 1" in made
        assert f"produit : {MANY}" in made
        assert re.search(r"valmont</a>.{1,80}refusé.*?<li>[^<]*rien", made, re.DOTALL)
        report = browser.ask(f"{page}/synthese")
        assert report.status == 200
        assert "Numéro 3" in report.text
        archive = browser.ask(f"{page}/fichier/departement-72.zip")
        names = zipfile.ZipFile(io.BytesIO(archive.body)).namelist()
        assert sum(name.endswith(".docx") for name in names) == MANY
        for name in ("..%2f..%2fprofiles%2fvalmont.yaml", ".lot.jsonl", "departement-44.zip"):
            assert browser.ask(f"{page}/fichier/{name}").status == 404
        change_file(project / PROFILE, "categorie: rien", "categorie: ch")
        act(browser, page, "reprendre")
        again = wait_for(browser, page, "termine")
        assert "produit : 1" in again
        assert f"déjà à jour : {MANY}" in again
        journal = read(browser, "/journal")
        for told in ("lot préparé : toute la région", "lot lancé", "lot repris", "lot 1"):
            assert told in journal
        assert "aucune anomalie" in journal


def test_a_lot_is_stopped_and_goes_on_where_it_was(project: Path) -> None:
    with serving(project, worker=True) as address:
        browser = WebClient(address)
        page = started(browser)
        wait_for(browser, page, "en_cours")
        act(browser, page, "arreter")
        stopped = wait_for(browser, page, "arrete")
        assert "arrêt demandé par rédactrice" in stopped
        done = int(re.search(r"(\d+) sur 11", stopped)[1])
        assert 0 < done <= MANY
        act(browser, page, "reprendre")
        made = wait_for(browser, page, "termine")
        assert f"déjà à jour : {done}" in made
        assert f"produit : {MANY + 1 - done}" in made


def test_a_killed_worker_leaves_a_lot_that_is_told_and_goes_on(project: Path) -> None:
    with serving(project, worker=True) as address:
        browser = WebClient(address)
        page = started(browser)
        wait_for(browser, page, "en_cours")
        os.kill(worker_of(project), signal.SIGKILL)
        told = wait_for(browser, page, "interrompu")
        assert "Ce qui était produit est gardé" in told
        act(browser, page, "reprendre")
        assert "produit" in wait_for(browser, page, "termine")


def test_a_lot_outlives_its_server_killed_or_stopped(project: Path) -> None:
    with running(project, worker=True) as server:
        browser = WebClient(server.address)
        page = started(browser)
        wait_for(browser, page, "en_cours")
        server.process.kill()
    with running(project, worker=True) as server:
        browser = WebClient(server.address)
        assert f"produit : {MANY + 1}" in wait_for(browser, page, "termine")
        page = started(browser, choix="departement", departement="72")
        wait_for(browser, page, "en_cours")
    with serving(project, worker=True) as address:
        made = wait_for(WebClient(address), page, "termine")
        assert f"{MANY} établissements" in made


def test_a_worker_of_its_own_takes_what_waits_and_its_absence_is_said(project: Path) -> None:
    with serving(project) as address:
        browser = WebClient(address)
        assert "cpom serve --worker" in browser.ask("/lots").text
        page = order(browser, choix="selection", nom=["valmont", "numero-3"])
        assert "cpom serve --worker" in browser.ask(page).text
        act(browser, page, "arreter")
        assert state_of(browser, page) == "arrete"
        act(browser, page, "reprendre")
        with working(project):
            wait_for(browser, page, "pret")
            assert "cpom serve --worker" not in browser.ask(page).text
        act(browser, page, "lancer")
        act(browser, page, "lancer")
        assert "a changé entre-temps" in browser.ask(page).text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"choix": "selection"}, "Aucun établissement"),
        ({"choix": "selection", "nom": ["../../etc/passwd"]}, "n’existe plus"),
        ({"choix": "departement", "departement": "../x"}, "Aucun établissement"),
        ({"choix": "rien"}, "Dites de quels"),
        ({"choix": "tous", "comparer": "x"}, "dans la liste"),
    ],
)
def test_a_choice_that_does_not_hold_is_refused(served, form, told) -> None:
    answer = send(served, "/lots", form)
    assert (answer.status, told in unescape(answer.text)) == (422, True)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A browser on a folder without a worker."""
    with serving(copy_mini_project(tmp_path_factory.mktemp("web") / "projet")) as address:
        yield WebClient(address)


def test_a_lot_of_what_is_not_seen_is_not_found(project: Path) -> None:
    add_account(project, "region", "operateur")
    add_account(project, "local", "operateur", "72")
    with serving(project) as address:
        regional, local = WebClient(address), WebClient(address)
        regional.enter("region", PASSWORD)
        local.enter("local", PASSWORD)
        whole, mine = order(regional), order(local)
        assert local.ask(whole).status == 404
        assert send(local, whole, {"action": "arreter"}).status == 404
        assert f"{MANY} établissements" in read(local, mine)
        assert "toute la région" not in read(local, "/lots")
        assert regional.ask(mine).status == 200
        hidden = send(local, "/lots", {"choix": "selection", "nom": ["valmont"]})
        assert hidden.status == 422


def test_the_list_of_establishments_hands_its_selection_over(served: WebClient) -> None:
    end = time.monotonic() + PATIENCE
    while "Lecture des" in (listed := read(served, "/etablissements/?q=valmont")):
        assert time.monotonic() < end
        time.sleep(0.1)
    address = re.search(r'href="(/lots\?[^"]*)"', listed)[1]
    assert "La sélection : 1 établissement" in read(served, address)


def test_avenants_are_prepared_in_a_lot_for_a_selection(project: Path) -> None:
    arguments = ["--project", str(project)]
    out = str(project / "output" / "a-garder")
    assert (
        main(["build", "valmont", "--formats", "json", "--out", out, "--record", *arguments]) == 0
    )
    for status in ("envoye", "signe"):
        assert main(["store", "status", "990000010@1", status, *arguments]) == 0
    change_file(project / "clause_library/corps/objet.md", "lie l’Agence", "unit l’Agence")
    with serving(project, worker=True) as address:
        browser = WebClient(address)
        chosen = browser.ask("/lots?avenants=1&nom=valmont&nom=numero-1").text
        assert 'value="avenants" checked' in chosen
        assert chosen.count('name="nom"') == 2
        wrong = {"produire": "avenants", "effet": "demain", "choix": "tous"}
        assert send(browser, "/lots", wrong).status == 422
        page = order(
            browser,
            choix="selection",
            nom=["valmont", "numero-1"],
            produire="avenants",
            effet="2026-07-01",
            documents=["docx"],
        )
        assert "avenants : sélection de 2" in wait_for(browser, page, "pret")
        act(browser, page, "lancer")
        made = wait_for(browser, page, "termine")
        assert "produit : 1" in made
        assert "sans contrat en vigueur : 1" in made
        assert "Avenants" in browser.ask(f"{page}/synthese").text
    (drafted,) = (project / "output" / "lots").rglob("*avenant*.docx")
    assert drafted.stat().st_size > 0
