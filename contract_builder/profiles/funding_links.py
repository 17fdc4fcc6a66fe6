"""What a financing line says it pays for exists in the contract (CSP R1435-30)."""

from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, profile_problems
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile


def check_funding_links(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """The sheet of a line is one that the profile chooses, its mission one that it declares."""
    sheets = tuple(chosen.code for chosen in profile.fiches)
    missions = tuple(mission.intitule for mission in profile.missions)
    for line in profile.financements:
        for key, value, known in (
            ("fiche", line.fiche, sheets),
            ("mission", line.mission, missions),
        ):
            if value and value not in known:
                yield profile_problems.rattachement_inconnu(line.place_of(key), key, value, known)
