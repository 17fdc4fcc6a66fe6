"""What the regional report says of one contract: figures and lists, as plain data.

It also holds what tells, next time, what changed: each amount, and a fingerprint of each text.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from contract_builder.model.blocks import Block, CrossReference, Table, iter_inlines
from contract_builder.model.contract import Contract, Section, TargetRecord
from contract_builder.model.profile import Profile


def contract_summary(profile: Profile, contract: Contract, pages: int | None) -> dict[str, Any]:
    """Identity, counts, financing by year and envelope, targets, authorisations, references.

    ``pages`` is None when the contract was not laid out this time. Money is decimal text.
    """
    header, tables = contract.header, contract.tables
    severities = Counter(problem.code for problem in tables.problems)
    funding: dict[str, dict[str, Decimal]] = {}
    for record in tables.fundings:
        years = funding.setdefault(record.envelope, {})
        year = str(record.year)
        years[year] = years.get(year, Decimal(0)) + record.amount
    return {
        "code": header.code,
        "finess_ej": header.finess_ej,
        "raison_sociale": header.legal_name,
        "type": header.type,
        "departement": profile.etablissement.departement,
        "categorie": profile.etablissement.categorie,
        "date_effet": header.effective_date.isoformat(),
        "date_fin": header.end_date.isoformat(),
        "version": header.version,
        "statut": header.status,
        "pages": pages,
        "lacunes": severities["donnee-manquante"],
        "avertissements": sum(problem.severity == "avertissement" for problem in tables.problems),
        "objectifs": [objective.code for objective in tables.objectives],
        "financements": {
            envelope: {year: str(amount) for year, amount in sorted(years.items())}
            for envelope, years in funding.items()
        },
        "montants": {
            f"{record.key} {record.year}": str(record.amount) for record in tables.fundings
        },
        "textes": {part.id: _text_fingerprint(part) for part in _iter_parts(contract)},
        "cibles": [_target_data(target) for target in tables.targets],
        "autorisations": [
            {
                "cle": item.key,
                "activite": item.labels[0],
                "site": item.finess_et,
                "fin": item.ends_on.isoformat() if item.ends_on else None,
            }
            for item in tables.authorisations
        ],
        "references": [
            {"code": item.code, "article": item.article, "statut": item.status}
            for item in tables.references
            if item.status != "en_vigueur"
        ],
    }


def _target_data(target: TargetRecord) -> dict[str, Any]:
    return {
        "fiche": target.sheet,
        "volet": target.volet,
        "categorie": target.category,
        "annee": target.year,
        "texte": target.text,
        "type": target.type,
        "valeur": target.value,
        "origine": target.origin,
    }


_TABLES_TOLD_APART = ("objectifs", "annexes", "autorisations", "financements")
"""Tables that repeat targets, amounts, authorisations and headings: those are told apart."""


def _iter_parts(contract: Contract) -> Iterator[Section]:
    """Articles, annexes and sheets: what a reader calls a part of the contract."""
    for section in contract.sections:
        if section.kind != "lacunes":
            yield section
            yield from (child for child in section.children if child.kind == "fiche")


def _text_fingerprint(part: Section) -> list[str]:
    """How the part is called, and a hash of its words, numbers of other parts left out."""
    digest = blake2b(digest_size=8)
    for section in _iter_own(part):
        digest.update(f"{section.title}\0".encode())
        blocks = tuple(block for block in section.blocks if not _is_told_apart(block))
        for inline in iter_inlines(blocks):
            if not isinstance(inline, CrossReference):
                digest.update(f"{getattr(inline, 'text', '')}\0".encode())
    name = part.label or part.title
    return [f"fiche {name}" if part.kind == "fiche" else name, digest.hexdigest()]


def _iter_own(part: Section) -> Iterator[Section]:
    yield part
    for child in part.children:
        if child.kind != "fiche":
            yield from _iter_own(child)


def _is_told_apart(block: Block) -> bool:
    return isinstance(block, Table) and (
        block.key.startswith(_TABLES_TOLD_APART) or block.key.endswith("-cibles")
    )
