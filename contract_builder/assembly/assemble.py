"""Library + profile → the contract, in stages whose order is written here and nowhere else.

select parts and clauses → negotiated variants → number them → fill the clauses → add the sheets →
typography → list of gaps → typed tables. The result is frozen; nothing here reads a file or the
clock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from contract_builder.assembly.cited import CitedPlace, check_citations
from contract_builder.assembly.context import Context
from contract_builder.assembly.cover import build_header
from contract_builder.assembly.filler import ContractFiller
from contract_builder.assembly.instruction import record_instruction
from contract_builder.assembly.introductions import NOTHING_BLOCK, drop_empty_introductions
from contract_builder.assembly.lacks import record_lacks
from contract_builder.assembly.margin import without_margin
from contract_builder.assembly.numbering import (
    SectionLabel,
    has_own_heading,
    number_sections,
)
from contract_builder.assembly.recorded_facts import record_decisions, record_facts
from contract_builder.assembly.selection import PartDecision, SelectedPart, Selection, select_parts
from contract_builder.assembly.sheets import assemble_sheets
from contract_builder.assembly.tables.authorisations import authorisation_records
from contract_builder.assembly.tables.cells import text_cell
from contract_builder.assembly.tables.funding import funding_records
from contract_builder.assembly.tables.joined_files import TABLE_KEY as JOINED_FILES
from contract_builder.assembly.tables.objectives import objective_records
from contract_builder.assembly.typeset_tree import typeset_blocks
from contract_builder.assembly.typography import typeset
from contract_builder.assembly.variants import negotiate_parts, origin_of
from contract_builder.diagnostics import Problems, contract_problems, profile_problems
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Block, Cell, Column, Gap, Paragraph, Row, Table, Text
from contract_builder.model.clause import Clause
from contract_builder.model.contract import (
    Contract,
    ContractTables,
    JoinedFile,
    Provenance,
    RecordedProblem,
    Section,
    TargetRecord,
    iter_tree,
)
from contract_builder.model.facts import Facts
from contract_builder.model.fiche import Fiche
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.instruction import InstructionNotes
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile
from contract_builder.reading.markdown import Filler, MarkdownText, parse_markdown
from contract_builder.reading.places import locate_words

GAPS_SECTION_ID = "donnees-a-completer"


@dataclass(frozen=True, slots=True)
class Assembly:
    """A contract, the decision on everything that was considered, and all problems.

    ``notes`` are what those who prepared it know of it, for its instruction file.
    """

    contract: Contract
    decisions: tuple[PartDecision, ...]
    problems: Problems
    notes: InstructionNotes


def assemble(
    library: Library, profile: Profile, facts: Facts, joined: tuple[JoinedFile, ...] = ()
) -> Assembly:
    """The contract of ``profile`` at its date of effect; ``joined`` are the files joined to it.

    The type of contract and the campaign must exist in the library
    (``profiles.checks.check_profile`` says so before); KeyError otherwise.
    """
    context = Context.of_profile(library, profile, facts, joined)
    record_lacks(context)
    selection = negotiate_parts(select_parts(context), context)
    annexes = tuple(part.entry for part in selection.parts if part.entry.partie == "annexe")
    context = replace(context, annexes=annexes)
    filler = ContractFiller(context, _labels(selection, context), _known_targets(library))
    sheets = assemble_sheets(context, filler)

    def blocks_of(clause: Clause) -> tuple[Block, ...]:
        return clause_blocks(clause, filler, context.problems)

    sections = [
        part_section(part, filler.labels, blocks_of, tuple(sheets.sections))
        for part in selection.parts
    ]
    sections = list(typeset_sections(sections))
    if joined and not _names_joined_files(sections):
        place = profile.place_of("annexes_jointes")
        context.problems.append(profile_problems.annexes_jointes_sans_liste(place))
    sections.extend(_gaps_sections(context))
    if context.is_final:
        _refuse_gaps(context)
        sections = list(without_margin(sections))
    contract = Contract(
        header=build_header(context),
        sections=tuple(sections),
        tables=_tables(context, selection, tuple(sheets.targets)),
        library_version=library.version,
    )
    decisions = (*selection.decisions, *sheets.decisions)
    tables = replace(
        contract.tables,
        facts=record_facts(facts),
        decisions=tuple(record_decisions(decisions)),
        sheets=tuple(sheets.choices),
    )
    notes = record_instruction(context, selection, filler.labels, sheets, tables.references)
    return Assembly(replace(contract, tables=tables), decisions, context.problems, notes)


def _labels(selection: Selection, context: Context) -> dict[str, SectionLabel]:
    labels = dict(number_sections(selection.parts))
    for fiche, _ in context.chosen_sheets():
        label = SectionLabel(fiche.code, fiche.code, f"fiche {fiche.code}")
        labels[section_id_of_sheet(fiche.code)] = label
    return labels


def _known_targets(library: Library) -> tuple[str, ...]:
    parts = {entry.id for outline in library.outlines.values() for entry in outline.contenu}
    return tuple(sorted({*library.clauses, *parts}))


def part_section(
    part: SelectedPart,
    labels: Mapping[str, SectionLabel],
    blocks_of: Callable[[Clause], tuple[Block, ...]],
    sheets: tuple[Section, ...],
) -> Section:
    """The section of a part; a clause that shares the part's id gives it its own text.

    A clause without title continues the numbered one that is printed before it, and stands in it.
    ``sheets`` follow the clauses of the part that holds them, and of no other.
    """
    entry = part.entry
    own_blocks: tuple[Block, ...] = ()
    children: list[Section] = []
    for clause, decision in part.clauses:
        blocks = blocks_of(clause)
        if entry.partie == "visas":
            if blocks == (NOTHING_BLOCK,):
                continue  # nothing to refer to is no visa
            blocks = tuple(_as_visa(block) for block in blocks)
        if clause.id == entry.id:
            own_blocks = blocks
            continue
        label = labels[clause.id]
        titled = has_own_heading(part, clause.header.titre)
        section = Section(
            id=clause.id,
            kind="clause",
            title=typeset(clause.header.titre) if titled else "",
            number=label.number,
            label=label.label,
            blocks=blocks,
            provenance=_provenance(clause, decision),
        )
        if children and children[-1].number and not titled:
            before = children[-1]
            children[-1] = replace(before, children=(*before.children, section))
        else:
            children.append(section)
    label = labels[entry.id]
    return Section(
        id=entry.id,
        kind=entry.partie,
        title=typeset(entry.titre),
        number=label.number,
        label=label.label,
        blocks=own_blocks,
        children=(*children, *(sheets if entry.contenu == "fiches" else ())),
        provenance=Provenance(entry.place.file, entry.place.line, None, part.decision.reason),
        landscape=entry.paysage,
    )


def clause_blocks(clause: Clause, filler: Filler, problems: Problems) -> tuple[Block, ...]:
    """The text of a clause, filled."""
    text = MarkdownText(clause.source, clause.body, clause.body_line, clause.id)
    return drop_empty_introductions(parse_markdown(text, filler, problems))


def _as_visa(block: Block) -> Block:
    return replace(block, role="visa") if isinstance(block, Paragraph) else block


def _provenance(clause: Clause, decision: PartDecision) -> Provenance:
    since, reason = clause.header.en_vigueur_du, decision.reason
    if clause.variant is None:
        return Provenance(clause.source.name, clause.body_line, since, reason)
    place = clause.header.place
    return Provenance(place.file, place.line, since, reason, origin_of(clause.variant))


def typeset_sections(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections with French typography in the library's own prose."""
    for section in sections:
        yield replace(
            section,
            blocks=typeset_blocks(section.blocks),
            children=tuple(typeset_sections(section.children)),
        )


def _names_joined_files(sections: list[Section]) -> bool:
    return any(
        isinstance(block, Table) and block.key == JOINED_FILES
        for top in sections
        for section in iter_tree(top)
        for block in section.blocks
    )


def _refuse_gaps(context: Context) -> None:
    """A contract that is sent or signed says everything."""
    labels = list(context.gaps.labels.values())
    if labels:
        terms = context.profile.contrat
        place = terms.place_of("statut")
        context.problems.append(
            contract_problems.contrat_incomplet(place, terms.statut, len(labels), labels[0])
        )


def _gaps_sections(context: Context) -> Iterator[Section]:
    """The annex page that lists what is missing; nothing when nothing is."""
    if not context.gaps.labels:
        return
    rows = tuple(
        Row(key, (text_cell(str(number)), Cell((Gap(key, label),)), text_cell(key)))
        for number, (key, label) in enumerate(context.gaps.labels.items(), start=1)
    )
    table = Table(
        "donnees-a-completer",
        "Données à compléter avant signature",
        (Column("N°", 1, "center"), Column("Donnée", 6), Column("Champ du profil", 4)),
        rows,
    )
    introduction = (
        f"Ce projet comporte {len(rows)} donnée{'s' if len(rows) > 1 else ''} à compléter. "
        "Cette page disparaît dès que le profil est complet."
    )
    yield Section(
        id=GAPS_SECTION_ID,
        kind="lacunes",
        title="Données à compléter",
        blocks=(Paragraph((Text(introduction),)), table),
    )


def _tables(
    context: Context, selection: Selection, targets: tuple[TargetRecord, ...]
) -> ContractTables:
    fiches = [fiche for fiche, _ in context.chosen_sheets()]
    references = check_citations(iter_citations(selection, fiches), context)
    return ContractTables(
        objectives=objective_records(context),
        targets=targets,
        authorisations=authorisation_records(context),
        fundings=funding_records(context),
        references=references,
        joined_files=context.joined_files,
        problems=tuple(
            RecordedProblem(
                code=problem.code,
                severity=problem.severity,
                message=problem.message,
                place=str(problem.place),
            )
            for problem in context.problems
        ),
    )


def iter_citations(selection: Selection, fiches: Iterable[Fiche]) -> Iterator[CitedPlace]:
    """What the retained clauses and the sheets cite, in the contract's order."""
    for part in selection.parts:
        for clause, _ in part.clauses:
            for text in clause.header.references:
                place = locate_words(clause.header.place_of("references"), text)
                yield text, clause.id, place
    for fiche in fiches:
        for text in fiche.header.references:
            section = section_id_of_sheet(fiche.code)
            yield text, section, locate_words(fiche.header.place_of("references"), text)
