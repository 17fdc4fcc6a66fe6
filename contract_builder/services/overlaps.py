"""What two profiles both claim over the same days: an entity, a site."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.batch_problems import contrats_simultanes, site_partage
from contract_builder.files.paths import real_path
from contract_builder.model.profile import Profile
from contract_builder.services.project import Project
from contract_builder.source import Place


@dataclass(frozen=True, slots=True)
class ProfileClaims:
    """The entity and the sites of one profile, where they are written, and the contract's days.

    ``name`` is the profile's file as messages show it; the last day is inclusive.
    """

    name: str
    first_day: date
    last_day: date
    entity: tuple[str, Place]
    sites: tuple[tuple[str, Place], ...]

    @classmethod
    def of_profile(cls, name: str, profile: Profile) -> "ProfileClaims":
        """What a profile claims."""
        terms = profile.contrat
        return cls(
            name,
            terms.date_effet,
            terms.last_day,
            (profile.etablissement.finess_ej, terms.place_of("date_effet")),
            tuple((site.finess_et, site.place_of("finess_et")) for site in profile.sites),
        )

    def overlaps(self, other: "ProfileClaims") -> bool:
        """True when both contracts run on one day at least."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


@dataclass(frozen=True, slots=True)
class Overlap:
    """A warning about the profile ``name``, that others claim the same FINESS ``number``."""

    name: str
    number: str
    warning: Diagnostic


def check_overlaps(project: Project, profiles: Sequence[Path]) -> Iterator[Diagnostic]:
    """Entities and sites of the given profiles that others of their folders claim too."""
    wanted = {project.name_of(path) for path in profiles}
    claims: list[ProfileClaims] = []
    for folder in sorted({real_path(path).parent for path in profiles}):
        for path in project.profile_paths(folder):
            profile = project.find_profile(path, [])
            if profile is not None:
                claims.append(ProfileClaims.of_profile(project.name_of(path), profile))
    return (item.warning for item in find_overlaps(claims) if item.name in wanted)


def find_overlaps(profiles: Iterable[ProfileClaims]) -> Iterator[Overlap]:
    """Each entity, then each site, that several of the profiles claim over a common day.

    Told for each profile concerned, in the order of the profiles.
    """
    entities: dict[str, list[tuple[ProfileClaims, Place]]] = defaultdict(list)
    sites: dict[str, list[tuple[ProfileClaims, Place]]] = defaultdict(list)
    for claims in profiles:
        number, place = claims.entity
        entities[number].append((claims, place))
        for number, place in claims.sites:
            sites[number].append((claims, place))
    for claimed, tell in ((entities, contrats_simultanes), (sites, site_partage)):
        for number, claimants in claimed.items():
            for claims, place in claimants:
                others = [
                    f"« {other.name} » (ligne {there.line})"
                    for other, there in claimants
                    if other.name != claims.name and claims.overlaps(other)
                ]
                if others:
                    yield Overlap(claims.name, number, tell(place, number, others))
