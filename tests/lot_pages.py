"""Lots as their pages show them: asked for, started, waited for; a region to make them of."""

import re
import time
from html import unescape
from pathlib import Path

from contract_builder.web.worker_lock import LOCK_FILE
from tests.mini_project import PROFILE
from tests.web_server import WebClient

PATIENCE = 180.0  # seconds
MANY = 10


def make_region(folder: Path) -> Path:
    """Adds to a working folder establishments of another department."""
    own = folder / PROFILE
    text = own.read_text("utf-8")
    for number in range(MANY):
        other = text.replace("990000010", f"9900{number:02d}119")
        other = other.replace("Valmont", f"Numéro {number}")
        other = other.replace("categorie: ch\n", 'categorie: ch\n  departement: "72"\n')
        own.with_name(f"numero-{number}.yaml").write_text(other, "utf-8")
    return folder


def order(browser: WebClient, **form: str | list[str]) -> str:
    """Asks for a lot; its page."""
    answer = send(browser, "/lots", {"choix": "tous", **form})
    assert answer.status == 302, answer.text
    return str(answer.headers["Location"])


def send(browser: WebClient, page: str, form: dict):
    return browser.ask(page, {"csrfmiddlewaretoken": browser.token_of("/lots"), **form})


def act(browser: WebClient, page: str, action: str) -> None:
    assert send(browser, page, {"action": action}).status == 302


def state_of(browser: WebClient, page: str) -> str:
    return re.search(r'data-etat="(\w+)"', browser.ask(page).text)[1]


def wait_for(browser: WebClient, page: str, *states: str) -> str:
    """The page once the lot is in one of the states; what else it becomes is a fault."""
    end = time.monotonic() + PATIENCE
    while (state := state_of(browser, page)) not in states:
        assert time.monotonic() < end, state
        time.sleep(0.1)
    return read(browser, page)


def read(browser: WebClient, page: str) -> str:
    """What a page says, with plain blanks."""
    return unescape(browser.ask(page).text).replace("\u00a0", " ")


def worker_of(project: Path) -> int:
    return int((project / LOCK_FILE).read_text())


def started(browser: WebClient, **form: str | list[str]) -> str:
    """The page of a lot that was foreseen, then started."""
    page = order(browser, **form)
    wait_for(browser, page, "pret")
    act(browser, page, "lancer")
    return page
