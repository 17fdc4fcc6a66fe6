"""The fields that clauses may name, as in ``{{ contrat.date_effet | date }}``.

The list is closed: a name outside it is an error even before there is a profile. A known field
without value gives a marked gap.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from contract_builder.assembly.context import Context
from contract_builder.assembly.contract_years import lines_of_contract, total_of_contract
from contract_builder.assembly.cover import count_signatories
from contract_builder.frozen import dataclass
from contract_builder.model.dates import count_months_and_days, find_mid_term
from contract_builder.model.establishment import Address, Representative
from contract_builder.model.french import (
    NBSP,
    describe_duration,
    long_date,
    with_article,
)
from contract_builder.model.renewal_law import last_day_to_request

_DATE_TO_WRITE = "…" * 10
FieldValue = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What a missing field is called in French, and how its value is found."""

    label: str
    get: Callable[[Context], FieldValue]


def one_line(address: Address | None) -> str | None:
    """The address on one line; None when nothing of it is known."""
    if address is None:
        return None
    town = " ".join(part for part in (address.code_postal, address.commune) if part)
    return ", ".join(part for part in (address.voie, address.complement, town) if part) or None


def _duration(context: Context) -> str:
    return describe_duration(*count_months_and_days(context.on, context.end))


def _fact(name: str) -> Callable[[Context], FieldValue]:
    def get(context: Context) -> FieldValue:
        fact = context.facts.get(name)
        return fact.value if fact is not None and isinstance(fact.value, Decimal) else None

    return get


def _text(path: str) -> Callable[[Context], FieldValue]:
    """A getter along attribute names; a None or an empty text on the way gives None."""
    names = path.split(".")

    def get(context: Context) -> FieldValue:
        value: object = context.profile
        for name in names:
            value = getattr(value, name)
            if value is None or value == "":
                return None
        return value if isinstance(value, str | int | Decimal | date) else None

    return get


def _in_a_sentence(representative: Representative | None) -> str | None:
    """The representative's function as it stands inside a sentence: « la directrice »."""
    if representative is None:
        return None
    return representative.civilite_fonction or with_article(representative.fonction)


def _copies(context: Context) -> int:
    return context.profile.contrat.exemplaires or count_signatories(context)


def _originals(context: Context) -> str:
    """« 3 exemplaires originaux, un pour chaque signataire », in as many as there are."""
    count = _copies(context)
    if count == 1:
        return f"1{NBSP}exemplaire original"
    shared = ", un pour chaque signataire" if count == count_signatories(context) else ""
    return f"{count}{NBSP}exemplaires originaux{shared}"


def _on_which_day(context: Context) -> str:
    """« le 24 juin 2025 », or a line to write the day on."""
    day = context.profile.contrat.date_signature
    return f"le{NBSP}{_DATE_TO_WRITE if day is None else long_date(day)}"


def _department_president(context: Context) -> str:
    representative = context.profile.etablissement.departement_representant
    return _in_a_sentence(representative) or "le président du conseil départemental"


FIELDS: Mapping[str, FieldSpec] = {
    "contrat.code": FieldSpec("code du contrat", _text("contrat.code")),
    "contrat.date_effet": FieldSpec("date d’effet", lambda c: c.on),
    "contrat.date_fin": FieldSpec("date de fin", lambda c: c.end),
    "contrat.date_demande": FieldSpec(
        "date de la demande de renouvellement", _text("contrat.date_demande")
    ),
    "contrat.version": FieldSpec("version", _text("contrat.version")),
    "contrat.duree_annees": FieldSpec(
        "durée en années entières", lambda c: count_months_and_days(c.on, c.end)[0] // 12
    ),
    "contrat.duree": FieldSpec("durée", _duration),
    "contrat.exemplaires": FieldSpec("nombre d’exemplaires", _copies),
    "contrat.exemplaires_originaux": FieldSpec("nombre d’exemplaires", _originals),
    "contrat.date_signature": FieldSpec("date de signature", _text("contrat.date_signature")),
    "contrat.mention_date_signature": FieldSpec("date de signature", _on_which_day),
    "contrat.lieu_signature": FieldSpec("lieu de signature", _text("contrat.lieu_signature")),
    "contrat.annee_debut": FieldSpec("première année", lambda c: c.on.year),
    "contrat.annee_fin": FieldSpec("dernière année", lambda c: c.end.year),
    "contrat.date_evaluation_mi_parcours": FieldSpec(
        "date de l’évaluation à mi-parcours", lambda c: find_mid_term(c.on, c.end)
    ),
    "contrat.date_limite_renouvellement": FieldSpec(
        "date limite de demande de renouvellement", lambda c: last_day_to_request(c.end)
    ),
    "etablissement.finess_ej": FieldSpec("FINESS EJ", _text("etablissement.finess_ej")),
    "etablissement.siren": FieldSpec("numéro SIREN", _text("etablissement.siren")),
    "etablissement.siret": FieldSpec("numéro SIRET", _text("etablissement.siret")),
    "etablissement.raison_sociale": FieldSpec(
        "raison sociale", _text("etablissement.raison_sociale")
    ),
    "etablissement.nom_court": FieldSpec("nom court", _text("etablissement.nom_court")),
    "etablissement.statut_juridique": FieldSpec(
        "statut juridique", _text("etablissement.statut_juridique")
    ),
    "etablissement.adresse": FieldSpec(
        "adresse de l’établissement", lambda c: one_line(c.profile.etablissement.adresse)
    ),
    "etablissement.departement": FieldSpec("département", _text("etablissement.departement")),
    "etablissement.representant_fonction": FieldSpec(
        "fonction du représentant", _text("etablissement.representant.fonction")
    ),
    "etablissement.representant": FieldSpec(
        "représentant de l’établissement",
        lambda c: _in_a_sentence(c.profile.etablissement.representant),
    ),
    "etablissement.representant_qualite": FieldSpec(
        "qualité du représentant", _text("etablissement.representant.qualite")
    ),
    "etablissement.departement_cosignataire": FieldSpec(
        "département cosignataire", _text("etablissement.departement_cosignataire")
    ),
    "etablissement.departement_representant": FieldSpec(
        "représentant du département", _department_president
    ),
    "etablissement.universite_nom": FieldSpec("université", _text("etablissement.universite.nom")),
    "etablissement.universite_convention_date": FieldSpec(
        "date de la convention avec l’université", _text("etablissement.universite.convention_date")
    ),
    "etablissement.lits": FieldSpec("nombre de lits", _fact("lits")),
    "etablissement.passages_urgences": FieldSpec(
        "passages aux urgences", _fact("passages_urgences")
    ),
    "etablissement.produits_assurance_maladie": FieldSpec(
        "produits reçus de l’assurance maladie", _text("etablissement.produits_assurance_maladie")
    ),
    "ars.nom": FieldSpec("nom de l’agence", _text("ars.nom")),
    "ars.adresse": FieldSpec("adresse de l’agence", lambda c: one_line(c.profile.ars.adresse)),
    "ars.region": FieldSpec("région", _text("ars.region")),
    "ars.representant_fonction": FieldSpec(
        "fonction du représentant de l’agence", _text("ars.representant.fonction")
    ),
    "ars.representant": FieldSpec(
        "représentant de l’agence", lambda c: _in_a_sentence(c.profile.ars.representant)
    ),
    "prs.intitule": FieldSpec("projet régional de santé", _text("prs.intitule")),
    "prs.periode": FieldSpec("période du projet régional de santé", _text("prs.periode")),
    "prs.arrete_numero": FieldSpec("numéro de l’arrêté du PRS", _text("prs.arrete_numero")),
    "prs.arrete_date": FieldSpec("date de l’arrêté du PRS", _text("prs.arrete_date")),
    "caisse_pivot.nom": FieldSpec("caisse pivot", _text("caisse_pivot.nom")),
    "tribunal.nom": FieldSpec("tribunal compétent", _text("tribunal.nom")),
    "campagne.intitule": FieldSpec("campagne", lambda c: c.campaign.intitule),
    "campagne.objectifs_maximum": FieldSpec(
        "nombre maximal d’objectifs", lambda c: c.campaign.objectifs_maximum
    ),
    "ght.nom": FieldSpec("nom du GHT", _text("ght.nom")),
    "ght.role": FieldSpec("rôle dans le GHT", _text("ght.role")),
    "ght.support_nom": FieldSpec("établissement support du GHT", _text("ght.support_nom")),
    "ght.support_finess": FieldSpec(
        "FINESS de l’établissement support du GHT", _text("ght.support_finess")
    ),
    "nombre.sites": FieldSpec("nombre de sites", lambda c: len(c.profile.sites)),
    "nombre.autorisations": FieldSpec(
        "nombre d’autorisations", lambda c: len(c.profile.autorisations)
    ),
    "nombre.objectifs": FieldSpec("nombre d’objectifs", lambda c: len(c.profile.fiches)),
    "nombre.financements": FieldSpec(
        "nombre de lignes de financement", lambda c: len(lines_of_contract(c))
    ),
    "nombre.annees": FieldSpec("nombre d’années", lambda c: len(c.campaign.annees)),
    "total.financements": FieldSpec("total des financements", total_of_contract),
}
