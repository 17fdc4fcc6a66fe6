"""The other contracts of annex A7 beside the law that they rest on."""

from collections.abc import Iterator
from datetime import date, timedelta

from contract_builder.diagnostics import Diagnostic, profile_problems
from contract_builder.model.french import long_date
from contract_builder.model.legal_impact import FOUNDING_ARTICLES
from contract_builder.model.library import Library
from contract_builder.model.profile import OtherContract, Profile
from contract_builder.source import Place


def check_other_contracts(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """A contract of annex A7 that runs past the abrogation of the article that founds it.

    The day of the abrogation is the registry's. A line without a last day is told only when the
    CPOM itself takes effect after that day: until then nothing says that it runs past it.
    """
    for item in profile.autres_contrats:
        if item.nature not in FOUNDING_ARTICLES:
            continue
        code, article = FOUNDING_ARTICLES[item.nature]
        abrogated = _find_abrogation(library, code, article, item.date_debut or date.min)
        if abrogated is None:
            continue
        place = _find_place_past(item, abrogated, profile.contrat.date_effet)
        if place is not None:
            last = long_date(abrogated - timedelta(days=1))
            yield profile_problems.autre_contrat_sans_base(
                place, item.nature, f"{code} {article}", long_date(abrogated), last
            )


def _find_abrogation(library: Library, code: str, article: str, after: date) -> date | None:
    days = (
        version.depuis
        for version in library.reference_versions(code, article)
        if version.statut == "abroge" and version.depuis > after
    )
    return min(days, default=None)


def _find_place_past(item: OtherContract, abrogated: date, effect: date) -> Place | None:
    """What in the line says that it is in force on or after ``abrogated``; None for nothing."""
    if item.date_fin is not None:
        return item.place_of("date_fin") if item.date_fin >= abrogated else None
    return item.place_of("nature") if effect >= abrogated else None
