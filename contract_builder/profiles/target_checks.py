"""What is wrong in the targets that a profile negotiates, and in its starting values.

Their form alone: whether a target asks less than the sheet is told when it is resolved, for that
needs the category of the establishment.
"""

from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, library_problems, profile_problems
from contract_builder.model.fiche import NUMERIC_TYPES, Fiche, TargetPart
from contract_builder.model.library import Library
from contract_builder.model.profile import ChosenSheet, NegotiatedTarget, Profile
from contract_builder.reading.target_values import (
    find_disagreement,
    iter_target_faults,
    read_figures,
)

_LEFT_OPEN = frozenset({"a_fixer", "vide", "composite"})


def check_negotiated_targets(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Parts, years and indicators exist, once each; texts and typed values agree."""
    for fiche, chosen in _iter_chosen(profile, library):
        if chosen.volet and chosen.volet not in fiche.volets:
            place = chosen.place_of("volet")
            yield profile_problems.volet_inconnu(place, fiche.code, chosen.volet, fiche.volets)
        seen: set[tuple[int, str]] = set()
        for target in chosen.cibles:
            yield from _check_place(target, fiche, profile)
            yield from _check_value(target)
            key = (target.annee, target.indicateur)
            if key in seen:
                label = f"{fiche.code} {target.annee} {target.indicateur}".strip()
                yield profile_problems.cle_de_ligne_en_double(target.place_of("annee"), label)
            seen.add(key)


def check_baselines(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Starting values that a sheet reckons from, and not below zero."""
    for fiche, chosen in _iter_chosen(profile, library):
        known = tuple(dict.fromkeys(item.indicateur for item in fiche.iter_baselines()))
        for name, value in (chosen.valeurs_initiales or {}).items():
            place = value.place_of("valeur")
            if name not in known:
                yield profile_problems.valeur_initiale_inutile(place, fiche.code, name, known)
            if value.valeur < 0:
                yield profile_problems.nombre_trop_petit(place, int(value.valeur), 0)


def _iter_chosen(profile: Profile, library: Library) -> Iterator[tuple[Fiche, ChosenSheet]]:
    campaign = library.campaigns.get(profile.campagne)
    known = library.fiches.get(campaign.fiches, {}) if campaign is not None else {}
    for chosen in profile.fiches:
        if chosen.code in known:
            yield known[chosen.code], chosen


def _check_place(target: NegotiatedTarget, fiche: Fiche, profile: Profile) -> Iterator[Diagnostic]:
    """The year is one of the contract's, the indicator one of the sheet's."""
    first, last = profile.contrat.date_effet.year, profile.contrat.last_day.year
    if first <= last and not first <= target.annee <= last:
        place, years = target.place_of("annee"), f"{first} à {last}"
        yield profile_problems.cible_hors_contrat(place, fiche.code, target.annee, years)
    known = _indicators(fiche)
    if target.indicateur and target.indicateur not in known:
        place = target.place_of("indicateur")
        yield profile_problems.indicateur_inconnu(place, fiche.code, target.indicateur, known)


def _indicators(fiche: Fiche) -> tuple[str, ...]:
    """What the cells of a sheet count where they count several things."""
    parts = (
        part
        for row in fiche.header.cibles
        for cell in row.valeurs.values()
        for part in cell.composantes
    )
    names = (part.base.indicateur if part.base else part.indicateur for part in parts)
    return tuple(dict.fromkeys(names))


def _check_value(target: NegotiatedTarget) -> Iterator[Diagnostic]:
    """A typed value that its type can have and that its text does not contradict."""
    kind, value = target.type, target.valeur
    if kind in _LEFT_OPEN:
        reason = f"une cible négociée est fixée, elle n’est pas « {kind} »"
        yield library_problems.cible_incoherente(target.place_of("type"), reason)
        return
    if kind is not None:
        figures = read_figures(target.texte) if kind in NUMERIC_TYPES and not value else ()
        told = value or (str(figures[0].value) if len(figures) == 1 else "")
        part = TargetPart(texte=target.texte, type=kind, valeur=told, operateur=">=")
        for key, reason in iter_target_faults(part):
            if key != "denominateur" and "denominateur" not in reason:
                yield library_problems.cible_incoherente(target.place_of(key), reason)
                return
    fault = find_disagreement(target.texte, value, kind or "nombre") if value else None
    if fault:
        yield library_problems.cible_incoherente(target.place_of("valeur"), fault)
