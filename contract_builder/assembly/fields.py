"""The fields that clauses may name, ``{{ contrat.date_effet | date }}``, and their evaluation.

The list of fields is closed: a name outside it is an error even before there is a profile. An
expression is Jinja's, sandboxed, strict and without globals; its value never becomes markup. A
known field without value gives a marked gap.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from contract_builder.assembly.context import Context
from contract_builder.assembly.contract_years import lines_of_contract, total_of_contract
from contract_builder.assembly.cover import count_signatories
from contract_builder.diagnostics import Problems, file_problems
from contract_builder.frozen import dataclass
from contract_builder.model.dates import count_months_and_days, find_mid_term
from contract_builder.model.establishment import Address, Representative
from contract_builder.model.french import (
    NBSP,
    describe_duration,
    enumerate_words,
    format_amount,
    format_number,
    long_date,
    with_article,
)
from contract_builder.model.renewal_law import last_day_to_request
from contract_builder.source import Place

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

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


class FormatError(Exception):
    """A format or an operation that does not suit the value; the text says so in French."""


def format_value(value: object) -> str:
    """A value as French text without any filter."""
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, Decimal):
        return format_number(value)
    return str(value)


def _date_filter(value: object) -> str:
    if not isinstance(value, date):
        raise FormatError("« date » ne s’applique qu’à une date")
    return long_date(value)


def _amount_filter(value: object) -> str:
    if not isinstance(value, Decimal | int):
        raise FormatError("« montant » ne s’applique qu’à un nombre")
    return format_amount(Decimal(value))


def _number_filter(value: object) -> str:
    if not isinstance(value, Decimal | int):
        raise FormatError("« nombre » ne s’applique qu’à un nombre")
    return format_number(value)


def _year_filter(value: object) -> str:
    if not isinstance(value, date):
        raise FormatError("« annee » ne s’applique qu’à une date")
    return str(value.year)


_FORMATS: Mapping[str, Callable[[object], object]] = {
    "date": _date_filter,
    "montant": _amount_filter,
    "nombre": _number_filter,
    "annee": _year_filter,
}
_PLAIN = re.compile(r"\s*([a-z_]+)\.([a-z_]+)\s*(?:\|\s*([a-z]+)\s*)?")
"""A name alone, or a name and its format: what nearly every field of a clause is."""


@cache
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters.clear()
    environment.filters.update(_FORMATS)
    environment.tests.clear()
    return environment


# Names, formats, « x if y else z », « ~ », « + » and « - »: nothing that could call a function or
# grow without end (« 9 ** 9 ** 9 » would be computed while it is compiled).
_ADMITTED_NODES = frozenset(
    {"Template", "Output", "TemplateData", "Name", "Getattr", "Const", "Filter", "Concat"}
    | {"CondExpr", "Compare", "Operand", "Not", "And", "Or", "Add", "Sub"}
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: the fields that it names and the function that evaluates it."""

    fields: tuple[str, ...]
    evaluate: Callable[..., object]


def parse_field(text: str, place: Place, problems: Problems) -> Expression | None:
    """The expression, or None when it is malformed or names an unknown field or filter."""
    expression = _compile(text)
    if isinstance(expression, str):
        problems.append(file_problems.champ_mal_forme(place, expression))
        return None
    unknown = [name for name in expression.fields if name not in FIELDS]
    for name in unknown:
        problems.append(file_problems.champ_inconnu(_name_place(place, name), name, tuple(FIELDS)))
    if not expression.fields:
        problems.append(file_problems.champ_mal_forme(place, "il ne nomme aucune valeur"))
    return None if unknown or not expression.fields else expression


@lru_cache(maxsize=1024)
def _compile(text: str) -> Expression | str:
    """The expression, or why it is malformed; kept, for each contract asks for the same ones."""
    return _find_plain(text) or _compile_by_jinja(text)


def _find_plain(text: str) -> Expression | None:
    """A known field with a known format or none, as Jinja reads it, without asking Jinja."""
    match = _PLAIN.fullmatch(text)
    if match is None or f"{match[1]}.{match[2]}" not in FIELDS:
        return None
    space, attribute, name = match.groups()
    if name is None:
        return Expression((f"{space}.{attribute}",), lambda **given: given[space][attribute])
    if name not in _FORMATS:
        return None
    form = _FORMATS[name]
    return Expression((f"{space}.{attribute}",), lambda **given: form(given[space][attribute]))


def _compile_by_jinja(text: str) -> Expression | str:
    from jinja2 import TemplateError, nodes

    environment = _environment()
    try:
        tree = environment.parse("{{ " + text + " }}")
        if any(type(node).__name__ not in _ADMITTED_NODES for node in tree.find_all(nodes.Node)):
            return "cette opération n’est pas admise"
        evaluate = environment.compile_expression(text, undefined_to_none=False)
    except TemplateError as error:
        return _french_reason(str(error))
    return Expression(tuple(dict.fromkeys(_iter_field_names(tree))), evaluate)


def evaluate_expression(expression: Expression, context: Context) -> str | tuple[str, str]:
    """The French text of the expression, else (key, label) of the first missing field.

    Raises FormatError when the value is not of the kind that the expression needs.
    """
    namespaces: dict[str, dict[str, FieldValue]] = {}
    for name in expression.fields:
        value = FIELDS[name].get(context)
        if value is None:
            return (name, FIELDS[name].label)
        space, _, attribute = name.partition(".")
        namespaces.setdefault(space, {})[attribute] = value
    try:
        return format_value(expression.evaluate(**namespaces))
    except (ArithmeticError, TypeError, ValueError) as error:
        raise FormatError("cette opération ne s’applique pas à ces valeurs") from error


def _name_place(place: Place, name: str) -> Place:
    column = place.excerpt.find(name, place.column - 1)
    return place if column < 0 else Place(place.source, place.line, column + 1, len(name))


def _french_reason(error: str) -> str:
    if "No filter named" in error:
        known = enumerate_words([f"« {name} »" for name in _FORMATS])
        return f"ce format n’existe pas ; formats connus : {known}"
    return "un signe manque ou est de trop ; la forme est « {{ nom.de.la.valeur | format }} »"


def _iter_field_names(node: "nodes.Node") -> Iterator[str]:
    """Each dotted name of an expression, longest first (« contrat.date_effet »)."""
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        parts = [node.attr]
        inner: nodes.Node = node.node
        while isinstance(inner, nodes.Getattr):
            parts.append(inner.attr)
            inner = inner.node
        if isinstance(inner, nodes.Name):
            yield ".".join((inner.name, *reversed(parts)))
            return
    if isinstance(node, nodes.Name):
        yield node.name
        return
    for child in node.iter_child_nodes():
        yield from _iter_field_names(child)
