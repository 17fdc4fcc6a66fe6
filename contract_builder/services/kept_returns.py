"""Returned files and the decisions on them, in the journal: somebody else can go on from there.

A piece « retour » is either the state of the decisions (its subject is the key of the return) or a
file (the key, then its rank). The key is drawn from the version and the bytes of the files: the
same files again are the same return.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from contract_builder.diagnostics import Problems
from contract_builder.errors import UserError
from contract_builder.files.write import write_atomically
from contract_builder.model.decision import DecisionFile
from contract_builder.reading.records import read_record
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.services.decision_files import render_decision_file
from contract_builder.services.project import Project
from contract_builder.services.receiving import ReadCopies, read_copies
from contract_builder.source import SourceFile
from contract_builder.store.records import PieceKeeping, StoredPiece

_KEY_LENGTH = 16
_ENDING = ".yaml"


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """A return as it stands: its key, its decisions, and the last line of the journal on it."""

    key: str
    decisions: DecisionFile
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
    taken = sum(bool(line.decision.strip()) for line in decisions.modifications)
    code = copies.sent.contract.header.code
    note = f"contrat {code} : {taken} décisions sur {len(decisions.modifications)}"
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
    taken = sum(bool(line.decision.strip()) for line in decisions.modifications)
    told = kept.piece.facts.note.partition(" : ")[0]
    note = f"{told} : {taken} décisions sur {len(decisions.modifications)}"
    project.open_store().keep_piece(PieceKeeping("retour", kept.key, body, at, actor, note))


def list_returns(project: Project) -> tuple[StoredPiece, ...]:
    """The last state of each return that is kept, the newest last."""
    if not project.has_store():
        return ()
    last: dict[str, StoredPiece] = {}
    for piece in project.open_store().pieces("retour"):
        if "/" not in piece.facts.subject:
            last.pop(piece.facts.subject, None)
            last[piece.facts.subject] = piece
    return tuple(last.values())


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
