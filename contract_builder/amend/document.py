"""The avenant as a document: the same tree as a contract, so that the same writers print it.

In reading order: the parties, the visas (the initial contract and its earlier avenants), the reason
for each group of changes, the object, one article for each article or annex that changes, the date
of effect, what stays as it is, the signatures; then the annexes and sheets that it joins.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Final

from contract_builder.amend.articles import WordedArticle, joined_sections
from contract_builder.amend.quotation import settled_section, text_paragraph
from contract_builder.amend.unit_names import UnitNames
from contract_builder.model.amendment import Operation
from contract_builder.model.blocks import Gap, Inline, Paragraph, Text
from contract_builder.model.contract import (
    Contract,
    ContractHeader,
    CoverLine,
    Section,
    SectionKind,
    Signatory,
    iter_tree,
)
from contract_builder.model.french import NBSP, long_date, with_article

FIRST_AMENDING: Final = 2
"""The number of the first article that changes the contract: article 1 says the object."""
UNCHANGED: Final = (
    "Les autres stipulations du contrat, de ses annexes et de ses avenants demeurent inchangées."
)
_BY_LAW: Final = (
    "les clauses en cause reprennent la rédaction que les textes en vigueur imposent à la date "
    "d’effet du présent avenant."
)
_AGREED: Final = f"Les parties conviennent de ce qui suit{NBSP}:"
_BLANK: Final = "…………………………"


@dataclass(frozen=True, slots=True)
class EarlierAmendment:
    """An avenant that was signed before; ``signed_on`` is None while unknown."""

    number: int
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class AmendmentFacts:
    """What the avenant says beside its operations.

    ``reasons`` has why, in a sentence, by the id of the article or annex that changes. ``initial``
    is the header of the contract as it was first signed; ``signed_on`` the avenant's own day.
    ``old`` and ``new`` are the identities of both contracts where they are known already.
    """

    number: int
    signed_on: date | None
    effective_on: date
    initial: ContractHeader
    earlier: tuple[EarlierAmendment, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    old: str = ""
    new: str = ""

    @property
    def name(self) -> str:
        """« Avenant n° 2 du 3 mars 2026 », without its date while unknown."""
        return f"Avenant n°{NBSP}{self.number}{_signed(self.signed_on)}"


def assemble_document(
    new: Contract,
    articles: Sequence[WordedArticle],
    names: UnitNames,
    facts: AmendmentFacts,
) -> Contract:
    """The document of the avenant that makes ``new``, ready for the writers.

    ``names`` are the units of the old contract. Its header says whose it is and how far it has
    come, as the new contract's does.
    """
    operations = [item for article in articles for item in article.group.operations]
    signatories = tuple(
        replace(signatory, date="" if facts.signed_on is None else long_date(facts.signed_on))
        for signatory in new.header.signatories
        if _is_concerned(signatory, operations, names)
    )
    after = FIRST_AMENDING + len(articles)
    sections = (
        _parties(signatories),
        _visas(facts),
        _reasons(articles, facts),
        _object(facts),
        *(article.section for article in articles),
        _article(after, "Prise d’effet", _effect(facts)),
        _article(after + 1, "Autres stipulations", UNCHANGED),
        _signatures(facts),
        *_joined(operations, names, new),
    )
    return Contract(_header(new.header, facts, signatories), sections)


def _header(
    new: ContractHeader, facts: AmendmentFacts, signatories: tuple[Signatory, ...]
) -> ContractHeader:
    lines = (
        CoverLine("Établissement", new.legal_name),
        CoverLine("FINESS de l’entité juridique", new.finess_ej),
        CoverLine("Agence", new.agency),
        CoverLine("Code du contrat", new.code),
        CoverLine("Avenant", f"n°{NBSP}{facts.number}"),
        CoverLine("Date d’effet de l’avenant", long_date(facts.effective_on)),
    )
    return replace(
        new,
        code=_amendment_code(new.code, facts.number),
        effective_date=facts.effective_on,
        title=facts.name,
        subtitle=f"au {_lowered(facts.initial.title)}",
        cover_lines=lines,
        signatories=signatories,
    )


def _amendment_code(code: str, number: int) -> str:
    return f"{code}, avenant n°{NBSP}{number}"


def split_amendment_code(code: str) -> tuple[str, int] | None:
    """The contract and the number that the code of an avenant's document names; None for others."""
    contract, mark, number = code.partition(f", avenant n°{NBSP}")
    is_number = bool(mark) and number.isascii() and number.isdigit()
    return (contract, int(number)) if is_number else None


def _parties(signatories: tuple[Signatory, ...]) -> Section:
    texts = [
        f"{'' if rank == 0 else 'et '}{_party(signatory)}, "
        f"{'d’une part' if rank == 0 else 'd’autre part'},"
        for rank, signatory in enumerate(signatories)
    ]
    return _section("parties", "parties", "Entre les soussignés", *map(text_paragraph, texts))


def _party(signatory: Signatory) -> str:
    """« Centre hospitalier …, ayant pour signataire : le directeur, représentant légal »."""
    signing = f"ayant pour signataire{NBSP}: {with_article(signatory.function)}"
    parts = (
        signatory.organisation,
        signing if signatory.function else "",
        signatory.capacity if not signatory.scope else "",
        signatory.scope,
    )
    return ", ".join(part for part in parts if part)


def _visas(facts: AmendmentFacts) -> Section:
    initial = facts.initial
    printed = next((item.date for item in initial.signatories if item.date), "")
    signed = f" du {printed}" if printed else ""
    visas = [
        (
            Text(
                f"Vu le {_lowered(initial.title)} n°{NBSP}{initial.code}{signed}, qui prend effet "
                f"le {long_date(initial.effective_date)} et prend fin le "
                f"{long_date(initial.end_date)}{NBSP};"
            ),
        ),
        *(_visa_of(earlier) for earlier in facts.earlier),
    ]
    return _section("visas", "visas", "Visas", *(Paragraph(visa, "visa") for visa in visas))


def _visa_of(earlier: EarlierAmendment) -> tuple[Inline, ...]:
    name = f"Vu l’avenant n°{NBSP}{earlier.number}"
    if earlier.signed_on is not None:
        return (Text(f"{name}{_signed(earlier.signed_on)}{NBSP};"),)
    gap = Gap(f"avenant.{earlier.number}.date", f"date de l’avenant n°{NBSP}{earlier.number}")
    return (Text(f"{name} du "), gap, Text(f"{NBSP};"))


def _signed(day: date | None) -> str:
    return "" if day is None else f" du {long_date(day)}"


def _reasons(articles: Sequence[WordedArticle], facts: AmendmentFacts) -> Section:
    paragraphs = [Paragraph(tuple(_reason(article, facts))) for article in articles]
    agreed = Paragraph((Text(_AGREED),), "centered")
    return _section("motifs", "considerants", "Exposé des motifs", *paragraphs, agreed)


def _reason(article: WordedArticle, facts: AmendmentFacts) -> Iterator[Inline]:
    """« Article 2 (modification de l’annexe A5) : … »; a marked gap where nobody gave a reason."""
    unit, title = article.group.unit, _lowered(article.group.title)
    yield Text(f"Article{NBSP}{article.section.number} ({title}){NBSP}: ")
    reason = facts.reasons.get(unit, "") if unit else _BY_LAW
    if reason:
        yield Text(reason)
    else:
        yield Gap(f"avenant.motif.{unit}", f"motif de {_with_the(title)}")


def _object(facts: AmendmentFacts) -> Section:
    initial = facts.initial
    text = (
        f"Le présent avenant modifie le {_lowered(initial.title)} n°{NBSP}{initial.code}, ci-après "
        f"«{NBSP}le contrat{NBSP}», dans les conditions fixées aux articles suivants. Les numéros "
        "d’articles, d’annexes et d’alinéas sont ceux du contrat dans sa rédaction en vigueur "
        "avant le présent avenant."
    )
    return _article(1, "Objet", text)


def _effect(facts: AmendmentFacts) -> str:
    return f"Le présent avenant prend effet le {long_date(facts.effective_on)}."


def _signatures(facts: AmendmentFacts) -> Section:
    day = _BLANK if facts.signed_on is None else long_date(facts.signed_on)
    text = f"Fait à {_BLANK}, le {day}, en autant d’exemplaires originaux que de signataires."
    return _section("signatures", "signatures", "Signatures", text_paragraph(text))


def _joined(operations: Sequence[Operation], names: UnitNames, new: Contract) -> Iterator[Section]:
    """The joined annexes as they are, then joined sheets under the heading of their annex.

    Both stand in the order of the new contract.
    """
    order = {section.id: rank for rank, section in enumerate(new.iter_sections())}
    found = sorted(
        (
            (section, _annex_of(operation, names))
            for operation in operations
            for section in joined_sections([operation])
        ),
        key=lambda joined: order.get(joined[0].id, len(order)),
    )
    yield from (settled_section(section) for section, _ in found if section.kind == "annexe")
    sheets = [joined for joined in found if joined[0].kind == "fiche"]
    for annex, group in groupby(sheets, key=lambda joined: joined[1]):
        yield Section(
            id=f"avenant-fiches-{annex.lower()}",
            kind="annexe",
            title=f"Fiches de l’annexe{NBSP}{annex} jointes à l’avenant",
            children=tuple(settled_section(sheet) for sheet, _ in group),
        )


def _annex_of(operation: Operation, names: UnitNames) -> str:
    """The number of the annex that holds the sheet of an operation."""
    unit = names.get(operation.where.unit)
    return unit.annex or unit.unit.label


def _is_concerned(signatory: Signatory, operations: Sequence[Operation], names: UnitNames) -> bool:
    """True for who signs the whole contract, or clauses that an operation touches.

    A called party's scope is the titles of the clauses that it signs (``assembly.cover``).
    """
    if not signatory.scope:
        return True
    signed = {name.strip() for name in signatory.scope.partition(":")[2].split(";")}
    return not signed.isdisjoint(_touched_titles(operations, names))


def _touched_titles(operations: Sequence[Operation], names: UnitNames) -> set[str]:
    found = set()
    for operation in operations:
        unit = names.get(operation.where.unit).unit
        holder = names.holder(operation.where.unit).unit.section
        contents = [item for item in operation.content or () if isinstance(item, Section)]
        for section in (holder, *unit.sections, *(s for item in contents for s in iter_tree(item))):
            found.add(section.title)
    return found - {""}


def _article(number: int, title: str, text: str) -> Section:
    return Section(
        id=f"avenant-article-{number}",
        kind="article",
        title=title,
        number=str(number),
        label=f"Article {number}",
        blocks=(text_paragraph(text),),
    )


def _section(name: str, kind: SectionKind, title: str, *blocks: Paragraph) -> Section:
    return Section(id=f"avenant-{name}", kind=kind, title=title, blocks=blocks)


def _lowered(text: str) -> str:
    """A title inside a sentence."""
    return text[:1].lower() + text[1:]


def _with_the(noun: str) -> str:
    """« la modification », « l’ajout »: the titles of articles begin with such nouns."""
    return f"l’{noun}" if noun[:1] in "aeiou" else f"la {noun}"
