"""Every whole year of the contract has a target in every sheet."""

from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, contract_problems
from contract_builder.model.dates import find_whole_years
from contract_builder.model.french import enumerate_words
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile


def check_target_years(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """A whole year for which the campaign sets no target has a negotiated one.

    A contract of calendar years that begins after the campaign ends after it: its last year is a
    question for the parties. A contract that begins within a year keeps the last level (3.3).
    """
    campaign = library.campaigns.get(profile.campagne)
    if campaign is None or not campaign.annees:
        return
    if not campaign.covers(profile.contrat.date_effet):
        return  # ``check_campaign`` says that the whole campaign is the wrong one
    start = profile.contrat.date_effet
    whole = find_whole_years(start, profile.contrat.last_day)
    if start.year not in whole:
        return
    beyond = [year for year in whole if year > max(campaign.annees)]
    known = library.fiches.get(campaign.fiches, {})
    for chosen in profile.fiches:
        fiche = known.get(chosen.code)
        if fiche is None or not fiche.header.cibles:
            continue
        agreed = {target.annee for target in chosen.cibles}
        missing = [year for year in beyond if year not in agreed]
        if missing:
            told = enumerate_words([str(year) for year in missing])
            place = chosen.place_of("code")
            yield contract_problems.annee_sans_cible(place, chosen.code, missing[0], told)
