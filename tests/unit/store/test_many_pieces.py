"""Several pieces kept at once: all of them, or none; read back in one go."""

from typing import TYPE_CHECKING

import pytest

from contract_builder.errors import UserError
from contract_builder.store.errors import StaleStateError
from contract_builder.store.records import PieceKeeping
from tests.unit.store.samples import START

if TYPE_CHECKING:
    from contract_builder.store.store import Store


def keeping(subject: str, body: bytes, **changes: object) -> PieceKeeping:
    return PieceKeeping("suivi", subject, body, START, "la cellule", **changes)  # type: ignore[arg-type]


def test_pieces_are_kept_in_order_and_read_back_with_their_bytes(store: "Store") -> None:
    kept = store.keep_pieces([keeping("a", b"un"), keeping("b", b"deux"), keeping("a", b"trois")])
    assert [piece.sequence for piece in kept] == [1, 2, 3]
    read = [(piece.facts.subject, body) for piece, body in store.iter_piece_bytes("suivi")]
    assert read == [("a", b"un"), ("b", b"deux"), ("a", b"trois")]
    assert [body for _, body in store.iter_piece_bytes("suivi", "b")] == [b"deux"]
    assert list(store.iter_piece_bytes("preuve")) == []
    assert store.verify().faults == ()


def test_one_that_is_refused_refuses_them_all(store: "Store") -> None:
    store.keep_pieces([keeping("a", b"un")])
    with pytest.raises(StaleStateError):
        store.keep_pieces([keeping("b", b"deux"), keeping("a", b"trois", after="0" * 64)])
    with pytest.raises(UserError, match="caractères de contrôle"):
        store.keep_pieces([keeping("b", b"deux"), keeping("c\n", b"trois")])
    assert [body for _, body in store.iter_piece_bytes("suivi")] == [b"un"]


def test_the_states_beyond_a_line_are_read_alone(store: "Store") -> None:
    assert store.reached("suivi") == (0, 0)
    kept = store.keep_pieces([keeping("a", b"un"), keeping("b", b"deux"), keeping("a", b"trois")])
    beyond = store.iter_piece_bytes("suivi", after=kept[0].sequence)
    assert [body for _, body in beyond] == [b"deux", b"trois"]
    assert list(store.iter_piece_bytes("suivi", "b", after=kept[1].sequence)) == []
    assert store.reached("suivi") == (0, 3)
    assert store.reached("envoi") == (0, 0)
