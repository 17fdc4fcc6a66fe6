"""What the readers of meaning share: the library, the profiles, the list of problems."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.model.library import Library
from contract_builder.registries.folder import ProfilesFolder
from contract_builder.registries.layer import ImportLayer, Origin
from contract_builder.registries.rows import RegistryRow
from contract_builder.source import Place


@dataclass(frozen=True, slots=True)
class NewContract:
    """What the profile of an establishment met for the first time says of its contract."""

    type_contrat: str
    campagne: str
    date_effet: date


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What an import needs besides files.

    ``departments`` (« 31 », « 2A », « 971 ») and ``entities`` (FINESS EJ) limit which
    establishments get a new profile, and are empty for no limit; without ``new_contract`` none
    gets one.
    ``extracted_on`` dates files that do not say when their data were extracted.
    """

    library: Library
    new_contract: NewContract | None = None
    departments: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    extracted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportContext:
    """The options, the profiles as they are, and the problems found so far."""

    options: ImportOptions
    profiles: ProfilesFolder
    problems: Problems

    def origin(self, rows: Iterable[RegistryRow], doubt: str = "") -> Origin:
        """The origin of values read from ``rows``."""
        return Origin.of_rows(rows, self.options.extracted_on, doubt)


class Gatherer(Protocol):
    """Takes the rows of one import, then says what each establishment's layer becomes."""

    def add(self, row: RegistryRow) -> None:
        """Keeps what the row says when it concerns a profile."""

    def entities(self) -> list[str]:
        """The FINESS EJ that the rows concern, in order."""

    def update(self, finess: str, layer: ImportLayer) -> ImportLayer:
        """The layer with what the rows say of the entity."""

    def finish(self) -> None:
        """Adds the problems that only all the rows together show."""


@dataclass(slots=True)
class SeenLines:
    """Finds lines that come back under one key."""

    problems: Problems
    seen: dict[object, RegistryRow] = field(default_factory=dict)

    def is_new(self, key: object, row: RegistryRow, label: str) -> bool:
        """False, with a problem, when a line with the same key came before."""
        first = self.seen.setdefault(key, row)
        if first is row:
            return True
        where = f"la ligne {first.line}"
        if first.file.short_name != row.file.short_name or first.file.name != row.file.name:
            sheet = f", feuille {first.file.sheet}" if first.file.sheet else ""
            where = f"{first.file.name}{sheet}, ligne {first.line}"
        self.problems.append(import_problems.ligne_en_double(row.place, label, where))
        return False


@dataclass(slots=True)
class LeftLines:
    """Counts the lines set aside, by reason, to say so once for each."""

    counts: dict[str, tuple[int, Place]] = field(default_factory=dict)

    def add(self, row: RegistryRow, reason: str) -> None:
        """Counts one line; the first is where the note will point."""
        count, place = self.counts.get(reason, (0, row.place))
        self.counts[reason] = (count + 1, place)

    def report(self, problems: Problems) -> None:
        """One note for each reason."""
        for reason, (count, place) in self.counts.items():
            problems.append(import_problems.lignes_laissees(place, count, reason))
