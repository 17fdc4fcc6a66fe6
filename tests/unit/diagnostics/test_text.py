"""Problems as text and as data: places, excerpts, carets, order, hints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.cli.remedies import word_remedy
from contract_builder.diagnostics import Diagnostic, Severity, has_errors, in_file_order
from contract_builder.diagnostics.near_names import near_names_hint
from contract_builder.diagnostics.text import (
    diagnostic_data,
    format_diagnostic,
    format_diagnostics,
)
from contract_builder.errors import Remedy
from contract_builder.source import Place, SourceFile, whole_file


def problem(
    place: Place, hint: str = "", code: str = "essai", severity: Severity = "erreur"
) -> Diagnostic:
    return Diagnostic(code, severity, "Message.", place, hint)


def test_a_problem_shows_its_place_its_line_and_its_hint() -> None:
    place = Place(SourceFile.of_text("a/b.md", "un\ndeux trois"), 2, 6, 5)
    assert format_diagnostic(problem(place, "corrigez."), word_remedy) == (
        "a/b.md:2:6: erreur [essai] Message.\n"
        "    2 | deux trois\n"
        "      |      ^^^^^\n"
        "  aide : corrigez."
    )


def test_a_file_that_could_not_be_read_has_no_excerpt() -> None:
    assert (
        format_diagnostic(problem(whole_file("a.md")), word_remedy)
        == "a.md:1:1: erreur [essai] Message."
    )


def test_a_tab_in_the_excerpt_does_not_move_the_carets() -> None:
    place = Place(SourceFile.of_text("a", "\tmot"), 1, 2, 3)
    assert format_diagnostic(problem(place), word_remedy).split("\n")[1:] == [
        "    1 |  mot",
        "      |  ^^^",
    ]


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300),
    st.integers(1, 320),
    st.integers(1, 320),
)
def test_the_carets_stand_under_the_place_in_a_window_of_bounded_width(
    text: str, column: int, length: int
) -> None:
    place = Place(SourceFile.of_text("a", text), 1, min(column, len(text) + 1), length)
    lines = format_diagnostic(problem(place), word_remedy).split("\n")[1:]
    if not text.strip():
        assert lines == []
        return
    excerpt, carets = (line[len("    1 | ") :] for line in lines)
    assert len(excerpt) <= 104
    start = carets.index("^")
    shown = excerpt[start : start + 1]
    assert shown == text[place.column - 1 : place.column]
    assert set(carets.strip()) == {"^"}
    assert len(carets) <= max(len(excerpt), start + 1)


def test_problems_come_in_file_order_and_each_once() -> None:
    source = SourceFile.of_text("b.md", "x\ny")
    late, early = problem(Place(source, 2, 1)), problem(Place(source, 1, 1))
    same = problem(Place(SourceFile.of_text("b.md", "x\ny"), 2, 1))
    other_file = problem(whole_file("a.md"))
    other_code = problem(Place(source, 2, 1), code="autre")
    assert in_file_order([late, same, other_code, early, other_file]) == [
        other_file,
        early,
        other_code,
        same,
    ]
    assert format_diagnostics([late, same], word_remedy) == format_diagnostic(late, word_remedy)
    assert format_diagnostics([], word_remedy) == ""


def test_two_problems_that_differ_by_their_hint_alone_are_both_kept() -> None:
    place = whole_file("a.md")
    assert len(in_file_order([problem(place), problem(place, "corrigez.")])) == 2


def test_a_problem_is_plain_data_for_programs() -> None:
    place = Place(SourceFile.of_text("a.md", "mot"), 1, 1, 3)
    assert diagnostic_data(problem(place, "corrigez."), word_remedy) == {
        "code": "essai",
        "gravite": "erreur",
        "message": "Message.",
        "fichier": "a.md",
        "ligne": 1,
        "colonne": 1,
        "aide": "corrigez.",
    }


def test_a_remedy_is_worded_by_who_shows_it() -> None:
    told = Diagnostic(
        "essai", "erreur", "Message.", whole_file("a"), remedy=Remedy("import_registry", "sae")
    )
    assert format_diagnostic(told, word_remedy).endswith(
        "aide : Importez-le avec « cpom import sae »."
    )
    assert format_diagnostic(told, lambda remedy: f"[{remedy.detail}]").endswith("aide : [sae]")
    data = diagnostic_data(told, word_remedy)
    assert data["aide"] == "Importez-le avec « cpom import sae »."


@pytest.mark.parametrize(
    ("severities", "expected"),
    [((), False), (("note", "avertissement"), False), (("note", "erreur"), True)],
)
def test_only_an_error_is_an_error(severities: tuple[Severity, ...], expected: bool) -> None:
    problems = [problem(whole_file("a"), severity=severity) for severity in severities]
    assert has_errors(problems) is expected


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("dure", ["duree", "objet"], "vouliez-vous dire « duree » ?"),
        ("xyz", ["b", "a"], "connus : a, b."),
        ("xyz", [], ""),
        ("xyz", [str(number) for number in range(13)], ""),
    ],
)
def test_near_names_are_proposed_else_the_few_known_ones(
    name: str, known: list[str], hint: str
) -> None:
    assert near_names_hint(name, known) == hint


def test_at_most_three_near_names_are_proposed() -> None:
    hint = near_names_hint("date_fin", [f"date_fin{number}" for number in range(9)])
    assert hint.count("«") == 3


def test_a_place_past_the_end_of_its_file_has_an_empty_excerpt() -> None:
    source = SourceFile.of_text("a", "mot")
    assert [Place(source, line, 1).excerpt for line in (0, 1, 2)] == ["", "mot", ""]
