"""What a version may follow, the numbers of « avenants », entries dated out of order."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contract_builder.errors import UserError
from contract_builder.store.errors import StoreError, TamperedDataError
from contract_builder.store.records import VersionReference
from tests.unit.store.engines import Engine, make_engine
from tests.unit.store.samples import EJ, START, contract_json, record, recording, status_event

if TYPE_CHECKING:
    from pathlib import Path

    from contract_builder.store.store import Store

OTHER_EJ = "990000029"
THIRD_EJ = "990000037"
OTHER: dict[str, Any] = {"finess_ej": OTHER_EJ, "code": "990000029AA"}
THIRD: dict[str, Any] = {"finess_ej": THIRD_EJ, "code": "990000037AA"}


def following(start: date, **changes: Any) -> bytes:
    """The next contract of the entity; the contracts of the samples end on 30 June 2030."""
    end = date(start.year + 5, start.month, start.day)
    values = {"code": "990000011AB", "effective_date": start, "end_date": end, **changes}
    return contract_json("suivant", **values)


def test_a_parent_of_another_legal_entity_is_refused_unless_contracts_merge(
    store: "Store",
) -> None:
    parent = record(store)
    merged = contract_json(**OTHER)
    with pytest.raises(StoreError, match=r"autre entité juridique.*Rien n’a été enregistré"):
        store.record(merged, recording(parents=(parent,)))
    assert store.history(OTHER_EJ) == ()
    reference = store.record(merged, recording(parents=(parent,), is_merger=True)).reference
    facts = store.get(reference).facts
    assert (facts.parents, facts.kind) == ((parent,), "renouvellement")


@pytest.mark.parametrize("start", [date(2030, 6, 30), date(2027, 1, 1), date(2025, 7, 1)])
def test_a_parent_whose_term_comes_after_the_start_is_refused(store: "Store", start: date) -> None:
    parent = record(store, status="signe")
    with pytest.raises(StoreError, match=r"court jusqu’au 30.juin.2030 inclus"):
        store.record(following(start), recording(parents=(parent,)))
    assert len(store.history(EJ)) == 1


def test_a_parent_whose_term_is_the_day_before_the_start_is_followed(store: "Store") -> None:
    parent = record(store, status="signe")
    reference = store.record(following(date(2030, 7, 1)), recording(parents=(parent,))).reference
    assert store.get(reference).facts.parents == (parent,)


def test_a_contract_that_was_terminated_may_be_followed_before_its_term(store: "Store") -> None:
    parent = record(store, status="signe")
    store.change_status(parent, status_event("resilie", 1))
    reference = store.record(following(date(2027, 1, 1)), recording(2, parents=(parent,))).reference
    assert store.get(reference).facts.parent == parent


def test_two_parents_are_both_kept_in_their_order_and_travel(
    store: "Store", tmp_path: "Path"
) -> None:
    first = record(store)
    second = store.record(contract_json(**OTHER), recording()).reference
    merged = recording(parents=(second, first, second), is_merger=True)
    reference = store.record(contract_json(**THIRD), merged).reference
    assert store.get(reference).facts.parents == (second, first)
    assert [v.reference for v in store.followers(EJ)] == [reference]
    assert [v.reference for v in store.followers(OTHER_EJ)] == [reference]
    assert store.verify().faults == ()
    exported = store.export()
    contracts = dict(exported.contracts)
    with make_engine("sqlite", tmp_path / "autre").open() as other:
        other.import_(exported.journal, contracts.__getitem__)
        assert other.get(reference) == store.get(reference)


def test_each_of_two_parents_is_checked(store: "Store") -> None:
    first = record(store, status="signe")
    later = store.record(following(date(2030, 7, 1)), recording(status="signe")).reference
    child = contract_json("x", code="990000011AC", effective_date=date(2031, 1, 1))
    with pytest.raises(StoreError, match=r"« 990000011@2 » court jusqu’au 1er.juillet.2035"):
        store.record(child, recording(parents=(first, later)))
    unknown = (first, VersionReference(OTHER_EJ, 1))
    with pytest.raises(StoreError, match="« 990000029@1 » n’existe pas"):
        store.record(child, recording(parents=unknown, is_merger=True))


def test_what_the_profile_follows_counts_for_the_first_version_alone(store: "Store") -> None:
    parent = record(store, status="signe")
    follows = {"follows": (parent,)}
    first = store.record(following(date(2030, 7, 1)), recording(1, **follows)).reference
    second = store.record(
        following(date(2030, 7, 1), title="Autre titre"), recording(2, **follows)
    ).reference
    assert store.get(first).facts.parent == parent
    assert store.get(second).facts.parent == first
    assert store.get(second).facts.kind == "renouvellement"


def test_avenants_are_numbered_and_their_drafts_share_a_number(store: "Store") -> None:
    record(store, "1", status="signe")
    draft, final = record(store, "2"), record(store, "3")
    assert [store.get(name).facts.amendment for name in (draft, final)] == [1, 1]
    store.change_status(final, status_event("signe", 1))
    second = record(store, "4", minute=2)
    facts = store.get(second).facts
    assert (facts.amendment, facts.kind_words) == (2, "avenant n°\u00a02")
    assert store.get(VersionReference(EJ, 1)).facts.amendment is None


def test_a_given_number_of_an_avenant_is_kept(store: "Store") -> None:
    record(store, "1", status="signe")
    record(store, "2", amendment=4, status="signe")
    assert store.get(record(store, "3")).facts.amendment == 5
    for number in (0, -1, 1000):
        with pytest.raises(UserError, match="un numéro de 1 à 999"):
            record(store, "4", amendment=number)
    with pytest.raises(StoreError, match=r"« avenant n°.5 », .*ne peut plus changer"):
        record(store, "3", amendment=6)


def test_only_an_avenant_bears_a_number(store: "Store") -> None:
    with pytest.raises(UserError, match="Seul un avenant porte un numéro"):
        record(store, amendment=1)
    assert store.history(EJ) == ()


@pytest.mark.parametrize(
    "code", ["../../../x", "-rf", "a/b", "a\\b", "a..b", "é", "x" * 61, "a ", "."]
)
def test_a_code_that_cannot_name_a_file_is_not_recorded(store: "Store", code: str) -> None:
    with pytest.raises(UserError, match="ne peut pas servir de code de contrat"):
        store.record(contract_json(code=code), recording())
    assert store.history(EJ) == ()


def test_an_entry_dated_before_the_last_one_is_told(store: "Store") -> None:
    assert store.record(contract_json("1"), recording(10)).dated_before is None
    late = store.record(contract_json("2"), recording(5))
    assert late.dated_before is not None
    assert (late.dated_before - START).total_seconds() == 600
    back = store.change_status(late.reference, status_event("envoye", 1))
    assert back.dated_before is not None
    found = store.verify()
    assert found.faults == ()
    assert [remark for remark in found.remarks if "n° 2" in remark] != []
    assert [remark for remark in found.remarks if "n° 3" in remark] != []


def test_a_version_whose_entry_was_changed_is_not_shown_without_its_parents(
    engine: Engine, store: "Store"
) -> None:
    record(store)
    engine.drop_guards("cpom_journal")
    engine.execute("UPDATE cpom_journal SET event = '{}'")
    with pytest.raises(TamperedDataError, match="« 990000011@1 » est illisible"):
        store.history(EJ)
