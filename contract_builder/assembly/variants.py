"""The words negotiated with one establishment, in the place of the library's (ADR 0029).

Runs between the selection and the numbering: a clause that is taken out takes no number. What a
variant says is read by the same reader as the library's texts, fields included; its problems stand
at its own lines of the profile.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from contract_builder.assembly.conditions import Verdict
from contract_builder.assembly.context import Context
from contract_builder.assembly.selection import PartDecision, SelectedPart, Selection
from contract_builder.diagnostics import negotiation_problems
from contract_builder.model.clause import Clause
from contract_builder.model.contract import NegotiatedOrigin
from contract_builder.model.french import long_date
from contract_builder.model.negotiation import STATE_WORDS, NegotiatedVariant
from contract_builder.source import SourceFile

_BLOCK_SIGNS = ("|", ">")
_EMPTIED = Verdict(False, "toutes ses clauses ont été retirées par la négociation")


def negotiate_parts(selection: Selection, context: Context) -> Selection:
    """The selection with the negotiated texts; a part whose clauses are all taken out goes too.

    A variant of a clause that this contract does not hold changes nothing, which is told.
    """
    variants = {item.clause: item for item in context.profile.variantes}
    if not variants:
        return selection
    held = {clause.id for part in selection.parts for clause, _ in part.clauses}
    for name, variant in variants.items():
        if name in context.library.clauses and name not in held:
            place = variant.place_of("clause")
            context.problems.append(negotiation_problems.variante_sans_clause(place, name))
    parts = tuple(_iter_negotiated(selection.parts, variants))
    known = {decision.id: decision for part in parts for _, decision in part.clauses}
    gone = {part.entry.id for part in selection.parts} - {part.entry.id for part in parts}
    decisions = tuple(
        replace(item, retained=False, verdict=_EMPTIED)
        if item.kind == "partie" and item.id in gone
        else known.get(item.id) or _taken_out(item, variants.get(item.id))
        if item.kind == "clause"
        else item
        for item in selection.decisions
    )
    return Selection(parts, decisions)


def _iter_negotiated(
    parts: tuple[SelectedPart, ...], variants: Mapping[str, NegotiatedVariant]
) -> Iterator[SelectedPart]:
    for part in parts:
        clauses = tuple(
            (clause, decision)
            if (variant := variants.get(clause.id)) is None
            else (_reworded(clause, variant), replace(decision, negotiated=describe(variant)))
            for clause, decision in part.clauses
            if not (clause.id in variants and variants[clause.id].retiree)
        )
        if clauses or not part.clauses or part.entry.contenu is not None:
            yield replace(part, clauses=clauses)


def _taken_out(decision: PartDecision, variant: NegotiatedVariant | None) -> PartDecision:
    """The decision on a clause that the negotiation took out; any other one as it is."""
    if variant is None or not variant.retiree or not decision.retained:
        return decision
    told = describe(variant)
    return replace(decision, retained=False, verdict=Verdict(False, told), negotiated=told)


def _reworded(clause: Clause, variant: NegotiatedVariant) -> Clause:
    """The clause with the words of the variant, at their lines of the profile."""
    place = variant.place_of("texte")
    lines = list(place.source.lines)
    start = place.line
    if place.excerpt[place.column - 1 : place.column] in _BLOCK_SIGNS:
        # The lines of a block are read without their indentation: excerpts show them so.
        words = variant.texte.split("\n")
        lines[start : start + len(words)] = words
        start += 1
    title = variant.titre or clause.header.titre
    return Clause(
        header=replace(clause.header, titre=title),
        source=SourceFile(place.source.name, tuple(lines)),
        body=variant.texte,
        body_line=start,
        variant=variant,
    )


def origin_of(variant: NegotiatedVariant) -> NegotiatedOrigin:
    """Where the words come from, as the contract keeps it."""
    author = variant.decide_par if variant.etat == "proposee" else variant.auteur
    return NegotiatedOrigin(variant.etat, variant.le, author or variant.auteur, variant.fichier)


def describe(variant: NegotiatedVariant) -> str:
    """« négociée le 12 octobre 2026, proposée par « Direction », fichier « retour.docx » »."""
    origin = origin_of(variant)
    word = "retirée" if variant.retiree else STATE_WORDS[variant.etat]
    by = f"par «\u00a0{origin.author}\u00a0»"
    made = by if variant.etat == "proposee" else f"proposée {by}"
    file = f", fichier «\u00a0{origin.file}\u00a0»" if origin.file else ""
    return f"{word} le {long_date(origin.on)}, {made}{file}"
