"""What a change of a profile would do is told from the contract before and after it."""

from collections.abc import Mapping

import pytest

from contract_builder.reading.tree import Tree
from contract_builder.services.editing import Trial, open_profile, show_as_it_is, try_change
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from contract_builder.services.weighing import (
    ChangeEffects,
    NamedSheet,
    list_head_choices,
    weigh_change,
)
from tests.mini_project import PROFILE, change_file

NAME = "valmont"
_SHEET = "fiches/demo/DEMO_1.md"


def weigh(project: Project, **changes: Tree) -> ChangeEffects:
    """The effects of other values of some keys; of a group, those of its keys alone."""
    file = open_profile(project, NAME)
    tree: dict[str, Tree] = dict(file.tree)
    for key, value in changes.items():
        before = tree.get(key)
        is_group = isinstance(before, Mapping) and isinstance(value, Mapping)
        tree[key] = {**before, **value} if is_group else value
    return weigh_change(project, as_it_is(project), try_change(project, file, tree))


def as_it_is(project: Project) -> Trial:
    path = project.root / PROFILE
    return show_as_it_is(project, path, prepare(project, path))


def test_a_change_that_touches_nothing_else_has_no_effect(project):
    assert weigh(project, etablissement={"nom_court": "CH"}) == ChangeEffects()


def test_parts_that_leave_the_contract_are_named(project):
    found = weigh(project, etablissement={"statut": "prive_lucratif"})
    assert [heading.rpartition("– ")[2] for heading in found.removed] == ["Durée et prise d’effet"]
    assert found.added == ()


def test_parts_that_come_into_the_contract_are_named(project):
    change_file(project.root / PROFILE, "statut: public", "statut: prive_lucratif")
    found = weigh(project, etablissement={"statut": "public"})
    assert [heading.rpartition("– ")[2] for heading in found.added] == ["Durée et prise d’effet"]


def test_a_chosen_sheet_that_would_no_longer_be_open_is_named(project):
    text = (project.root / _SHEET).read_text("utf-8")
    title = next(line for line in text.splitlines() if line.startswith("intitule:"))
    change_file(project.root / _SHEET, title, f"{title}\napplicable_si: {{statut: [public]}}")
    found = weigh(project, etablissement={"statut": "espic"})
    assert found.closed == (NamedSheet("DEMO_1", title.removeprefix("intitule: "), True),)
    assert found.opened == ()


def test_a_change_that_forbids_the_contract_says_so_with_its_problems(project):
    found = weigh(project, campagne="absente")
    assert found.is_lost
    assert [problem.code for path, problem in found.problems if path == "campagne"] == [
        "campagne-inconnue"
    ]


def test_a_contract_that_can_be_made_again_is_told(project):
    change_file(project.root / PROFILE, "campagne: demo", "campagne: absente")
    assert weigh(project, campagne="demo").is_found


def test_a_value_that_is_no_longer_used_is_among_the_new_problems(project):
    found = weigh(project, contrat={"date_effet": "2026-01-01"})
    assert "financements.0.montants.2025" in [path for path, _ in found.problems]


@pytest.mark.parametrize("groups", [(), ("ght-nord", "ght-sud")])
def test_the_head_may_be_what_the_library_and_the_folder_of_groups_hold(project, groups):
    folder = project.profiles_folder / "_groupes"
    folder.mkdir()
    for name in groups:
        (folder / f"{name}.yaml").write_text("", "utf-8")
    choices = list_head_choices(project)
    title = "Contrat pluriannuel d’objectifs et de moyens"
    assert choices.types == (("etablissement", title),)
    assert choices.campaigns == (("demo", f"Campagne de démonstration ({title})"),)
    assert choices.groups == tuple((name, name) for name in groups)
