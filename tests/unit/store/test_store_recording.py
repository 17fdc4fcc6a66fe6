"""Recording and reading back, on both engines."""

from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from contract_builder.errors import ContractFileError, UserError
from contract_builder.store.errors import StoreError, UnknownVersionError
from contract_builder.store.records import FileHash, Recording, VersionReference
from tests.unit.store.engines import Engine
from tests.unit.store.samples import (
    ACTOR,
    EJ,
    START,
    contract_json,
    record,
    recording,
    status_event,
)

if TYPE_CHECKING:
    from contract_builder.store.store import Store

OTHER_EJ = "990000029"
NEXT_PERIOD = {"effective_date": date(2030, 7, 1), "end_date": date(2035, 6, 30)}
DOCUMENT = FileHash("document", "contrat.docx", "a" * 64)
TEMPLATE = FileHash("modele", "contrat.docx", "b" * 64)


def test_a_contract_comes_back_byte_for_byte(store: "Store") -> None:
    data = contract_json("É œ ≥ 𝔸 العربية")
    reference = store.record(data, recording()).reference
    assert store.contract_json(reference) == data


def test_many_contracts_come_in_the_order_asked_byte_for_byte(store: "Store") -> None:
    kept = {record(store, str(value)): contract_json(str(value)) for value in range(120)}
    wanted = [*reversed(kept), *kept]
    found = list(store.iter_contract_json(wanted))
    assert found == [(reference, kept[reference]) for reference in wanted]


def test_a_version_that_is_not_there_stops_the_reading_of_many(store: "Store") -> None:
    known, unknown = record(store), VersionReference(EJ, 2)
    with pytest.raises(UnknownVersionError, match=r"la dernière .* est « 990000011@1 »"):
        list(store.iter_contract_json([known, unknown]))


def test_a_version_tells_what_was_recorded(store: "Store") -> None:
    data = contract_json()
    recorded = store.record(data, recording(files=(TEMPLATE, DOCUMENT)))
    version = store.get(recorded.reference)
    assert (recorded.reference, recorded.is_new) == (VersionReference(EJ, 1), True)
    assert version.facts.sha256 == sha256(data).hexdigest()
    assert (version.facts.code, version.facts.type) == ("990000011AA", "etablissement")
    assert (version.facts.kind, version.facts.parent) == ("initial", None)
    assert version.statuses == (status_event("projet"),)
    assert version.files == (DOCUMENT, TEMPLATE)
    assert version.recorded_at == START


def test_versions_are_numbered_by_legal_entity_from_one(store: "Store") -> None:
    references = [record(store, "1"), record(store, "2")]
    other = contract_json(finess_ej=OTHER_EJ, code="990000029AA")
    references.append(store.record(other, recording()).reference)
    assert [str(reference) for reference in references] == [
        "990000011@1",
        "990000011@2",
        "990000029@1",
    ]


def test_the_same_contract_is_kept_once(store: "Store") -> None:
    first = store.record(contract_json(), recording())
    again = store.record(contract_json(), recording(minute=5))
    assert (again.reference, again.is_new) == (first.reference, False)
    assert again.anchor == first.anchor == store.verify().head
    assert len(store.history(EJ)) == 1
    assert store.verify().entries == 1


def test_recording_again_adds_the_status_and_the_files_that_are_new(store: "Store") -> None:
    store.record(contract_json(), recording(files=(DOCUMENT,)))
    store.record(contract_json(), recording(1, status="envoye", files=(DOCUMENT, TEMPLATE)))
    version = store.get(VersionReference(EJ, 1))
    assert version.statuses == (status_event("projet"), status_event("envoye", 1))
    assert version.files == (DOCUMENT, TEMPLATE)
    assert store.verify().entries == 2


def test_a_file_given_twice_is_kept_once(store: "Store") -> None:
    record(store, files=(DOCUMENT, TEMPLATE, DOCUMENT))
    assert store.get(VersionReference(EJ, 1)).files == (DOCUMENT, TEMPLATE)


@pytest.mark.parametrize("name", ["", "a\nb.pdf", "x" * 256])
def test_a_file_without_a_usable_name_is_refused(store: "Store", name: str) -> None:
    with pytest.raises(UserError, match="son nom est vide, trop long"):
        record(store, files=(FileHash("document", name, "a" * 64),))
    assert store.verify().entries == 0


def test_recording_again_never_changes_parent_or_kind(store: "Store") -> None:
    record(store, "1")
    record(store, "2")
    with pytest.raises(StoreError, match=r"déjà enregistré.*« 990000011@2 ».*« 990000011@1 »"):
        record(store, "2", kind="avenant")
    with pytest.raises(StoreError, match="sans version de départ"):
        record(store, "1", parents=(VersionReference(EJ, 2),))
    assert record(store, "2", kind="initial", parents=(VersionReference(EJ, 1),)).number == 2


def test_a_new_version_follows_the_last_one_of_the_same_contract(store: "Store") -> None:
    record(store, "1")
    store.record(contract_json("2", code="990000011AB"), recording())
    third = record(store, "3")
    assert store.get(third).facts.parent == VersionReference(EJ, 1)


def test_the_kind_follows_from_the_parent(store: "Store") -> None:
    record(store, "1")
    store.change_status(VersionReference(EJ, 1), status_event("signe"))
    amendment = record(store, "2")
    later_draft = record(store, "3")
    following = {"code": "990000011AB", **NEXT_PERIOD}
    renewal = store.record(contract_json("4", **following), recording(parents=(amendment,)))
    renewal_draft = store.record(contract_json("5", **following), recording())
    kinds = [
        store.get(name).facts.kind
        for name in (amendment, later_draft, renewal.reference, renewal_draft.reference)
    ]
    assert kinds == ["avenant", "avenant", "renouvellement", "renouvellement"]


def test_a_given_kind_wins(store: "Store") -> None:
    assert store.get(record(store, kind="renouvellement")).facts.kind == "renouvellement"


def test_an_unknown_parent_is_refused_and_nothing_is_kept(store: "Store") -> None:
    with pytest.raises(UnknownVersionError, match="« 990000011@9 » n’existe pas"):
        record(store, parents=(VersionReference(EJ, 9),))
    assert store.history(EJ) == ()
    assert store.verify().entries == 0


def test_the_first_status_is_that_of_the_contract_unless_given(store: "Store") -> None:
    signed = store.record(contract_json(status="signe"), recording()).reference
    sent = record(store, "2", status="envoye")
    assert [store.get(name).status for name in (signed, sent)] == ["signe", "envoye"]


@pytest.mark.parametrize(
    "path",
    [("envoye", "signe", "echu"), ("signe", "resilie"), ("envoye", "signe", "resilie")],
    ids=" → ".join,
)
def test_a_status_goes_forward(store: "Store", path: tuple[str, ...]) -> None:
    reference = record(store)
    for minute, status in enumerate(path, start=1):
        store.change_status(reference, status_event(status, minute))  # type: ignore[arg-type]
    assert [event.status for event in store.get(reference).statuses] == ["projet", *path]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (("echu",), "ne peut devenir que « envoyé » ou « signé », pas « échu »"),
        (("envoye", "projet"), "ne peut devenir que « signé », pas « projet »"),
        (("signe", "envoye"), "ne peut devenir que « échu » ou « résilié », pas « envoyé »"),
        (("signe", "resilie", "signe"), "ce statut est définitif, pas « signé »"),
    ],
)
def test_a_status_never_goes_back(store: "Store", path: tuple[str, ...], message: str) -> None:
    reference = record(store)
    *before, last = path
    for status in before:
        store.change_status(reference, status_event(status))  # type: ignore[arg-type]
    with pytest.raises(StoreError, match=message):
        store.change_status(reference, status_event(last))  # type: ignore[arg-type]
    assert store.get(reference).status == (before or ["projet"])[-1]


def test_the_same_status_again_changes_nothing(store: "Store") -> None:
    reference = record(store, status="signe")
    store.change_status(reference, status_event("signe", 1))
    assert store.get(reference).statuses == (status_event("signe"),)


def test_the_status_of_an_unknown_version_cannot_change(store: "Store") -> None:
    with pytest.raises(UnknownVersionError, match="aucun contrat de l’entité juridique 990000011"):
        store.change_status(VersionReference(EJ, 1), status_event("signe"))


def test_history_lists_every_version_oldest_first(store: "Store") -> None:
    for value in ("1", "2", "3"):
        record(store, value)
    store.record(contract_json(finess_ej=OTHER_EJ), recording())
    assert [version.reference.number for version in store.history(EJ)] == [1, 2, 3]
    assert store.history(EJ)[1] == store.get(VersionReference(EJ, 2))
    assert store.history("990000037") == ()


def test_references_come_in_the_order_of_recording(store: "Store") -> None:
    store.record(contract_json(finess_ej=OTHER_EJ), recording())
    record(store, "1")
    record(store, "2")
    assert [str(name) for name in store.iter_references()] == [
        "990000029@1",
        "990000011@1",
        "990000011@2",
    ]


def test_an_unknown_version_is_named_with_the_last_one(store: "Store") -> None:
    record(store)
    with pytest.raises(UnknownVersionError, match=r"« 990000011@2 ».*la dernière.*« 990000011@1 »"):
        store.get(VersionReference(EJ, 2))
    with pytest.raises(UnknownVersionError):
        store.contract_json(VersionReference(EJ, 2))


def test_times_are_kept_to_the_microsecond_in_universal_time(store: "Store") -> None:
    paris = timezone(timedelta(hours=2))
    store.record(contract_json(), Recording(datetime(2025, 7, 1, 10, 0, 0, 7, paris), ACTOR))
    at = store.get(VersionReference(EJ, 1)).recorded_at
    assert at == datetime(2025, 7, 1, 8, 0, 0, 7, UTC)
    assert at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "actor", ["", "  ", "a\nb", "x" * 256], ids=["empty", "blank", "2", "long"]
)
def test_an_unusable_actor_is_refused(store: "Store", actor: str) -> None:
    with pytest.raises(UserError, match="Le nom de qui enregistre"):
        store.record(contract_json(), Recording(START, actor))
    assert store.verify().entries == 0


def test_what_is_not_a_contract_is_refused(store: "Store") -> None:
    with pytest.raises(ContractFileError, match="n’est pas le JSON d’un contrat"):
        store.record(b"{}", recording())


def test_a_store_that_was_closed_opens_again(engine: Engine) -> None:
    with engine.open() as store:
        reference = record(store)
    assert store.get(reference).status == "projet"
    store.close()
    with engine.open() as store:
        assert store.history(EJ)[0].reference == reference
