"""A clause reworded for one establishment: tried, saved with its origin, given back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.editing import ProfileChange, StaleProfileError, open_profile
from contract_builder.services.making import Prepared, prepare
from contract_builder.services.project import Project
from contract_builder.services.rewording import (
    ClauseWording,
    drop_wording,
    open_wording,
    save_wording,
    try_wording,
)
from tests.mini_project import PROFILE

AT = datetime(2026, 10, 12, 9, tzinfo=UTC)
WISH = ClauseWording(
    "objet", "Le contrat unit l’Agence et {{ etablissement.raison_sociale }}.", author="Direction"
)


def prepared_of(project: Project) -> Prepared:
    project.refresh()
    return prepare(project, project.root / PROFILE)


def change_of(project: Project) -> ProfileChange:
    seen = open_profile(project, "valmont").sha256
    return ProfileChange("valmont", seen, {}, AT, "juriste", "rédaction")


def save(project: Project, wording: ClauseWording) -> None:
    file = open_profile(project, "valmont")
    save_wording(project, file, prepared_of(project), wording, change_of(project))


def test_an_editor_begins_with_the_standard_then_with_what_stands(project: Project) -> None:
    file = open_profile(project, "valmont")
    opened = open_wording(project, file, prepared_of(project), "objet")
    assert opened.standing is None
    assert opened.start.text == opened.standard
    name = "Centre hospitalier de Valmont (fictif)"
    assert ("{{ etablissement.raison_sociale }}", "raison sociale", name) in opened.fields
    assert "[raison sociale]" in str(opened.standard_blocks)
    save(project, WISH)
    file = open_profile(project, "valmont")
    opened = open_wording(project, file, prepared_of(project), "objet")
    assert opened.start == WISH


def test_what_is_tried_is_printed_and_not_written(project: Project) -> None:
    before = (project.root / PROFILE).read_bytes()
    file = open_profile(project, "valmont")
    tried = try_wording(project, file, prepared_of(project), WISH, AT)
    assert tried.contract is not None
    section = next(item for item in tried.contract.iter_sections() if item.id == "objet")
    assert "unit l’Agence" in str(section.blocks)
    assert tried.problems == ()
    assert (project.root / PROFILE).read_bytes() == before


def test_what_is_saved_bears_its_origin_and_is_replaced_not_doubled(project: Project) -> None:
    save(project, WISH)
    save(project, replace(WISH, state="negociee", reason="accord de séance"))
    text = (project.root / PROFILE).read_text("utf-8")
    assert text.count("clause: objet") == 1
    for told in ("auteur: Direction", "decide_par: juriste", "le: 2026-10-12", "etat: negociee"):
        assert told in text
    prepared = prepared_of(project)
    assert prepared.assembly is not None
    told = next(item.negotiated for item in prepared.assembly.decisions if item.id == "objet")
    assert "négociée le 12" in told


def test_a_clause_is_withdrawn_and_given_back(project: Project) -> None:
    before = open_profile(project, "valmont").tree
    other = replace(WISH, clause="duree", text="", is_withdrawn=True)
    with pytest.raises(ProblemsError):  # another clause refers to it
        save(project, other)
    save(project, WISH)
    file = open_profile(project, "valmont")
    drop_wording(project, file, "objet", change_of(project))
    assert open_profile(project, "valmont").tree == before
    with pytest.raises(UserError, match="déjà le texte"):
        drop_wording(project, open_profile(project, "valmont"), "objet", change_of(project))


@pytest.mark.parametrize(
    ("wording", "told"),
    [
        (replace(WISH, text="  \r\n "), "Écrivez le texte"),
        (replace(WISH, author=" "), "qui propose"),
        (replace(WISH, clause="absente"), "n’est pas une clause"),
        (replace(WISH, clause="strategie"), "n’est pas une clause"),
    ],
)
def test_a_wording_that_says_nothing_is_refused(
    project: Project, wording: ClauseWording, told: str
) -> None:
    with pytest.raises(UserError, match=told):
        save(project, wording)


def test_the_librarys_own_words_are_no_wording(project: Project) -> None:
    file = open_profile(project, "valmont")
    standard = open_wording(project, file, prepared_of(project), "objet").standard
    with pytest.raises(UserError, match="ceux de la bibliothèque"):
        save(project, replace(WISH, text=standard.replace("\n", "\r\n")))


def test_a_field_that_does_not_exist_is_told_and_nothing_is_written(project: Project) -> None:
    before = (project.root / PROFILE).read_bytes()
    wrong = replace(WISH, text="Sans {{ rien.du_tout }}.")
    tried = try_wording(project, open_profile(project, "valmont"), prepared_of(project), wrong, AT)
    assert tried.contract is None or tried.problems
    with pytest.raises(ProblemsError):
        save(project, wrong)
    assert (project.root / PROFILE).read_bytes() == before


def test_a_file_changed_meanwhile_is_not_written_over(project: Project) -> None:
    file, prepared, change = (
        open_profile(project, "valmont"), prepared_of(project), change_of(project),
    )  # fmt: skip
    path = project.root / PROFILE
    path.write_text(path.read_text("utf-8") + "# relu\n", "utf-8")
    with pytest.raises(StaleProfileError):
        save_wording(project, file, prepared, WISH, change)
    assert "variantes" not in path.read_text("utf-8")
