"""A clause as it is read in the library: values and tables by their French names."""

from contract_builder.assembly.named_values import TABLE_LABELS, read_with_names
from contract_builder.assembly.tables import TABLES
from contract_builder.diagnostics import Problems
from contract_builder.model.blocks import Block, Field, inline_text, iter_inlines
from contract_builder.reading.markdown import MarkdownText
from contract_builder.source import SourceFile


def _read(text: str) -> tuple[tuple[Block, ...], Problems]:
    problems: Problems = []
    source = SourceFile.of_text("clause.md", text)
    return read_with_names(MarkdownText(source, text, 1, "clause"), {"objet": "Objet"}, problems), (
        problems
    )


def test_a_value_stands_under_its_name_and_a_renvoi_under_its_title() -> None:
    blocks, problems = _read("Dès le {{ contrat.date_effet | date }}, selon l’[](#objet).")
    assert problems == []
    assert inline_text(tuple(iter_inlines(blocks))) == "Dès le [date d’effet], selon l’« Objet »."
    assert [item.key for item in iter_inlines(blocks) if isinstance(item, Field)] == [
        "contrat.date_effet"
    ]


def test_a_table_is_named() -> None:
    blocks, _ = _read("{{ tableau.capacites }}")
    assert inline_text(tuple(iter_inlines(blocks))) == "[tableau : capacités]"


def test_a_value_that_does_not_exist_is_a_problem() -> None:
    _, problems = _read("{{ contrat.inconnu }}")
    assert [problem.code for problem in problems] == ["champ-inconnu"]


def test_every_table_that_a_clause_may_call_has_its_name() -> None:
    assert set(TABLE_LABELS) == set(TABLES)
