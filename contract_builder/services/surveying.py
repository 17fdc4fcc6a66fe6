"""The state of each profile at a glance: what it lacks, what is wrong, for lists and task lists."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contract_builder.diagnostics import Diagnostic, is_lack
from contract_builder.model.profile import Profile
from contract_builder.model.status import ContractStatus
from contract_builder.services.editing import show_as_it_is
from contract_builder.services.holding import HeldText, find_held_texts
from contract_builder.services.making import Prepared
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class ProfileState:
    """What a list shows of a profile; ``profile`` is None when it cannot be read.

    ``gaps`` counts the data to complete that its contract prints; ``located`` are all problems,
    notes included, with the path of the field that they are about, empty for another file. ``held``
    are the texts of the library that its contract would hold.
    """

    name: str
    profile: Profile | None
    gaps: int
    located: tuple[tuple[str, Diagnostic], ...]
    held: frozenset[HeldText] = frozenset()

    @property
    def legal_name(self) -> str:
        """The name of the legal entity, else that of the file."""
        return (self.profile.etablissement.raison_sociale if self.profile else "") or self.name

    @property
    def finess_ej(self) -> str:
        """The FINESS number of the legal entity; empty when it cannot be read."""
        return self.profile.etablissement.finess_ej if self.profile else ""

    @property
    def kind(self) -> str:
        """The kind of establishment, as the profile writes it; empty when it does not, or badly."""
        is_told = self.profile is not None and self._tells("etablissement", "categorie")
        return self.profile.etablissement.categorie if self.profile and is_told else ""

    @property
    def department(self) -> str:
        """The code of the department; empty when it is not told."""
        return self.profile.etablissement.departement if self.profile else ""

    @property
    def status(self) -> ContractStatus | None:
        """The status that the profile gives its contract."""
        return self.profile.contrat.statut if self.profile else None

    @property
    def first_day(self) -> date | None:
        """The day on which the contract takes effect; None when the profile does not tell it."""
        is_told = self.profile is not None and self._tells("contrat", "date_effet")
        return self.profile.contrat.date_effet if self.profile and is_told else None

    @property
    def last_day(self) -> date | None:
        """The last day of the contract, inclusive; None when nothing tells it."""
        return self.profile.contrat.last_day if self.profile and self.first_day else None

    def _tells(self, group: str, key: str) -> bool:
        """True for a value that a file gives and that could be read: no stand-in is a fact.

        A stand-in bears the place of the error that tells of it.
        """
        place = getattr(self.profile, group).value_places.get(key)
        errors = {str(item.place) for _, item in self.located if item.severity == "erreur"}
        return place is not None and str(place) not in errors

    @property
    def errors(self) -> int:
        """How many problems forbid to build the contract."""
        return self._count("erreur")

    @property
    def warnings(self) -> int:
        """How many problems should be looked at."""
        return self._count("avertissement")

    def problems_under(self, *keys: str) -> tuple[tuple[str, Diagnostic], ...]:
        """The problems under some keys of the profile, each with its field; « » for elsewhere."""
        return tuple(item for item in self.located if item[0].partition(".")[0] in keys)

    def _count(self, severity: str) -> int:
        return sum(problem.severity == severity for _, problem in self.located)


def survey_profile(project: Project, path: Path, prepared: Prepared) -> ProfileState:
    """The state of the profile at ``path``, which is ``prepared``."""
    located = show_as_it_is(project, path, prepared).located
    gaps, held = 0, frozenset[HeldText]()
    if prepared.assembly is not None:
        gaps = sum(is_lack(problem) for _, problem in located)
        held = find_held_texts(prepared.assembly.contract)
    return ProfileState(path.stem, prepared.profile, gaps, located, held)
