"""Profiles prepared once, and again when anything that they are made from has changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from contract_builder.services.remembering import PreparedBook
from tests.foreign_pdfs import ForeignPage, make_foreign_pdf
from tests.mini_project import PROFILE

JOINED = "profiles/plan.pdf"


def _add_line(name: str, line: str = "# relu") -> Callable[[Path], object]:
    def change(root: Path) -> object:
        path = root / name
        path.parent.mkdir(exist_ok=True)
        text = path.read_text("utf-8") if path.exists() else ""
        return path.write_text(f"{text}{line}\n", "utf-8")

    return change


CHANGES: dict[str, Callable[[Path], object]] = {
    "profile": _add_line(str(PROFILE)),
    "region": _add_line("profiles/_region.yaml"),
    "clause": _add_line("clause_library/corps/objet.md", "Il est relu."),
    "joined file": lambda root: (root / JOINED).write_bytes(make_foreign_pdf([ForeignPage()] * 2)),
    "joined file gone": lambda root: (root / JOINED).unlink(),
}


@pytest.fixture
def joining(project: Project) -> Path:
    """The profile, which joins a file."""
    path = project.root / PROFILE
    (project.root / JOINED).write_bytes(make_foreign_pdf())
    annex = "annexes_jointes:\n  - {titre: Plan, nature: plan, fichier: plan.pdf}\n"
    path.write_text(f"{path.read_text('utf-8')}\n{annex}", "utf-8")
    return path


def test_what_has_not_changed_is_prepared_once(project: Project, joining: Path) -> None:
    book = PreparedBook(project)
    first = book.prepare(joining)
    assert first.assembly is not None
    assert first == prepare(project, joining)
    assert book.prepare(joining) is first


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_anything_that_it_is_made_from_is_noticed(
    project: Project, joining: Path, change: str
) -> None:
    book = PreparedBook(project)
    first = book.prepare(joining)
    CHANGES[change](project.root)
    project.refresh()
    again = book.prepare(joining)
    assert again is not first
    assert again.assembly == prepare(project, joining).assembly


def test_a_profile_that_is_gone_is_told_each_time(project: Project, joining: Path) -> None:
    book = PreparedBook(project)
    book.prepare(joining)
    joining.unlink()
    assert book.prepare(joining).profile is None
    assert book.prepare(joining).problems
