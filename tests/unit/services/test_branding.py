"""An agency's logo and colours: shown when they can be read by all, else left out and told."""

from pathlib import Path

import pytest

from contract_builder.services.branding import AgencyLook, load_look, measure_contrast
from contract_builder.services.project import Project


@pytest.fixture
def folder(project: Project) -> Path:
    """The agency's folder of the project."""
    made = project.root / "templates" / "agence"
    made.mkdir()
    return made


def test_contrast_is_that_of_the_standard() -> None:
    assert measure_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert measure_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_nothing_is_changed_without_files(project: Project) -> None:
    assert load_look(project) == AgencyLook()


def test_colours_that_can_be_read_become_tokens(project: Project, folder: Path) -> None:
    (folder / "couleurs.txt").write_text("accent = #5a1a6b\naccent sombre = #ffc9a0\n", "utf-8")
    look = load_look(project)
    assert (look.accent, look.dark_accent) == ("#5a1a6b", "#ffc9a0")
    assert look.refused == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("accent = #ffcc00", "n’est pas assez lisible"),
        ("accent sombre = #12161d", "n’est pas assez lisible"),
        ("accent = red; } body { display: none", "écrivez par exemple"),
        ("ground = #ffffff", "écrivez par exemple"),
    ],
)
def test_others_are_left_out_and_told(project: Project, folder: Path, line: str, told: str) -> None:
    (folder / "couleurs.txt").write_text(line, "utf-8")
    look = load_look(project)
    assert (look.accent, look.dark_accent) == ("", "")
    assert told in look.refused[0]


def test_a_logo_is_what_its_name_says_and_is_small(project: Project, folder: Path) -> None:
    (folder / "logo.svg").write_bytes(b"x" * (257 << 10))
    (folder / "logo.png").write_bytes(b"<html>")
    look = load_look(project)
    assert (look.logo, len(look.refused)) == (b"", 2)
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    (folder / "logo.svg").write_bytes(drawing)
    assert load_look(project).logo == drawing
