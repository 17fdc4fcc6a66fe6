"""The library's files changed: checked, tried, never over unseen work, kept by the journal."""

from datetime import UTC, datetime

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.authoring import (
    LibraryChange,
    StaleLibraryError,
    get_text_state,
    list_text_states,
    open_file,
    save_library,
    try_contract,
    try_library,
)
from contract_builder.services.project import Project
from tests.mini_project import PROFILE

OBJECT = "clause_library/corps/objet.md"
DURATION = "clause_library/corps/duree@2020-11-20.md"
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def _change(project: Project, old: str, new: str, name: str = OBJECT) -> LibraryChange:
    file = open_file(project, name)
    assert old in file.text
    texts = {name: file.text.replace(old, new)}
    return LibraryChange(texts, {name: file.sha256}, AT, "administratrice", "texte modifié")


def test_a_change_is_written_whole_and_kept_with_the_state_before(project: Project) -> None:
    before = open_file(project, OBJECT).text
    save_library(project, _change(project, "lie l’Agence", "unit l’Agence"))
    assert "unit l’Agence" in (project.root / OBJECT).read_text("utf-8")
    found, changed = list_text_states(project, OBJECT)
    assert get_text_state(project, OBJECT, found.sequence) == before
    assert (changed.actor, changed.facts.note) == ("administratrice", "texte modifié")
    assert len(project.get_store().pieces("bibliotheque")) == 2


@pytest.mark.parametrize(
    "text",
    ["{{ contrat.perdu }}", "{{ ", "{% if x %}", "[](#perdu)", "![](x.png)", "<b>gras</b>"],
)
def test_a_text_that_would_break_the_library_is_refused_at_its_line(
    project: Project, text: str
) -> None:
    change = _change(project, "Sa durée", f"\n\n{text}\n\nSa durée")
    before = (project.root / OBJECT).read_bytes()
    with pytest.raises(ProblemsError) as refused:
        save_library(project, change)
    assert {(p.place.file, p.place.line) for p in refused.value.problems} == {(OBJECT, 11)}
    assert (project.root / OBJECT).read_bytes() == before
    assert list_text_states(project, OBJECT) == ()


def test_an_error_that_was_there_already_stops_no_other_text(project: Project) -> None:
    (project.root / DURATION).write_text("---\ntitre: [\n---\n", "utf-8")
    project.refresh()
    save_library(project, _change(project, "lie l’Agence", "unit l’Agence"))
    assert "unit" in (project.root / OBJECT).read_text("utf-8")


def test_a_clause_that_others_name_cannot_be_taken_away(project: Project) -> None:
    trial = try_library(project, {DURATION: None})
    assert [problem.code for problem in trial.added] == ["clause-inconnue"]


def test_a_file_that_somebody_else_changed_is_not_written_over(project: Project) -> None:
    mine = _change(project, "lie l’Agence", "unit l’Agence")
    save_library(project, _change(project, "Le présent", "Ce présent"))
    with pytest.raises(StaleLibraryError, match="par administratrice") as stale:
        save_library(project, mine)
    assert "Ce présent" in stale.value.current.text
    assert "lie l’Agence" in (project.root / OBJECT).read_text("utf-8")


def test_a_file_outside_the_library_is_not_opened(project: Project) -> None:
    for name in ("profiles/valmont.yaml", "../x.md", "/etc/passwd", "clause_library/corps"):
        with pytest.raises(UserError):
            open_file(project, name)


def test_a_trial_contract_shows_what_changes_and_writes_nothing(project: Project) -> None:
    change = _change(project, "lie l’Agence", "unit l’Agence")
    before = (project.root / OBJECT).read_bytes()
    trial = try_contract(project, change.texts, project.root / PROFILE)
    assert [(item.old != item.new, ("insert", "unit") in item.words) for item in trial.changes] == [
        (True, True)
    ]
    assert (project.root / OBJECT).read_bytes() == before


def test_a_trial_tells_what_leaves_and_what_changes_nothing(project: Project) -> None:
    change = _change(project, "[public, espic]", "[prive_lucratif]", DURATION)
    gone = try_contract(project, change.texts, project.root / PROFILE)
    assert [item.where.section for item in gone.changes] != []
    note = _change(project, "source: {document: modele}", "a_verifier: à relire", DURATION)
    assert try_contract(project, note.texts, project.root / PROFILE).changes == ()
    broken = try_contract(project, {OBJECT: "rien"}, project.root / PROFILE)
    assert broken.problems


def test_files_of_several_folders_are_written_all_or_none(project: Project) -> None:
    plan = open_file(project, "clause_library/outlines/etablissement.yaml")
    new = "clause_library/annexes/autre.md"
    text = "---\nid: autre\ntitre: Autre\nen_vigueur_du: 2025-01-01\n---\n\nAutre texte.\n"
    texts = {new: text, plan.name: plan.text.replace("[objet]", "[objet, autre]")}
    change = LibraryChange(texts, {plan.name: plan.sha256}, AT, "administratrice", "clause ajoutée")
    stale = LibraryChange(texts, {plan.name: "0" * 64}, AT, "administratrice", "clause ajoutée")
    with pytest.raises(StaleLibraryError):
        save_library(project, stale)
    assert not (project.root / new).exists()
    save_library(project, change)
    assert project.get_library().clauses["autre"][0].body.strip() == "Autre texte."
    assert len(list_text_states(project, plan.name)) == 2
    with pytest.raises(UserError, match="a déjà"):
        save_library(project, change)
    left = [path.name for path in (project.root / "clause_library").rglob(".*")]
    assert left == []
