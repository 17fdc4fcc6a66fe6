"""What an indicator was to reach and what it reached, year by year: what a plot is drawn from."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TrajectoryYear:
    """One year: its target, the value declared, the value that the agency validated.

    All in the unit of the trajectory; None where there is none. ``note`` says in two words why
    there is no value, where something is known of it (« sans objet », « à venir »).
    """

    year: int
    target: Decimal | None = None
    declared: Decimal | None = None
    validated: Decimal | None = None
    note: str = ""

    @property
    def retained(self) -> Decimal | None:
        """The value that counts: validated, else declared."""
        return self.declared if self.validated is None else self.validated

    @property
    def is_empty(self) -> bool:
        """True for a year of which nothing can be drawn."""
        return self.target is None and self.retained is None


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One indicator in one unit (« % », « points », nothing for a number): its years in order."""

    title: str
    unit: str
    years: tuple[TrajectoryYear, ...]
