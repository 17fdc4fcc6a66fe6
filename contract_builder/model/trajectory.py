"""What an indicator was to reach and what it reached, year by year: what a plot is drawn from."""

from decimal import Decimal

from contract_builder.frozen import dataclass
from contract_builder.model.french import format_number

UNDECLARED = "non déclaré"
"""What is said of a year whose value nobody gave."""


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

    def tell(self, unit: str) -> str:
        """« cible 85 %, déclaré 80 %, non validé »; ``unit`` as it stands after a number."""
        if self.is_empty:
            return self.note or "sans cible ni valeur"
        target = _tell_value("cible", self.target, unit) or "sans cible"
        if self.retained is None:
            return f"{target}, {self.note or UNDECLARED}"
        declared = _tell_value("déclaré", self.declared, unit) or UNDECLARED
        validated = _tell_value("validé", self.validated, unit) or "non validé"
        return f"{target}, {declared}, {validated}"


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One indicator in one unit (« % », « points », nothing for a number): its years in order."""

    title: str
    unit: str
    years: tuple[TrajectoryYear, ...]

    @property
    def told(self) -> str:
        """All that it shows, in words: « 2025 : cible 85 %, déclaré 80 %, non validé ; 2026… »."""
        unit = f" {self.unit}" if self.unit else ""
        return f"{' ; '.join(f'{year.year} : {year.tell(unit)}' for year in self.years)}."


def _tell_value(word: str, value: Decimal | None, unit: str) -> str:
    return "" if value is None else f"{word} {format_number(value)}{unit}"
