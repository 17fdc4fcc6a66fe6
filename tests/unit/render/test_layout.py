"""What every layout does alike: short titles, small tables whole, no page for nothing."""

from contract_builder.model.blocks import Cell, Column, LineBreak, Paragraph, Row, Table, Text
from contract_builder.model.contract import Section
from contract_builder.render.layout import (
    LONG_TITLE,
    follows_on_same_page,
    is_kept_whole,
    shorten_title,
)

NOTHING = Paragraph((Text("Néant."),))


def table(rows: int, text: str = "x") -> Table:
    cells = (Cell((Text(text),)), Cell((Text("1"),)))
    columns = (Column("A", 1), Column("B", 1))
    return Table("t", "T", columns, tuple(Row(str(n), cells) for n in range(rows)))


def annex(*blocks: object, kind: str = "annexe") -> Section:
    return Section(id="a", kind=kind, title="Annexe", blocks=blocks)  # type: ignore[arg-type]


def test_a_long_title_ends_with_whole_words_and_dots() -> None:
    title = "CPOM_OS_17 – Mise à jour du plan de gestion des tensions hospitalières, " * 3
    short = shorten_title(title)
    assert len(short) <= LONG_TITLE
    assert short.endswith("\u00a0…")
    assert title.startswith(short.removesuffix("\u00a0…"))
    assert title[len(short) - 2] in " ,"


def test_a_short_title_is_whole() -> None:
    assert shorten_title("x" * LONG_TITLE) == "x" * LONG_TITLE


def test_a_table_of_capacities_is_never_cut() -> None:
    assert is_kept_whole(table(9))
    assert not is_kept_whole(table(60))


def test_long_texts_and_line_breaks_count() -> None:
    assert not is_kept_whole(table(9, "mot " * 60))
    tall = Table("t", "", (Column("A", 1),), (Row("r", (Cell((LineBreak(),) * 40),)),))
    assert not is_kept_whole(tall)


def test_an_annex_that_says_nothing_has_no_page_of_its_own() -> None:
    assert follows_on_same_page(annex(NOTHING))
    assert not follows_on_same_page(annex(NOTHING, table(1)))
    assert not follows_on_same_page(annex(Paragraph((Text("Un texte."),))))
    assert not follows_on_same_page(annex(NOTHING, kind="article"))
