"""One section for each chosen sheet: identity, context, indicator, this establishment's targets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from contract_builder.assembly.cited import reference_lines
from contract_builder.assembly.conditions import Verdict, evaluate
from contract_builder.assembly.context import Context
from contract_builder.assembly.filler import ContractFiller
from contract_builder.assembly.recorded_facts import record_choice
from contract_builder.assembly.selection import PartDecision
from contract_builder.assembly.sheet_targets import build_target_tables
from contract_builder.assembly.tables.cells import text_cell, two_columns
from contract_builder.assembly.target_notes import make_note
from contract_builder.assembly.targets import RowChoice, resolve_targets
from contract_builder.assembly.typography import typeset
from contract_builder.assembly.volets import keep_volet, keep_volet_blocks
from contract_builder.diagnostics import Problems, contract_problems
from contract_builder.model.blocks import (
    Block,
    Cell,
    Column,
    Footnote,
    ListBlock,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import Provenance, Section, SheetChoice, TargetRecord
from contract_builder.model.fiche import INDICATOR_TYPE_LABELS, Fiche, FicheHeader, Formula
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.library import Library
from contract_builder.model.profile import ChosenSheet
from contract_builder.reading.markdown import Filler, MarkdownText, parse_markdown

ResolvedSheet = tuple[Fiche, ChosenSheet, RowChoice]
TARGETS_HEADING = "Cibles de l’établissement"


@dataclass(slots=True)
class AssembledSheets:
    """The chosen sheets in the profile's order: sections, targets, rows, and why each is there.

    ``resolved`` keeps what each section was made from.
    """

    sections: list[Section] = field(default_factory=list)
    targets: list[TargetRecord] = field(default_factory=list)
    choices: list[SheetChoice] = field(default_factory=list)
    decisions: list[PartDecision] = field(default_factory=list)
    resolved: list[ResolvedSheet] = field(default_factory=list)


def assemble_sheets(context: Context, filler: ContractFiller) -> AssembledSheets:
    """Every chosen sheet as a section of the contract and as records."""
    assembled = AssembledSheets()
    for fiche, chosen in context.chosen_sheets():
        audience = _check_audience(fiche, chosen, context)
        choice = resolve_targets(fiche, chosen, context)
        targets = build_target_tables(fiche, chosen, choice, context)
        decision = PartDecision(
            "fiche",
            fiche.code,
            fiche.header.intitule,
            True,
            Verdict(True, f"fiche choisie dans le profil{audience}"),
            chosen.place,
        )
        text = sheet_context(fiche, filler, context.problems)
        section = sheet_section(fiche, chosen.volet, context.library, text, targets.blocks)
        provenance = Provenance(fiche.source.name, 1, None, decision.reason)
        assembled.sections.append(replace(section, provenance=provenance))
        assembled.targets.extend(targets.records)
        assembled.choices.append(record_choice(chosen, choice))
        assembled.decisions.append(decision)
        assembled.resolved.append((fiche, chosen, choice))
    return assembled


def _check_audience(fiche: Fiche, chosen: ChosenSheet, context: Context) -> str:
    """Warns when the sheet is not meant for the establishment; the words for the trace."""
    if fiche.header.applicable_si is None:
        return ""
    verdict = evaluate(fiche.header.applicable_si, context.facts, fiche.code)
    reasons = " ; ".join(verdict.reasons())
    if verdict.outcome is not True:
        context.problems.append(
            contract_problems.fiche_hors_public(chosen.place_of("code"), fiche.code, reasons)
        )
        return f", bien qu’elle soit destinée à un autre public ({reasons})"
    return f" ({reasons})"


def sheet_section(
    fiche: Fiche,
    volet: str,
    library: Library,
    context_blocks: tuple[Block, ...],
    target_blocks: tuple[Block, ...],
) -> Section:
    """The section of a sheet around its own context and the establishment's targets.

    ``volet`` is the part that was chosen, of a sheet that has several; what belongs to another is
    left out.
    """
    context_blocks = keep_volet_blocks(context_blocks, fiche, volet)
    fiche = keep_volet(fiche, volet)
    header = fiche.header
    blocks: list[Block] = [_identity_table(fiche, library)]
    if context_blocks:
        blocks.extend((_heading("Contexte"), *context_blocks))
    blocks.extend((_heading("Indicateur"), *_indicator_blocks(fiche, library)))
    blocks.extend((_heading(TARGETS_HEADING), *target_blocks))
    for title, texts in (
        ("Critère d’atteinte", (header.critere,)),
        ("Bonnes pratiques et actions possibles", header.bonnes_pratiques),
        ("Accompagnement", header.accompagnement),
        ("Éléments de preuve", header.preuves),
        ("Suivi et évaluation", (_follow_up(header),)),
    ):
        blocks.extend(_texts(title, texts))
    return Section(
        id=section_id_of_sheet(fiche.code),
        kind="fiche",
        title=typeset(header.intitule),
        number=fiche.code,
        label=fiche.code,
        blocks=tuple(blocks),
    )


def _follow_up(header: FicheHeader) -> str:
    """How the sheet is followed; nothing when it only says again what the evidence is."""
    words = header.suivi.removeprefix("Éléments de preuve").lstrip(" –:")
    said = {text.rstrip(".").casefold() for text in header.preuves}
    repeated = {header.suivi.rstrip(".").casefold(), words.rstrip(".").casefold()} & said
    return "" if repeated else header.suivi


def sheet_context(fiche: Fiche, filler: Filler, problems: Problems) -> tuple[Block, ...]:
    """The sheet's own text, filled."""
    body = MarkdownText(fiche.source, fiche.body, fiche.body_line, section_id_of_sheet(fiche.code))
    return parse_markdown(body, filler, problems)


def _heading(text: str) -> SubHeading:
    return SubHeading((Text(text),))


def _texts(title: str, texts: Sequence[str]) -> Iterator[Block]:
    """A small heading and the texts: one as a paragraph, several as a list."""
    known = [Paragraph((Text(typeset(text)),)) for text in texts if text]
    if not known:
        return
    yield _heading(title)
    if len(known) == 1:
        yield known[0]
    else:
        yield ListBlock(tuple((paragraph,) for paragraph in known))


def _identity_table(fiche: Fiche, library: Library) -> Table:
    """The sheet's card: objectives, audience, period, steering, partners, data, texts."""
    header, indicator = fiche.header, fiche.header.indicateur
    rows: list[tuple[str, str, Cell]] = []
    for key, heading, texts in (
        ("objectifs", "Objectif stratégique", header.objectifs),
        ("public", "Public", (header.public,)),
        ("periode", "Durée de la mesure", (indicator.periode,)),
        ("pilotage", "Pilotage et suivi", (header.pilotage,)),
        ("partenaires", "Partenaires", header.partenaires),
        ("sources", "Sources des données", header.sources_donnees),
        ("frequence", "Fréquence de collecte", (indicator.frequence,)),
        ("references", "Références légales", reference_lines(header.references, library)),
        ("politiques", "Cadre de politique publique", header.politiques),
    ):
        known = [typeset(text) for text in texts if text]
        if known:
            rows.append((key, heading, text_cell("\n".join(known))))
    return two_columns(f"{section_id_of_sheet(fiche.code)}-carte", "", rows)


def _indicator_blocks(fiche: Fiche, library: Library) -> Iterator[Block]:
    indicator = fiche.header.indicateur
    words = typeset(indicator.definition)
    stop = (Text("."),) if words.endswith(".") else ()  # a note is called before the full stop
    remarks = (_source_note(fiche, library), *_repair_notes(fiche))
    text = Text(words.removesuffix("."))
    yield Paragraph((Text("Définition\u00a0: ", bold=True), text, *remarks, *stop))
    nature = INDICATOR_TYPE_LABELS[indicator.type]
    yield Paragraph((Text("Nature\u00a0: ", bold=True), Text(f"{nature}.")))
    if indicator.formule is not None:
        yield from _formula_blocks(indicator.formule)
    if fiche.header.donnees:
        yield Table(
            f"{section_id_of_sheet(fiche.code)}-donnees",
            "Données à recueillir",
            (Column("N°", 1, "center"), Column("Donnée", 8), Column("Unité", 3)),
            tuple(
                Row(
                    item.id,
                    (
                        text_cell(str(number)),
                        text_cell(typeset(item.intitule)),
                        text_cell(typeset(item.unite)),
                    ),
                )
                for number, item in enumerate(fiche.header.donnees, start=1)
            ),
        )


def _source_note(fiche: Fiche, library: Library) -> Footnote:
    """The document that the sheet was taken from, and the lines of its text."""
    source = fiche.header.source
    document = library.documents.get(source.document)
    title = document.intitule if document is not None else source.document
    lines = f", lignes {source.lignes}" if source.lignes else ""
    return make_note(f"source.{fiche.code}", f"Source : {title}{lines}")


def _repair_notes(fiche: Fiche) -> Iterator[Footnote]:
    """What was misprinted in the source outside the targets, and how it was repaired."""
    told = [
        f"« {item.lu} », imprimé « {item.imprime} »"
        + (f" ({lines_word(item.lignes)} {item.lignes})" if item.lignes else "")
        for item in fiche.header.reparations
    ]
    if told:
        yield make_note(f"lecture.{fiche.code}.texte", f"Lecture rétablie : {' ; '.join(told)}")


def lines_word(lines: str) -> str:
    """« ligne » for one line of a source, else « lignes »."""
    return "ligne" if lines.isdecimal() else "lignes"


def _formula_blocks(formula: Formula) -> Iterator[Block]:
    ratio = f"numérateur / dénominateur × {formula.facteur}" if formula.facteur else ""
    for heading, text in (
        ("Numérateur", formula.numerateur),
        ("Dénominateur", formula.denominateur),
        ("Calcul", ratio),
        ("Unité", formula.unite),
    ):
        if text:
            yield Paragraph((Text(f"{heading}\u00a0: ", bold=True), Text(typeset(text))))
