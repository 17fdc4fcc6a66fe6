"""A sheet is chosen and dropped in the tree of a profile; what it would ask is told before."""

import pytest

from contract_builder.errors import UserError
from contract_builder.services.choosing import (
    choose_sheet,
    drop_sheet,
    lines_of_sheets,
)
from contract_builder.services.editing import ProfileFile, open_profile, try_change
from contract_builder.services.explaining import explain_prepared_sheets
from contract_builder.services.project import Project

NAME = "valmont"


@pytest.fixture
def file(project: Project) -> ProfileFile:
    """The profile as found: it chooses DEMO_1."""
    return open_profile(project, NAME)


def test_a_dropped_sheet_can_be_chosen_again(project, file):
    without = drop_sheet(file, "DEMO_1")
    assert without["fiches"] == []
    file.path.write_text(file.text.replace("fiches:\n  - {code: DEMO_1}\n", ""), "utf-8")
    tree = choose_sheet(project, open_profile(project, NAME), "DEMO_1")
    assert tree["fiches"] == [{"code": "DEMO_1"}]


@pytest.mark.parametrize(
    ("code", "volet", "told"),
    [("DEMO_1", "", "déjà choisie"), ("DEMO_9", "", "pas dans la campagne")],
)
def test_a_sheet_that_cannot_be_chosen_is_refused(project, file, code, volet, told):
    with pytest.raises(UserError, match=told):
        choose_sheet(project, file, code, volet)


def test_a_sheet_that_another_layer_chooses_cannot_be_dropped(file):
    with pytest.raises(UserError, match="ne choisit pas"):
        drop_sheet(file, "DEMO_2")


def test_what_sheets_would_ask_is_told_without_a_word_written(project, file):
    agreed = {"annee": "2026", "texte": "trois", "motif": "accord", "auteur": "la direction"}
    tree = {**file.tree, "fiches": [{"code": "DEMO_1", "cibles": [agreed]}]}
    prepared = try_change(project, file, tree).prepared
    explanation, _ = explain_prepared_sheets(project, file.path, prepared)
    (sheet,) = explanation.sheets
    target = sheet.rows[0].years[2026]
    assert (target.text, target.printed) == ("trois", "2 programmes")
    assert target.reasons == ("accord",)
    assert explanation.most_objectives == 1
    assert file.path.read_text("utf-8") == file.text
    assert lines_of_sheets(open_profile(project, NAME)) == [{"code": "DEMO_1"}]
