"""Returned files and the decisions on them, in the journal: somebody else can go on from there.

A piece « retour » is either the state of the decisions (its subject is the key of the return) or a
file (the key, then its rank). The key is drawn from the version and the bytes of the files: the
same files again are the same return. What a list shows stands in the notes of these pieces: no
file of decisions is opened for it.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from contract_builder.diagnostics import Problems
from contract_builder.errors import UserError
from contract_builder.files.write import write_atomically
from contract_builder.model.decision import DecisionFile
from contract_builder.model.french import NBSP, counted
from contract_builder.reading.records import read_record
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.services.decision_files import render_decision_file
from contract_builder.services.project import Project
from contract_builder.services.receiving import ReadCopies, read_copies
from contract_builder.source import SourceFile
from contract_builder.store.records import PieceKeeping, StoredPiece

_KEY_LENGTH = 16
_ENDING = ".yaml"
_NO_VERSION = "inconnue"
_NOTE = re.compile(
    r"contrat (?P<code>.+?)(?:, version (?P<version>\S+))? : "
    r"(?P<taken>\d+) décisions? sur (?P<total>\d+)"
)
"""The note of a state of the decisions, as ``_note_of`` writes it; older ones name no version."""


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """A return as it stands: its key, its decisions, and the last line of the journal on it."""

    key: str
    decisions: DecisionFile
    piece: StoredPiece


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """What a list shows of a return: its files by name, and how many changes are decided.

    ``version`` is the reference of the version that was sent, empty for one that the store does not
    have; ``piece`` the last line of the journal on it.
    """

    key: str
    files: tuple[str, ...]
    version: str
    taken: int
    total: int
    piece: StoredPiece


def key_of_return(contract: str, hashes: tuple[str, ...]) -> str:
    """What the return of these files is known by."""
    return sha256("\n".join([contract, *sorted(hashes)]).encode()).hexdigest()[:_KEY_LENGTH]


def keep_return(
    project: Project, copies: ReadCopies, decisions: DecisionFile, *, at: datetime, actor: str
) -> str:
    """Keeps the files, once, and this state of the decisions; the key of the return."""
    store = project.open_store()
    key = key_of_return(decisions.contrat, copies.sha256)
    for rank, (file, data) in enumerate(zip(copies.files, copies.data, strict=True), start=1):
        store.keep_piece(PieceKeeping("retour", f"{key}/{rank}", data, at, actor, file.name))
    body = render_decision_file(decisions, _ENDING)
    note = _note_of(copies.sent.contract.header.code, decisions)
    store.keep_piece(PieceKeeping("retour", key, body, at, actor, note))
    return key


def begin_return(
    project: Project, copies: ReadCopies, decisions: DecisionFile, *, at: datetime, actor: str
) -> str:
    """As ``keep_return``, but decisions that were already taken on these very files stand."""
    key = key_of_return(decisions.contrat, copies.sha256)
    if project.has_store() and project.open_store().pieces("retour", key):
        return key
    return keep_return(project, copies, decisions, at=at, actor=actor)


def keep_decisions(
    project: Project, kept: KeptReturn, decisions: DecisionFile, *, at: datetime, actor: str
) -> None:
    """Keeps the next state of the decisions; its files are kept already."""
    body = render_decision_file(decisions, _ENDING)
    told = _NOTE.fullmatch(kept.piece.facts.note.replace(NBSP, " "))
    note = _note_of("" if told is None else told["code"], decisions)
    project.open_store().keep_piece(PieceKeeping("retour", kept.key, body, at, actor, note))


def _note_of(code: str, decisions: DecisionFile) -> str:
    """« contrat 990000408AA, version 990000408@2 : 3 décisions sur 7 »."""
    taken, total = _count(decisions)
    version = decisions.version or _NO_VERSION
    return f"contrat {code}, version {version} : {counted(taken, 'décision')} sur {total}"


def _count(decisions: DecisionFile) -> tuple[int, int]:
    taken = sum(bool(line.decision.strip()) for line in decisions.modifications)
    return taken, len(decisions.modifications)


def list_returns(project: Project) -> tuple[ReturnFacts, ...]:
    """Each return that is kept, in its last state, the newest last."""
    if not project.has_store():
        return ()
    last: dict[str, StoredPiece] = {}
    names: dict[str, dict[int, str]] = {}
    for piece in project.open_store().pieces("retour"):
        key, _, rank = piece.facts.subject.partition("/")
        if rank.isdecimal():
            names.setdefault(key, {})[int(rank)] = piece.facts.note
        elif not rank:
            last.pop(key, None)
            last[key] = piece
    return tuple(
        _read_facts(project, piece, tuple(name for _, name in sorted(names.get(key, {}).items())))
        for key, piece in last.items()
    )


def _read_facts(project: Project, piece: StoredPiece, files: tuple[str, ...]) -> ReturnFacts:
    """The facts that the note tells; a return that an older program kept is opened for them."""
    key = piece.facts.subject
    told = _NOTE.fullmatch(piece.facts.note.replace(NBSP, " "))
    if told is not None and told["version"]:
        version = "" if told["version"] == _NO_VERSION else told["version"]
        return ReturnFacts(key, files, version, int(told["taken"]), int(told["total"]), piece)
    decisions = open_return(project, key).decisions
    taken, total = _count(decisions)
    return ReturnFacts(key, files, decisions.version, taken, total, piece)


def open_return(project: Project, key: str) -> KeptReturn:
    """The decisions of a return as they were last kept. UserError when there is no such return."""
    pieces = project.open_store().pieces("retour", key) if project.has_store() else ()
    if not pieces or "/" in key:
        raise UserError("Ce retour n’est pas au registre.")
    problems: Problems = []
    text = project.open_store().piece_bytes(pieces[-1].sequence).decode()
    node = parse_yaml(SourceFile.of_text("décisions", text), problems)
    decisions = None if node is None else read_record(DecisionFile, node, problems)
    if decisions is None:
        raise UserError("Les décisions de ce retour ne se lisent plus.")
    return KeptReturn(key, decisions, pieces[-1])


def read_kept_copies(project: Project, kept: KeptReturn, folder: Path) -> ReadCopies:
    """The files of a return, read again; ``folder`` is an empty one to put them in for it."""
    store = project.open_store()
    paths = []
    for rank, file in enumerate(kept.decisions.fichiers, start=1):
        pieces = store.pieces("retour", f"{kept.key}/{rank}")
        if not pieces:
            raise UserError(f"« {file.nom} » n’est plus au registre.")
        path = folder / f"copie {rank}.docx"
        write_atomically(path, store.piece_bytes(pieces[-1].sequence))
        paths.append(path)
    names = [file.nom for file in kept.decisions.fichiers]
    return read_copies(project, paths, kept.decisions.version or None, names)
