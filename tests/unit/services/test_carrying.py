"""What is carried into the profile prints what was decided, or is left to people."""

from datetime import date

from contract_builder.returned.drafting import DraftEdit
from contract_builder.returned.values import find_hunks
from contract_builder.services.carrying import CarriedOrigin, carry_edits
from contract_builder.services.editing import open_profile
from contract_builder.services.project import Project
from tests.unit.services.returns import returned_copies

ORIGIN = CarriedOrigin("negociee", "Direction", "juriste", date(2026, 10, 12), "retour.docx", "ab")


def test_a_clause_without_any_line_is_taken_out_and_a_table_is_left_to_people(
    project: Project,
) -> None:
    sent = returned_copies(project).sent
    file = open_profile(project, "valmont")
    lines = {title.section: name for name, title in sent.titles.items()}
    objet = next(n for n, line in enumerate(sent.lines) if line.section == lines["objet"])
    row = next(n for n, line in enumerate(sent.lines) if line.is_row)
    text = sent.lines[row].text
    edits = [
        DraftEdit("delete", objet, sent.lines[objet].text),
        DraftEdit("modify", row, text, f"{text}!", tuple(find_hunks(text, f"{text}!"))),
        DraftEdit("move", objet),
    ]
    carried = carry_edits(project, file, sent, edits, lambda _: ORIGIN)
    assert carried.clauses == ["objet"]
    (variant,) = carried.tree["variantes"]
    assert isinstance(variant, dict)
    assert (variant["retiree"], variant["le"]) == ("oui", "2026-10-12")
    assert [at for at, _ in carried.by_hand] == [row, objet]


def test_words_that_would_not_be_printed_so_are_left_to_people(project: Project) -> None:
    sent = returned_copies(project).sent
    file = open_profile(project, "valmont")
    at = next(n for n, line in enumerate(sent.lines) if "contrat lie" in line.text)
    old = sent.lines[at].text
    new = old.replace("contrat lie", "contrat engage")
    edit = DraftEdit("modify", at, old, f"{new} Et autre chose.", tuple(find_hunks(old, new)))
    carried = carry_edits(project, file, sent, [edit], lambda _: ORIGIN)
    assert carried.clauses == []
    assert "variantes" not in carried.tree
    assert carried.by_hand
