# ruff: noqa: S608 - the SQL of these tests is put together from their own words
"""A verification finds whatever was changed behind the journal's back."""

import json
from typing import TYPE_CHECKING

import pytest

from contract_builder.store.errors import StoreError, TamperedDataError
from contract_builder.store.events import seal_entry
from contract_builder.store.records import Anchor, FileHash, VersionReference
from tests.unit.store.engines import Engine
from tests.unit.store.samples import EJ, contract_json, record, recording, status_event

if TYPE_CHECKING:
    from contract_builder.store.store import Store

DOCUMENT = FileHash("document", "contrat.docx", "a" * 64)


@pytest.fixture
def filled(store: "Store") -> "Store":
    """Three versions, a status and a document: five entries."""
    for value in ("1", "2", "3"):
        record(store, value)
    store.change_status(VersionReference(EJ, 2), status_event("envoye"))
    record(store, "3", files=(DOCUMENT,))
    return store


def test_an_empty_store_is_intact(store: "Store") -> None:
    assert store.verify().faults == ()
    assert store.verify().head == Anchor(0, "0" * 64)


def test_a_store_that_nobody_touched_is_intact(filled: "Store") -> None:
    found = filled.verify()
    assert (found.entries, found.versions, found.faults) == (5, 3, ())
    assert found.head.sequence == 5


def test_a_contract_without_a_library_version_is_verified_like_another(store: "Store") -> None:
    data = json.loads(contract_json())
    data["library_version"] = ""
    store.record(json.dumps(data).encode(), recording())
    assert store.verify().faults == ()


CHANGES = {
    "the actor of an entry": ("cpom_journal", "actor = 'autre' WHERE sequence = 2"),
    "the time of an entry": ("cpom_journal", "at = '2020-01-01' WHERE sequence = 2"),
    "the event of an entry": ("cpom_journal", "event = '{}' WHERE sequence = 2"),
    "the hash of an entry": ("cpom_journal", f"hash = '{'f' * 64}' WHERE sequence = 2"),
    "the link of an entry": ("cpom_journal", f"previous = '{'f' * 64}' WHERE sequence = 2"),
    "the hash of a version": ("cpom_version", f"sha256 = '{'f' * 64}' WHERE number = 2"),
    "the number of a version": ("cpom_version", "number = 7 WHERE number = 2"),
    "the entity of a version": ("cpom_version", "finess_ej = '990000029' WHERE number = 2"),
    "the kind of a version": ("cpom_version", "kind = 'avenant' WHERE number = 2"),
    "the parent of a version": ("cpom_version", "parent_id = NULL WHERE number = 2"),
    "the library of a version": ("cpom_version", "library_version = 'x' WHERE number = 2"),
    "the schema of a version": ("cpom_version", "schema_version = 9 WHERE number = 2"),
    "the code of a contract": ("cpom_contract", "code = 'x'"),
    "the type of a contract": ("cpom_contract", "type = 'x'"),
    "the entity of a contract": ("cpom_contract", "finess_ej = '990000029'"),
    "a status": ("cpom_status", "status = 'signe' WHERE entry_id = 4"),
    "the version of a status": ("cpom_status", "version_id = 1 WHERE entry_id = 4"),
    "the hash of a document": ("cpom_file", f"sha256 = '{'f' * 64}'"),
    "the name of a document": ("cpom_file", "name = 'autre.docx'"),
    "the role of a document": ("cpom_file", "role = 'modele'"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found(engine: Engine, filled: "Store", change: str) -> None:
    table, assignment = CHANGES[change]
    engine.drop_guards(table)
    engine.execute(f"UPDATE {table} SET {assignment}")
    faults = [fault for fault in filled.verify().faults if "protection" not in fault]
    assert faults != []


def test_an_entry_that_was_changed_and_hashed_again_breaks_the_chain(
    engine: Engine, filled: "Store"
) -> None:
    engine.drop_guards("cpom_journal")
    row = engine.execute("SELECT at, event, previous FROM cpom_journal WHERE sequence = 2")[0]
    forged = seal_entry(Anchor(1, row[2]), row[0], "un autre", row[1])
    engine.execute(
        "UPDATE cpom_journal SET actor = ?, hash = ? WHERE sequence = 2",
        parameters=[forged.actor, forged.hash],
    )
    faults = [fault for fault in filled.verify().faults if "protection" not in fault]
    assert faults == ["L’écriture n° 3 du journal ne suit pas la précédente."]


def test_a_changed_contract_is_found_and_not_handed_out(engine: Engine, filled: "Store") -> None:
    engine.drop_guards("cpom_version")
    (body,) = engine.execute("SELECT body FROM cpom_version WHERE number = 1")[0]
    engine.execute("UPDATE cpom_version SET body = ? WHERE number = 2", parameters=[bytes(body)])
    assert any(
        "contrat enregistré par l’écriture n° 2" in fault for fault in filled.verify().faults
    )
    with pytest.raises(TamperedDataError, match="« 990000011@2 » n’est plus celui"):
        filled.contract_json(VersionReference(EJ, 2))


@pytest.mark.parametrize("body", [b"", b"rien", b"x\x9c"], ids=["empty", "no zlib", "cut"])
def test_a_body_that_cannot_be_unpacked_is_found(
    engine: Engine, filled: "Store", body: bytes
) -> None:
    engine.drop_guards("cpom_version")
    engine.execute("UPDATE cpom_version SET body = ? WHERE number = 2", parameters=[body])
    assert any(
        "contrat enregistré par l’écriture n° 2" in fault for fault in filled.verify().faults
    )
    with pytest.raises(TamperedDataError):
        filled.contract_json(VersionReference(EJ, 2))


DELETIONS = {
    "a status": ["DELETE FROM cpom_status WHERE entry_id = 4"],
    "a document": ["DELETE FROM cpom_file"],
    "an entry and its rows": [
        "DELETE FROM cpom_status WHERE entry_id = 4",
        "DELETE FROM cpom_journal WHERE sequence = 4",
    ],
}


@pytest.mark.parametrize("deletion", DELETIONS)
def test_a_deletion_is_found(engine: Engine, filled: "Store", deletion: str) -> None:
    for table in ("cpom_status", "cpom_file", "cpom_journal"):
        engine.drop_guards(table)
    engine.execute(*DELETIONS[deletion])
    faults = [fault for fault in filled.verify().faults if "protection" not in fault]
    assert faults != []


def test_a_row_added_beside_the_journal_is_found(engine: Engine, filled: "Store") -> None:
    engine.execute(
        "INSERT INTO cpom_file (entry_id, version_id, role, name, sha256) "
        f"VALUES (1, 1, 'document', 'faux.pdf', '{'e' * 64}')"
    )
    assert any("écriture n° 1" in fault for fault in filled.verify().faults)


def test_a_contract_without_version_is_found(engine: Engine, filled: "Store") -> None:
    engine.execute(
        "INSERT INTO cpom_contract (entry_id, code, finess_ej, type) "
        "VALUES (4, 'x', '990000029', 'x')"
    )
    assert filled.verify().faults == (
        "Contrats sans aucune version dans la table cpom_contract : 1.",
    )


def test_a_row_of_no_entry_is_found(engine: Engine, filled: "Store") -> None:
    engine.drop_guards("cpom_journal")
    if engine.name == "postgresql":
        ((constraint,),) = engine.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND "
            "conrelid = 'cpom_status'::regclass AND confrelid = 'cpom_journal'::regclass"
        )
        engine.execute(f"ALTER TABLE cpom_status DROP CONSTRAINT {constraint}")
    engine.execute("DELETE FROM cpom_journal WHERE sequence = 4")
    faults = filled.verify().faults
    assert "Lignes que le journal n’annonce pas dans cpom_status : 1." in faults


def test_an_anchor_that_was_noted_shows_a_shortened_journal(
    engine: Engine, filled: "Store"
) -> None:
    anchor = filled.verify().head
    for table in ("cpom_file", "cpom_journal"):
        engine.drop_guards(table)
    engine.execute("DELETE FROM cpom_file", "DELETE FROM cpom_journal WHERE sequence = 5")
    (noted,) = (engine.project / "output").glob("*.repere")
    by_default = [fault for fault in filled.verify().faults if "protection" not in fault]
    assert len(by_default) == 1
    assert f"le repère noté dans « {noted} »" in by_default[0]
    assert "raccourci" in by_default[0]
    noted.unlink()
    without_anchor = [fault for fault in filled.verify().faults if "protection" not in fault]
    assert without_anchor == []
    assert any("le repère donné" in fault for fault in filled.verify(anchor).faults)


def test_an_anchor_stays_true_when_the_journal_goes_on(filled: "Store") -> None:
    anchor = filled.verify().head
    record(filled, "4")
    assert filled.verify(anchor).faults == ()
    assert filled.verify(Anchor(anchor.sequence, "e" * 64)).faults != ()


def test_a_guard_that_was_taken_away_is_named(engine: Engine, filled: "Store") -> None:
    engine.drop_guards("cpom_status")
    found = filled.verify().faults
    assert all("cpom_status_no_" in fault for fault in found)
    assert len(found) == (3 if engine.name == "sqlite" else 2)


def test_a_guard_that_was_weakened_is_named(engine: Engine, filled: "Store") -> None:
    engine.drop_guards("cpom_file")
    if engine.name == "sqlite":
        for action, event in (("update", "UPDATE"), ("delete", "DELETE"), ("replace", "INSERT")):
            engine.execute(
                f"CREATE TRIGGER cpom_file_no_{action} BEFORE {event} ON cpom_file "
                "BEGIN SELECT 1; END"
            )
    else:
        engine.execute("ALTER TABLE cpom_file ENABLE TRIGGER USER")
    assert len(filled.verify().faults) == (3 if engine.name == "sqlite" else 2)


def test_a_version_whose_status_was_deleted_is_told(engine: Engine, filled: "Store") -> None:
    engine.drop_guards("cpom_status")
    engine.execute("DELETE FROM cpom_status WHERE version_id = 1")
    with pytest.raises(TamperedDataError, match="« 990000011@1 » n’a plus de statut"):
        filled.history(EJ)


def test_a_time_that_is_none_is_told(engine: Engine, filled: "Store") -> None:
    engine.drop_guards("cpom_journal")
    engine.execute("UPDATE cpom_journal SET at = 'hier' WHERE sequence = 1")
    with pytest.raises(TamperedDataError, match="« hier » n’est pas une date"):
        filled.history(EJ)


def test_a_table_that_was_dropped_is_told(engine: Engine, filled: "Store") -> None:
    engine.execute("DROP TABLE cpom_file")
    with pytest.raises(StoreError, match="n’a pas la forme attendue"):
        filled.verify()
