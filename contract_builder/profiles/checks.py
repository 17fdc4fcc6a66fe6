"""What is wrong or questionable in one profile, beyond its form: a list of short checks.

Each check takes the profile and the library and yields problems; ``check_profile`` runs them all.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from contract_builder.diagnostics import (
    Diagnostic,
    Problems,
    contract_problems,
    library_problems,
    profile_problems,
)
from contract_builder.model.dates import count_months_and_days, last_day_of_five_years
from contract_builder.model.french import describe_duration, long_date
from contract_builder.model.identifiers import (
    has_luhn_key,
    is_contract_code,
    is_finess,
    split_version_reference,
)
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile
from contract_builder.model.record import Record
from contract_builder.model.renewal_law import last_day_to_request
from contract_builder.profiles.final_blanks import check_final_blanks, check_signature_date
from contract_builder.profiles.funding_links import check_funding_links
from contract_builder.profiles.name_lengths import check_name_lengths
from contract_builder.profiles.other_contracts import check_other_contracts
from contract_builder.profiles.target_checks import check_baselines, check_negotiated_targets
from contract_builder.profiles.target_years import check_target_years
from contract_builder.profiles.variant_checks import check_variants

# Ordonnance n° 2020-1407 of 18 November 2020, article 5: « cinq ans » instead of « au plus ».
_FIVE_YEARS_SINCE = date(2020, 11, 20)
OLDEST_CAPACITY_YEARS = 2
"""How many years before the date of effect the capacities may date from."""

ProfileCheck = Callable[[Profile, Library], Iterable[Diagnostic]]


def check_profile(profile: Profile, library: Library) -> Problems:
    """Every problem of the profile; errors here mean that it cannot be assembled."""
    return [problem for check in PROFILE_CHECKS for problem in check(profile, library)]


def check_contract_type(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """The type of contract has an outline, still open at the date of effect."""
    outline = library.outlines.get(profile.type_contrat)
    place = profile.place_of("type_contrat")
    if outline is None:
        yield profile_problems.plan_inconnu(place, profile.type_contrat, tuple(library.outlines))
    elif outline.en_vigueur_au is not None and profile.contrat.date_effet > outline.en_vigueur_au:
        yield contract_problems.type_de_contrat_clos(
            profile.contrat.place_of("date_effet"),
            outline.avertissement
            or f"Ce type de contrat n’existe plus depuis le {long_date(outline.en_vigueur_au)}.",
        )


def check_campaign(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """The campaign exists, suits the type of contract and covers the date of effect."""
    campaign = library.campaigns.get(profile.campagne)
    place = profile.place_of("campagne")
    if campaign is None:
        yield profile_problems.campagne_inconnue(place, profile.campagne, tuple(library.campaigns))
        return
    if not campaign.covers(profile.contrat.date_effet):
        yield contract_problems.hors_campagne(profile.contrat.place_of("date_effet"), campaign.id)
    if campaign.type != profile.type_contrat:
        yield profile_problems.campagne_d_un_autre_type(place, campaign.id, campaign.type)


def check_sheets(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Chosen sheets exist, once each, and no more than the campaign allows."""
    campaign = library.campaigns.get(profile.campagne)
    if campaign is None:
        return
    known = library.fiches.get(campaign.fiches, {})
    seen: set[str] = set()
    for chosen in profile.fiches:
        if chosen.code not in known:
            yield profile_problems.fiche_inconnue(
                chosen.place_of("code"), chosen.code, tuple(known)
            )
        elif chosen.code in seen:
            yield profile_problems.fiche_en_double(chosen.place_of("code"), chosen.code)
        seen.add(chosen.code)
    count = len(seen)
    if campaign.objectifs_maximum is not None and count > campaign.objectifs_maximum:
        yield contract_problems.trop_d_objectifs(
            profile.place_of("fiches"), count, campaign.objectifs_maximum
        )


def check_contract_code(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """A code that begins with a FINESS number begins with the legal entity's."""
    code, finess = profile.contrat.code, profile.etablissement.finess_ej
    if is_finess(code[:9]) and is_finess(finess) and code[:9] != finess:
        place = profile.contrat.place_of("code")
        yield profile_problems.code_d_un_autre_etablissement(place, code, finess)


def check_contract_names(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """The code can name files; what the contract follows is written as a reference."""
    terms = profile.contrat
    if not is_contract_code(terms.code):
        yield profile_problems.code_mal_forme(terms.place_of("code"), terms.code)
    if terms.suite_de and split_version_reference(terms.suite_de) is None:
        yield profile_problems.suite_mal_ecrite(terms.place_of("suite_de"), terms.suite_de)


def check_counts(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """What is counted is not negative; a contract has a first version and a copy."""
    counted: list[tuple[Record, str, int]] = [
        (profile.contrat, "version", 1),
        (profile.contrat, "exemplaires", 1),
        *((visits, "passages", 0) for visits in profile.urgences),
        *((item, "capacite", 0) for item in profile.reconnaissances),
    ]
    for capacity in profile.capacites:
        counted += [(beds, key, 0) for beds in capacity.disciplines for key in ("lits", "places")]
    for record, key, least in counted:
        value = getattr(record, key)
        if value is not None and value < least:
            yield profile_problems.nombre_trop_petit(record.place_of(key), value, least)


def check_numbers(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """FINESS, SIREN and SIRET have their shape and their check digit."""
    entity = profile.etablissement
    yield from _finess(entity, "finess_ej", entity.finess_ej)
    yield from _digits(entity, "siren", entity.siren, 9)
    yield from _digits(entity, "siret", entity.siret, 14)
    for site in profile.sites:
        yield from _finess(site, "finess_et", site.finess_et)


def _finess(record: Record, key: str, value: str) -> Iterator[Diagnostic]:
    if not value:
        return
    place = record.place_of(key)
    if not is_finess(value):
        yield profile_problems.numero_mal_forme(
            place, "FINESS", value, "il faut neuf caractères, chiffres ou 2A/2B en tête"
        )
    elif not has_luhn_key(value):
        yield profile_problems.cle_de_controle(place, "FINESS", value)


def _digits(record: Record, key: str, value: str, length: int) -> Iterator[Diagnostic]:
    if not value:
        return
    place = record.place_of(key)
    if not (value.isdecimal() and len(value) == length):
        yield profile_problems.numero_mal_forme(
            place, key.upper(), value, f"il faut {length} chiffres"
        )
    elif not has_luhn_key(value):
        yield profile_problems.cle_de_controle(place, key.upper(), value)


def check_sites(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Authorisations and missions name sites of the profile; categories exist in FINESS."""
    known = tuple(site.finess_et for site in profile.sites)
    for authorisation in profile.autorisations:
        if authorisation.finess_et not in known:
            place = authorisation.place_of("finess_et")
            yield profile_problems.site_inconnu(place, authorisation.finess_et, known)
    for mission in profile.missions:
        if mission.site and mission.site not in known:
            yield profile_problems.site_inconnu(mission.place_of("site"), mission.site, known)
    labels = library.categories.categories if library.categories else {}
    for site in profile.sites:
        if labels and site.categorie and site.categorie not in labels:
            yield profile_problems.code_nomenclature_inconnu(
                site.place_of("categorie"),
                site.categorie,
                tuple(labels),
                "des catégories FINESS",
            )


def check_joined_files(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """The annexes that joined files complete exist in this type of contract."""
    outline = library.outlines.get(profile.type_contrat)
    if outline is None:
        return
    known = tuple(entry.numero for entry in outline.contenu if entry.numero)
    for annex in profile.annexes_jointes:
        if annex.annexe and annex.annexe not in known:
            yield profile_problems.annexe_inconnue(annex.place_of("annexe"), annex.annexe, known)


def check_line_keys(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Sites, authorisations, financing lines, commitments, joined files…: no key twice."""
    for lines in (
        [(site.finess_et, site.place_of("finess_et")) for site in profile.sites],
        [(item.key, item.place) for item in profile.autorisations],
        [(item.code, item.place_of("code")) for item in profile.reconnaissances],
        [(line.cle, line.place_of("cle")) for line in profile.financements],
        [(annex.fichier, annex.place_of("fichier")) for annex in profile.annexes_jointes],
        [(item.cle, item.place_of("cle")) for item in profile.engagements if item.cle],
        [(item.cle, item.place_of("cle")) for item in profile.missions if item.cle],
        [(item.cle, item.place_of("cle")) for item in profile.cooperations if item.cle],
        [(item.cle, item.place_of("cle")) for item in profile.autres_contrats if item.cle],
    ):
        seen: set[str] = set()
        for key, place in lines:
            if key in seen:
                yield profile_problems.cle_de_ligne_en_double(place, key)
            seen.add(key)


def check_authorisations(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Codes are in the nomenclature, dates hold at the date of effect."""
    nomenclature = library.nomenclature
    on = profile.contrat.date_effet
    if nomenclature and profile.autorisations and on < nomenclature.en_vigueur_du:
        place = profile.place_of("autorisations")
        yield profile_problems.nomenclature_posterieure(place, nomenclature.version)
    lines = frozenset(nomenclature.lignes) if nomenclature else frozenset()
    for item in profile.autorisations:
        if nomenclature is not None:
            tables = {
                "activite": nomenclature.activites,
                "modalite": {
                    **nomenclature.modalites,
                    **(nomenclature.modalites_par_activite or {}).get(item.activite, {}),
                },
                "mention": nomenclature.mentions,
                "pts": nomenclature.pratiques,
                "declaration": nomenclature.declarations,
            }
            unknown = [key for key, table in tables.items() if getattr(item, key) not in table]
            for key in unknown:
                yield profile_problems.code_nomenclature_inconnu(
                    item.place_of(key), getattr(item, key), tuple(tables[key])
                )
            if not unknown and item.quintuplet not in lines:
                yield profile_problems.quintuplet_inconnu(item.place, " ".join(item.quintuplet))
        if item.date_fin is not None and item.date_fin < on:
            place = item.place_of("date_fin")
            yield contract_problems.autorisation_echue(place, item.key, long_date(item.date_fin))
        late = item.date_limite is not None and item.date_limite < on
        if late and item.date_mise_en_oeuvre is None and item.date_limite is not None:
            yield contract_problems.autorisation_non_mise_en_oeuvre(
                item.place_of("date_limite"), item.key, long_date(item.date_limite)
            )


def check_funding(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Lines have an order, and amounts for years of the contract, if that one ends after it starts.

    Dates the wrong way round are told once, by ``check_duration``.
    """
    start, end = profile.contrat.date_effet.year, profile.contrat.last_day.year
    years = range(start, end + 1) if start <= end else None
    for line in profile.financements:
        amounts = list(line.montants.values())
        if line.mode == "CNR" and len(amounts) > 2 and len(set(amounts)) == 1 and amounts[0]:
            yield profile_problems.cnr_repete(line.place_of("mode"), line.cle)
        if line.arrete is None:
            yield contract_problems.financement_sans_arrete(line.place, line.cle)
        for year in line.montants:
            if years is not None and year not in years:
                yield contract_problems.annee_hors_contrat(line.place_of(f"montants.{year}"), year)


def check_capacities(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """The beds, which decide the size category, are not older than some years."""
    if not profile.capacites:
        return
    latest = max(profile.capacites, key=lambda capacity: capacity.annee)
    if latest.annee < profile.contrat.date_effet.year - OLDEST_CAPACITY_YEARS:
        yield profile_problems.capacites_anciennes(latest.place_of("annee"), latest.annee)


def check_duration(profile: Profile, library: Library) -> Iterator[Diagnostic]:
    """Five years (CSP L6114-1, version of 2020-11-20), at most five before; a timely renewal.

    A renewal follows the contract before it: the day before its date of effect is that one's term.
    A partner's contract does not rest on L6114-1 and may have any length.
    """
    terms = profile.contrat
    start = terms.date_effet
    if terms.date_fin is not None and terms.date_fin < start:
        yield library_problems.dates_inversees(terms.place_of("date_fin"))
        return
    if profile.type_contrat == "partenaire":
        return
    usual = last_day_of_five_years(start)
    shorter_was_lawful = start < _FIVE_YEARS_SINCE and terms.last_day < usual
    if terms.last_day != usual and not shorter_was_lawful:
        length = describe_duration(*count_months_and_days(start, terms.last_day))
        yield contract_problems.duree_inhabituelle(terms.place_of("date_fin"), length)
    deadline = last_day_to_request(start - timedelta(days=1))
    if terms.date_demande is not None and terms.date_demande > deadline:
        yield contract_problems.demande_tardive(terms.place_of("date_demande"), long_date(deadline))


PROFILE_CHECKS: tuple[ProfileCheck, ...] = (
    check_contract_type,
    check_campaign,
    check_sheets,
    check_negotiated_targets,
    check_baselines,
    check_contract_code,
    check_contract_names,
    check_counts,
    check_numbers,
    check_name_lengths,
    check_sites,
    check_joined_files,
    check_line_keys,
    check_authorisations,
    check_funding,
    check_funding_links,
    check_target_years,
    check_capacities,
    check_duration,
    check_other_contracts,
    check_variants,
    check_signature_date,
    check_final_blanks,
)
