"""Every page of the table of routes in a browser: accessible by day and by night, never cut, in
words of the field."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from contract_builder.store.database import start_django
from tests.browser.browsing import accessibility_faults
from tests.browser.walked_region import NO_PAGE, VISITS, Visit, Walk, walking_region

OWN = [visit for visit in VISITS if not visit.alone]
"""The others are whole documents, which ``test_pages`` opens from their files."""
OF_THE_TOOL = re.compile(
    r"\.ya?ml\b|\bYAML\b|\.json\b|(?<![\w-])--[a-z]{2,}|\bcpom\b|\bprofiles/|Traceback"
)
"""Words of files and commands, which the pages do without: officers open neither."""
SPEAKING_OF_FILES = frozenset({"aide-messages", "bibliotheque-article"})
"""The catalogue of messages is that of the commands too; a text of the library tells its file."""
COLOURS = ("color-contrast", "link-in-text-block")
WIDTHS = (1366, 683, 390, 320)
"""CSS pixels: a laptop, the same at 200 %, a phone, a window of 1280 at 400 % (WCAG 1.4.10)."""


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """The demonstration region with something on every page."""
    with walking_region(tmp_path_factory.mktemp("promenade")) as served:
        yield served


def test_each_route_is_visited_or_answers_with_no_page() -> None:
    start_django()
    from contract_builder.web.routes import ROUTES  # it asks for Django’s settings

    visited = {visit.route for visit in VISITS}
    assert visited | set(NO_PAGE) == {route.name for route in ROUTES}
    assert not visited & set(NO_PAGE)
    assert len({visit.name for visit in VISITS}) == len(VISITS)


@pytest.mark.parametrize("visit", OWN, ids=lambda visit: visit.name)
def test_a_page_speaks_of_no_file_is_accessible_by_day_and_by_night_and_fits_its_window(
    page: Page, walk: Walk, visit: Visit
) -> None:
    walk.open(page, visit)
    assert page.get_by_role("heading", name="Page introuvable").count() == 0
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    if visit.route not in SPEAKING_OF_FILES:
        assert OF_THE_TOOL.findall(page.inner_text("body")) == []
    assert accessibility_faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert accessibility_faults(page, rules=COLOURS) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
