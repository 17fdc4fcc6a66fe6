"""A section in a real browser while one types: told at once, once, where it belongs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import accessibility_faults
from tests.mini_project import PROFILE, copy_mini_project
from tests.web_server import serving

NAME = "valmont"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder."""
    return copy_mini_project(tmp_path_factory.mktemp("web") / "projet")


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(project) as url:
        yield url


def test_what_one_types_is_checked_at_its_field_and_never_taken_from_the_hands(
    page: Page, address: str, project: Path
) -> None:
    before = (project / PROFILE).read_bytes()
    page.goto(f"{address}etablissements/{NAME}/financements")
    name = "financements.0.montants.2026"
    cell, said = page.locator(f"[id='{name}']"), page.locator(f"[id='{name}-dit']")
    total = page.locator("[id='financements-total-montants.2026']")
    cell.focus()
    page.keyboard.type("12,5x")
    expect(said).to_contain_text("montant en euros")
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#annonce")).to_have_text("1\xa0point à corriger.")
    expect(total).to_have_text("")
    assert accessibility_faults(page) == []
    cell.press("Control+a")
    page.keyboard.type("1 250,50")
    expect(total).to_have_text("1\u202f250,50\xa0€")
    expect(said).to_be_empty()
    expect(cell).not_to_have_attribute("aria-invalid", "true")
    assert cell.input_value() == "1 250,50"
    assert page.evaluate("document.activeElement.id") == name
    assert (project / PROFILE).read_bytes() == before


def test_what_is_typed_is_not_left_without_a_question(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{address}etablissements/{NAME}/identite")
    page.locator("[id='etablissement.nom_court']").focus()
    page.keyboard.type("À ne pas perdre")
    page.get_by_role("link", name="Établissements", exact=True).first.click()
    page.get_by_role("heading", name="Établissements").wait_for()
    assert asked == ["beforeunload"]
    page.goto(f"{address}etablissements/{NAME}/identite")
    page.locator("[id='etablissement.nom_court']").focus()
    page.keyboard.type("Gardé")
    page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
    page.get_by_text("est enregistré").wait_for()
    assert asked == ["beforeunload"]
