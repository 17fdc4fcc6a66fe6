"""What the assembly knows for the instruction file: sources, doubts, repairs, decisions, lacks.

Reads the same resolved sheets and the same context as the contract; changes neither.
"""

from collections.abc import Iterable, Iterator, Mapping

from contract_builder.assembly.context import Context
from contract_builder.assembly.lacks import label_of_declarable
from contract_builder.assembly.numbering import SectionLabel
from contract_builder.assembly.selection import Selection
from contract_builder.assembly.sheets import AssembledSheets, lines_word
from contract_builder.assembly.target_notes import TOTAL, name_of_part, total_difference, years_text
from contract_builder.assembly.targets import ResolvedRow, RowChoice, negotiated_row
from contract_builder.assembly.typography import typeset
from contract_builder.model.clause import Clause, SourceReference
from contract_builder.model.contract import HEADING_SEPARATOR, CitedReference
from contract_builder.model.fiche import Fiche, TargetCell, TargetPart
from contract_builder.model.instruction import (
    AbsenceRecord,
    CitedText,
    DecisionOnTarget,
    DoubtRecord,
    InstructionNotes,
    MissingDatum,
    NegotiationRecord,
    RepairRecord,
    SourceRecord,
)
from contract_builder.model.library import Library
from contract_builder.model.negotiation import (
    STATE_WORDS,
    NegotiatedValue,
    NegotiatedVariant,
)
from contract_builder.model.profile import ChosenSheet, NegotiatedTarget
from contract_builder.model.reference import STANDING_LABELS, find_version

_WHOLE_TEXT = "texte entier"
_SHEET_TEXT = "texte de la fiche"


def record_instruction(
    context: Context,
    selection: Selection,
    labels: Mapping[str, SectionLabel],
    sheets: AssembledSheets,
    references: Iterable[CitedReference],
) -> InstructionNotes:
    """Everything that those who prepared the contract know of it, in the contract's order."""
    known = sheets.resolved
    clauses = tuple(
        (clause, _name_of(clause, labels), decision.reason)
        for part in selection.parts
        for clause, decision in part.clauses
    )
    return InstructionNotes(
        sources=(
            *(_clause_source(clause, name, why, context.library) for clause, name, why in clauses),
            *(
                _sheet_source(fiche, decision.reason, context.library)
                for (fiche, _, _), decision in zip(known, sheets.decisions, strict=True)
            ),
        ),
        doubts=(
            *(
                DoubtRecord(name, _WHOLE_TEXT, "", typeset(clause.header.a_verifier))
                for clause, name, _ in clauses
                if clause.header.a_verifier
            ),
            *(doubt for sheet in known for doubt in _iter_doubts(*sheet)),
        ),
        repairs=tuple(repair for sheet in known for repair in _iter_repairs(*sheet)),
        decisions=tuple(item for sheet in known for item in _iter_decisions(*sheet, context)),
        negotiations=tuple(_iter_negotiations(context, selection, labels)),
        absences=tuple(
            AbsenceRecord(
                typeset(label_of_declarable(item.rubrique)),
                typeset(item.declare_par),
                item.le,
                typeset(item.motif),
            )
            for item in context.profile.neants
        ),
        missing=tuple(MissingDatum(label, key) for key, label in context.gaps.labels.items()),
        texts=tuple(_cited_text(item, context) for item in references),
    )


def _iter_negotiations(
    context: Context, selection: Selection, labels: Mapping[str, SectionLabel]
) -> Iterator[NegotiationRecord]:
    """The wordings that this contract prints or lost, then the values, in the profile's order."""
    names = {
        clause.id: _name_of(clause, labels)
        for part in selection.parts
        for clause, _ in part.clauses
    }
    for variant in context.profile.variantes:
        decision = "clause retirée" if variant.retiree else f"rédaction {STATE_WORDS[variant.etat]}"
        yield _negotiation(names.get(variant.clause, variant.clause), decision, variant)
    for value in context.profile.valeurs_negociees:
        decision = f"«\u00a0{value.avant}\u00a0» devient «\u00a0{value.apres}\u00a0»"
        yield _negotiation(value.champ, f"{STATE_WORDS[value.etat]}\u00a0: {decision}", value)


def _negotiation(
    item: str, decision: str, origin: NegotiatedVariant | NegotiatedValue
) -> NegotiationRecord:
    return NegotiationRecord(
        item,
        typeset(decision),
        origin.auteur,
        typeset(origin.decide_par),
        origin.le,
        origin.fichier,
        typeset(origin.motif),
    )


def _name_of(clause: Clause, labels: Mapping[str, SectionLabel]) -> str:
    """« 4.2 – Coopérations »; the identifier of a clause that has neither number nor title."""
    label = labels[clause.id].label
    parts = (label, typeset(clause.header.titre))
    return HEADING_SEPARATOR.join(part for part in parts if part) or clause.id


def _clause_source(clause: Clause, name: str, reason: str, library: Library) -> SourceRecord:
    document, lines = _origin(clause.header.source, library)
    return SourceRecord(
        name, clause.source.name, document, lines, clause.header.en_vigueur_du, reason
    )


def _sheet_source(fiche: Fiche, reason: str, library: Library) -> SourceRecord:
    document, lines = _origin(fiche.header.source, library)
    name = f"{fiche.code}{HEADING_SEPARATOR}{typeset(fiche.header.intitule)}"
    return SourceRecord(name, fiche.source.name, document, lines, reason=reason)


def _origin(source: SourceReference | None, library: Library) -> tuple[str, str]:
    """The title of the source document, and the lines of its text."""
    if source is None:
        return "", ""
    document = library.documents.get(source.document)
    return typeset(document.intitule if document else source.document), source.lignes


def _iter_doubts(fiche: Fiche, chosen: ChosenSheet, choice: RowChoice) -> Iterator[DoubtRecord]:
    """The sheet's own remarks on its source, then its cells in doubt."""
    for remark in fiche.header.remarques:
        place = _place_in_source(remark.lignes)
        yield DoubtRecord(fiche.code, place, "", typeset(remark.texte))
    for place, cell in _iter_printed(choice):
        for part in (cell, *cell.composantes):
            if part.doute:
                where = _where(fiche, place, cell, part)
                yield DoubtRecord(fiche.code, where, typeset(part.texte), typeset(part.doute))
    for row in choice.rows:
        difference = total_difference(row)
        if difference:
            yield DoubtRecord(fiche.code, TOTAL, "", typeset(f"{difference}."))


def _iter_repairs(fiche: Fiche, chosen: ChosenSheet, choice: RowChoice) -> Iterator[RepairRecord]:
    """The misprints of the sheet's text, then of its cells."""
    for item in fiche.header.reparations:
        place = _place_in_source(item.lignes)
        yield RepairRecord(fiche.code, place, item.imprime, item.lu)
    for place, cell in _iter_printed(choice):
        for part in (cell, *cell.composantes):
            if part.repare:
                where = _where(fiche, place, cell, part)
                yield RepairRecord(fiche.code, where, typeset(part.repare), typeset(part.texte))


def _place_in_source(lines: str) -> str:
    """« source, ligne 77 », « source, lignes 83-88 »."""
    return f"source, {lines_word(lines)} {lines}" if lines else _SHEET_TEXT


def _iter_printed(choice: RowChoice) -> Iterator[tuple[str, TargetCell]]:
    """The cells that the sheet prints in each row that applies, negotiated since or not."""
    for resolved in choice.rows:
        row = resolved.row
        prefix = f"{row.volet}, " if row.volet else ""
        for years, cell in row.iter_cells():
            yield f"{prefix}cible {years_text(years)}", cell
        if row.total is not None:
            yield f"{prefix}{TOTAL}", row.total


def _where(fiche: Fiche, place: str, cell: TargetCell, part: TargetPart) -> str:
    if part is cell or not part.indicateur:
        return typeset(place)
    return typeset(f"{place}, {name_of_part(fiche, part)}")


def _iter_decisions(
    fiche: Fiche, chosen: ChosenSheet, choice: RowChoice, context: Context
) -> Iterator[DecisionOnTarget]:
    """Each negotiated target of the profile, once, in its order."""
    rows = choice.rows or (negotiated_row(fiche, chosen, context),)
    for target in chosen.cibles:
        yield DecisionOnTarget(
            sheet=fiche.code,
            volet=chosen.volet,
            year=target.annee,
            indicator=fiche.label_of_indicator(target.indicateur) if target.indicateur else "",
            printed=typeset(_printed_for(target, rows)),
            agreed=typeset(target.texte),
            author=typeset(target.auteur),
            reason=typeset(target.motif),
            derogation=typeset(target.derogation),
        )


def _printed_for(target: NegotiatedTarget, rows: tuple[ResolvedRow, ...]) -> str:
    """What the sheet prints where the target stands now; empty when it prints nothing there."""
    for row in rows:
        for item in row.cells:
            if any(target is known for known in item.negotiated) and item.printed is not None:
                return item.printed.texte
    return ""


def _cited_text(item: CitedReference, context: Context) -> CitedText:
    versions = context.library.reference_versions(item.code, item.article)
    version = find_version(versions, context.on)
    return CitedText(
        f"{item.code} {item.article}",
        STANDING_LABELS[item.status],
        version.verifie_le if version is not None else None,
    )
