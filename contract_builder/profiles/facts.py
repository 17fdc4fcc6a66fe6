"""Facts derived from a profile: what conditions look at (``model.condition.FACTS``).

Nothing is typed twice: the emergency activity comes from the authorisations in force at the date of
effect, the size from the beds of the last known year. A fact that the profile does not give is
absent from the result: a condition on it decides nothing and says which datum is missing.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from contract_builder.model.activities import Authorisation, Capacity
from contract_builder.model.facts import Fact, Facts, FactValue
from contract_builder.model.profile import Profile
from contract_builder.profiles.care_fields import find_care_fields
from contract_builder.source import Place

_EMERGENCY_ACTIVITY = "QA014"
_EMERGENCY_DEPARTMENT = "MO032"
_EMERGENCY_OUTPOST = "MO033"
_HOME_CARE = "QA020"
_LONG_TERM_CARE = "QA007"
_OTHER_CONTRACTS = {
    "retour_equilibre": "retour_equilibre",
    "caqes": "CAQES",
    "soutien_decennal": "soutien_decennal",
}
_BED_DISCIPLINES = ("medecine", "chirurgie", "obstetrique", "smr", "psychiatrie", "usld")


def derive_facts(profile: Profile) -> Facts:
    """Every known fact of the profile at its date of effect."""
    return {
        name: Fact(value, origin, place)
        for source in (_identity, _capacity, _activities, _qualities, _choices, _counts)
        for name, value, origin, place in source(profile)
    }


_Found = Iterator[tuple[str, FactValue, str, Place]]


def _identity(profile: Profile) -> _Found:
    entity = profile.etablissement
    yield "type_contrat", profile.type_contrat, "profil", profile.place_of("type_contrat")
    yield "campagne", profile.campagne, "profil", profile.place_of("campagne")
    terms = profile.contrat
    yield "date_effet", terms.date_effet, "profil", terms.place_of("date_effet")
    yield "date_fin", terms.last_day, "durée du contrat", terms.place_of("date_fin")
    yield "statut", entity.statut, "profil", entity.place_of("statut")
    yield "categorie", entity.categorie, "profil", entity.place_of("categorie")
    yield "chu", entity.categorie == "chu", "catégorie", entity.place_of("categorie")
    if entity.departement:
        place = entity.place_of("departement")
        yield "departement", entity.departement, "profil", place
    if entity.categorie_titulaire:
        place = entity.place_of("categorie_titulaire")
        yield "categorie_titulaire", entity.categorie_titulaire, "profil", place
    role = profile.ght.role if profile.ght else "aucun"
    yield "ght_role", role, "profil", profile.ght.place if profile.ght else profile.place


def _capacity(profile: Profile) -> _Found:
    if profile.capacites:
        latest = max(profile.capacites, key=lambda capacity: capacity.annee)
        origin = f"capacités {latest.annee}"
        yield "lits", Decimal(count_beds(latest)), origin, latest.place
    if profile.urgences:
        visits = max(profile.urgences, key=lambda item: item.annee)
        origin = f"passages {visits.annee}"
        yield "passages_urgences", Decimal(visits.passages), origin, visits.place


def count_beds(capacity: Capacity) -> int:
    """Beds of full hospitalisation, all disciplines, without places nor home care."""
    disciplines = (getattr(capacity, name) for name in _BED_DISCIPLINES)
    return sum(beds.lits for beds in disciplines if beds is not None)


def is_in_force(authorisation: Authorisation, on: date) -> bool:
    """True for an authorisation that has not ended nor lapsed at ``on``, started or not."""
    ends = (authorisation.date_fin, authorisation.date_caducite)
    return all(end is None or end >= on for end in ends)


def _activities(profile: Profile) -> _Found:
    current = [
        item for item in profile.autorisations if is_in_force(item, profile.contrat.date_effet)
    ]
    place = profile.place_of("autorisations")
    origin = "autorisations en vigueur"
    activities = frozenset(item.activite for item in current)
    modalities = frozenset(item.modalite for item in current)
    yield "activites", activities, origin, place
    yield "modalites", modalities, origin, place
    yield "mentions", frozenset(item.mention for item in current), origin, place
    devices = frozenset(
        name for item in current for name, count in (item.equipements or {}).items() if count
    )
    yield "equipements", devices, origin, place
    emergency = any(
        item.activite == _EMERGENCY_ACTIVITY and item.modalite == _EMERGENCY_DEPARTMENT
        for item in current
    )
    yield "urgences", emergency, origin, place
    outpost = _EMERGENCY_OUTPOST in modalities or profile.etablissement.antenne_urgences
    yield "antenne_urgences", outpost, origin, place
    yield "had", _HOME_CARE in activities or profile.etablissement.categorie == "had", origin, place
    long_term = _LONG_TERM_CARE in activities or profile.etablissement.soins_longue_duree
    yield "soins_longue_duree", long_term, origin, place
    fields = find_care_fields(profile, current)
    for name in ("mco", "psychiatrie", "smr"):
        yield name, name in fields, "catégorie, autorisations et capacités", place


def _qualities(profile: Profile) -> _Found:
    entity = profile.etablissement
    for name in ("service_public", "centre_sante", "recherche"):
        yield name, bool(getattr(entity, name)), "profil", entity.place_of(name)
    natures = {mission.nature for mission in profile.missions}
    missions = profile.place_of("missions")
    palliative = entity.soins_palliatifs or "palliatif" in natures
    yield "soins_palliatifs", palliative, "profil ou missions", missions
    yield "systeme_pdses", "PDSES" in natures, "missions", missions
    yield "activite_isolee", "activite_isolee" in natures, "missions", missions
    teaching = entity.universite is not None or entity.recherche
    yield "enseignement_recherche", teaching, "profil", entity.place
    others = {item.nature for item in profile.autres_contrats}
    for name, nature in _OTHER_CONTRACTS.items():
        place = profile.place_of("autres_contrats")
        yield name, nature in others, "autres contrats", place
    yield "sites_multiples", len(profile.sites) > 1, "sites", profile.place_of("sites")
    biology = frozenset[str](entity.activites_biologie)
    yield "activites_biologie", biology, "profil", entity.place_of("activites_biologie")


def _choices(profile: Profile) -> _Found:
    place = profile.place_of("fiches")
    origin = "fiches choisies"
    yield "fiches", frozenset(sheet.code for sheet in profile.fiches), origin, place
    engaged = frozenset(sheet.code for sheet in profile.fiches if sheet.deja_engage)
    yield "deja_engage", engaged, origin, place
    themes = frozenset[str](item.theme for item in profile.engagements)
    yield "engagements", themes, "engagements", profile.place_of("engagements")
    parts = frozenset(f"{sheet.code}:{sheet.volet}" for sheet in profile.fiches if sheet.volet)
    yield "volets", parts, origin, place


def _counts(profile: Profile) -> _Found:
    for name in (
        "autorisations",
        "financements",
        "reconnaissances",
        "missions",
        "cooperations",
        "autres_contrats",
        "sites",
        "appeles_au_contrat",
        "annexes_jointes",
    ):
        lines = getattr(profile, name)
        yield name, Decimal(len(lines)), "profil", profile.place_of(name)
