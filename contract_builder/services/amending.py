"""Avenants for commands and pages: two contracts in, the document that makes one of the other out.

The glue between ``amend``, ``render``, the store and ``publish``. Days and actor are given by the
caller; every function raises UserError with a French text, and writes nothing then.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from contract_builder.amend.amendment_json import amendment_data, render_amendment_json
from contract_builder.amend.document import AmendmentFacts, EarlierAmendment
from contract_builder.amend.unit_names import UnitNames, name_units
from contract_builder.amend.written import WrittenAmendment, write_amendment
from contract_builder.errors import (
    InternalRenderError,
    Remedy,
    TemplateError,
    UsageError,
    UserError,
)
from contract_builder.files.publish import amendment_stem, publish
from contract_builder.model.amendment import Amendment
from contract_builder.model.blocks import Gap, iter_inlines
from contract_builder.model.contract import Contract
from contract_builder.model.french import long_date
from contract_builder.model.status import STATUS_WORDS
from contract_builder.services.amendable import (
    AmendableSide,
    alike_in_margin,
    find_lineage,
    load_side,
)
from contract_builder.services.keeping import (
    RecordOutcome,
    RecordRequest,
    find_profile_of,
    record_contract,
)
from contract_builder.services.kept_amendments import keep_amendment
from contract_builder.services.making import DEFAULT_FORMATS, Format
from contract_builder.services.project import Project
from contract_builder.services.templating import refuse_faulty_templates

MAX_NUMBER: Final = 999
PROOF_SUFFIX: Final = ".preuve.json"


@dataclass(frozen=True, slots=True)
class AmendRequest:
    """What to amend: contract files or store references; ``today`` is the caller's day.

    Without ``number``, the one after the last signed avenant that the store knows. ``signed_on``
    is the avenant's own date. Without ``effective_on`` it takes effect with the new contract where
    that begins another day than the old one, else on its own date, else today. ``record`` keeps the
    new contract as the version that the avenant makes, by ``actor`` at ``at``.
    """

    old: str
    new: str
    today: date
    at: datetime
    formats: tuple[Format, ...] = DEFAULT_FORMATS
    number: int | None = None
    signed_on: date | None = None
    effective_on: date | None = None
    record: bool = False
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    """An avenant written; ``amendment`` is None when the contracts say the same: no file then.

    ``articles`` counts those that amend. ``files`` and ``kept`` are as ``files.publish`` tells.
    ``gaps`` are the labels of what is left to complete. ``version`` is what was recorded.
    """

    amendment: Amendment | None = None
    articles: int = 0
    files: tuple[Path, ...] = ()
    kept: tuple[tuple[Path, Path], ...] = ()
    page_count: int | None = None
    gaps: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    version: RecordOutcome | None = None

    @property
    def data(self) -> dict[str, Any]:
        """The avenant as JSON data; nothing where there is none."""
        return {} if self.amendment is None else amendment_data(self.amendment)


def amend(project: Project, request: AmendRequest, out: Path) -> Amended:
    """Drafts the avenant that turns the old contract into the new one, proves it and writes it.

    UserError when the old contract is not signed, when the two are not of one establishment and
    type, when the new one, sent or signed, has gaps, and when the avenant cannot be proved.
    """
    old, new = load_side(project, request.old), load_side(project, request.new)
    _refuse_unfit(old, new, request)
    reasons = _find_reasons(project, new)
    facts = _gather_facts(project, request, old, new, reasons)
    written = _write(old, new, facts)
    if written is None:
        return Amended()
    stem = amendment_stem(new.contract.header, written.amendment.number)
    products, page_count = _render(project.root, written, request, stem)
    published = publish(out, products)
    amended = Amended(
        written.amendment,
        written.articles,
        published.written,
        published.kept,
        page_count,
        tuple(_iter_gaps(written.document)),
        tuple(_iter_remarks(old, new, reasons)),
    )
    if not request.record:
        return amended
    return replace(amended, version=_record(project, request, amended, old, new))


def _refuse_unfit(old: AmendableSide, new: AmendableSide, request: AmendRequest) -> None:
    """UserError for two contracts between which there is no avenant, or an impossible request."""
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
    if request.record and not old.reference:
        raise UserError(
            f"« {old.source} » n’est pas au registre : rien ne peut y être enregistré à sa suite.",
            Remedy("record_contract"),
        )
    _refuse_request(request, before.effective_date)


def _refuse_request(request: AmendRequest, begins: date) -> None:
    if request.number is not None and not 1 <= request.number <= MAX_NUMBER:
        raise UsageError(f"Un avenant porte un numéro de 1 à {MAX_NUMBER}, pas {request.number}.")
    if request.effective_on is not None and request.effective_on < begins:
        raise UserError(
            f"L’avenant prendrait effet le {long_date(request.effective_on)}, avant le contrat "
            f"qu’il modifie ({long_date(begins)}). Donnez une date d’effet postérieure."
        )


def _write(
    old: AmendableSide, new: AmendableSide, facts: AmendmentFacts
) -> WrittenAmendment | None:
    sides = alike_in_margin(old.contract, new.contract)
    written = write_amendment(sides.old, sides.new, facts)
    if written is None:
        return None
    amendment = replace(
        written.amendment,
        old=old.identity,
        new=new.identity,
        not_carried=(*written.amendment.not_carried, *sides.left),
    )
    return replace(written, amendment=amendment)


def _gather_facts(
    project: Project,
    request: AmendRequest,
    old: AmendableSide,
    new: AmendableSide,
    reasons: Mapping[str, str],
) -> AmendmentFacts:
    """What the avenant says beside its operations; the dates of earlier avenants are not known."""
    lineage = find_lineage(project, old)
    number = request.number or lineage.next_number
    before, after = old.contract.header, new.contract.header
    begins = after.effective_date if after.effective_date != before.effective_date else None
    return AmendmentFacts(
        number=number,
        signed_on=request.signed_on,
        effective_on=request.effective_on or begins or request.signed_on or request.today,
        initial=lineage.initial,
        earlier=tuple(EarlierAmendment(rank) for rank in range(1, number)),
        reasons=_reasons_by_unit(reasons, name_units(old.contract)),
    )


def _find_reasons(project: Project, new: AmendableSide) -> Mapping[str, str]:
    """Why each article or annex changes, as the profile of the new contract calls them."""
    profile = find_profile_of(project, new.contract.header)
    return {} if profile is None else profile.motifs_avenant or {}


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


def _render(
    root: Path, written: WrittenAmendment, request: AmendRequest, stem: str
) -> tuple[dict[str, bytes], int | None]:
    """The files of the avenant by name, its proof among them; the page count of the PDF."""
    from contract_builder.render.products import (
        PdfChoice,
        WordChoice,
        render_all,
        word_template_of_amendments,
    )

    templates = root / "templates"
    word = WordChoice(word_template_of_amendments(templates))
    printed = [name for name in request.formats if name != "json"]
    used = [word.template] if "docx" in printed else []
    refuse_faulty_templates(root, used)
    choice = PdfChoice(standard="a-2a")
    try:
        rendered = render_all(templates, written.document, printed, choice, word=word)
    except (InternalRenderError, TemplateError):
        refuse_faulty_templates(root, [*used, "contrat.typ", "contrat.html"])
        raise
    products = {f"{stem}.{name}": rendered.files[name] for name in printed}
    if "json" in request.formats:
        products[f"{stem}.json"] = render_amendment_json(written.amendment)
    products[f"{stem}{PROOF_SUFFIX}"] = _render_proof(written.amendment, products)
    return products, rendered.page_count


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


def _iter_gaps(document: Contract) -> Iterator[str]:
    """What is left to complete, in reading order."""
    for section in document.iter_sections():
        for item in iter_inlines(section.blocks):
            if isinstance(item, Gap):
                yield item.label


def _iter_remarks(
    old: AmendableSide, new: AmendableSide, reasons: Mapping[str, str]
) -> Iterator[str]:
    """What to know of the avenant: another contract, reasons for what the contract has not."""
    before, after = old.contract.header.code, new.contract.header.code
    if before != after:
        yield (
            f"les deux contrats n’ont pas le même code ({before} et {after}) : un renouvellement "
            "se conclut d’ordinaire par un nouveau contrat."
        )
    names = name_units(old.contract)
    for called in reasons:
        if names.find_any(called) is None:
            yield (
                f"le profil donne un motif pour « {called} », qui n’est ni un article ni une "
                "annexe du contrat signé."
            )


def _record(
    project: Project,
    request: AmendRequest,
    amended: Amended,
    old: AmendableSide,
    new: AmendableSide,
) -> RecordOutcome:
    """The new contract kept as the version that the avenant makes of the old one."""
    is_same = old.contract.header.code == new.contract.header.code
    number = None if amended.amendment is None else amended.amendment.number
    recording = RecordRequest(
        at=request.at,
        actor=request.actor,
        kind="avenant" if is_same else "renouvellement",
        parents=(old.reference,),
        amendment=number if is_same else None,
        documents=amended.files,
    )
    outcome = record_contract(project, new.contract, recording)
    if amended.amendment is not None and is_same:
        keep_amendment(
            project,
            outcome.version.reference,
            amended.amendment,
            at=request.at,
            actor=request.actor,
        )
    return outcome
