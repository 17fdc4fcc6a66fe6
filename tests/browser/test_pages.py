"""Every page that is handed out, in a real browser: accessible, alone, usable without a script."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import accessibility_faults, open_page
from tests.browser.conftest import CONTRACTS

PageFile = Callable[[str], Path]
COMPARISONS = ("comparaison renouvellement", "comparaison retouches", "comparaison identique")
TABLES = ("lot", "écarts")
PAGES = (*(f"contrat {name}" for name in CONTRACTS), "contrat échantillon", *COMPARISONS, *TABLES)
SHORT_PAGES = ("contrat échantillon", "comparaison retouches", *TABLES)
PHONE = 320  # CSS pixels: a window of 1280 at 400 % (WCAG 1.4.10)
MARGIN = 28  # points: 10 mm
MOST_STOPS = 200
_FOCUS = """() => [document.activeElement.tagName,
  getComputedStyle(document.activeElement).outlineStyle]"""
_CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(e =>
  ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(e).overflowX)
  && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 120))"""
_UNREACHABLE = """() => [...document.querySelectorAll("body *")].filter(e =>
  ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth
  && e.tabIndex < 0 && !e.querySelector("a")).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_fault(
    name: str, browser: Browser, page_file: PageFile
) -> None:
    with open_page(browser, page_file(name)) as opened:
        assert accessibility_faults(opened.page) == []


@pytest.mark.parametrize("name", SHORT_PAGES)
@pytest.mark.parametrize("situation", ["phone", "print", "all unfolded"])
def test_it_has_none_in_other_situations(
    situation: str, name: str, browser: Browser, page_file: PageFile
) -> None:
    width = PHONE if situation == "phone" else 1280
    media = "print" if situation == "print" else "screen"
    with open_page(browser, page_file(name), width=width, media=media) as opened:
        if situation == "all unfolded":
            opened.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        # Nobody taps on paper.
        without = ("target-size",) if situation == "print" else ()
        assert accessibility_faults(opened.page, *without) == []


@pytest.mark.parametrize("name", PAGES)
def test_it_asks_for_nothing_else_and_says_nothing_to_the_console(
    name: str, browser: Browser, page_file: PageFile
) -> None:
    with open_page(browser, page_file(name)) as opened:
        assert opened.requests == []
        assert opened.messages == []


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_window_scrolls_in_one_direction_only(
    name: str, browser: Browser, page_file: PageFile
) -> None:
    with open_page(browser, page_file(name), width=PHONE) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") == PHONE
        assert opened.page.evaluate(_UNREACHABLE) == []


@pytest.mark.parametrize("name", SHORT_PAGES)
def test_the_first_key_reaches_the_link_to_the_content(
    name: str, browser: Browser, page_file: PageFile
) -> None:
    with open_page(browser, page_file(name), scripts=False) as opened:
        opened.page.keyboard.press("Tab")
        link = opened.page.locator(":focus")
        assert link.inner_text().startswith("Aller ")
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        target = link.get_attribute("href")
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("location.hash") == target
        assert opened.page.locator(f"main{target}, main {target}").count() == 1


@pytest.mark.parametrize("name", SHORT_PAGES)
def test_whatever_the_keyboard_reaches_shows_that_it_has_the_focus(
    name: str, browser: Browser, page_file: PageFile
) -> None:
    reached = set()
    with open_page(browser, page_file(name), scripts=False) as opened:
        for _ in range(MOST_STOPS):
            opened.page.keyboard.press("Tab")
            tag, outline = opened.page.evaluate(_FOCUS)
            if tag == "BODY":
                break
            assert outline != "none", tag
            reached.add(tag)
    folds = {"SUMMARY"} if "<summary>" in page_file(name).read_text(encoding="utf-8") else set()
    assert {"A", *folds} <= reached


def test_the_source_of_a_clause_opens_with_the_keyboard(
    browser: Browser, page_file: PageFile
) -> None:
    with open_page(browser, page_file("contrat partenaire-demonstration"), scripts=False) as opened:
        summary = opened.page.locator("section.clause details.provenance summary").first
        told = opened.page.locator("section.clause details.provenance p").first
        assert not told.is_visible()
        summary.focus()
        opened.page.keyboard.press("Enter")
        assert told.is_visible()
        assert "Fichier clause_library/" in told.inner_text()
        assert "version en vigueur depuis le" in told.inner_text()


@pytest.mark.parametrize("name", ["contrat chu-demonstration", *COMPARISONS[:1], *TABLES])
def test_in_print_nothing_is_cut_off_and_navigation_is_left_out(
    name: str, browser: Browser, page_file: PageFile
) -> None:
    with open_page(browser, page_file(name)) as opened:
        pdf = pypdfium2.PdfDocument(BytesIO(opened.page.pdf(prefer_css_page_size=True)))
        opened.page.emulate_media(media="print")
        opened.page.set_viewport_size({"width": 1600, "height": 800})
        assert opened.page.evaluate(_CUT_OFF) == []
        assert not opened.page.locator("nav").first.is_visible()
    for index in range(len(pdf)):
        page = pdf[index]
        text = page.get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        assert max((box[2] for box in boxes), default=0) <= page.get_width() - MARGIN, index + 1
        assert min((box[0] for box in boxes), default=MARGIN) >= MARGIN, index + 1


def test_the_filters_leave_only_what_is_wanted_and_the_button_brings_all_back(
    browser: Browser, page_file: PageFile
) -> None:
    with open_page(browser, page_file("comparaison renouvellement"), scripts=False) as opened:
        page = opened.page
        lines = page.locator("tr.filtrable")
        money = page.locator("tr.x-substance-insert-financement")
        total = lines.count()
        assert lines.filter(visible=True).count() == total
        for name in ("objectif", "cible", "texte", "section", "reference", "delete", "modify"):
            page.locator(f"#f-{name}").uncheck()
        left = lines.filter(visible=True).count()
        assert money.filter(visible=True).count() == money.count() > 0
        assert money.count() <= left < total / 2
        assert not page.locator("tr.x-substance-insert-cible").first.is_visible()
        page.get_by_role("button", name="Tout afficher").click()
        assert lines.filter(visible=True).count() == total


def test_a_link_shows_a_change_that_the_filters_hide(browser: Browser, page_file: PageFile) -> None:
    with open_page(browser, page_file("comparaison retouches"), scripts=False) as opened:
        page = opened.page
        page.locator("#f-texte").uncheck()
        hidden = page.locator("tr.x-substance-insert-texte").first
        assert not hidden.is_visible()
        number = hidden.locator("[id^=c]").first.get_attribute("id")
        page.evaluate("number => { location.hash = number }", number)
        assert hidden.is_visible()


def test_the_headings_of_a_long_section_stay_in_sight(
    browser: Browser, page_file: PageFile
) -> None:
    with open_page(browser, page_file("comparaison renouvellement"), scripts=False) as opened:
        row = opened.page.locator("#c30")
        row.evaluate("e => e.scrollIntoView()")
        heads = opened.page.locator("table:has(#c30) > thead")
        box, below = heads.bounding_box(), row.bounding_box()
        assert box is not None
        assert below is not None
        assert box["y"] == 0
        assert below["y"] >= box["height"]


def test_what_comes_and_goes_is_told_apart_without_colours(
    browser: Browser, page_file: PageFile
) -> None:
    with open_page(browser, page_file("comparaison renouvellement")) as opened:
        opened.page.emulate_media(forced_colors="active")
        lines = [
            opened.page.locator(name).first.evaluate("e => getComputedStyle(e).textDecorationLine")
            for name in ("ins", "del")
        ]
        assert lines == ["underline", "line-through"]


def test_in_print_the_whole_summary_is_there(browser: Browser, page_file: PageFile) -> None:
    with open_page(browser, page_file("comparaison renouvellement")) as opened:
        hidden = opened.page.locator(".suite li").first
        assert not hidden.is_visible()
        opened.page.emulate_media(media="print")
        assert opened.page.locator(".suite").count() > 0
        assert hidden.evaluate("e => e.checkVisibility()")
