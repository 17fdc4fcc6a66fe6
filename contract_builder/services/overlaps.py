"""What two profiles of one folder both claim over the same days: an entity, a site."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.batch_problems import contrats_simultanes, site_partage
from contract_builder.model.profile import Profile
from contract_builder.services.project import Project
from contract_builder.source import Place

_Claim = tuple[Path, Profile, Place]


def check_overlaps(project: Project, profiles: Sequence[Path]) -> Iterator[Diagnostic]:
    """Entities and sites of the given profiles that others of their folders claim too."""
    wanted = {path.resolve() for path in profiles}
    entities: dict[str, list[_Claim]] = defaultdict(list)
    sites: dict[str, list[_Claim]] = defaultdict(list)
    for folder in sorted({path.parent for path in wanted}):
        for path in project.profile_paths(folder):
            profile = project.find_profile(path, [])
            if profile is None:
                continue
            entity = profile.etablissement
            place = profile.contrat.place_of("date_effet")
            entities[entity.finess_ej].append((path, profile, place))
            for site in profile.sites:
                sites[site.finess_et].append((path, profile, site.place_of("finess_et")))
    for claims, tell in ((entities, contrats_simultanes), (sites, site_partage)):
        for number, claimed in claims.items():
            for path, profile, place in claimed:
                others = [
                    f"« {project.name_of(other)} » (ligne {there.line})"
                    for other, its, there in claimed
                    if other != path and _overlap(profile, its)
                ]
                if others and path.resolve() in wanted:
                    yield tell(place, number, others)


def _overlap(one: Profile, other: Profile) -> bool:
    """True when both contracts run on one day at least; last days are inclusive."""
    first, second = one.contrat, other.contrat
    return first.date_effet <= second.last_day and second.date_effet <= first.last_day
