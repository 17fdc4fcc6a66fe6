"""A Typst template that would never end, or fill the memory, is refused by name."""

import shutil
from pathlib import Path

from contract_builder.errors import TemplateError
from contract_builder.render.templates_trial import TRIAL_LIMITS, TrialLimits, refuse_runaway
from tests.documents import TEMPLATES

NAME = "contrat.typ"


def with_line(folder: Path, line: str) -> Path:
    """A folder of templates whose Typst template begins with this line."""
    (folder / "fonts").symlink_to(TEMPLATES / "fonts")
    text = (TEMPLATES / NAME).read_text("utf-8")
    (folder / NAME).write_text(f"{line}\n{text}", encoding="utf-8")
    return folder


def refusal(folder: Path, limits: TrialLimits = TRIAL_LIMITS) -> str:
    """Why the template is refused; empty when it is not."""
    try:
        refuse_runaway(folder, NAME, limits)
    except TemplateError as error:
        return str(error)
    return ""


def test_a_loop_inside_a_loop_is_told_as_endless(tmp_path: Path) -> None:
    loops = "#for a in range(100000) { for b in range(100000) { let c = b } }"
    told = refusal(with_line(tmp_path, loops), TrialLimits(seconds=2))
    assert "plus de 2 secondes de calcul" in told
    assert "une boucle sans fin ou démesurée" in told


def test_a_text_without_measure_is_told_with_the_memory_it_asks_for(tmp_path: Path) -> None:
    folder = with_line(tmp_path, '#let x = "a" * 9000000000')
    assert "plus de 2 Gio de mémoire" in refusal(folder, TrialLimits(mebibytes=2048))


def test_a_changed_template_that_ends_is_let_through(tmp_path: Path) -> None:
    assert refusal(with_line(tmp_path, "// à nous")) == ""


def test_another_fault_is_left_to_whoever_uses_the_template(tmp_path: Path) -> None:
    assert refusal(with_line(tmp_path, "#absent")) == ""


def test_the_template_that_comes_with_the_software_is_not_tried(tmp_path: Path) -> None:
    shutil.copy(TEMPLATES / NAME, tmp_path / NAME)
    assert refusal(tmp_path, TrialLimits(seconds=0)) == ""
