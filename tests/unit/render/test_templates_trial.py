"""A Typst template that would never end, or fill the memory, is refused by name."""

import shutil
from pathlib import Path

import pytest

from contract_builder.errors import TemplateError
from contract_builder.render.templates_trial import TrialLimits, refuse_runaway
from tests.documents import TEMPLATES

NAME = "contrat.typ"


def with_line(folder: Path, line: str) -> Path:
    """A folder of templates whose Typst template begins with this line."""
    (folder / "fonts").symlink_to(TEMPLATES / "fonts")
    text = (TEMPLATES / NAME).read_text("utf-8")
    (folder / NAME).write_text(f"{line}\n{text}", encoding="utf-8")
    return folder


def test_a_loop_inside_a_loop_is_told_as_endless(tmp_path: Path) -> None:
    loops = "#for a in range(100000) { for b in range(100000) { let c = b } }"
    with pytest.raises(TemplateError, match="une boucle sans fin ou démesurée"):
        refuse_runaway(with_line(tmp_path, loops), NAME, TrialLimits(seconds=2))


def test_a_text_without_measure_is_told_with_the_memory_it_asks_for(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="plus de 2 Gio de mémoire"):
        refuse_runaway(
            with_line(tmp_path, '#let x = "a" * 9000000000'), NAME, TrialLimits(mebibytes=2048)
        )


def test_a_changed_template_that_ends_is_let_through(tmp_path: Path) -> None:
    refuse_runaway(with_line(tmp_path, "// à nous"), NAME)


def test_another_fault_is_left_to_whoever_uses_the_template(tmp_path: Path) -> None:
    refuse_runaway(with_line(tmp_path, "#absent"), NAME)


def test_the_template_that_comes_with_the_software_is_not_tried(tmp_path: Path) -> None:
    shutil.copy(TEMPLATES / NAME, tmp_path / NAME)
    refuse_runaway(tmp_path, NAME, TrialLimits(seconds=0))
