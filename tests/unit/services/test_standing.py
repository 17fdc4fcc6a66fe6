"""Which signed version is in force on a day: facts and dates only."""

from datetime import date

from contract_builder.model.status import VersionStatus
from contract_builder.services.standing import Standing, Term, find_standings, word_standings
from contract_builder.store.records import (
    StatusEvent,
    StoredVersion,
    VersionFacts,
    VersionReference,
)
from tests.unit.store.samples import ACTOR, EJ, START

FIVE_YEARS = (date(2025, 7, 1), date(2030, 6, 30))
DURING = date(2026, 1, 1)


def version(
    number: int,
    status: VersionStatus = "signe",
    code: str = "990000011AA",
    finess_ej: str = EJ,
    parent: VersionReference | None = None,
) -> StoredVersion:
    facts = VersionFacts(code, "etablissement", f"{number:064}", 4, "1", "initial", parent)
    event = StatusEvent(status, START, ACTOR)
    return StoredVersion(VersionReference(finess_ej, number), facts, (event,), ())


def standings(
    *versions: StoredVersion, on: date = DURING, terms: dict[int, Term | None] | None = None
) -> dict[int, Standing]:
    """The standing of each signed version by its number; all last five years unless told."""
    known = terms or {}
    found = find_standings(
        versions, EJ, lambda item: known.get(item.reference.number, FIVE_YEARS), on
    )
    return {reference.number: standing for reference, standing in found.items()}


def test_a_draft_has_no_standing_and_the_last_signed_version_is_in_force() -> None:
    found = standings(version(1), version(2), version(3, "projet"))
    assert {number: item.state for number, item in found.items()} == {
        1: "remplacee",
        2: "en-vigueur",
    }
    assert found[1].by == VersionReference(EJ, 2)


def test_both_days_of_the_term_count() -> None:
    for on, state in (
        (date(2025, 6, 30), "a-venir"),
        (date(2025, 7, 1), "en-vigueur"),
        (date(2030, 6, 30), "en-vigueur"),
        (date(2030, 7, 1), "terme-passe"),
    ):
        assert standings(version(1), on=on)[1].state == state


def test_a_contract_that_follows_replaces_from_its_own_date_of_effect_on() -> None:
    """Not before; and that of another legal entity replaces too, as after a merger."""
    first = version(1)
    following = version(2, code="990000029AB", finess_ej="990000029", parent=first.reference)
    terms: dict[int, Term | None] = {2: (date(2027, 1, 1), date(2031, 12, 31))}
    assert standings(first, following, on=date(2026, 12, 31), terms=terms)[1].state == "en-vigueur"
    after = standings(first, following, on=date(2027, 1, 1), terms=terms)
    assert after == {1: Standing("remplacee", following.reference, FIVE_YEARS[0])}


def test_what_ended_or_cannot_be_read_is_not_in_force() -> None:
    assert standings(version(1, "resilie"))[1].state == "resiliee"
    assert standings(version(1, "echu"))[1].state == "echue"
    assert standings(version(1), terms={1: None})[1].state == "illisible"


def test_the_sentence_names_what_is_in_force_and_says_what_became_of_the_others() -> None:
    found = find_standings((version(1), version(2)), EJ, lambda _: FIVE_YEARS, DURING)
    assert word_standings(found, "990000011AA").replace("\u00a0", " ") == (
        "Version en vigueur ce jour du contrat 990000011AA : 990000011@2 "
        "(990000011@1 : remplacée par 990000011@2)."
    )
    later = find_standings((version(1),), EJ, lambda _: FIVE_YEARS, date(2031, 1, 1))
    assert "Aucune version" in word_standings(later, "990000011AA")
    assert word_standings({}, "990000011AA") == ""
