"""How a campaign rates what establishments declare each year: rules that are data.

The rules of a list are tried in order; the first that holds decides, and its words are printed as
the criterion. No rule of the law stands here: the CSP asks that a contract be evaluated
(L6114-1), and leaves to the agency how.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.record import Record

Rating = Literal["atteint", "partiellement_atteint", "non_atteint", "sans_objet"]
Direction = Literal["hausse", "baisse"]

RATING_WORDS: Mapping[Rating, str] = {
    "atteint": "atteint",
    "partiellement_atteint": "partiellement atteint",
    "non_atteint": "non atteint",
    "sans_objet": "sans objet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRule(Record):
    """One rule; without threshold it always holds.

    ``realise_au_moins`` is in percent of the target; from 100 on it asks that the target be
    reached. ``retard_au_plus`` is in days after a target that is a day. ``critere`` is printed.
    """

    resultat: Rating
    realise_au_moins: Decimal | None = None
    retard_au_plus: int | None = None
    critere: str = ""

    @property
    def is_last(self) -> bool:
        """True when nothing is asked: no rule after it can hold."""
        return self.realise_au_moins is None and self.retard_au_plus is None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFollowUp(Record):
    """What differs for one sheet: ``sens`` « baisse » where less is better."""

    sens: Direction | None = None
    appreciation: tuple[RatingRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRules(Record):
    """What a campaign decides of the follow-up.

    ``declaration_avant`` is the last day to declare a year, in the year after: « 03-31 », month
    and day. ``preuve_exigee``: a value without evidence is listed. ``modes_a_justifier`` are the
    modes of delegation whose amounts are recovered when nothing justifies them.
    """

    declaration_avant: str
    preuve_exigee: bool = True
    modes_a_justifier: tuple[str, ...] = ()
    appreciation: tuple[RatingRule, ...]
    fiches: Mapping[str, SheetFollowUp] | None = None

    def find_direction(self, sheet: str) -> Direction | None:
        """Which way a sheet's indicator is to go, where the campaign says it."""
        own = (self.fiches or {}).get(sheet)
        return own.sens if own else None

    def rules_of(self, sheet: str) -> tuple[RatingRule, ...]:
        """The rules of a sheet: its own, else those of the campaign."""
        own = (self.fiches or {}).get(sheet)
        return own.appreciation if own and own.appreciation else self.appreciation
