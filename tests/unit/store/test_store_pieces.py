"""Pieces beside the versions: each state kept in its turn, sealed by the journal, never lost."""

import sqlite3
import zlib
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contract_builder.errors import UserError
from contract_builder.store.errors import StaleStateError, StoreError, TamperedDataError
from contract_builder.store.records import PieceFacts, VersionReference
from tests.unit.store.engines import ENGINES, make_engine
from tests.unit.store.samples import EJ, keep, record

if TYPE_CHECKING:
    from contract_builder.store.store import Store


def test_each_state_is_kept_in_its_turn(store: "Store") -> None:
    first = keep(store, b"un", note="import")
    second = keep(store, b"deux", 5)
    keep(store, b"autre", kind="suivi")
    keep(store, b"ailleurs", subject="hopital")
    assert store.pieces("profil", "clinique") == (first, second)
    assert [store.piece_bytes(state.sequence) for state in (first, second)] == [b"un", b"deux"]
    assert first.facts == PieceFacts("profil", "clinique", sha256(b"un").hexdigest(), "import")
    assert {state.facts.subject for state in store.pieces("profil")} == {"clinique", "hopital"}
    assert store.verify().faults == ()


def test_the_last_state_again_adds_nothing(store: "Store") -> None:
    first = keep(store, b"un")
    assert keep(store, b"un", 9) == first
    assert store.verify().entries == 1


def test_an_earlier_state_can_come_back(store: "Store") -> None:
    for body in (b"un", b"deux", b"un"):
        keep(store, body)
    assert [store.piece_bytes(s.sequence) for s in store.pieces("profil")] == [
        b"un",
        b"deux",
        b"un",
    ]


def test_a_state_made_from_another_than_the_last_is_refused(store: "Store") -> None:
    first = keep(store, b"un")
    keep(store, b"deux", after=first.facts.sha256)
    with pytest.raises(StaleStateError, match="« clinique » a été modifié entre-temps"):
        keep(store, b"trois", after=first.facts.sha256)
    assert len(store.pieces("profil")) == 2


def test_a_note_with_control_characters_is_refused(store: "Store") -> None:
    with pytest.raises(UserError, match="caractères de contrôle"):
        keep(store, b"un", note="deux\nlignes")
    assert store.verify().entries == 0


def test_versions_and_pieces_share_one_journal(store: "Store") -> None:
    record(store)
    assert keep(store, b"un").sequence == 2
    assert record(store, "2") == VersionReference(EJ, 2)
    assert store.verify().faults == ()


def test_a_line_that_keeps_no_piece_says_so(store: "Store") -> None:
    record(store)
    with pytest.raises(StoreError, match="n° 1 du journal ne garde aucune pièce"):
        store.piece_bytes(1)


@pytest.mark.parametrize("second", ENGINES)
def test_pieces_move_with_an_export(tmp_path: Path, second: str) -> None:
    with make_engine("sqlite", tmp_path / "a").open() as store:
        record(store)
        keep(store, b"un")
        keep(store, b"deux")
        exported = store.export()
        held = {**dict(exported.contracts), **dict(exported.pieces)}
        known = store.pieces("profil")
    with make_engine(second, tmp_path / "b").open() as other:
        imported = other.import_(exported.journal, held.__getitem__)
        assert (imported.added, imported.known, imported.anchor) == (3, 0, exported.anchor)
        assert other.pieces("profil") == known
        assert other.piece_bytes(known[0].sequence) == b"un"
        assert other.verify().faults == ()


def test_a_changed_piece_of_an_export_is_refused(tmp_path: Path) -> None:
    with make_engine("sqlite", tmp_path / "a").open() as store:
        keep(store, b"un")
        journal = store.export().journal
    with make_engine("sqlite", tmp_path / "b").open() as other:
        with pytest.raises(TamperedDataError, match="la pièce de l’écriture n° 1"):
            other.import_(journal, lambda _: b"faux")
        assert other.verify().entries == 0


def test_a_changed_state_is_found_and_never_given(tmp_path: Path) -> None:
    engine = make_engine("sqlite", tmp_path)
    with engine.open() as store:
        keep(store, b"un")
        with sqlite3.connect(tmp_path / "output" / "cpom.sqlite3") as database:
            database.execute("DROP TRIGGER cpom_piece_no_update")
            database.execute("UPDATE cpom_piece SET body = ?", [zlib.compress(b"faux")])
        with pytest.raises(TamperedDataError, match="n° 1 du journal a été modifiée"):
            store.piece_bytes(1)
        assert "La pièce gardée par l’écriture n° 1 du journal a été modifiée." in (
            store.verify().faults
        )
