"""The browser and the pages that it opens, made once for each process of a test run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from contract_builder.cli import main
from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.views.page import render_comparison_html
from contract_builder.render.html import render_html
from tests.browser.browsing import PATIENCE
from tests.contract_samples import HOSTILE, small_contract
from tests.documents import ROOT, text_template
from tests.outside_tools import find_program
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration

_SAID_OF_A_REFUSAL = re.compile(r"status of 4(03|04|22)")
CONTRACTS = (
    "chu-demonstration",
    "hopital-de-proximite-2019-demonstration",
    "laboratoire-demonstration",
    "partenaire-demonstration",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window.

    For one module: as long as it runs, an event loop runs in this thread, which the store refuses.
    """
    program = find_program("chromium", "chromium")
    with sync_playwright() as playwright:
        # A container's user is often root, for whom Chromium has no sandbox.
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"], timeout=PATIENCE
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a laptop; what its console says is a fault."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    yield opened
    context.close()
    assert [text for text in said if not _SAID_OF_A_REFUSAL.search(text)] == []


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """``page_file("contrat chu-demonstration")``: the file of a page, made when first asked for."""
    folder = tmp_path_factory.mktemp("pages")

    def make(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            kind, _, which = name.partition(" ")
            path.write_bytes(MAKERS[kind](which, folder))
        return path

    return make


def make_contract_page(profile: str, _: Path) -> bytes:
    """The page of a demonstration contract, or of the sample with one of everything."""
    contract = small_contract(HOSTILE) if profile == "échantillon" else demonstration(profile)
    return render_html(contract, text_template("contrat.html"))


def make_comparison_page(pair: str, _: Path) -> bytes:
    """A renewal, a few edits, or nothing that changed."""
    old = demonstration("hopital-de-proximite-2019-demonstration")
    new = demonstration("hopital-de-proximite-demonstration")
    pairs = {
        "renouvellement": lambda: (old, new),
        "retouches": lambda: (small_contract(), mutate(small_contract(), 7, 9)),
        "identique": lambda: (new, new),
    }
    return render_comparison_html(compare_contracts(*pairs[pair]()))


def make_report_page(_: str, folder: Path) -> bytes:
    """The report of a region of four contracts, as ``cpom batch`` writes it."""
    profiles = folder / "profils"
    profiles.mkdir()
    for name in ("_region", *CONTRACTS):
        shutil.copy(ROOT / "profiles" / f"{name}.yaml", profiles)
    out = folder / "lot"
    arguments = ["--project", str(ROOT), "--out", str(out), "--formats", "json", "--jobs", "1"]
    assert main(["batch", str(profiles), *arguments]) == os.EX_OK
    return (out / "synthese.html").read_bytes()


def make_departures_page(_: str, folder: Path) -> bytes:
    """The departures of two stored contracts, as ``cpom departures`` writes them."""
    project, out = folder / "projet", folder / "écarts"
    run_apart("init", str(project))
    for name in CONTRACTS[:2]:
        products = ("--formats", "json", "--out", str(folder / "contrats"))
        run_apart("build", name, *products, "--record", "--project", str(project))
    run_apart("departures", "--formats", "html", "--out", str(out), "--project", str(project))
    (page,) = out.iterdir()
    return page.read_bytes()


def run_apart(*arguments: str) -> None:
    """``cpom`` in a process of its own: the store refuses to work beside a browser's event loop."""
    command = [sys.executable, "-m", "contract_builder", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)


MAKERS: dict[str, Callable[[str, Path], bytes]] = {
    "contrat": make_contract_page,
    "comparaison": make_comparison_page,
    "lot": make_report_page,
    "écarts": make_departures_page,
}
