"""A library as it would be with other texts: nothing is read again but those."""

from contract_builder.library.changed import change_library, iter_library_files
from contract_builder.library.load import load_library
from contract_builder.model.library import Library
from tests.mini_project import MINI_PROJECT

OBJECT = "clause_library/corps/objet.md"
SHEET = "fiches/demo/DEMO_1.md"
CODE = "clause_library/references/csp.yaml"
PLAN = "clause_library/outlines/etablissement.yaml"
CAMPAIGN = "clause_library/campagnes/demo.yaml"


def _library() -> Library:
    library, problems = load_library(MINI_PROJECT)
    assert problems == []
    return library


def _text(name: str) -> str:
    return (MINI_PROJECT / name).read_text("utf-8")


def test_a_text_that_says_the_same_gives_the_same_library() -> None:
    library = _library()
    names = list(iter_library_files(library))
    assert {OBJECT, SHEET, CODE, PLAN, CAMPAIGN} <= set(names)
    changed, problems = change_library(library, {name: _text(name) for name in names})
    assert problems == []
    assert changed.clauses["objet"][0].header == library.clauses["objet"][0].header
    assert set(changed.clauses) == set(library.clauses)
    assert changed.fiches["demo"].keys() == library.fiches["demo"].keys()
    assert changed.references == library.references
    assert changed.outlines == library.outlines
    assert changed.campaigns == library.campaigns
    assert changed.version != library.version


def test_a_clause_gains_a_version_and_loses_it() -> None:
    later = _text(OBJECT).replace("2018-01-01", "2027-01-01")
    name = OBJECT.replace("objet.md", "objet@2027-01-01.md")
    changed, problems = change_library(_library(), {name: later})
    assert problems == []
    assert [str(v.header.en_vigueur_du) for v in changed.clauses["objet"]] == [
        "2018-01-01",
        "2027-01-01",
    ]
    assert len(change_library(changed, {name: None})[0].clauses["objet"]) == 1


def test_a_text_that_cannot_be_read_is_left_out_and_told_at_its_line() -> None:
    for name in (OBJECT, SHEET):
        changed, problems = change_library(_library(), {name: "---\nid: [\n---\n"})
        assert problems
        assert {problem.place.file for problem in problems} == {name}
        assert "objet" not in changed.clauses or name != OBJECT
    _, problems = change_library(_library(), {CODE: "code: CSP\nreferences: rien\n"})
    assert problems
    assert problems[0].place.file == CODE


def test_a_character_that_no_file_admits_is_told() -> None:
    _, problems = change_library(_library(), {OBJECT: _text(OBJECT) + "\x07"})
    assert [problem.code for problem in problems] == ["caractere-interdit"]


def test_a_plan_and_a_campaign_say_something_else_and_leave() -> None:
    plan = _text(PLAN).replace("clauses: [objet]", "clauses: [objet, autre]")
    campaign = _text(CAMPAIGN).replace("objectifs_maximum: 1", "objectifs_maximum: 4")
    changed, problems = change_library(_library(), {PLAN: plan, CAMPAIGN: campaign})
    assert problems == []
    assert changed.outlines["etablissement"].contenu[0].clauses == ("objet", "autre")
    assert changed.campaigns["demo"].objectifs_maximum == 4
    assert change_library(changed, {PLAN: None, CAMPAIGN: None})[0].outlines == {}
