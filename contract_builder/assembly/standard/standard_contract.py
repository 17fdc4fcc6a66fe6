"""A contract → the contract that the library's text would give in its place.

Same establishment, same date of effect, same values: the clauses that the outline calls for, each
in the version in force that day, filled with what the contract prints; the sheets that it holds,
with their own targets. Header, authorisations, money and the list of gaps are the contract's own:
they are data, not text. So whatever differs was written for this contract alone, or the library
has changed since: ``Standard`` tells which can be told apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import TypeGuard

from contract_builder.assembly.assemble import (
    GAPS_SECTION_ID,
    clause_blocks,
    iter_citations,
    part_section,
)
from contract_builder.assembly.cited import check_citations
from contract_builder.assembly.context import GapList, Setting
from contract_builder.assembly.margin import without_margin
from contract_builder.assembly.numbering import SectionLabel, number_sections
from contract_builder.assembly.recorded_facts import read_facts
from contract_builder.assembly.selection import Selection, select_parts
from contract_builder.assembly.sheets import sheet_context, sheet_section
from contract_builder.assembly.standard.earlier_facts import read_earlier_facts
from contract_builder.assembly.standard.library_states import find_text_names
from contract_builder.assembly.standard.printed_values import (
    Answer,
    AnswerFiller,
    PrintedTexts,
    PrintedValues,
    Request,
    RequestRecorder,
)
from contract_builder.assembly.standard.shared_texts import SharedTexts
from contract_builder.assembly.standard.standard_sheets import StandardTargetMaker
from contract_builder.assembly.tables.objectives import objective_record
from contract_builder.assembly.typeset_tree import typeset_blocks
from contract_builder.errors import UserError
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Block, Table
from contract_builder.model.clause import Clause
from contract_builder.model.contract import (
    CitedReference,
    Contract,
    Objective,
    Provenance,
    Section,
    TargetRecord,
)
from contract_builder.model.fiche import Fiche
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.library import Library


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard contract, and how far it can be told from the contract alone.

    All are section ids in the contract's order, else the outline's. ``reworded``: the library has
    another version of the clause for that day than the one that the contract came from. ``gone``:
    the contract came from a clause or sheet that the library no longer has. ``undecided``: clauses
    that neither stand in the contract nor can be judged from it. ``unmeasured``: sheets whose own
    targets cannot be told, so that the contract's stand on both sides. ``titles`` has the title of
    each section that has one, ``clauses`` the id of each clause in the standard text.
    """

    contract: Contract
    is_same_library: bool
    reworded: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheets:
    sections: tuple[Section, ...]
    objectives: tuple[Objective, ...]
    targets: tuple[TargetRecord, ...]
    fiches: tuple[Fiche, ...]
    unmeasured: tuple[str, ...]


class StandardMaker:
    """Makes the standard of many contracts from one library; a text is read once per filling."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._requests: dict[str, tuple[Request, ...]] = {}
        self._texts: dict[tuple[object, ...], tuple[tuple[Answer, ...], tuple[Block, ...]]] = {}
        self._sections: dict[tuple[object, ...], tuple[tuple[Block, ...], Section]] = {}
        self._shared = SharedTexts()
        self._targets = StandardTargetMaker()
        self._cited: dict[tuple[object, ...], tuple[CitedReference, ...]] = {}
        self._printed = PrintedTexts()
        self._names = find_text_names(library)

    def make(self, contract: Contract) -> Standard:
        """The standard of one contract.

        UserError when the library has no outline for its type, or not its campaign.
        """
        setting = self._setting(contract)
        present = frozenset(section.id for section in contract.iter_sections())
        selection = select_parts(setting, present)
        labels = dict(number_sections(selection.parts))
        labels.update(
            (section_id_of_sheet(item.code), SectionLabel(item.code, item.code, item.code))
            for item in contract.tables.objectives
        )
        values = PrintedValues(contract, self._printed)
        sheets = self._sheets(contract, setting, values, labels)

        def blocks_of(clause: Clause) -> tuple[Block, ...]:
            def read(filler: AnswerFiller | RequestRecorder) -> tuple[Block, ...]:
                return clause_blocks(clause, filler, [])

            return self._fill(clause.source.name, clause.id, read, values, labels)

        sections = tuple(
            part_section(part, labels, blocks_of, sheets.sections) for part in selection.parts
        )
        own_gaps = (item for item in contract.sections if item.id == GAPS_SECTION_ID)
        tables = replace(
            contract.tables,
            objectives=sheets.objectives,
            targets=sheets.targets,
            references=self._citations(selection, sheets.fiches, setting),
        )
        standard = replace(
            contract,
            sections=(*self._shared.share(_as_sent(sections, contract), contract), *own_gaps),
            tables=tables,
        )
        return self._judge(contract, standard, selection, present, sheets.unmeasured)

    def _setting(self, contract: Contract) -> Setting:
        header = contract.header
        outline = self._library.outlines.get(header.type)
        campaign = self._library.campaigns.get(header.campaign)
        if outline is None or campaign is None:
            lacking = (
                f"le type de contrat « {header.type} »"
                if outline is None
                else f"la campagne « {header.campaign} »"
            )
            raise UserError(
                f"La bibliothèque ne connaît pas {lacking} : le texte standard du contrat "
                f"{header.code} ne peut pas être établi."
            )
        return Setting(
            library=self._library,
            outline=outline,
            campaign=campaign,
            facts=read_facts(contract.tables.facts) or read_earlier_facts(contract),
            on=header.effective_date,
            end=header.end_date,
            problems=[],
            gaps=GapList(),
        )

    def _citations(
        self, selection: Selection, fiches: tuple[Fiche, ...], setting: Setting
    ) -> tuple[CitedReference, ...]:
        clauses = (clause.source.name for part in selection.parts for clause, _ in part.clauses)
        key = (setting.on, *clauses, *(fiche.source.name for fiche in fiches))
        if key not in self._cited:
            self._cited[key] = check_citations(iter_citations(selection, fiches), setting)
        return self._cited[key]

    def _sheets(
        self,
        contract: Contract,
        setting: Setting,
        values: PrintedValues,
        labels: Mapping[str, SectionLabel],
    ) -> _Sheets:
        """The sheets of the contract that the campaign still has, in the contract's order."""
        catalogue = self._library.fiches.get(setting.campaign.fiches, {})
        sections: list[Section] = []
        targets: list[TargetRecord] = []
        unmeasured: list[str] = []
        held = [item for item in contract.tables.objectives if item.code in catalogue]
        for item in held:
            fiche = catalogue[item.code]
            found = self._targets.make(fiche, item.volet, contract, setting)
            targets.extend(found.tables.records)
            if found.is_own:
                unmeasured.append(item.code)
            sections.append(self._sheet((fiche, item.volet), found.tables.blocks, values, labels))
        fiches = tuple(catalogue[item.code] for item in held)
        objectives = tuple(objective_record(catalogue[i.code], i.volet) for i in held)
        return _Sheets(tuple(sections), objectives, tuple(targets), fiches, tuple(unmeasured))

    def _sheet(
        self,
        sheet: tuple[Fiche, str],
        targets: tuple[Block, ...],
        values: PrintedValues,
        labels: Mapping[str, SectionLabel],
    ) -> Section:
        """``sheet`` is the sheet and the part of it that was chosen."""
        fiche, volet = sheet

        def read(filler: AnswerFiller | RequestRecorder) -> tuple[Block, ...]:
            return sheet_context(fiche, filler, [])

        text = self._fill(fiche.source.name, section_id_of_sheet(fiche.code), read, values, labels)
        key = (fiche.source.name, volet, id(text), id(targets))
        if key not in self._sections:
            section = sheet_section(fiche, volet, self._library, text, targets)
            shown = replace(section, blocks=typeset_blocks(section.blocks))
            # The targets are kept too, as ``_texts`` keeps the text: no other ones have their id.
            self._sections[key] = targets, shown
        return self._sections[key][1]

    def _fill(
        self,
        name: str,
        section: str,
        read: Callable[[AnswerFiller | RequestRecorder], tuple[Block, ...]],
        values: PrintedValues,
        labels: Mapping[str, SectionLabel],
    ) -> tuple[Block, ...]:
        """The text of the file ``name``, filled; read again only for answers not yet seen."""
        if name not in self._requests:
            recorder = RequestRecorder()
            read(recorder)
            self._requests[name] = tuple(recorder.requests)
        answers = tuple(values.answer(self._requests[name], section, labels))
        # A table is another in each contract, and long: the same object or none. It is kept, so
        # that no other one has its id.
        key = (name, *(id(item[0]) if _is_table(item) else item for item in answers))
        if key not in self._texts:
            self._texts[key] = answers, typeset_blocks(read(AnswerFiller(answers)))
        return self._texts[key][1]

    def _judge(
        self,
        contract: Contract,
        standard: Contract,
        selection: Selection,
        present: frozenset[str],
        unmeasured: tuple[str, ...],
    ) -> Standard:
        ours = {section.id: section for section in standard.iter_sections()}
        titles = {section.id: section.title for section in contract.iter_sections()}
        titles.update((decision.id, decision.title) for decision in selection.decisions)
        reworded, gone = [], []
        for section in contract.iter_sections():
            origin = origin_of_text(section)
            if origin is None:
                continue
            counterpart = ours.get(section.id)
            if origin.file not in self._names:
                gone.append(section.id)
            elif counterpart is not None and counterpart.provenance != origin:
                reworded.append(section.id)
        return Standard(
            contract=standard,
            is_same_library=contract.library_version == self._library.version,
            reworded=tuple(reworded),
            gone=tuple(gone),
            undecided=tuple(
                decision.id
                for decision in selection.decisions
                if decision.verdict.outcome is None and decision.id not in present
            ),
            unmeasured=unmeasured,
            titles={section: title for section, title in titles.items() if title},
            clauses=tuple(clause.id for part in selection.parts for clause, _ in part.clauses),
        )


def origin_of_text(section: Section) -> Provenance | None:
    """Where a clause or sheet says that its text comes from; None for any other section."""
    return section.provenance if section.kind in ("clause", "fiche") else None


def _as_sent(sections: tuple[Section, ...], contract: Contract) -> tuple[Section, ...]:
    """The sections, without the margin where the contract has left the agency."""
    return sections if contract.header.status == "projet" else tuple(without_margin(sections))


def _is_table(answer: Answer) -> TypeGuard[tuple[Table]]:
    return isinstance(answer, tuple) and isinstance(answer[0], Table)
