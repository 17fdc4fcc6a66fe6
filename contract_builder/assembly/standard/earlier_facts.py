"""The facts that a contract of schema 1 or 2 tells: its header, its records, the reasons it keeps.

For contracts recorded before facts were (schema 3). Each section keeps the tests that decided for
it (« CHU : non ») in the words of its time: they are read back, so that a clause which the contract
does not hold is judged by the same facts. What nothing tells stays unknown.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from contract_builder.model.blocks import Table, iter_blocks
from contract_builder.model.condition import FactKind
from contract_builder.model.contract import AuthorisationRecord, Contract
from contract_builder.model.facts import Fact, Facts, FactValue
from contract_builder.reading.scalars import parse_decimal
from contract_builder.source import NOWHERE

EARLIER_LABELS: Final[Mapping[FactKind, Mapping[str, str]]] = {
    "texte": {
        "type de contrat": "type_contrat",
        "campagne": "campagne",
        "statut de l’établissement": "statut",
        "catégorie de l’établissement": "categorie",
        "département": "departement",
        "place dans le GHT": "ght_role",
        "catégorie de titulaire": "categorie_titulaire",
    },
    "nombre": {
        "lits": "lits",
        "passages aux urgences": "passages_urgences",
        "nombre d’autorisations": "autorisations",
        "nombre de lignes de financement": "financements",
        "nombre de reconnaissances contractuelles": "reconnaissances",
        "nombre de missions": "missions",
        "nombre de coopérations": "cooperations",
        "nombre d’autres contrats": "autres_contrats",
        "nombre de sites": "sites",
        "nombre d’organismes appelés au contrat": "appeles_au_contrat",
        "nombre de fichiers joints": "annexes_jointes",
    },
    "oui_non": {
        "CHU": "chu",
        "activité d’urgences": "urgences",
        "antenne de médecine d’urgence": "antenne_urgences",
        "hospitalisation à domicile": "had",
        "soins de longue durée": "soins_longue_duree",
        "service public hospitalier": "service_public",
        "plusieurs sites": "sites_multiples",
        "soins palliatifs": "soins_palliatifs",
        "enseignement et recherche": "enseignement_recherche",
        "recherche": "recherche",
        "centre de santé": "centre_sante",
        "permanence des soins en établissement": "systeme_pdses",
        "retour à l’équilibre en cours": "retour_equilibre",
    },
}
"""How the reasons of schemas 1 and 2 call each fact: frozen, whatever conditions say since."""
_REASON = re.compile(r"(?:contraire de : )*(?P<label>[^:;]+) : (?P<value>.+)")
_NUMBER = re.compile(r"(?P<number>[\d\s,.−-]+?) [=≠≥≤<>] ")
_YES_NO = {"oui": True, "non": False}
_COUNTED_TABLES = {
    "reconnaissances": "reconnaissances",
    "missions": "missions",
    "cooperations": "cooperations",
    "autres-contrats": "autres_contrats",
    "sites": "sites",
    "appeles-au-contrat": "appeles_au_contrat",
}


def read_earlier_facts(contract: Contract) -> Facts:
    """What is known for sure; the reasons that the sections keep win."""
    found: dict[str, FactValue] = {}
    for source in (_from_header, _from_records, _from_tables, _from_reasons):
        found.update(source(contract))
    return {name: Fact(value, "contrat", NOWHERE) for name, value in found.items()}


_Found = Iterator[tuple[str, FactValue]]


def _from_header(contract: Contract) -> _Found:
    header = contract.header
    yield "type_contrat", header.type
    yield "campagne", header.campaign
    yield "date_effet", header.effective_date


def _from_records(contract: Contract) -> _Found:
    tables = contract.tables
    yield "fiches", frozenset(item.code for item in tables.objectives)
    yield "volets", frozenset(f"{o.code}:{o.volet}" for o in tables.objectives if o.volet)
    yield "autorisations", Decimal(len(tables.authorisations))
    yield "financements", Decimal(len({item.key for item in tables.fundings}))
    on = contract.header.effective_date
    current = [item for item in tables.authorisations if _is_in_force(item, on)]
    for position, name in enumerate(("activites", "modalites", "mentions")):
        yield name, frozenset(item.quintuplet[position] for item in current)
    yield "equipements", frozenset(name for i in current for name, count in i.devices if count)


def _is_in_force(record: AuthorisationRecord, on: date) -> bool:
    return record.ends_on is None or record.ends_on >= on


def _from_tables(contract: Contract) -> _Found:
    """How many lines the printed tables have; a table that is not printed tells nothing."""
    for section in contract.iter_sections():
        for block in iter_blocks(section.blocks):
            if isinstance(block, Table) and block.key in _COUNTED_TABLES:
                lines = sum(1 for row in block.rows if row.kind == "data")
                yield _COUNTED_TABLES[block.key], Decimal(lines)
                if block.key == "sites":
                    yield "sites_multiples", lines > 1


def _from_reasons(contract: Contract) -> _Found:
    for section in contract.iter_sections():
        if section.provenance is not None:
            for reason in section.provenance.reason.split(" ; "):
                yield from _parse_reason(reason)


def _parse_reason(reason: str) -> _Found:
    """The fact that one test tells; sets are left out, for a test names a few members only."""
    match = _REASON.fullmatch(reason)
    if match is None:
        return
    label, value = match["label"], match["value"]
    kind = next((kind for kind, labels in EARLIER_LABELS.items() if label in labels), None)
    if kind is None:
        return
    name = EARLIER_LABELS[kind][label]
    if kind == "oui_non" and value in _YES_NO:
        yield name, _YES_NO[value]
    elif kind == "texte" and value != "non renseigné":
        yield name, value.partition(" (attendu : ")[0]
    elif kind == "nombre" and (number := _NUMBER.match(value)):
        yield name, parse_decimal(number["number"])
