"""A contract is cut and counted as a reader counts it on paper."""

from dataclasses import replace

from contract_builder.amend.units import Unit, list_units, row_ranks
from contract_builder.model.blocks import ListBlock, Note, SubHeading, Table, Text
from contract_builder.model.contract import Contract, Section
from tests.unit.compare.builders import article, clause, contract, table, text, with_number


def _units(*sections: Section) -> dict[str, Unit]:
    return {unit.id: unit for unit in list_units(contract(*sections))}


def _texts(unit: Unit) -> list[str]:
    return [alinea.text for alinea in unit.alineas]


def test_every_paragraph_counts_and_titles_tables_and_their_notes_do_not() -> None:
    note = replace(table("t", "A", "1:un"), caption="Montants", notes=((Text("Note."),),))
    body = clause(
        "suivi",
        "Un",
        ListBlock(((text("Deux"), ListBlock(((text("Trois"),),))), (text("Quatre"),))),
        SubHeading((Text("Titre"),)),
        note,
        Note((text("Cinq"),)),
    )
    units = _units(article("six", 6, with_number(body, "6.1", "6.1")))
    assert _texts(units["suivi"]) == ["Un", "Deux", "Trois", "Quatre", "Cinq"]
    assert units["suivi"].label == "6.1"
    assert _texts(units["six"]) == []


def test_a_clause_without_number_and_title_continues_the_article_before_it() -> None:
    units = _units(
        article(
            "cinq",
            5,
            clause("avant", "A", title=""),
            with_number(clause("portee", "B"), "5.1", "5.1"),
            clause("suite", "C", title=""),
            clause("partie", "D", title="Partie"),
        )
    )
    assert _texts(units["portee"]) == ["B", "C"]
    assert _texts(units["cinq"]) == ["A", "D"]
    part = units["cinq"].find_part("partie")
    assert part is not None
    assert part.title == "Partie"


def test_a_sheet_is_a_unit_of_its_annex() -> None:
    sheet = Section("cpom-ct-5", "fiche", "Équipes", "CPOM_CT_5", "CPOM_CT_5", (text("Un"),))
    annex = Section("strategie", "annexe", "Stratégie", "A1", "Annexe A1", children=(sheet,))
    units = _units(annex)
    assert units["cpom-ct-5"].sheet == "CPOM_CT_5"
    assert units["cpom-ct-5"].annex == "strategie"
    assert units["strategie"].sheet is None


def test_the_list_of_gaps_is_no_unit_and_any_other_top_section_is_a_named_part() -> None:
    gaps = Section("lacunes", "lacunes", "Lacunes", blocks=(text("Un"),))
    units = _units(gaps, clause("divers", "Un"), Section("signatures", "signatures", "Signatures"))
    names = [(unit.kind, unit.label) for unit in units.values()]
    assert names == [("partie", "Titre"), ("partie", "Signatures")]


def test_tables_are_named_by_their_caption_and_ranked_where_it_does_not_name_them_alone() -> None:
    tables = [table("a", "A", "1:x"), table("b", "A", "1:x"), _captioned("c", "Montants")]
    unit = _units(clause("six", *tables, _captioned("d", "Cibles"), _captioned("e", "Cibles")))
    names = [(item.title, item.rank) for item in unit["six"].tables]
    assert names == [(None, 1), (None, 2), ("Montants", None), ("Cibles", 1), ("Cibles", 2)]


def _captioned(key: str, caption: str) -> Table:
    return replace(table(key, "A", "1:x"), caption=caption)


def test_rows_are_named_by_their_first_cell_and_rank() -> None:
    rows = table("t", "A|B", "1:K|1", "2:|2", "3:L|3", "4:K|4")
    assert row_ranks(rows) == (("K", 1), (None, 2), ("L", None), ("K", 2))


def test_the_sample_has_its_units_in_reading_order() -> None:
    found: Contract = contract(article("un", 1), article("deux", 2))
    assert [unit.label for unit in list_units(found)] == ["1", "2"]
