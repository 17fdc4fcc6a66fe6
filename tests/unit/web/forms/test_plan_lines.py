"""A plan in a form: moved by buttons from part to part, never beyond its ends."""

import pytest

from contract_builder.services.planning import PlannedPart
from contract_builder.web.forms.plan_lines import change_plan_lines, parse_plan_lines

PARTS = (
    PlannedPart("objet", "article", "Objet", ("a", "b")),
    PlannedPart("strategie", "annexe", "Annexe", (), holds_clauses=False),
    PlannedPart("duree", "article", "Durée", ("c",)),
)


class Sent:
    """A form that was sent."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        self._values = values

    def get(self, name: str) -> str | None:
        """The last value."""
        found = self._values.get(name)
        return found[-1] if found else None

    def getlist(self, name: str) -> list[str]:
        """Every value."""
        return self._values.get(name, [])


def _clauses(parts: tuple[PlannedPart, ...]) -> list[tuple[str, ...]]:
    return [part.clauses for part in parts]


def test_what_was_sent_is_the_order_of_the_page() -> None:
    values: dict[str, list[str]] = {}
    for rank, part in enumerate(PARTS):
        values |= {
            f"partie.{rank}": [part.id],
            f"partie.{rank}.sorte": [part.kind],
            f"partie.{rank}.titre": [f" {part.title} "],
            f"partie.{rank}.clause": list(part.clauses),
        }
    assert parse_plan_lines(Sent(values), PARTS) == PARTS
    assert parse_plan_lines(Sent({}), PARTS) == ()


@pytest.mark.parametrize(
    ("act", "place", "clauses", "focus"),
    [
        ("monter", "0.1", [("b", "a"), (), ("c",)], "0.0"),
        ("descendre", "0.0", [("b", "a"), (), ("c",)], "0.1"),
        ("descendre", "0.1", [("a",), (), ("b", "c")], "2.0"),
        ("monter", "2.0", [("a", "b", "c"), (), ()], "0.2"),
        ("retirer", "0.0", [("b",), (), ("c",)], ""),
        ("monter", "1", [(), ("a", "b"), ("c",)], "0"),
        ("placer", "2", [("a", "b"), (), ("c", "d")], "2.1"),
        ("retirer", "1", [("a", "b"), ("c",)], ""),
    ],
)
def test_a_button_moves_what_it_stands_beside(
    act: str, place: str, clauses: list[tuple[str, ...]], focus: str
) -> None:
    moved, shown = change_plan_lines(PARTS, act, place, "d")
    assert (_clauses(moved), shown) == (clauses, focus)


@pytest.mark.parametrize(
    ("act", "place"),
    [
        ("monter", "0.0"),
        ("descendre", "2.0"),
        ("monter", "0"),
        ("descendre", "2"),
        ("retirer", "0"),
        ("monter", "9"),
        ("monter", "0.9"),
        ("effacer", "0.0"),
        ("monter", "../x"),
        ("monter", "1.²"),
        ("monter", "9" * 5000),
        ("monter", ""),
    ],
)
def test_what_cannot_move_stays(act: str, place: str) -> None:
    assert change_plan_lines(PARTS, act, place, "") == (PARTS, "")
