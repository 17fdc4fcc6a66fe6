"""The whole store, written out as files and taken in again elsewhere."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from contract_builder.errors import UserError
from contract_builder.files.read import read_file
from contract_builder.files.together import FileChange, end_interrupted, holding
from contract_builder.files.write import telling_refusals
from contract_builder.frozen import dataclass
from contract_builder.reading.bounded import read_bounded
from contract_builder.services.project import Project
from contract_builder.store.records import (
    Anchor,
    Imported,
    PieceFacts,
    VersionReference,
    parse_anchor,
)

JOURNAL_FILE = "journal.jsonl"
CONTRACTS_FOLDER = "versions"
PIECES_FOLDER = "pieces"


@dataclass(frozen=True, slots=True)
class Exported:
    """Where an export was written, how many contracts it holds and how far its journal goes."""

    folder: Path
    contracts: int
    anchor: Anchor


def export_store(project: Project, folder: Path) -> Exported:
    """Writes the whole store into ``folder``: its journal, and one JSON file a contract.

    A later export to the same folder adds what is new; an interrupted one adds nothing. A file
    that is not ours, or was changed, is never written over: UserError.
    """
    exported = project.get_store().export()
    count = 0
    taken: set[str] = set()

    def changes() -> Iterator[FileChange]:
        nonlocal count
        for reference, data in exported.contracts:
            count += 1
            yield from new_body(_body_name(reference), data)
        for facts, data in exported.pieces:
            yield from new_body(_body_name(facts), data)
        yield FileChange(JOURNAL_FILE, exported.journal)

    def new_body(name: str, data: bytes) -> Iterator[FileChange]:
        if name not in taken and not _is_written(folder / name, data):
            taken.add(name)
            yield FileChange(name, data, ())

    intact = "Le registre est intact ; relancez l’export quand c’est réparé."
    with telling_refusals(folder, intact, inside=True), holding(folder) as held:
        journal = folder / JOURNAL_FILE
        if journal.exists() and not _continues(read_bounded(journal), exported.journal):
            raise UserError(
                f"« {folder} » contient l’export d’un autre registre, ou un export modifié : "
                "choisissez un autre dossier."
            )
        held.write(changes())
    return Exported(folder, count, exported.anchor)


def import_store(project: Project, folder: Path, anchor: str | None = None) -> Imported:
    """Adds to the project's store what the export in ``folder`` holds and it does not.

    All of it or nothing; an export that was changed in any way is refused, and so is one whose
    journal does not pass through ``anchor``.
    """
    wanted = None if anchor is None else parse_anchor(anchor)
    with telling_refusals(folder, inside=True):
        end_interrupted(folder)
    journal = read_file(folder / JOURNAL_FILE, f"« {folder} » ne contient pas d’export du registre")

    def read_body(kept: VersionReference | PieceFacts) -> bytes:
        path = folder / _body_name(kept)
        return read_file(path, f"L’export est incomplet, rien n’a été importé : « {path} »")

    store = project.open_store(is_restored=True)
    _refuse_unlisted(folder, store.list_exported(journal))
    return store.import_(journal, read_body, wanted)


def _refuse_unlisted(folder: Path, listed: Iterable[VersionReference | PieceFacts]) -> None:
    """UserError for a file of an export that its journal does not name; hidden ones are no part."""
    expected = {JOURNAL_FILE, *(_body_name(kept) for kept in listed)}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.name.startswith(".") and name not in expected:
            raise UserError(
                f"L’export a été modifié : son journal ne connaît pas « {path} ». Rien n’a été "
                "importé. Si l’export n’a rien à voir avec ce fichier, déplacez-le."
            )


def _body_name(kept: VersionReference | PieceFacts) -> str:
    """Where an export holds a version's contract, or the bytes of a piece."""
    if isinstance(kept, PieceFacts):
        return f"{PIECES_FOLDER}/{kept.sha256}"
    return f"{CONTRACTS_FOLDER}/{kept.finess_ej}/{kept.number}.json"


def _is_written(path: Path, data: bytes) -> bool:
    """True when an earlier export wrote this file; UserError when it holds something else."""
    if not path.exists():
        return False
    if read_bounded(path) != data:
        raise UserError(
            f"« {path} » n’est pas ce qui a été exporté : il a été modifié, ou vient d’un "
            "autre registre. Choisissez un autre dossier."
        )
    return True


def _continues(old: bytes, new: bytes) -> bool:
    """True when the journal ``new`` holds every entry of ``old``, in its place.

    The first line tells only how far a journal goes.
    """
    return new.partition(b"\n")[2].startswith(old.partition(b"\n")[2])
