"""The state of each profile at a glance: what it lacks, what is wrong, for lists and task lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contract_builder.diagnostics import Diagnostic, in_file_order
from contract_builder.model.profile import Profile
from contract_builder.model.status import ContractStatus
from contract_builder.reading.yaml_nodes import MappingNode
from contract_builder.services.making import Prepared
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class ProfileState:
    """What a list shows of a profile; ``profile`` is None when it cannot be read.

    ``gaps`` counts the data to complete that its contract prints; ``problems`` are all of them,
    notes included, by the key of the profile that they are about, empty for another file.
    """

    name: str
    profile: Profile | None
    gaps: int
    problems: Mapping[str, tuple[Diagnostic, ...]]

    @property
    def legal_name(self) -> str:
        """The name of the legal entity, else that of the file."""
        return self.profile.etablissement.raison_sociale if self.profile else self.name

    @property
    def finess_ej(self) -> str:
        """The FINESS number of the legal entity; empty when it cannot be read."""
        return self.profile.etablissement.finess_ej if self.profile else ""

    @property
    def kind(self) -> str:
        """The kind of establishment, as the profile writes it."""
        return self.profile.etablissement.categorie if self.profile else ""

    @property
    def department(self) -> str:
        """The code of the department; empty when it is not told."""
        return self.profile.etablissement.departement if self.profile else ""

    @property
    def status(self) -> ContractStatus | None:
        """The status that the profile gives its contract."""
        return self.profile.contrat.statut if self.profile else None

    @property
    def last_day(self) -> date | None:
        """The last day of the contract, inclusive."""
        return self.profile.contrat.last_day if self.profile else None

    @property
    def errors(self) -> int:
        """How many problems forbid to build the contract."""
        return self._count("erreur")

    @property
    def warnings(self) -> int:
        """How many problems should be looked at."""
        return self._count("avertissement")

    def _count(self, severity: str) -> int:
        return sum(p.severity == severity for found in self.problems.values() for p in found)


def survey_profile(project: Project, path: Path, prepared: Prepared) -> ProfileState:
    """The state of the profile at ``path``, which is ``prepared``."""
    _, library_problems = project.open_sound_library()
    problems = in_file_order([*library_problems, *prepared.problems])
    gaps = 0
    if prepared.assembly is not None:
        recorded = prepared.assembly.contract.tables.problems
        gaps = sum(problem.code == "donnee-manquante" for problem in recorded)
    return ProfileState(path.stem, prepared.profile, gaps, _by_key(project, path, problems))


def _by_key(
    project: Project, path: Path, problems: list[Diagnostic]
) -> dict[str, tuple[Diagnostic, ...]]:
    """The problems by the first-level key under whose lines they stand."""
    node = project.load_yaml(path, project.name_of(path), [])
    starts: list[tuple[int, str]] = []
    if isinstance(node, MappingNode):
        starts = [(entry.key_place.line, key) for key, entry in node.entries.items()]
    name = project.name_of(path)
    grouped: dict[str, tuple[Diagnostic, ...]] = {}
    for problem in problems:
        key = ""
        if problem.place.file == name:
            above = [known for line, known in starts if line <= problem.place.line]
            key = above[-1] if above else ""
        grouped[key] = (*grouped.get(key, ()), problem)
    return grouped
