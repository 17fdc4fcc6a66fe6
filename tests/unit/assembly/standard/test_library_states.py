"""The state of a library for one contract: the same while all that makes its text is the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contract_builder.assembly.standard.library_states import (
    LibraryStates,
    TextsOfContract,
    find_text_names,
)
from contract_builder.model.contract import ContractHeader
from contract_builder.services.project import Project
from tests.mini_project import change_file
from tests.unit.services.kept_contracts import made_contract

Change = Callable[[Path], None]

FILES = ("clause_library/corps/objet.md", "clause_library/corps/duree@2020-11-20.md")
"""Files of the contract's texts."""


def changing(path: str, old: str, new: str) -> Change:
    return lambda root: change_file(root / path, old, new)


def adding(path: str, template: str, *replaced: tuple[str, str]) -> Change:
    """Adds a file, which is another one with some words replaced."""

    def change(root: Path) -> None:
        text = (root / template).read_text(encoding="utf-8")
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        (root / path).write_text(text, encoding="utf-8")

    return change


DURATION = FILES[1]
SHEET = "fiches/demo/DEMO_1.md"

THAT_COUNT = {
    "the text of a clause": changing(DURATION, "prend fin le", "s’achève le"),
    "the condition of a clause": changing(DURATION, "[public, espic]", "[public]"),
    "a version that is in force from before its date of effect": adding(
        "clause_library/corps/objet@2017-01-01.md", FILES[0], ("2018-01-01", "2017-01-01")
    ),
    "the text of its sheet": changing(SHEET, "s’adresse aux", "concerne les"),
    "a target of its sheet": changing(SHEET, '"1 programme"', '"un programme"'),
    "the outline": changing(
        "clause_library/outlines/etablissement.yaml", "titre: Objet", "titre: But"
    ),
    "the campaign": changing("clause_library/campagnes/demo.yaml", "Moins de 500", "Au plus 500"),
    "a reference": changing(
        "clause_library/references/csp.yaml", "Code de la santé", "Le code de la santé"
    ),
    "the name of a source": changing("clause_library/sources.yaml", "Modèle", "Exemple"),
    "a clause that is no more": lambda root: (root / DURATION).unlink(),
    "a sheet that is no more": lambda root: (root / SHEET).unlink(),
}
THAT_DO_NOT = {
    "a sheet that it does not hold": adding("fiches/demo/DEMO_2.md", SHEET, ("DEMO_1", "DEMO_2")),
    "a version that is not in force yet": adding(
        "clause_library/corps/duree@2026-06-01.md",
        DURATION,
        ("2020-11-20", "2026-06-01"),
        (" et ", " puis "),
    ),
    "a clause that no outline calls for": adding(
        "clause_library/corps/libre.md", FILES[0], ("id: objet", "id: libre")
    ),
}


@pytest.fixture
def project(mini_project: Path) -> Iterator[Project]:
    with Project(mini_project) as project:
        yield project


@pytest.fixture
def header(project: Project) -> ContractHeader:
    return made_contract(project).header


def state(root: Path, header: ContractHeader, *clauses: str) -> str:
    """The state that a new process finds."""
    with Project(root) as project:
        library, _ = project.open_library()
    texts = TextsOfContract(clauses or ("objet", "duree"), ("DEMO_1",), FILES)
    return LibraryStates(library).find(header, texts)


@pytest.mark.parametrize("change", THAT_COUNT.values(), ids=THAT_COUNT)
def test_what_makes_the_text_of_a_contract_counts(
    project: Project, header: ContractHeader, change: Change
) -> None:
    before = state(project.root, header)
    change(project.root)
    assert state(project.root, header) != before


@pytest.mark.parametrize("change", THAT_DO_NOT.values(), ids=THAT_DO_NOT)
def test_what_makes_the_text_of_others_alone_does_not_count(
    project: Project, header: ContractHeader, change: Change
) -> None:
    before = state(project.root, header)
    change(project.root)
    assert state(project.root, header) == before


def test_of_a_clause_that_its_condition_keeps_out_the_header_alone_counts(
    project: Project, header: ContractHeader
) -> None:
    before = state(project.root, header, "objet")
    THAT_COUNT["the text of a clause"](project.root)
    assert state(project.root, header, "objet") == before
    THAT_COUNT["the condition of a clause"](project.root)
    assert state(project.root, header, "objet") != before


def test_sheets_and_vanished_files_are_told_apart(project: Project, header: ContractHeader) -> None:
    states = LibraryStates(project.get_library())
    found = {
        states.find(header, TextsOfContract((), sheets, files))
        for sheets in ((), ("DEMO_1",), ("DEMO_9",), ("DEMO_1", "DEMO_9"))
        for files in (FILES, (*FILES, "clause_library/corps/ancienne.md"))
    }
    assert len(found) == 8


def test_the_names_are_those_of_clauses_and_sheets(project: Project) -> None:
    assert find_text_names(project.get_library()) == {*FILES, SHEET}
