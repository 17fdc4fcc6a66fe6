"""What a contract of its type is expected to say and the profile leaves empty.

The outline names the headings (``rubriques_attendues``). An empty one is a gap, told as a problem
and marked where it would be printed, unless the profile declares in so many words that there is
none (``neants``). Called once by ``assembly.assemble``, before the clauses are filled.
"""

from collections.abc import Iterable, Iterator, Mapping

from contract_builder.assembly.context import Context
from contract_builder.assembly.typography import typeset
from contract_builder.diagnostics import contract_problems
from contract_builder.frozen import dataclass
from contract_builder.model.absences import HEADINGS, DeclarableHeading, DeclaredAbsence, Heading
from contract_builder.model.activities import Beds
from contract_builder.model.blocks import Block, Field, Gap, Paragraph
from contract_builder.model.french import long_date
from contract_builder.source import Place

HEADING_OF_TABLE: Mapping[str, Heading] = {
    "objectifs": "fiches",
    "sites": "sites",
    "capacites": "capacites",
    "autorisations": "autorisations",
    "financements": "financements",
    "financements_enveloppes": "financements",
    "financements_conditions": "financements",
    "autres_contrats": "autres_contrats",
    "deliberations": "deliberations",
}
"""Which heading each table of a clause shows."""


@dataclass(frozen=True, slots=True)
class _Activity:
    """A kind of activity and the code that authorises it (nomenclature of décret 2021-1855)."""

    name: str
    label: str
    code: str


_ACTIVITIES: Mapping[str, _Activity] = {
    item.name: item
    for item in (
        _Activity("medecine", "médecine", "QA001"),
        _Activity("chirurgie", "chirurgie", "QA002"),
        _Activity("obstetrique", "gynécologie-obstétrique", "QA003"),
        _Activity("smr", "soins médicaux et de réadaptation", "QA050"),
        _Activity("psychiatrie", "psychiatrie", "QA004"),
        _Activity("had", "hospitalisation à domicile", "QA020"),
        _Activity("usld", "soins de longue durée", "QA007"),
        _Activity("urgences", "médecine d’urgence", "QA014"),
        _Activity("antenne_urgences", "antenne de médecine d’urgence", "QA014"),
        _Activity("dialyse", "traitement de l’insuffisance rénale chronique", "QA016"),
        _Activity("amp", "assistance médicale à la procréation", "QA017"),
        _Activity("genetique", "génétique", "QA019"),
        _Activity("dpn", "diagnostic prénatal", "QA021"),
    )
}
_DISCIPLINES = ("medecine", "chirurgie", "obstetrique", "smr", "psychiatrie", "had", "usld")
_CATEGORIES = {"had": "had", "dialyse": "dialyse", "chs": "psychiatrie", "smr": "smr"}
_BIOLOGY = {
    "amp": "amp",
    "amp_don": "amp",
    "oncofertilite": "amp",
    "risque_viral": "amp",
    "genetique_postnatale": "genetique",
    "dpn": "dpn",
}


def record_lacks(context: Context) -> None:
    """Adds to the context's problems and gaps what the contract lacks; contradictions too."""
    for declared in context.profile.neants:
        _check_declared(declared, context)
    for expected in context.outline.rubriques_attendues:
        if expected == "activites":
            _record_activities(context)
        elif is_lacking(expected, context):
            _record_heading(expected, context)


def is_lacking(heading: Heading, context: Context) -> bool:
    """True for an expected heading that is empty and that nobody declared to be so."""
    return (
        heading in context.outline.rubriques_attendues
        and _concerns(heading, context)
        and _is_empty(heading, context)
        and find_declared(heading, context) is None
    )


def find_declared(heading: str, context: Context) -> DeclaredAbsence | None:
    """The declaration that there is nothing under a heading, if the profile has one."""
    return next((item for item in context.profile.neants if item.rubrique == heading), None)


def empty_table_blocks(table: str, context: Context) -> tuple[Block, ...] | None:
    """What stands in the place of an empty table: a gap, or who declared that there is none.

    None where the contract's type asks nothing under that heading.
    """
    heading = HEADING_OF_TABLE.get(table)
    if heading is None:
        return None
    if is_lacking(heading, context):
        return (Paragraph((Gap(key_of_gap(heading), HEADINGS[heading]),)),)
    declared = find_declared(heading, context)
    if declared is None:
        return None
    return (Paragraph((Field(key_of_declared(heading), declared_text(declared)),)),)


def label_of_declarable(name: DeclarableHeading) -> str:
    """What a heading that may be declared empty is called."""
    activity = _ACTIVITIES.get(name)
    if activity is not None:
        return f"autorisation de l’activité « {activity.label} »"
    return HEADINGS[name]  # type: ignore[index] # an activity or a heading


def key_of_declared(heading: Heading) -> str:
    """The key of the value « Néant, déclaré par… »."""
    return f"neant.{heading}"


def declared_text(declared: DeclaredAbsence) -> str:
    """« Néant, déclaré par le directeur le 3 mars 2025 : … »."""
    reason = f" : {declared.motif.rstrip('.')}" if declared.motif else ""
    return typeset(
        f"Néant, déclaré par {declared.declare_par} le {long_date(declared.le)}{reason}."
    )


def _concerns(heading: Heading, context: Context) -> bool:
    """Deliberations are asked of public establishments only (CSP L6143-1, L6143-7)."""
    return heading != "deliberations" or context.profile.etablissement.statut == "public"


def _is_empty(heading: Heading, context: Context) -> bool:
    profile = context.profile
    if heading == "deliberations":
        return not profile.etablissement.deliberations
    if heading == "fiches":
        return not context.chosen_sheets()
    if heading == "capacites":
        return not any(
            beds.lits or beds.places for year in profile.capacites for beds in year.disciplines
        )
    return not getattr(profile, heading)


def key_of_gap(heading: Heading) -> str:
    """The key of the profile that the officer fills."""
    return "etablissement.deliberations" if heading == "deliberations" else heading


def _place(heading: Heading, context: Context) -> Place:
    owner = context.profile.etablissement if heading == "deliberations" else context.profile
    return owner.place_of(heading)


def _record_heading(heading: Heading, context: Context) -> None:
    label = HEADINGS[heading]
    key = key_of_gap(heading)
    problem = contract_problems.rubrique_vide(_place(heading, context), heading, label, key)
    context.record_gap(key, label, problem)


def _check_declared(declared: DeclaredAbsence, context: Context) -> None:
    """A heading that is declared empty and is not: one of the two is wrong."""
    name = declared.rubrique
    if name in _ACTIVITIES:
        contradicted = _ACTIVITIES[name].code in _authorised(context)
    else:
        contradicted = not _is_empty(name, context)  # type: ignore[arg-type]
    if contradicted:
        place = declared.place_of("rubrique")
        context.problems.append(contract_problems.neant_contredit(place, name))


def _record_activities(context: Context) -> None:
    """Each activity that the profile declares without an authorisation in force, once."""
    if find_declared("autorisations", context) is not None:
        return
    told: set[str] = set()
    for name, source, place in _iter_activities(context):
        activity = _ACTIVITIES[name]
        if name in told or _is_authorised(name, context) or find_declared(name, context):
            continue
        told.add(name)
        problem = contract_problems.activite_sans_autorisation(
            place, name, activity.label, source, activity.code
        )
        label = f"autorisation de l’activité « {activity.label} » ({source})"
        context.record_gap(f"autorisations.{name}", label, problem)


def _authorised(context: Context) -> frozenset[str]:
    """The codes of the activities authorised at the date of effect."""
    fact = context.facts.get("activites")
    return fact.value if fact is not None and isinstance(fact.value, frozenset) else frozenset()


def _is_authorised(name: str, context: Context) -> bool:
    return _ACTIVITIES[name].code in _authorised(context)


_Found = Iterable[tuple[str, str, Place]]


def _iter_activities(context: Context) -> Iterator[tuple[str, str, Place]]:
    """Each activity that the profile declares: its name, what declares it, and where."""
    yield from _from_figures(context)
    yield from _from_qualities(context)


def _from_figures(context: Context) -> _Found:
    """Beds and places of the last known year, visits to the emergency department."""
    profile = context.profile
    if profile.capacites:
        latest = max(profile.capacites, key=lambda capacity: capacity.annee)
        for name in _DISCIPLINES:
            beds: Beds | None = getattr(latest, name)
            if beds is not None and (beds.lits or beds.places):
                source = f"capacités de {latest.annee}"
                yield name, source, latest.place_of(name)
    if profile.urgences:
        visits = max(profile.urgences, key=lambda item: item.annee)
        if visits.passages:
            yield "urgences", f"passages de {visits.annee}", visits.place_of("passages")


def _from_qualities(context: Context) -> _Found:
    """The category, the yes-or-no answers, the biology and the missions of the establishment."""
    profile, entity = context.profile, context.profile.etablissement
    if entity.categorie in _CATEGORIES:
        yield _CATEGORIES[entity.categorie], "catégorie", entity.place_of("categorie")
    if entity.soins_longue_duree:
        yield "usld", "soins_longue_duree : oui", entity.place_of("soins_longue_duree")
    if entity.antenne_urgences:
        yield "antenne_urgences", "antenne_urgences : oui", entity.place_of("antenne_urgences")
    for kind in entity.activites_biologie:
        yield _BIOLOGY[kind], "activités de biologie", entity.place_of("activites_biologie")
    for mission in profile.missions:
        if mission.nature == "plateau_smr":
            yield "smr", "missions", mission.place_of("nature")
