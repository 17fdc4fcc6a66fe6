"""Declarations and validations: workbooks out and back, values kept and never replaced.

A reading keeps all of its workbooks or none; with ``partial``, what is sound is kept and the rest
is told. Evidence is kept beside the values, by its SHA-256. Time and actor are given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Final
from unicodedata import normalize

from contract_builder.diagnostics import Diagnostic, Problems, follow_problems, has_errors
from contract_builder.errors import RefusedFileError, UserError, system_reason
from contract_builder.files.publish import Published, follow_stem, publish
from contract_builder.follow.act_json import render_act
from contract_builder.follow.line_states import find_declaration_deadline
from contract_builder.follow.values import WrittenValue
from contract_builder.follow.workbook_layout import WorkbookIdentity, WorkbookSide
from contract_builder.follow.workbook_reading import (
    EvidenceFile,
    ReadingFacts,
    SheetContent,
    find_identity,
    read_declaration_workbook,
)
from contract_builder.model.follow_up import FollowAct, FollowedContract, FollowEntry
from contract_builder.reading.bounded import read_bounded
from contract_builder.registries.workbooks import Worksheet, load_worksheets
from contract_builder.services.following import (
    FollowedRegion,
    FollowedStates,
    follow_contract,
    follow_contracts,
)
from contract_builder.services.project import Project
from contract_builder.source import whole_file
from contract_builder.store.records import PieceKeeping

ENTERED: Final = "saisie"
MOST_EVIDENCE: Final = 20 << 20
"""Bytes of one file of evidence."""


@dataclass(frozen=True, slots=True)
class WorkbookRequest:
    """Which workbooks to write: for these contracts (all in force without name), one year."""

    names: tuple[str, ...]
    on: date
    year: int
    side: WorkbookSide = "etablissement"


@dataclass(frozen=True, slots=True)
class WrittenWorkbooks:
    """What was written, and the contracts that have no line that year, by code."""

    published: Published
    without_line: tuple[str, ...]
    unread: tuple[str, ...]


def write_workbooks(project: Project, request: WorkbookRequest, out: Path) -> WrittenWorkbooks:
    """One pre-filled workbook a contract; UserError when no contract has a line that year."""
    from contract_builder.follow.workbook_writing import render_declaration_workbook

    region = follow_contracts(project, request.names, request.on)
    products: dict[str, bytes] = {}
    without: list[str] = []
    for followed in region.contracts:
        states = followed.of_year(request.year)
        in_force = followed.in_force
        if not states:
            without.append(in_force.contract.code)
            continue
        identity = WorkbookIdentity(
            in_force.contract,
            in_force.reference,
            in_force.version.facts.sha256,
            request.year,
            request.side,
        )
        deadline = find_declaration_deadline(in_force.rules, request.year)
        what = "suivi" if request.side == "etablissement" else "validation"
        name = f"{follow_stem(in_force.header, f'{what}-{request.year}')}.xlsx"
        products[name] = render_declaration_workbook(in_force.header, states, identity, deadline)
    if not products:
        raise UserError(f"Aucun contrat en vigueur n’a quelque chose à suivre en {request.year}.")
    return WrittenWorkbooks(publish(out, products), tuple(without), region.unread)


@dataclass(frozen=True, slots=True)
class DeclarationRequest:
    """Workbooks to read. ``contract`` and ``year``: what they must be about, where it is known.

    ``evidence`` is the folder of the files named in them, else that of each workbook. ``at`` has a
    time zone. With ``dry_run`` nothing is kept.
    """

    files: tuple[Path, ...]
    side: WorkbookSide
    on: date
    at: datetime
    actor: str
    contract: str = ""
    year: int | None = None
    evidence: Path | None = None
    partial: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """What one workbook gave: its entries, kept or to be kept."""

    name: str
    identity: WorkbookIdentity
    entries: tuple[FollowEntry, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """What was read; ``is_kept`` is False when nothing was written, for errors or on demand."""

    workbooks: tuple[ReadWorkbook, ...]
    problems: tuple[Diagnostic, ...]
    is_kept: bool

    @property
    def count(self) -> int:
        """How many values were read."""
        return sum(len(workbook.entries) for workbook in self.workbooks)


def read_declarations(project: Project, request: DeclarationRequest) -> Declared:
    """Reads workbooks and keeps what they say: all, or none of it when one has an error.

    With ``partial`` the sound rows are kept beside the errors.
    """
    reader = _DeclarationReader(project, request)
    workbooks = tuple(reader.iter_read())
    problems = reader.problems
    is_kept = not request.dry_run and (request.partial or not has_errors(problems))
    if is_kept:
        keep_acts(project, reader.acts(workbooks), request.at, request.actor, reader.files)
    return Declared(workbooks, tuple(problems), is_kept)


def declare_entries(
    project: Project, act: FollowAct, *, at: datetime, actor: str, files: Iterable[bytes] = ()
) -> None:
    """Keeps values that were typed one by one; ``files`` are the evidence that they name."""
    named = {sha256(data).hexdigest(): data for data in files}
    keep_acts(project, [act], at, actor, named)


def keep_acts(
    project: Project,
    acts: Iterable[FollowAct],
    at: datetime,
    actor: str,
    files: Mapping[str, bytes],
) -> None:
    """Keeps acts and the evidence that they name (SHA-256 → bytes): all of it, or none."""
    keepings: list[PieceKeeping] = []
    for act in acts:
        if not act.entries:
            continue
        for entry in act.entries:
            evidence = entry.evidence
            if evidence is not None and evidence.sha256 in files:
                subject = evidence_subject(act.contract, evidence.sha256)
                data, name = files[evidence.sha256], evidence.name
                keepings.append(PieceKeeping("preuve", subject, data, at, actor, name))
        note = f"suivi : {act.source}"
        subject = act.contract.subject
        keepings.append(PieceKeeping("suivi", subject, render_act(act), at, actor, note))
    if keepings:
        project.open_store().keep_pieces(keepings)


def evidence_subject(contract: FollowedContract, digest: str) -> str:
    """What a file of evidence is kept under."""
    return f"{contract.subject}/{digest}"


def sheet_contents(worksheets: Iterable[Worksheet]) -> dict[str, SheetContent]:
    """The worksheets of a reader of files, as the follow-up takes them."""
    return {sheet.title: dict(_iter_rows(sheet)) for sheet in worksheets}


def _iter_rows(sheet: Worksheet) -> Iterator[tuple[int, tuple[WrittenValue, ...]]]:
    for number, texts in sheet.rows:
        cells = []
        for rank, text in enumerate(texts):
            typed = sheet.typed.get((number, rank))
            if typed is None:
                cells.append(WrittenValue(text))
            else:
                known = (typed.number, typed.is_percentage, typed.day, typed.fault)
                cells.append(WrittenValue(text, *known))
        yield number, tuple(cells)


class _DeclarationReader:
    """Reads the workbooks of one request; the contracts are read from the store once."""

    def __init__(self, project: Project, request: DeclarationRequest) -> None:
        self._project = project
        self._request = request
        self._expected: FollowedStates | None = None
        if request.contract:
            self._expected = follow_contract(project, request.contract, request.on)
        self._region: FollowedRegion | None = None
        self.problems: Problems = []
        self.files: dict[str, bytes] = {}

    def iter_read(self) -> Iterator[ReadWorkbook]:
        """Every workbook that is one of ours and fits the request."""
        opened = [(path, *self._open(path)) for path in self._request.files]
        seen: dict[WorkbookIdentity, str] = {}
        for path, sheets, identity in opened:
            if identity is None:
                continue
            if identity in seen:
                place = whole_file(path.name)
                self.problems.append(follow_problems.classeur_en_double(place, seen[identity]))
                continue
            seen[identity] = path.name
            followed = self._find_followed(path, identity, opened)
            if followed is not None:
                yield self._read(path, sheets, identity, followed)

    def acts(self, workbooks: Sequence[ReadWorkbook]) -> list[FollowAct]:
        """What is to be kept of the workbooks."""
        return [FollowAct(item.identity.contract, item.name, item.entries) for item in workbooks]

    def _open(self, path: Path) -> tuple[Mapping[str, SheetContent], WorkbookIdentity | None]:
        before = len(self.problems)
        sheets = sheet_contents(load_worksheets(path, path.name, self.problems))
        if len(self.problems) > before:
            return sheets, None
        identity = find_identity(sheets)
        place = whole_file(path.name)
        if identity is None:
            self.problems.append(follow_problems.classeur_de_suivi_inconnu(place))
        elif identity.side != self._request.side:
            is_for_agency = identity.side == "agence"
            self.problems.append(
                follow_problems.classeur_autre_usage(place, is_for_agency=is_for_agency)
            )
        elif self._request.year not in (None, identity.year):
            self.problems.append(
                follow_problems.classeur_autre_annee(
                    place, str(identity.year), self._request.year or 0
                )
            )
        elif self._expected and self._expected.in_force.contract != identity.contract:
            expected = self._expected.in_force.contract.code
            self.problems.append(
                follow_problems.classeur_autre_contrat(place, identity.contract.code, expected)
            )
        else:
            return sheets, identity
        return sheets, None

    def _find_followed(
        self,
        path: Path,
        identity: WorkbookIdentity,
        opened: Sequence[tuple[Path, Mapping[str, SheetContent], WorkbookIdentity | None]],
    ) -> FollowedStates | None:
        """The contract of a workbook, when it is in force; a region is read in one go."""
        if self._expected is not None:
            return self._expected
        if self._region is None:
            codes = {item.contract.code for _, _, item in opened if item is not None}
            self._region = self._read_region(codes)
        for followed in self._region.contracts:
            if followed.in_force.contract == identity.contract:
                self._tell_older_version(path, identity, followed)
                return followed
        try:
            follow_contract(self._project, identity.contract.code, self._request.on)
            state = "autre établissement"
        except UserError as error:
            state = str(error).rstrip(".")
        place = whole_file(path.name)
        self.problems.append(
            follow_problems.contrat_plus_en_vigueur(place, identity.contract.code, state)
        )
        return None

    def _read_region(self, codes: set[str]) -> FollowedRegion:
        """One contract alone, else the region: names that are not in force are told later."""
        on = self._request.on
        if len(codes) == 1:
            try:
                return follow_contracts(self._project, tuple(codes), on)
            except UserError:
                return FollowedRegion(on, (), ())
        return follow_contracts(self._project, (), on)

    def _tell_older_version(
        self, path: Path, identity: WorkbookIdentity, followed: FollowedStates
    ) -> None:
        if identity.contract_sha256 != followed.in_force.version.facts.sha256:
            self.problems.append(
                follow_problems.classeur_avant_avenant(
                    whole_file(path.name), identity.reference, followed.in_force.reference
                )
            )

    def _read(
        self,
        path: Path,
        sheets: Mapping[str, SheetContent],
        identity: WorkbookIdentity,
        followed: FollowedStates,
    ) -> ReadWorkbook:
        folder = self._request.evidence or path.parent
        folders = (folder / identity.contract.code, folder)
        facts = ReadingFacts(
            path.name,
            followed.of_year(identity.year),
            self._request.on,
            lambda name: self._find_evidence(name, folders),
        )
        reading = read_declaration_workbook(sheets, identity, facts)
        self.problems.extend(reading.problems)
        return ReadWorkbook(path.name, identity, tuple(reading.entries))

    def _find_evidence(self, name: str, folders: Sequence[Path]) -> EvidenceFile:
        if {"/", "\\"} & set(name) or name in (".", ".."):
            return EvidenceFile(refusal="écrivez le nom du fichier sans son dossier")
        forms = dict.fromkeys((name, normalize("NFC", name), normalize("NFD", name)))
        for folder, form in product(folders, forms):
            try:
                data = _read_evidence(folder / form, folder)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                return EvidenceFile(refusal=system_reason(error))
            digest = sha256(data).hexdigest()
            self.files[digest] = data
            return EvidenceFile(digest, folder=str(folder))
        return EvidenceFile(folder=str(folders[-1]))


def _read_evidence(path: Path, folder: Path) -> bytes:
    """The bytes of a file of evidence; ``OSError`` when it is not there, or not to be kept.

    Who sends evidence must not choose, by a link, another file of the machine that reads it.
    """
    data = read_bounded(path, MOST_EVIDENCE)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise RefusedFileError("c’est un lien vers un autre dossier ; joignez le fichier lui-même")
    if not data:
        raise RefusedFileError("ce fichier est vide")
    return data
