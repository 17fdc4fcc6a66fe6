"""What a sheet leaves to ask, and what follows from the targets that were negotiated."""

from dataclasses import replace
from decimal import Decimal

import pytest

from contract_builder.assembly.sheet_targets import build_target_tables
from contract_builder.assembly.targets import resolve_targets
from contract_builder.model.blocks import inline_text, iter_inlines
from contract_builder.model.condition import Test as FactTest
from contract_builder.model.library import Category, Library
from contract_builder.model.profile import BaselineValue, ChosenSheet, NegotiatedTarget
from tests.profile_samples import (
    make_campaign,
    make_context,
    make_library,
    make_outline,
    make_profile,
)
from tests.unit.assembly.test_sheet_targets import (
    build,
    cell,
    footnotes,
    notes,
    printed,
    real_tables,
    row,
    sheet,
    table_of,
)


def agreed(year: int, text: str = "un pas", **changes: object) -> NegotiatedTarget:
    values: dict[str, object] = {
        "annee": year,
        "texte": text,
        "motif": "accord",
        "auteur": "le chargé",
    }
    return NegotiatedTarget(**(values | changes))  # type: ignore[arg-type]


def test_negotiated_cells_for_every_year_answer_the_question_when_no_row_fits() -> None:
    tables, context = build(sheet(row("nul")), cibles=(agreed(2025), agreed(2026, "deux pas")))
    assert printed(tables) == ["Cibles négociées", "un pas", "deux pas"]
    assert context.problems == []
    assert {record.origin for record in tables.records} == {"negocie"}
    assert "n’imprime pas de cible" in inline_text(tuple(iter_inlines(tables.blocks)))


def test_one_negotiated_cell_leaves_the_question_open_for_the_other_years() -> None:
    tables, context = build(sheet(row("nul")), cibles=(agreed(2025),))
    assert printed(tables) == [
        "Cibles négociées", "un pas", "[à compléter : cible 2026 de la fiche F_1]",
    ]  # fmt: skip
    assert context.problems[0].code == "cible-sans-ligne"
    assert [(r.year, r.origin) for r in tables.records] == [(2025, "negocie"), (2026, "lacune")]


def test_an_undecided_category_stays_a_question_and_nothing_untrue_is_said_of_the_sheet() -> None:
    unknown = Category(id="nul", libelle="Grands", si=FactTest("lits", "plus_de", (Decimal(500),)))
    choice = ChosenSheet(code="F_1", cibles=(agreed(2025), agreed(2026)))
    library = make_library((make_campaign(categories=(unknown,)),), (make_outline(),))
    context = make_context(make_profile(fiches=(choice,)), library)
    fiche = sheet(row("nul"))
    choices = resolve_targets(fiche, choice, context)
    tables = build_target_tables(fiche, choice, choices, context)
    assert context.problems[0].code == "cible-sans-ligne"
    assert printed(tables) == ["Cibles négociées", "un pas", "un pas"]
    assert "n’imprime pas de cible" not in inline_text(tuple(iter_inlines(tables.blocks)))


@pytest.mark.parametrize(
    ("cells", "total", "targets", "shown"),
    [
        (("1", "2"), "3", (agreed(2025, "4", type="nombre", valeur="4"),), "6"),
        (("2", "5"), "5", (agreed(2025, "4", type="nombre", valeur="4"),), "5"),
        (("2", "5"), "5", (agreed(2026, "7", type="nombre", valeur="7"),), "7"),
        (("1", "2"), "9", (agreed(2025, "4", type="nombre", valeur="4"),), None),
        (("1", "2"), "3", (agreed(2025, "plusieurs"),), None),
    ],
)
def test_a_total_follows_the_negotiated_targets_or_is_dropped(
    cells: tuple[str, str], total: str, targets: tuple[NegotiatedTarget, ...], shown: str | None
) -> None:
    values = {str(2025 + n): cell(value, "nombre", value) for n, value in enumerate(cells)}
    fiche = sheet(row(valeurs=values, total=cell(total, "nombre", total)))
    tables, _ = build(fiche, cibles=targets)
    titles = [column.title for column in table_of(tables).columns]
    assert ("Total" in titles) == (shown is not None)
    totals = [record.value for record in tables.records if record.year == 0]
    assert totals == ([] if shown is None else [shown])
    assert notes(tables) == []
    if shown is None:
        assert any("non repris" in text for text in footnotes(tables).values())


def test_the_note_of_a_sign_goes_with_the_last_cell_that_bears_it() -> None:
    fiche = sheet(row(valeurs={"2025": cell("un*"), "2026": cell("deux")}, note="* par an"))
    assert notes(build(fiche)[0]) == ["* par an"]
    assert notes(build(fiche, cibles=(agreed(2026),))[0]) == ["* par an"]
    assert notes(build(fiche, cibles=(agreed(2025),))[0]) == []


def test_a_departure_is_told_until_it_is_justified_and_then_printed() -> None:
    fiche = sheet(row(valeurs={"2025": cell("3 actions", "nombre", "3"), "2026": cell("deux")}))
    less = agreed(2025, "2 actions", type="nombre", valeur="2")
    _, context = build(fiche, cibles=(less,))
    (problem,) = context.problems
    assert problem.code == "cible-en-retrait"
    assert "« 2 actions » demande moins que celle de la fiche, « 3 actions »" in problem.message
    tables, context = build(fiche, cibles=(replace(less, derogation="un seul médecin"),))
    assert context.problems == []
    assert footnotes(tables)["negociation.cible.F_1.2025"].endswith(
        "la fiche demande « 3 actions » ; dérogation : un seul médecin."
    )


def test_a_starting_value_that_cannot_reach_the_target_is_told(real_library: Library) -> None:
    value = BaselineValue(annee=2025, valeur=Decimal(0))
    _, context = real_tables(
        real_library, code="CPOM_OS_22", valeurs_initiales={"projets_recherche": value}
    )
    assert {problem.code for problem in context.problems} == {"cible-inatteignable"}
    assert "Projets de recherche, une valeur de 0 en 2025" in context.problems[0].message
