"""A declaration workbook that comes back → entries, and every problem at its cell.

Nothing of a row with a problem is taken; the other rows are given beside the problems, for who asks
for them. Cells that say what is known already give no entry.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from contract_builder.diagnostics import Problems, follow_problems
from contract_builder.follow.line_states import LineState
from contract_builder.follow.values import (
    RefusedValueError,
    WrittenValue,
    number_text,
    parse_declared_day,
    parse_value,
)
from contract_builder.follow.workbook_layout import (
    IDENTITY_SHEET,
    LONGEST_DECLARED_TEXT,
    NOTICE_SHEET,
    SHEET_TITLES,
    WorkbookIdentity,
    column_letter,
    columns_of,
    parse_workbook_identity,
)
from contract_builder.follow.workbook_reminders import (
    find_foreign_cell,
    find_moved_reminder,
    is_expected_changed,
    recall_line,
)
from contract_builder.model.follow_up import (
    Evidence,
    FollowEntry,
    FollowKey,
    FollowKind,
    FollowLine,
    FollowStep,
)
from contract_builder.source import Place, SourceFile, whole_file

SheetContent = Mapping[int, tuple[WrittenValue, ...]]
"""The filled rows of a worksheet by number, counted from 1; cells from the first column."""
EvidenceFinder = Callable[[str], "EvidenceFile"]
_BLANK: Final = WrittenValue("")
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file named as evidence: its SHA-256, or why it is not taken, in French.

    ``sha256`` and ``refusal`` both empty: it is not there. ``folder`` is where it was looked for.
    """

    sha256: str = ""
    refusal: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """What a workbook is read against: the lines of its contract and year, the day, the files."""

    name: str
    states: Sequence[LineState]
    on: date
    find_evidence: EvidenceFinder


@dataclass(slots=True)
class WorkbookReading:
    """What a workbook says: the entries that can be taken, in the order of its rows."""

    entries: list[FollowEntry] = field(default_factory=list)
    problems: Problems = field(default_factory=list)


def find_identity(sheets: Mapping[str, SheetContent]) -> WorkbookIdentity | None:
    """Whose workbook it is; None when it hides no identity of ours."""
    rows = {
        cells[0].text: cells[1].text
        for cells in sheets.get(IDENTITY_SHEET, {}).values()
        if len(cells) > 1
    }
    return parse_workbook_identity(rows)


def read_declaration_workbook(
    sheets: Mapping[str, SheetContent], identity: WorkbookIdentity, facts: ReadingFacts
) -> WorkbookReading:
    """The new entries of the party whose workbook it is."""
    reading = WorkbookReading()
    for kind, title in SHEET_TITLES.items():
        content = sheets.get(title)
        if content is None:
            problem = follow_problems.feuille_de_suivi_absente(whole_file(facts.name), title)
            reading.problems.append(problem)
            continue
        _SheetReader(kind, title, identity, facts, reading).read(content)
    for title in sorted(set(sheets) - {IDENTITY_SHEET, NOTICE_SHEET, *SHEET_TITLES.values()}):
        if sheets[title]:
            problem = follow_problems.feuille_de_suivi_ignoree(whole_file(facts.name), title)
            reading.problems.append(problem)
    return reading


@dataclass(frozen=True, slots=True)
class _Row:
    """One row under the titles; ``prefix`` chooses the columns of one party."""

    number: int
    cells: Mapping[str, WrittenValue]
    prefix: str

    def get(self, name: str) -> WrittenValue:
        return self.cells.get(f"{self.prefix}{name}", _BLANK)

    def text(self, name: str) -> str:
        return self.get(name).text.strip()


class _SheetReader:
    """Reads one sheet into ``reading``."""

    def __init__(
        self,
        kind: FollowKind,
        title: str,
        identity: WorkbookIdentity,
        facts: ReadingFacts,
        reading: WorkbookReading,
    ) -> None:
        self._title = title
        self._columns = columns_of(kind)
        self._ranks = {column.id: rank for rank, column in enumerate(self._columns)}
        self._facts = facts
        self._reading = reading
        self._states = {str(s.line.key): s for s in facts.states if s.line.key.kind == kind}
        is_agency = identity.side == "agence"
        self._prefix = "valid_" if is_agency else ""
        self._step: FollowStep = "validation" if is_agency else "declaration"
        self._use = self._step
        other = "declaration" if is_agency else "validation"
        self._foreign = tuple(column for column in self._columns if column.use == other)
        self._source = SourceFile(facts.name, ())

    def read(self, content: SheetContent) -> None:
        """Every row; none when the titles are not ours."""
        if not self._titles_hold(content.get(1, ())):
            return
        self._tell_beside(content)
        seen: dict[FollowKey, int] = {}
        for number in sorted(content):
            if number == 1:
                continue
            row = self._row_of(number, content[number])
            mark = row.cells["mark"].text.strip()
            state = self._states.get(mark)
            if state is not None:
                self._tell_foreign_cell(row, state)
            if not self._is_filled(row):
                continue
            if state is None:
                place, where = self._at(number, "mark")
                problem = follow_problems.ligne_de_suivi_inconnue(place, where, mark)
                self._reading.problems.append(problem)
                continue
            key = state.line.key
            if key in seen:
                place, where = self._at(number, "mark")
                first = f"ligne {seen[key]}"
                problem = follow_problems.ligne_de_suivi_en_double(place, where, first)
                self._reading.problems.append(problem)
                continue
            seen[key] = number
            self._take(row, state)

    def _titles_hold(self, cells: tuple[WrittenValue, ...]) -> bool:
        before = len(self._reading.problems)
        for rank, column in enumerate(self._columns):
            found = cells[rank].text.strip() if rank < len(cells) else ""
            if found != column.title:
                place, where = self._at(1, column.id)
                self._reading.problems.append(
                    follow_problems.titre_de_suivi_change(place, where, found, column.title)
                )
        return len(self._reading.problems) == before

    def _tell_beside(self, content: SheetContent) -> None:
        """What stands beside our columns, which nobody would read: its first cell."""
        known = len(self._columns)
        for number in sorted(content):
            for rank, cell in enumerate(content[number][known:], start=known):
                if text := " ".join(cell.text.split()):
                    place, where = self._at_rank(number, rank)
                    problem = follow_problems.colonne_de_suivi_ignoree(place, where, _shorten(text))
                    self._reading.problems.append(problem)
                    return

    def _row_of(self, number: int, cells: tuple[WrittenValue, ...]) -> _Row:
        padded = (*cells, *[_BLANK] * (len(self._columns) - len(cells)))
        named = {column.id: cell for column, cell in zip(self._columns, padded, strict=False)}
        return _Row(number, named, self._prefix)

    def _is_filled(self, row: _Row) -> bool:
        """True when a cell of the party is filled, whatever a row without mark may hold else."""
        own = (column.id for column in self._columns if column.use == self._use)
        return any(row.cells[name].text.strip() for name in own)

    def _take(self, row: _Row, state: LineState) -> None:
        if self._has_faults(row) or self._is_moved(row, state.line):
            return
        before = len(self._reading.problems)
        last = state.declared if self._step == "declaration" else state.validated
        value = self._read_value(row, state.line)
        entry = FollowEntry(
            key=state.line.key,
            step=self._step,
            value=value,
            on=self._read_day(row, state.line.key.year, last),
            function=self._read_function(row),
            evidence=self._read_evidence(row, last) if self._step == "declaration" else None,
            justified=self._read_justified(row, state.line),
            comment=self._read_text(row, "comment"),
        )
        self._check_evidence(row, entry, last)
        if len(self._reading.problems) == before and entry != last:
            self._reading.entries.append(entry)

    def _tell_foreign_cell(self, row: _Row, state: LineState) -> None:
        """What this party wrote in a column that the other one fills: its first cell."""
        name = find_foreign_cell(row.cells, state, self._foreign, self._facts.on)
        if name:
            place, where = self._at_rank(row.number, self._ranks[name])
            shown = _shorten(row.cells[name].text)
            problem = follow_problems.colonne_de_l_autre_partie(
                place, where, shown, is_agency=self._step == "validation"
            )
            self._reading.problems.append(problem)

    def _is_moved(self, row: _Row, line: FollowLine) -> bool:
        """True when the row names another line than its mark; what it recalls is told too."""
        name = find_moved_reminder(row.cells, line)
        shown = name or "expected"
        place, where = self._at_rank(row.number, self._ranks[shown])
        found = _shorten(row.cells[shown].text)
        if name:
            told = recall_line(line)[name]
            problem = follow_problems.ligne_de_suivi_deplacee(place, where, found, told)
            self._reading.problems.append(problem)
        elif is_expected_changed(row.cells, line):
            problem = follow_problems.rappel_de_suivi_modifie(place, where, found, line.expected)
            self._reading.problems.append(problem)
        return bool(name)

    def _has_faults(self, row: _Row) -> bool:
        """True when a cell of the party is in error: its text is that of the spreadsheet."""
        faults = {
            column.id: row.cells[column.id].fault
            for column in self._columns
            if column.use == self._use and row.cells[column.id].fault
        }
        for name, fault in faults.items():
            place, where = self._at_rank(row.number, self._ranks[name])
            self._reading.problems.append(
                follow_problems.cellule_de_suivi_en_erreur(place, where, fault)
            )
        return bool(faults)

    def _read_value(self, row: _Row, line: FollowLine) -> str:
        if not row.text("value"):
            place, where = self._at(row.number, "value")
            self._reading.problems.append(follow_problems.valeur_declaree_absente(place, where))
            return ""
        return self._parse(row, "value", line)

    def _parse(self, row: _Row, name: str, line: FollowLine) -> str:
        try:
            return parse_value(line, row.get(name), self._facts.on)
        except RefusedValueError as error:
            place, where = self._at(row.number, name)
            self._reading.problems.append(
                follow_problems.valeur_declaree_refusee(place, where, error.reason, error.fault)
            )
            return ""

    def _read_justified(self, row: _Row, line: FollowLine) -> Decimal | None:
        if not row.text("justified"):
            return None
        text = self._parse(row, "justified", line)
        try:
            return Decimal(number_text(Decimal(text))) if text else None
        except ArithmeticError:  # « sans objet »
            return None

    def _read_day(self, row: _Row, year: int, last: FollowEntry | None) -> date:
        """The day given; else that of what is known already, so that nothing seems new."""
        cell = row.get("day")
        if not cell.text.strip():
            return self._facts.on if last is None else last.on
        try:
            return parse_declared_day(cell, year, self._facts.on)
        except RefusedValueError as error:
            place, where = self._at(row.number, "day")
            self._reading.problems.append(
                follow_problems.jour_de_declaration_impossible(place, where, error.reason)
            )
            return self._facts.on

    def _read_function(self, row: _Row) -> str:
        text = " ".join(self._read_text(row, "function").split())
        if not text:
            place, where = self._at(row.number, "function")
            self._reading.problems.append(follow_problems.fonction_absente(place, where))
        return text

    def _read_text(self, row: _Row, name: str) -> str:
        """A text as it is; a problem for one that is too long to be kept whole."""
        text = row.text(name)
        if len(text) > LONGEST_DECLARED_TEXT:
            place, where = self._at(row.number, name)
            self._reading.problems.append(
                follow_problems.texte_de_suivi_trop_long(
                    place, where, len(text), LONGEST_DECLARED_TEXT
                )
            )
        return text

    def _read_evidence(self, row: _Row, last: FollowEntry | None) -> Evidence | None:
        name, reference = row.text("file"), self._read_text(row, "reference")
        if not name:
            return Evidence(reference=reference) if reference else None
        known = last.evidence if last is not None else None
        kept = known.sha256 if known is not None and known.name == name else ""
        file = self._facts.find_evidence(name)
        place, where = self._at(row.number, "file")
        if file.refusal:
            problem = follow_problems.preuve_refusee(place, where, name, file.refusal)
            self._reading.problems.append(problem)
        elif not file.sha256 and not kept:
            problem = follow_problems.preuve_introuvable(place, where, name, file.folder)
            self._reading.problems.append(problem)
        return Evidence(name, file.sha256 or kept, reference)

    def _check_evidence(self, row: _Row, entry: FollowEntry, last: FollowEntry | None) -> None:
        """A file that changed under a declaration that did not."""
        if last is None or entry.evidence is None or last.evidence is None:
            return
        unchanged = Evidence(entry.evidence.name, last.evidence.sha256, entry.evidence.reference)
        same_but_file = (
            (entry.value, entry.on, entry.function) == (last.value, last.on, last.function)
            and entry.justified == last.justified
            and entry.comment == last.comment
            and unchanged == last.evidence
        )
        if same_but_file and entry.evidence.sha256 != last.evidence.sha256:
            place, where = self._at(row.number, "file")
            self._reading.problems.append(
                follow_problems.preuve_modifiee(place, where, entry.evidence.name)
            )

    def _at(self, number: int, name: str) -> tuple[Place, str]:
        """The place of a cell, and how messages name it: « Feuille Objectifs, cellule F7 »."""
        wanted = f"{self._prefix}{name}"
        return self._at_rank(number, self._ranks[wanted if wanted in self._ranks else name])

    def _at_rank(self, number: int, rank: int) -> tuple[Place, str]:
        where = f"Feuille « {self._title} », cellule {column_letter(rank)}{number}"
        return Place(self._source, number, rank + 1), where


def _shorten(text: str) -> str:
    """The text on one line, as a message shows it."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
