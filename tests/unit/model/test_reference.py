"""What the dated registry says of an article between two days."""

from datetime import date
from typing import Any

import pytest

from contract_builder.model.reference import (
    ReferenceChange,
    ReferenceVersion,
    find_announced_day,
    find_last_change,
    find_reference_change,
    find_unproven_ends,
)

EFFECT, TODAY = date(2019, 7, 1), date(2026, 1, 1)


def version(since: str, until: str = "", **changes: Any) -> ReferenceVersion:
    values: dict[str, Any] = {
        "article": "L6114-1",
        "objet": "Objet",
        "statut": "en_vigueur",
        "depuis": date.fromisoformat(since),
        "jusqu_au": date.fromisoformat(until) if until else None,
        "modifie_par": "un décret",
        "verifie_le": TODAY,
    }
    return ReferenceVersion(**(values | changes))


CASES = {
    "a wording that stands has not changed": ([version("2018-01-01")], None),
    "an unknown article has not changed": ([], None),
    "a new wording": (
        [version("2018-01-01", "2020-11-19"), version("2020-11-20")],
        ReferenceChange("modifie", date(2020, 11, 20), "un décret"),
    ),
    "an abrogation": (
        [version("2018-01-01", "2020-11-19"), version("2020-11-20", statut="abroge")],
        ReferenceChange("abroge", date(2020, 11, 20), "un décret"),
    ),
    "an article that was abrogated before": (
        [version("2010-01-01", statut="abroge")],
        ReferenceChange("deja_abroge", date(2010, 1, 1), "un décret"),
    ),
    "an end without a sequel": (
        [version("2018-01-01", "2020-11-19")],
        ReferenceChange("fin", date(2020, 11, 20)),
    ),
    "a creation": (
        [version("2023-12-31", creation=True)],
        ReferenceChange("cree", date(2023, 12, 31), "un décret"),
    ),
    "a wording after the day that is asked": (
        [version("2018-01-01", "2026-06-30"), version("2026-07-01")],
        None,
    ),
}


@pytest.mark.parametrize(("versions", "expected"), CASES.values(), ids=list(CASES))
def test_the_change_of_an_article_is_told_with_its_day(
    versions: list[ReferenceVersion], expected: ReferenceChange | None
) -> None:
    assert find_reference_change(versions, EFFECT, TODAY) == expected


CHECKED = date(2026, 3, 14)
UNPROVEN = {
    "a wording without end": ([version("2018-01-01")], []),
    "a wording that the next one follows on the day after": (
        [version("2027-01-01"), version("2018-01-01", "2026-12-31")],
        [],
    ),
    "a last wording with an end": ([version("2018-01-01", "2026-12-31")], ["2018-01-01"]),
    "a last wording with an end that was seen": (
        [version("2018-01-01", "2026-12-31", fin_constatee=CHECKED)],
        [],
    ),
    "a hole of one day between two wordings": (
        [version("2018-01-01", "2026-12-31"), version("2027-01-02")],
        ["2018-01-01"],
    ),
    "an abrogation by a text that is named": ([version("2020-11-20", statut="abroge")], []),
    "an abrogation by nobody": (
        [version("2020-11-20", statut="abroge", modifie_par="")],
        ["2020-11-20"],
    ),
    "an abrogation by nobody whose sequel is known": (
        [
            version("2020-11-20", "2024-12-31", statut="abroge", modifie_par=""),
            version("2025-01-01"),
        ],
        ["2020-11-20"],
    ),
    "an abrogation that was seen": (
        [version("2020-11-20", statut="abroge", modifie_par="", fin_constatee=CHECKED)],
        [],
    ),
}


@pytest.mark.parametrize(("versions", "expected"), UNPROVEN.values(), ids=list(UNPROVEN))
def test_the_end_of_an_article_needs_evidence(
    versions: list[ReferenceVersion], expected: list[str]
) -> None:
    assert [item.depuis.isoformat() for item in find_unproven_ends(versions)] == expected


def test_the_next_announced_change_and_the_last_one_are_found() -> None:
    first = version("2018-01-01", "2026-12-31")
    gone = version("2027-01-01", statut="abroge")
    assert find_announced_day((first, gone), date(2026, 6, 1)) == date(2027, 1, 1)
    assert find_announced_day((first, gone), date(2027, 1, 1)) is None
    change = find_last_change((first, gone), date(2028, 1, 1))
    assert change is not None
    assert (change.kind, change.since) == ("abroge", date(2027, 1, 1))
    assert find_last_change((first,), date(2017, 12, 31)) is None
