"""What becomes of each section of a profile file when its contract is renewed."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from contract_builder.model.french import enumerate_words, format_amount, long_date
from contract_builder.model.record import Record
from contract_builder.reading.line_keys import LINE_KEYS, line_keys
from contract_builder.reading.tree import Tree, get_text
from contract_builder.renewal.fates import FateDecision, FateItem, NextSection, RenewalSetting
from contract_builder.renewal.lines import LISTS, Line, decide_line, name_of_line

_YEAR = re.compile(r"\d{4}")
_ASK: Mapping[str, str] = {
    "capacites": "les capacités de la dernière année connue, qui décident de la taille",
    "urgences": "les passages aux urgences de la dernière année connue",
    "financements": "les financements de la période et leurs arrêtés",
    "engagements": "les engagements de l’établissement pour la période",
    "autres_contrats": "les autres contrats et accords en vigueur",
}
"""What to ask for when nothing is left of a section, sheets apart."""

SectionRule = Callable[[str, Tree, RenewalSetting], NextSection]


def carry_section(section: str, tree: Tree, setting: RenewalSetting) -> NextSection:
    """What is left of a section of the old file, and what to tell about it.

    ``tree`` is what the establishment's own file holds, blank when it holds nothing.
    """
    if section in LISTS:
        return _carry_lines(section, tree, setting)
    return SECTION_RULES.get(section, _keep)(section, tree, setting)


def _keep(section: str, tree: Tree, setting: RenewalSetting) -> NextSection:
    if not tree:
        return NextSection(tree, ())
    place = setting.profile.place_of(section)
    return NextSection(tree, (FateItem("repris", section, "", "", place),))


def _carry_entity(section: str, tree: Tree, setting: RenewalSetting) -> NextSection:
    """The identity stays; opinions and the products of the last closed year are asked again."""
    entity = setting.profile.etablissement
    items = [FateItem("repris", section, "identité", "", setting.profile.place_of(section))]
    kept = dict(tree) if isinstance(tree, dict) else {}
    if "deliberations" in kept:
        kept["deliberations"] = ""
    place = entity.place_of("deliberations")
    old = [
        f"{item.nature} ({item.instance}, {long_date(item.date)})" for item in entity.deliberations
    ]
    if old:
        told = f"celles du contrat précédent : {enumerate_words(old)}"
        items.append(FateItem("a-redemander", section, "délibérations et avis", told, place))
    if entity.produits_assurance_maladie is not None:
        kept["produits_assurance_maladie"] = ""
        amount = format_amount(entity.produits_assurance_maladie)
        why = f"ceux du dernier exercice clos ; au contrat précédent : {amount}"
        place = entity.place_of("produits_assurance_maladie")
        what = "produits de l’assurance maladie"
        items.append(FateItem("a-redemander", section, what, why, place))
    if entity.representant is not None:
        why = "à confirmer avant signature"
        items.append(FateItem("a-redemander", section, "représentant", why, entity.place))
    return NextSection(kept, tuple(items))


def _carry_regional_plan(section: str, tree: Tree, setting: RenewalSetting) -> NextSection:
    """Kept while its period reaches the new date of effect."""
    plan = setting.profile.prs
    years = _YEAR.findall(plan.periode) if plan is not None else []
    if not tree or plan is None or not years or int(years[-1]) >= setting.effective_on.year:
        return _keep(section, tree, setting)
    place = setting.profile.place_of(section)
    items = [FateItem("caduc", section, "", f"période {plan.periode}", place)]
    if section not in setting.shared_keys:
        items.append(FateItem("a-redemander", section, "", "le projet régional en vigueur"))
    return NextSection("", tuple(items))


def _drop(section: str, tree: Tree, setting: RenewalSetting) -> NextSection:
    """Written anew for each contract."""
    return NextSection("", ())


def _copy(section: str, tree: Tree, setting: RenewalSetting) -> NextSection:
    """Kept without a word."""
    return NextSection(tree, ())


SECTION_RULES: Mapping[str, SectionRule] = {
    "fictif": _copy,
    "type_contrat": _copy,
    "etablissement": _carry_entity,
    "prs": _carry_regional_plan,
    "contrat": _drop,
    "campagne": _drop,
    "motifs_avenant": _drop,
    "niveaux_avenant": _drop,
}
"""The sections that are not lists and do more than stay as they are."""


def _carry_lines(section: str, tree: Tree, setting: RenewalSetting) -> NextSection:
    own = [line for line in tree if isinstance(line, dict)] if isinstance(tree, list) else []
    kept: list[Tree] = []
    items: list[FateItem] = []
    plain = left = 0
    for record, line in _pair_lines(section, own, setting):
        decision = decide_line(record, line or {}, setting)
        left += decision.tree is not None
        if line is None:
            items.extend(_tell_shared_line(section, record, decision))
            continue
        if decision.tree is not None:
            kept.append(decision.tree)
        if decision.why:
            what, place = name_of_line(section, record), record.place
            items.append(FateItem(decision.fate, section, what, decision.why, place))
        else:
            plain += 1
    if plain:
        count = "1 ligne" if plain == 1 else f"{plain} lignes"
        items.insert(0, FateItem("repris", section, count, "", setting.profile.place_of(section)))
    if not left and getattr(setting.profile, section):
        items.extend(_ask_again(section, setting))
    return NextSection(kept or "", tuple(items))


def _pair_lines(
    section: str, own: list[Line], setting: RenewalSetting
) -> Iterator[tuple[Record, Line | None]]:
    """Each resolved line with the one that the establishment's file writes, None without one."""
    records: tuple[Record, ...] = getattr(setting.profile, section)
    if section not in LINE_KEYS:
        # The establishment's list replaces those below: same lines, same order, or none.
        yield from zip(records, own if own else [None] * len(records), strict=True)
        return
    written = {key: line for line in own for key in line_keys(section, partial(get_text, line))}
    for record in records:
        keys = line_keys(section, partial(_text_of, record))
        yield record, next((written[key] for key in keys if key in written), None)


def _text_of(record: Record, name: str) -> str:
    return str(getattr(record, name) or "")


def _tell_shared_line(section: str, record: Record, decision: FateDecision) -> Iterator[FateItem]:
    """A line of the registries or of the region follows by itself; what is over there is told."""
    if decision.why:
        why = f"{decision.why} ; donnée des registres ou de la région, à actualiser à sa source"
        yield FateItem("a-redemander", section, name_of_line(section, record), why, record.place)


def _ask_again(section: str, setting: RenewalSetting) -> Iterator[FateItem]:
    """What to ask for when nothing is left of a section that held something."""
    if section == "fiches":
        maximum = setting.campaign.objectifs_maximum
        limit = "" if maximum is None else f", {maximum} au plus"
        why = f"à choisir dans le catalogue « {setting.campaign.fiches} »{limit}"
        yield FateItem("a-redemander", section, "", why)
    elif section in _ASK:
        yield FateItem("a-redemander", section, "", _ASK[section])
