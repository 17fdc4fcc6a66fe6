"""Selection at the date of effect: one version of each clause, parts with their reasons."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.assembly.context import Context
from contract_builder.assembly.selection import Selection, select_parts
from contract_builder.library.checks.clauses import check_clause_versions
from contract_builder.model.clause import Clause, ClauseHeader
from contract_builder.model.condition import Condition
from contract_builder.model.condition import Test as FactTest
from contract_builder.model.library import OutlineEntry
from contract_builder.source import SourceFile
from tests.profile_samples import (
    make_campaign,
    make_context,
    make_library,
    make_outline,
    make_profile,
)

ON = date(2025, 7, 1)
DAY = timedelta(days=1)
PUBLIC = FactTest("statut", "parmi", ("public",))
PRIVATE = FactTest("statut", "parmi", ("prive_lucratif",))
UNDECIDED = FactTest("lits", "plus_de", ("100",))


def clause(
    id_: str, since: date = date(2018, 1, 1), until: date | None = None, si: Condition | None = None
) -> Clause:
    header = ClauseHeader(
        id=id_, titre=f"Titre {id_}", en_vigueur_du=since, en_vigueur_au=until, applicable_si=si
    )
    return Clause(header, SourceFile.of_text(f"{id_}.md", ""), "", 1)


def part(id_: str, *clauses: str, **changes: object) -> OutlineEntry:
    values: dict[str, object] = {"partie": "article", "titre": f"Partie {id_}"}
    return OutlineEntry(id=id_, clauses=clauses, **(values | changes))  # type: ignore[arg-type]


def context(parts: tuple[OutlineEntry, ...], *clauses: Clause, on: date = ON) -> Context:
    versions: dict[str, tuple[Clause, ...]] = {}
    for item in clauses:
        versions[item.id] = (*versions.get(item.id, ()), item)
    library = make_library((make_campaign(),), (make_outline(contenu=parts),), clauses=versions)
    made = make_context(make_profile(), library)
    return replace(made, on=on)


def retained(selection: Selection) -> list[tuple[str, list[str]]]:
    return [(p.entry.id, [c.id for c, _ in p.clauses]) for p in selection.parts]


def reasons(selection: Selection) -> dict[str, str]:
    return {decision.id: decision.reason for decision in selection.decisions}


def test_parts_and_clauses_come_in_the_order_of_the_outline() -> None:
    parts = (part("b", "z", "a"), part("a-partie", "m"))
    chosen = select_parts(context(parts, clause("a"), clause("m"), clause("z")))
    assert retained(chosen) == [("b", ["z", "a"]), ("a-partie", ["m"])]
    assert all(decision.retained for decision in chosen.decisions)


def test_a_clause_is_in_when_its_condition_holds() -> None:
    parts = (part("p", "oui", "non", "peut-etre"),)
    chosen = select_parts(
        context(
            parts, clause("oui", si=PUBLIC), clause("non", si=PRIVATE), clause("peut-etre",
            si=UNDECIDED),
        )
    )  # fmt: skip
    assert retained(chosen) == [("p", ["oui"])]
    assert reasons(chosen) == {
        "p": "toujours",
        "oui": "statut de l’établissement : public",
        "non": "statut de l’établissement : public (attendu : prive_lucratif)",
        "peut-etre": "lits : non renseigné",
    }


def test_a_part_whose_condition_fails_is_out_with_its_clauses() -> None:
    parts = (part("p", "a", applicable_si=PRIVATE), part("q", "b", applicable_si=PUBLIC))
    chosen = select_parts(context(parts, clause("a"), clause("b")))
    assert retained(chosen) == [("q", ["b"])]
    assert [(d.id, d.retained) for d in chosen.decisions] == [
        ("p", False),
        ("q", True),
        ("b", True),
    ]


def test_a_part_that_keeps_no_clause_is_out_and_says_why() -> None:
    chosen = select_parts(context((part("p", "a"),), clause("a", si=PRIVATE)))
    assert retained(chosen) == []
    assert reasons(chosen)["p"] == "aucune de ses clauses n’est retenue"


def test_a_part_that_holds_sheets_or_nothing_by_design_stays() -> None:
    parts = (part("fiches", "a", contenu="fiches"), part("vide"))
    chosen = select_parts(context(parts, clause("a", si=PRIVATE)))
    assert retained(chosen) == [("fiches", []), ("vide", [])]


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2017, 12, 31), None),
        (date(2018, 1, 1), 2018),
        (date(2020, 11, 19), 2018),
        (date(2020, 11, 20), 2020),
        (date(2024, 12, 31), 2020),
        (date(2025, 1, 1), None),
        (date(2025, 6, 30), None),
        (date(2025, 7, 1), 2025),
        (date(2090, 1, 1), 2025),
    ],
)
def test_the_version_of_a_clause_is_the_one_in_force_on_the_day(
    on: date, version: int | None
) -> None:
    versions = (
        clause("a", date(2018, 1, 1), date(2020, 11, 19)),
        clause("a", date(2020, 11, 20), date(2024, 12, 31)),
        clause("a", date(2025, 7, 1)),
    )
    chosen = select_parts(context((part("p", "a"),), *versions, on=on))
    found = [c.header.en_vigueur_du.year for p in chosen.parts for c, _ in p.clauses]
    assert found == ([] if version is None else [version])
    if version is None:
        assert reasons(chosen)["a"].startswith("aucune version en vigueur le ")


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6, unique=True), st.integers(-50, 600))
def test_at_each_date_exactly_one_version_is_in_force_when_each_ends_the_day_before_the_next(
    offsets: list[int], day: int
) -> None:
    starts = [date(2020, 1, 1) + DAY * offset for offset in sorted(offsets)]
    ends = [start - DAY for start in starts[1:]]
    versions = [clause("a", start, end) for start, end in zip(starts, [*ends, None], strict=True)]
    on = date(2020, 1, 1) + DAY * day
    chosen = select_parts(context((part("p", "a"),), *versions, on=on))
    count = sum(len(p.clauses) for p in chosen.parts)
    assert count == (1 if on >= starts[0] else 0)
    library = make_library(clauses={"a": tuple(versions)})
    assert list(check_clause_versions(library)) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"en_vigueur_du": ON}, "toujours"),
        ({"en_vigueur_du": ON + DAY}, "n’existe que depuis le 2\u00a0juillet\u00a02025"),
        ({"en_vigueur_au": ON}, "toujours"),
        ({"en_vigueur_au": ON - DAY}, "n’existe plus depuis le 30\u00a0juin\u00a02025"),
    ],
)
def test_both_days_of_a_part_are_inside_it(changes: dict[str, object], reason: str) -> None:
    chosen = select_parts(context((part("p", "a", **changes),), clause("a")))
    assert reasons(chosen)["p"] == reason
    assert bool(chosen.parts) is (reason == "toujours")


def test_a_clause_that_the_library_lacks_is_left_out() -> None:
    chosen = select_parts(context((part("p", "a", "absente"),), clause("a")))
    assert retained(chosen) == [("p", ["a"])]
