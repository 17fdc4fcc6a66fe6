"""One avenant, from two contracts that are at hand to its files: drafted, proved, written.

The glue between ``amend``, ``printed_amendments`` and ``publish``. It needs neither the store nor a
profile: what they know is given. Every function raises UserError with a French text, and writes
nothing then.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contract_builder.amend.chosen_levels import resolve_levels
from contract_builder.amend.document import AmendmentFacts
from contract_builder.amend.offered_levels import AmendedTexts, tell_ignored
from contract_builder.amend.unit_names import UnitNames, name_units
from contract_builder.amend.written import WrittenAmendment, write_amendment
from contract_builder.errors import Remedy, UsageError, UserError
from contract_builder.files.publish import amendment_stem, publish
from contract_builder.model.amending_levels import ChosenLevel
from contract_builder.model.amendment import Amendment
from contract_builder.model.blocks import Gap, iter_inlines
from contract_builder.model.contract import Contract
from contract_builder.model.french import long_date
from contract_builder.model.status import STATUS_WORDS
from contract_builder.services.amendable import AmendableSide, Lineage, alike_in_margin
from contract_builder.services.making import DEFAULT_FORMATS, BuildOptions, Format
from contract_builder.services.printed_amendments import render_written

if TYPE_CHECKING:
    from contract_builder.render.pdf import PdfStandard

MAX_NUMBER: Final = 999
PROOF_SUFFIX: Final = ".preuve.json"


@dataclass(frozen=True, slots=True)
class AmendingTerms:
    """What the avenant is, beside its text; ``today`` is the caller's day.

    Without ``number``, the one after the last signed avenant that is known. ``signed_on`` is the
    avenant's own date. Without ``effective_on`` it takes effect with the new contract where that
    begins another day than the old one, else on its own date, else today. ``pdf_standard`` and
    ``track_changes`` are as in ``making.BuildOptions``.
    """

    today: date
    formats: tuple[Format, ...] = DEFAULT_FORMATS
    number: int | None = None
    signed_on: date | None = None
    effective_on: date | None = None
    pdf_standard: "PdfStandard" = "a-3a"
    track_changes: bool = False

    @property
    def day(self) -> date:
        """When it takes effect, where the contracts do not say it."""
        return self.effective_on or self.signed_on or self.today


@dataclass(frozen=True, slots=True)
class AmendmentSides:
    """The contract in force, the one that is wanted, and what is known of both.

    ``reasons`` has why each article or annex changes, as the profile calls them; ``levels`` at what
    level the profile wants some passages to change.
    """

    old: AmendableSide
    new: AmendableSide
    lineage: Lineage
    reasons: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[ChosenLevel, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftedAmendment:
    """An avenant written; ``amendment`` is None when the contracts say the same: no file then.

    ``articles`` are the titles of those that amend, in order; ``called`` is what a profile calls
    each of them to give its reason, empty for what follows from the law. ``files`` and ``kept`` are
    as ``files.publish`` tells. ``gaps`` are the labels of what is left to complete, ``texts`` what
    it was drafted from.
    """

    amendment: Amendment | None = None
    articles: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    kept: tuple[tuple[Path, Path], ...] = ()
    page_count: int | None = None
    gaps: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    texts: AmendedTexts | None = None


def publish_amendment(
    root: Path,
    sides: AmendmentSides,
    terms: AmendingTerms,
    out: Path,
    outdated: Collection[str] = (),
) -> DraftedAmendment:
    """Drafts the avenant that turns the old contract into the new one, proves it and writes it.

    ``outdated`` are the files of an earlier draft, which make room also where nothing is to amend.
    UserError when the old contract is not signed, when the two are not of one establishment and
    type, when the new one, sent or signed, has gaps, and when the avenant cannot be proved.
    """
    written = draft_written(sides, terms)
    if written is None:
        if outdated:
            publish(out, {}, outdated)
        return DraftedAmendment()
    stem = amendment_stem(sides.new.contract.header, written.amendment.number)
    options = BuildOptions(
        formats=terms.formats, pdf_standard=terms.pdf_standard, track_changes=terms.track_changes
    )
    products, page_count = render_written(root, written, options, stem)
    proof = _render_proof(written.amendment, products)
    published = publish(out, {**products, f"{stem}{PROOF_SUFFIX}": proof}, outdated)
    names = name_units(sides.old.contract)
    operations = written.amendment.operations
    return DraftedAmendment(
        written.amendment,
        written.articles,
        tuple(names.call(unit) for unit in written.units),
        published.written,
        published.kept,
        page_count,
        tuple(iter_gap_labels(written.document)),
        (
            *_iter_remarks(sides, names),
            *tell_ignored(sides.levels, written.texts, operations, names),
        ),
        written.texts,
    )


def refuse_unfit(sides: AmendmentSides, terms: AmendingTerms) -> None:
    """UserError for two contracts between which there is no avenant, or an impossible request."""
    old, new = sides.old, sides.new
    before, after = old.contract.header, new.contract.header
    if before.finess_ej != after.finess_ej:
        raise UserError(
            f"Un avenant modifie un contrat de la même entité juridique : « {old.source} » est de "
            f"{before.finess_ej}, « {new.source} » de {after.finess_ej}. Donnez deux contrats d’un "
            "même établissement."
        )
    if before.type != after.type:
        raise UserError(
            f"Un avenant ne change pas le type d’un contrat : « {old.source} » est du type "
            f"« {before.type} », « {new.source} » du type « {after.type} ». Concluez un nouveau "
            "contrat."
        )
    if old.status != "signe":
        raise UserError(
            f"Un avenant modifie un contrat signé : « {old.source} » est au statut "
            f"« {STATUS_WORDS[old.status]} ». Donnez la version signée.",
            Remedy("declare_signed", old.reference) if old.reference else None,
        )
    has_gaps = any(section.kind == "lacunes" for section in new.contract.sections)
    if new.status in ("envoye", "signe") and has_gaps:
        raise UserError(
            f"« {new.source} » a des données à compléter : au statut "
            f"« {STATUS_WORDS[new.status]} », il ne peut pas donner d’avenant. Complétez le "
            "profil, puis produisez le contrat."
        )
    _refuse_terms(terms, before.effective_date)


def _refuse_terms(terms: AmendingTerms, begins: date) -> None:
    if terms.number is not None and not 1 <= terms.number <= MAX_NUMBER:
        raise UsageError(f"Un avenant porte un numéro de 1 à {MAX_NUMBER}, pas {terms.number}.")
    if terms.effective_on is not None and terms.effective_on < begins:
        raise UserError(
            f"L’avenant prendrait effet le {long_date(terms.effective_on)}, avant le contrat "
            f"qu’il modifie ({long_date(begins)}). Donnez une date d’effet postérieure."
        )


def draft_written(sides: AmendmentSides, terms: AmendingTerms) -> WrittenAmendment | None:
    """The avenant and the document that prints it, proved; None when both contracts say the same.

    UserError as for ``publish_amendment``; nothing is written.
    """
    refuse_unfit(sides, terms)
    facts = _gather_facts(sides, terms)
    alike = alike_in_margin(sides.old.contract, sides.new.contract)
    chosen, _ = resolve_levels(sides.levels, name_units(alike.old))
    written = write_amendment(alike.old, alike.new, facts, chosen)
    if written is None:
        return None
    amendment = replace(
        written.amendment,
        not_carried=(*written.amendment.not_carried, *alike.left),
    )
    return replace(written, amendment=amendment)


def _gather_facts(sides: AmendmentSides, terms: AmendingTerms) -> AmendmentFacts:
    """What the avenant says beside its operations."""
    lineage = sides.lineage
    number = terms.number or lineage.next_number
    before, after = sides.old.contract.header, sides.new.contract.header
    begins = after.effective_date if after.effective_date != before.effective_date else None
    return AmendmentFacts(
        number=number,
        signed_on=terms.signed_on,
        effective_on=terms.effective_on or begins or terms.day,
        initial=lineage.initial,
        earlier=lineage.earlier_than(number),
        reasons=_reasons_by_unit(sides.reasons, name_units(sides.old.contract)),
        old=sides.old.identity,
        new=sides.new.identity,
    )


def _reasons_by_unit(reasons: Mapping[str, str], names: UnitNames) -> dict[str, str]:
    """The reasons by the id of the article or annex at the top; those of one are joined."""
    found: dict[str, str] = {}
    for called, text in reasons.items():
        unit = names.find_any(called)
        if unit is not None:
            top = names.holder(unit.unit.id).unit.id
            ended = text if text.endswith((".", "…", "!", "?")) else f"{text}."
            found[top] = f"{found[top]} {ended}" if top in found else ended
    return found


def _render_proof(amendment: Amendment, products: Mapping[str, bytes]) -> bytes:
    """What was proved, of which contracts, and the hash of each file that says it."""
    data = {
        "numero": amendment.number,
        "ancien": amendment.old,
        "nouveau": amendment.new,
        "operations": len(amendment.operations),
        "applique_egale_nouveau": amendment.proof.apply_equals_new,
        "phrases_relues_egalent_operations": amendment.proof.parsed_sentences_equal_operations,
        "fichiers": {name: sha256(content).hexdigest() for name, content in products.items()},
    }
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def iter_gap_labels(document: Contract) -> Iterator[str]:
    """What is left to complete in an avenant, in reading order."""
    for section in document.iter_sections():
        for item in iter_inlines(section.blocks):
            if isinstance(item, Gap):
                yield item.label


def _iter_remarks(sides: AmendmentSides, names: UnitNames) -> Iterator[str]:
    """What to know of the avenant: another contract, reasons for what the contract has not."""
    before, after = sides.old.contract.header.code, sides.new.contract.header.code
    if before != after:
        yield (
            f"les deux contrats n’ont pas le même code ({before} et {after}) : un renouvellement "
            "se conclut d’ordinaire par un nouveau contrat."
        )
    for called in sides.reasons:
        if names.find_any(called) is None:
            yield (
                f"le profil donne un motif pour « {called} », qui n’est ni un article ni une "
                "annexe du contrat signé."
            )
