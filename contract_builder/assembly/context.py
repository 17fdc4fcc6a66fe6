"""What every part of the assembly looks at, and where it leaves problems and gaps."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from contract_builder.diagnostics import Diagnostic, Problems, contract_problems
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Gap
from contract_builder.model.contract import JoinedFile
from contract_builder.model.facts import Facts
from contract_builder.model.fiche import Fiche
from contract_builder.model.library import Campaign, Library, Outline, OutlineEntry
from contract_builder.model.profile import ChosenSheet, Profile
from contract_builder.source import NOWHERE, Place


@dataclass(slots=True)
class GapList:
    """The data that the contract lacks, by key, in the order they were met."""

    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The library and the date that picks the law; nothing of it depends on a profile's texts."""

    library: Library
    outline: Outline
    campaign: Campaign
    facts: Facts
    on: date
    end: date
    problems: Problems
    gaps: GapList
    annexes: tuple[OutlineEntry, ...] = ()
    joined_files: tuple[JoinedFile, ...] = ()

    def place_of_sheet(self, code: str) -> Place:
        """Where a sheet was chosen; nowhere without a profile."""
        return NOWHERE

    def gap(self, key: str, label: str, place: Place, field: str = "") -> Gap:
        """A marked gap for a missing datum, recorded once as a problem and in the list.

        ``field`` is the path of the profile that would give it.
        """
        self.record_gap(key, label, contract_problems.donnee_manquante(place, label, field))
        return Gap(key, label)

    def record_gap(self, key: str, label: str, problem: Diagnostic) -> None:
        """A missing datum in the list of gaps, with the problem that tells it, once for a key."""
        if key not in self.gaps.labels:
            self.gaps.labels[key] = label
            self.problems.append(problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Setting):
    """One assembly: the setting and the profile that gives the values."""

    profile: Profile

    @classmethod
    def of_profile(
        cls,
        library: Library,
        profile: Profile,
        facts: Facts,
        joined_files: tuple[JoinedFile, ...] = (),
    ) -> "Context":
        """A fresh one at the date of effect; KeyError for an unknown campaign or type."""
        return cls(
            library=library,
            outline=library.outlines[profile.type_contrat],
            campaign=library.campaigns[profile.campagne],
            profile=profile,
            facts=facts,
            on=profile.contrat.date_effet,
            end=profile.contrat.last_day,
            problems=[],
            gaps=GapList(),
            joined_files=joined_files,
        )

    def chosen_sheets(self) -> tuple[tuple[Fiche, ChosenSheet], ...]:
        """The chosen sheets that the campaign's catalogue has, in the profile's order."""
        catalogue_of_campaign = self.library.fiches.get(self.campaign.fiches, {})
        return tuple(
            (catalogue_of_campaign[chosen.code], chosen)
            for chosen in self.profile.fiches
            if chosen.code in catalogue_of_campaign
        )

    def place_of_sheet(self, code: str) -> Place:
        """Where the profile chooses a sheet."""
        places = (c.place_of("code") for c in self.profile.fiches if c.code == code)
        return next(places, self.profile.place_of("fiches"))

    @property
    def site_names(self) -> Mapping[str, str]:
        """The name of each site by its FINESS number."""
        return {site.finess_et: site.nom for site in self.profile.sites}

    @property
    def is_final(self) -> bool:
        """True for a contract that leaves the agency: nothing is missing, nothing is annotated."""
        return self.profile.contrat.statut != "projet"
