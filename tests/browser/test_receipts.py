"""The page of a receipt in a real browser, opened from its file: it checks the files by itself."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from contract_builder.model.receipt import DispatchedFile, JournalLine, Receipt
from contract_builder.render.receipt import render_receipt_html, render_receipt_json
from tests.browser.browsing import accessibility_faults, open_page
from tests.contract_samples import HOSTILE, small_contract

# FIPS 180-4: the hashes of « abc » and of nothing at all.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@dataclass(frozen=True, slots=True)
class Delivered:
    folder: Path
    page: Path


@pytest.fixture
def delivered(tmp_path: Path) -> Delivered:
    (tmp_path / "contrat.docx").write_bytes(b"abc")
    (tmp_path / "contrat.pdf").write_bytes(b"")
    files = (
        DispatchedFile("docx", "contrat.docx", 3, ABC),
        DispatchedFile("pdf", "contrat.pdf", 0, NOTHING),
    )
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    header, line = small_contract().header, JournalLine(7, "d" * 64)
    receipt = Receipt("990000011@3", header, "c" * 64, 1, at, f"Direction {HOSTILE}", files, line)
    (tmp_path / "recu.json").write_bytes(render_receipt_json(receipt))
    page = tmp_path / "recu.html"
    page.write_bytes(render_receipt_html(receipt))
    return Delivered(tmp_path, page)


def check(browser: Browser, delivered: Delivered, *names: str) -> list[tuple[str, str]]:
    """The class and text of each line that the page writes about these files."""
    with open_page(browser, delivered.page) as opened:
        opened.page.set_input_files("#choix", [delivered.folder / name for name in names])
        lines = opened.page.locator("#resultats li")
        expect(lines).to_have_count(len(names))
        assert opened.requests == []
        assert opened.messages == []
        assert accessibility_faults(opened.page) == []
        return [(line.get_attribute("class") or "", line.inner_text()) for line in lines.all()]


def test_the_very_files_are_recognised(browser: Browser, delivered: Delivered) -> None:
    told = check(browser, delivered, "contrat.docx", "contrat.pdf", "recu.json")
    assert [kind for kind, _ in told] == ["conforme"] * 3
    assert "données de ce reçu" in told[2][1]


def test_one_changed_byte_is_told_with_the_hash_that_was_found(
    browser: Browser, delivered: Delivered
) -> None:
    (delivered.folder / "contrat.docx").write_bytes(b"abd")
    ((kind, text),) = check(browser, delivered, "contrat.docx")
    assert kind == "differe"
    assert sha256(b"abd").hexdigest() in text
    assert "sous ce nom" in text


def test_a_renamed_file_is_still_known_and_another_one_is_not(
    browser: Browser, delivered: Delivered
) -> None:
    (delivered.folder / "contrat (2).docx").write_bytes(b"abc")
    (delivered.folder / "autre.txt").write_bytes(b"autre")
    renamed, other = check(browser, delivered, "contrat (2).docx", "autre.txt")
    assert renamed[0] == "conforme"
    assert "contrat.docx" in renamed[1]
    assert other[0] == "differe"
    assert "ne fait pas partie" in other[1]


def test_without_a_script_the_hashes_and_a_command_remain(
    browser: Browser, delivered: Delivered
) -> None:
    with open_page(browser, delivered.page, scripts=False) as opened:
        assert not opened.page.is_visible("#choix")
        opened.page.click("summary")
        assert "certutil -hashfile" in opened.page.inner_text("details")
        assert ABC in opened.page.inner_text("#fichiers")


def test_the_page_fits_a_phone_and_prints_without_its_form(
    browser: Browser, delivered: Delivered
) -> None:
    with open_page(browser, delivered.page, width=320) as opened:
        wide = opened.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert wide is False
    with open_page(browser, delivered.page, media="print") as opened:
        assert not opened.page.is_visible("#choix")
