"""A lot whose database goes, or whose disk is full: told in French, nothing lost, it goes on."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.lot_pages import (
    MANY,
    PATIENCE,
    act,
    make_region,
    read,
    started,
    wait_for,
    worker_of,
)
from tests.mini_project import copy_mini_project
from tests.refusing_disk import fill_disk, small_disk
from tests.unit.store.engines import Engine, make_engine
from tests.web_server import WebClient, serving


@pytest.fixture
def hosted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A region whose store, queue and lots are in a PostgreSQL database."""
    engine = make_engine("postgresql", make_region(copy_mini_project(tmp_path / "projet")))
    monkeypatch.setenv("CPOM_DATABASE_URL", engine.environ["CPOM_DATABASE_URL"])
    return engine


def made_in(folder: Path) -> int:
    """How many contracts are there, as Word files."""
    return len(list((folder / "output" / "lot").rglob("*.docx")))


def test_in_postgresql_a_lot_is_stopped_its_worker_killed_and_it_ends_whole(
    hosted: Engine,
) -> None:
    with serving(hosted.project, worker=True) as address:
        browser = WebClient(address)
        page = started(browser, documents=["docx"])
        wait_for(browser, page, "en_cours")
        act(browser, page, "arreter")
        wait_for(browser, page, "arrete")
        act(browser, page, "reprendre")
        wait_for(browser, page, "en_cours")
        os.kill(worker_of(hosted.project), signal.SIGKILL)
        wait_for(browser, page, "interrompu")
        act(browser, page, "reprendre")
        wait_for(browser, page, "termine")
        assert made_in(hosted.project) == MANY + 1
        journal = read(browser, "/journal")
        assert "lot repris" in journal
        assert "aucune anomalie" in journal


def test_a_database_that_goes_in_the_middle_of_a_lot_leaves_one_that_goes_on(
    hosted: Engine,
) -> None:
    with serving(hosted.project, worker=True) as address:
        browser = WebClient(address)
        page = started(browser, documents=["docx"])
        wait_for(browser, page, "en_cours")
        with hosted.gone():
            for asked in (page, "/lots"):
                answer = browser.ask(asked)
                assert answer.status == 503
                assert "La base ne répond pas" in answer.text
        told = wait_for(browser, page, "interrompu")
        assert "Ce qui était produit est gardé" in told
        act(browser, page, "reprendre")
        wait_for(browser, page, "termine")
        assert made_in(hosted.project) == MANY + 1
        assert "aucune anomalie" in read(browser, "/journal")


def test_a_disk_that_fills_up_during_a_lot_is_told_and_the_lot_goes_on_once_there_is_room(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path / "disque", "24m") as disk:
        folder = make_region(copy_mini_project(disk / "projet"))
        with serving(folder, worker=True) as address:
            browser = WebClient(address)
            page = started(browser, documents=["docx"])
            wait_for(browser, page, "en_cours")
            filler = fill_disk(disk)
            wait_until_it_is_felt(browser, page)
            filler.unlink()
            told = wait_for(browser, page, "interrompu", "refuse", "termine")
            assert "est gardé" in told or "disque" in told
            act(browser, page, "reprendre")
            wait_for(browser, page, "termine")
            assert made_in(folder) == MANY + 1
            assert "aucune anomalie" in read(browser, "/journal")


def wait_until_it_is_felt(browser: WebClient, page: str) -> None:
    """Until the lot stopped, or the page says that nothing can be written."""
    end = time.monotonic() + PATIENCE
    while (answer := browser.ask(page)).status == 200 and 'data-etat="en_cours"' in answer.text:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert answer.status in (200, 503)
