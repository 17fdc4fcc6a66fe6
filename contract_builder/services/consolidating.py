"""The text in force for commands and pages: a contract with its avenants, from files or the store.

The glue between ``amend``, ``render``, the store and ``publish``. Days are given by the caller;
every function raises UserError with a French text, and writes nothing then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contract_builder.amend.consolidated_document import print_consolidation
from contract_builder.amend.consolidation import Consolidation, Consolidator
from contract_builder.errors import InternalRenderError, Remedy, TemplateError, UserError
from contract_builder.files.publish import Published, consolidation_stem, publish
from contract_builder.model.amendment import Amendment
from contract_builder.model.contract import Contract
from contract_builder.model.french import long_date
from contract_builder.model.status import STATUS_WORDS
from contract_builder.services.agenda import get_histories
from contract_builder.services.amendable import load_side
from contract_builder.services.attaching import load_amendment
from contract_builder.services.in_force import (
    StateInForce,
    consolidate_text,
    gather_text,
    list_texts_in_force,
    open_text,
    read_version,
)
from contract_builder.services.keeping import get_version, list_all_versions
from contract_builder.services.making import Format
from contract_builder.services.project import Project
from contract_builder.services.standing import word_standings
from contract_builder.services.templating import refuse_faulty_templates
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The text in force on ``on``; ``waiting`` are the avenants that have not taken effect then.

    ``remarks`` say in French what to know of it.
    """

    consolidation: Consolidation
    on: date
    waiting: tuple[Amendment, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def contract(self) -> Contract:
        """The text as a contract, without the remarks that name the avenants."""
        return self.consolidation.contract

    @property
    def json(self) -> bytes:
        """The contract as its canonical bytes."""
        from contract_builder.render.json import render_json

        return render_json(self.contract)


def consolidate_files(
    project: Project, old: str, amendments: Sequence[Path], on: date | None = None
) -> Consolidated:
    """The contract (file or store reference) with the avenants of these files, applied in order.

    With ``on``, only those that have taken effect then. UserError when the contract is not signed,
    when a file is damaged or was changed, and when an avenant does not apply.
    """
    side = load_side(project, old)
    if side.status not in SIGNED_STATUSES:
        raise UserError(
            f"Un texte consolidé part d’un contrat signé : « {old} » est au statut "
            f"« {STATUS_WORDS[side.status]} ». Donnez la version signée.",
            Remedy("declare_signed", side.reference) if side.reference else None,
        )
    loaded = [load_amendment(path, "être intégré") for path in amendments]
    waiting = tuple(item for item in loaded if on is not None and item.effective_on > on)
    chosen = [item for item in loaded if item not in waiting]
    consolidator = Consolidator(side.contract, side.identity, _find_known(project, loaded))
    for rank, amendment in enumerate(chosen):
        consolidator.take(amendment, loaded[rank + 1 :])
    begins = side.contract.header.effective_date
    last = max([begins, *(item.effective_on for item in chosen)])
    result = consolidator.result
    remarks = _remark_on_cover(chosen, consolidator.known)
    return Consolidated(result, on or last, waiting, remarks)


def consolidate_stored(project: Project, reference: str, on: date) -> Consolidated:
    """What the store says was in force on a day of the contract that a version belongs to.

    UserError when no version of it was.
    """
    version = get_version(project, reference)
    signed = _signed_of_contract(project, version)
    _refuse_out_of_force(project, version, on)
    text = gather_text(project, signed, on)
    result = consolidate_text(open_text(project, text))
    return Consolidated(result, on, text.waiting, tuple(map(_remark_on_absence, text.bare)))


def list_states_of_text(project: Project, reference: str) -> tuple[StateInForce, ...]:
    """What the text of the contract of a version was and will be, one state after the other.

    UserError when no version of the contract is signed.
    """
    return list_texts_in_force(
        project, _signed_of_contract(project, get_version(project, reference))
    )


def publish_consolidation(
    project: Project, consolidated: Consolidated, out: Path, formats: Sequence[Format]
) -> tuple[Published, int | None]:
    """Writes the consolidated text, verified, into ``out``; the page count of the PDF.

    Documents bear the remarks that name the avenants; the JSON is the contract alone.
    """
    from contract_builder.render.products import PdfChoice, WordChoice, render_all

    root = project.root
    printed = [name for name in formats if name != "json"]
    document = print_consolidation(consolidated.consolidation, consolidated.on)
    word = WordChoice()
    used = [word.template] if "docx" in printed else []
    refuse_faulty_templates(root, used)
    choice = PdfChoice(standard="a-2a")
    try:
        rendered = render_all(root / "templates", document, printed, choice, word=word)
    except (InternalRenderError, TemplateError):
        refuse_faulty_templates(root, [*used, "contrat.typ", "contrat.html"])
        raise
    stem = consolidation_stem(consolidated.contract.header, consolidated.on)
    products = {f"{stem}.{name}": rendered.files[name] for name in printed}
    if "json" in formats:
        products[f"{stem}.json"] = consolidated.json
    return publish(out, products), rendered.page_count


def _find_known(project: Project, amendments: Sequence[Amendment]) -> dict[str, Contract]:
    """The contracts of the store that these avenants were drafted to make, by SHA-256."""
    wanted = {amendment.new for amendment in amendments}
    return {
        version.facts.sha256: read_version(project, version)
        for version in list_all_versions(project)
        if version.facts.sha256 in wanted
    }


def _remark_on_cover(chosen: Sequence[Amendment], known: Mapping[str, Contract]) -> tuple[str, ...]:
    """What to know where neither an avenant nor the store has what stands beside the text."""
    if all(item.new in known or item.header or item.tables for item in chosen):
        return ()
    return (
        "un avenant rédigé par une version antérieure de l’outil ne porte ni la couverture ni les "
        "données chiffrées qu’il donne, et le registre n’a pas son contrat : dans le fichier JSON, "
        "elles restent celles d’avant lui ; le texte, lui, est consolidé.",
    )


def _remark_on_absence(version: StoredVersion) -> str:
    return (
        f"le registre ne garde pas les opérations de la version {version.reference} "
        f"({version.facts.kind_words}) : son texte est repris tel quel, sans dire ce qu’elle a "
        "changé."
    )


def _signed_of_contract(project: Project, version: StoredVersion) -> list[StoredVersion]:
    """The signed versions of the contract that a version belongs to, by number."""
    facts, entity = version.facts, version.reference.finess_ej
    found = [
        item
        for item in list_all_versions(project)
        if item.reference.finess_ej == entity
        and (item.facts.code, item.facts.type) == (facts.code, facts.type)
        and item.status in SIGNED_STATUSES
    ]
    if not found:
        raise UserError(
            f"Aucune version du contrat {facts.code} n’est signée : il n’a pas de texte en "
            "vigueur.",
            Remedy("declare_signed", str(version.reference)),
        )
    return sorted(found, key=lambda item: item.reference)


def _refuse_out_of_force(project: Project, version: StoredVersion, on: date) -> None:
    """UserError unless a version of the contract is in force that day."""
    agenda = get_histories(project, version.reference.finess_ej, on)
    contract = next(
        item
        for item in agenda.contracts
        if any(other.reference == version.reference for other in item.versions)
    )
    if any(standing.state == "en-vigueur" for standing in contract.standings.values()):
        return
    told = word_standings(contract.standings, version.facts.code)
    raise UserError(
        f"Le {long_date(on)}, le contrat n’a pas de texte en vigueur. {told} Donnez un autre jour."
    )
