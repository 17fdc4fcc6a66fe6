"""A lot in a real browser: one failure, stopped and resumed, told to who listens; accessible."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.browsing import PATIENCE, accessibility_faults
from tests.mini_project import PROFILE, change_file, copy_mini_project
from tests.web_server import serving

_MANY = 9


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A folder of ten establishments, one of which cannot be produced, with its worker."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    own = project / PROFILE
    text = own.read_text("utf-8")
    for number in range(_MANY):
        other = text.replace("990000010", f"9900{number:02d}119")
        own.with_name(f"numero-{number}.yaml").write_text(
            other.replace("Valmont", f"Numéro {number}"), "utf-8"
        )
    change_file(own, "categorie: ch", "categorie: rien")
    with serving(project, worker=True) as url:
        yield url


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
    assert said == []


def answer_with(body: str, route: Route) -> None:
    """Answers in the place of the application."""
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


def look(page: Page) -> None:
    """A page without accessibility fault, nor anything wider than a laptop, then a phone."""
    for width in (390, 1366):
        page.set_viewport_size({"width": width, "height": 844})
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_lot_with_one_failure_is_stopped_and_resumed(page: Page, address: str) -> None:
    page.goto(f"{address}lots")
    look(page)
    page.get_by_role("button", name="Voir ce qui serait fait").press("Enter")
    start = page.get_by_role("button", name="Lancer ce lot")
    start.wait_for()
    look(page)
    start.press("Enter")
    page.get_by_role("button", name="Arrêter").press("Enter")
    resume = page.get_by_role("button", name="Reprendre")
    resume.wait_for()
    look(page)
    resume.press("Enter")
    page.get_by_role("link", name="Lire la synthèse").wait_for()
    assert "terminé" in page.title()
    assert page.get_by_text("n’a pu être produit").count() == 1
    assert page.get_by_role("link", name="valmont").count() == 1
    look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Documents").press("Enter")
    assert download.value.suggested_filename.endswith(".zip")
    page.get_by_role("link", name="Lire la synthèse").press("Enter")
    page.get_by_text("Numéro 3").first.wait_for()


def test_progress_is_told_at_tenths_without_a_new_page(page: Page, tmp_path: Path) -> None:
    with serving(copy_mini_project(tmp_path / "projet")) as url:
        page.goto(f"{url}lots")
        page.get_by_role("button", name="Voir ce qui serait fait").press("Enter")
        page.get_by_text("attend d’être préparé").wait_for()
        told = '<div data-etat="a_preparer" data-dixieme="{}"><p>{} %</p></div>'
        for percent in (31, 34, 47):
            body = told.format(percent // 10, percent)
            page.route("**/avancement", partial(answer_with, body))
            page.get_by_text(f"{percent} %", exact=True).wait_for()
            assert page.locator("#annonce").text_content() == f"{percent // 10}0 %"
            assert accessibility_faults(page) == []
