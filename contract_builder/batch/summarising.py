"""What a batch remembers of a contract or avenant that it just made."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from hashlib import blake2b

from contract_builder.batch.summary import (
    SHEET_PREFIX,
    AmendedSummary,
    AmendmentSummary,
    ArticleSummary,
    ContractSummary,
    PartFingerprint,
    SummaryAuthorisation,
    SummaryReference,
    SummaryTarget,
)
from contract_builder.model.blocks import Block, CrossReference, Table, iter_inlines
from contract_builder.model.contract import Contract, FundingRecord, Section
from contract_builder.model.profile import Profile
from contract_builder.services.drafted_amendments import AmendmentSides, DraftedAmendment
from contract_builder.services.overlaps import ProfileClaims


def summarise_contract(
    profile: Profile, contract: Contract, claims: ProfileClaims, identity: str, pages: int | None
) -> ContractSummary:
    """The figures and lists of a contract; ``pages`` is None when it was not laid out this time."""
    header, tables = contract.header, contract.tables
    return ContractSummary(
        code=header.code,
        finess_ej=header.finess_ej,
        legal_name=header.legal_name,
        type=header.type,
        department=profile.etablissement.departement,
        category=profile.etablissement.categorie,
        effective_date=header.effective_date,
        end_date=header.end_date,
        version=header.version,
        status=header.status,
        pages=pages,
        gaps=sum(problem.code == "donnee-manquante" for problem in tables.problems),
        warnings=sum(problem.severity == "avertissement" for problem in tables.problems),
        objectives=tuple(objective.code for objective in tables.objectives),
        fundings=_sum_by_envelope(tables.fundings),
        amounts={f"{record.key} {record.year}": record.amount for record in tables.fundings},
        parts={part.id: _fingerprint(part) for part in _iter_parts(contract)},
        targets=tuple(map(SummaryTarget.of_record, tables.targets)),
        authorisations=tuple(
            SummaryAuthorisation(item.key, item.labels[0], item.finess_et, item.ends_on)
            for item in tables.authorisations
        ),
        references=tuple(
            SummaryReference(item.code, item.article, item.status)
            for item in tables.references
            if item.status != "en_vigueur"
        ),
        identity=identity,
        claims=claims,
    )


def summarise_amended(
    profile: Profile, sides: AmendmentSides, draft: DraftedAmendment
) -> AmendedSummary:
    """Whose avenant it is, what it changes, what lacks; credits by year as they were and become."""
    header = sides.new.contract.header
    return AmendedSummary(
        code=header.code,
        finess_ej=header.finess_ej,
        legal_name=header.legal_name,
        department=profile.etablissement.departement,
        status=header.status,
        pages=draft.page_count,
        in_force=sides.old.reference,
        amendment=_summarise_draft(sides, draft),
    )


def _summarise_draft(sides: AmendmentSides, draft: DraftedAmendment) -> AmendmentSummary | None:
    amendment = draft.amendment
    if amendment is None:
        return None
    counts = Counter(operation.article for operation in amendment.operations)
    return AmendmentSummary(
        number=amendment.number,
        signed_on=amendment.signed_on,
        effective_on=amendment.effective_on,
        articles=tuple(
            ArticleSummary(number, title, count)
            for (number, count), title in zip(counts.items(), draft.articles, strict=True)
        ),
        gaps=tuple(draft.gaps),
        remarks=tuple(draft.remarks),
        not_carried=len(amendment.not_carried),
        credits=_changed_credits(sides),
    )


def _changed_credits(sides: AmendmentSides) -> dict[int, tuple[Decimal, Decimal]]:
    """All the credits of each year, before and after, where they differ."""
    before, after = (_sum_by_year(side.contract.tables.fundings) for side in (sides.old, sides.new))
    return {
        year: (before[year], after[year])
        for year in sorted(before.keys() | after.keys())
        if before[year] != after[year]
    }


def _sum_by_envelope(records: tuple[FundingRecord, ...]) -> dict[str, dict[int, Decimal]]:
    of_envelopes: dict[str, list[FundingRecord]] = defaultdict(list)
    for record in records:
        of_envelopes[record.envelope].append(record)
    return {
        envelope: dict(sorted(_sum_by_year(tuple(found)).items()))
        for envelope, found in of_envelopes.items()
    }


def _sum_by_year(records: tuple[FundingRecord, ...]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for record in records:
        found[record.year] += record.amount
    return found


_TABLES_TOLD_APART = ("objectifs", "annexes", "autorisations", "financements")
"""Tables that repeat targets, amounts, authorisations and headings: those are told apart."""


def _iter_parts(contract: Contract) -> Iterator[Section]:
    """Articles, annexes and sheets: what a reader calls a part of the contract."""
    for section in contract.sections:
        if section.kind != "lacunes":
            yield section
            yield from (child for child in section.children if child.kind == "fiche")


def _fingerprint(part: Section) -> PartFingerprint:
    digest = blake2b(digest_size=8)
    for section in _iter_own(part):
        digest.update(f"{section.title}\0".encode())
        blocks = tuple(block for block in section.blocks if not _is_told_apart(block))
        for inline in iter_inlines(blocks):
            if not isinstance(inline, CrossReference):
                digest.update(f"{getattr(inline, 'text', '')}\0".encode())
    name = part.label or part.title
    told = f"{SHEET_PREFIX}{name}" if part.kind == "fiche" else name
    return PartFingerprint(told, digest.hexdigest())


def _iter_own(part: Section) -> Iterator[Section]:
    yield part
    for child in part.children:
        if child.kind != "fiche":
            yield from _iter_own(child)


def _is_told_apart(block: Block) -> bool:
    return isinstance(block, Table) and (
        block.key.startswith(_TABLES_TOLD_APART) or block.key.endswith("-cibles")
    )
