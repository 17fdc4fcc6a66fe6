"""Changing the library's files as a form does: never to a broken library, nothing unseen lost.

The files stay the truth, with their comments and their order. Each state is a piece of the journal,
with who and when, and can be brought back. What a signed contract holds is never rewritten: another
version begins on a later day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath

from contract_builder.compare.change import Change
from contract_builder.compare.comparison import compare_contracts
from contract_builder.diagnostics import Diagnostic, in_file_order, only_errors
from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.read import read_file
from contract_builder.files.together import FileChange, HeldFolder, holding
from contract_builder.files.write import telling_refusals
from contract_builder.library.changed import change_library, iter_library_files
from contract_builder.library.checks import check_library
from contract_builder.model.library import Library
from contract_builder.services.checking import check_texts
from contract_builder.services.kept_states import FOUND_STATE, find_last_actor, list_kept_states
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping, StoredPiece

_MOST_CHANGES = 60


class StaleLibraryError(UserError):
    """A file is no longer the one that the change was made from; ``current`` is what it is."""

    def __init__(self, current: "LibraryFile", by: str = "") -> None:
        author = f" par {by}" if by else ""
        super().__init__(
            f"Ce texte a été modifié{author} depuis que vous l’avez ouvert. Rien n’a été "
            "enregistré : comparez les deux états, puis choisissez."
        )
        self.current = current


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file of the library as it stands: its name relative to the project, its text, its hash."""

    name: str
    path: Path
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """A wish to change files together: by name, the text of each, None to remove it.

    They are all clauses, plans and the like, or all sheets.

    ``seen`` is the SHA-256 of each file that the change was made from; one that is to be new has
    none. ``note`` says in French what is done, ``at`` has a time zone.
    """

    texts: Mapping[str, str | None]
    seen: Mapping[str, str]
    at: datetime
    actor: str
    note: str


@dataclass(frozen=True, slots=True)
class LibraryTrial:
    """The library as it would be: ``problems`` in the changed files, at their lines there.

    ``added`` are the errors, wherever they are, that the library had not before.
    """

    library: Library
    problems: tuple[Diagnostic, ...]
    added: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class TrialContract:
    """What an edited library changes in one contract; ``problems`` are the errors that stop it.

    ``hidden`` counts the changes beyond those that are told.
    """

    changes: tuple[Change, ...] = ()
    hidden: int = 0
    problems: tuple[Diagnostic, ...] = ()


def open_file(project: Project, name: str) -> LibraryFile:
    """A file that texts of the library are in; UserError when the library has none of that name.

    ``name`` is compared with those of the library: it is never taken for a path.
    """
    library, _ = project.open_library()
    if name not in set(iter_library_files(library)):
        raise UserError(f"La bibliothèque n’a pas de fichier « {name} ».")
    return _read(project, name)


def try_library(project: Project, texts: Mapping[str, str | None]) -> LibraryTrial:
    """The library with these texts, checked as ``cpom check`` does; nothing is written."""
    library, found = project.open_library()
    changed, problems = change_library(library, texts)
    before = {_known_by(item) for item in (*found, *check_library(library), *check_texts(library))}
    elsewhere = [item for item in found if item.place.file not in texts]
    after = [*problems, *elsewhere, *check_library(changed), *check_texts(changed)]
    ordered = in_file_order(after)
    return LibraryTrial(
        library=changed,
        problems=tuple(item for item in ordered if item.place.file in texts),
        added=tuple(
            item for item in ordered if item.severity == "erreur" and _known_by(item) not in before
        ),
    )


def try_contract(project: Project, texts: Mapping[str, str | None], profile: Path) -> TrialContract:
    """What these texts change in the contract of a profile; nothing is written."""
    trial = try_library(project, texts)
    if trial.added:
        return TrialContract(problems=trial.added)
    now = prepare(project, profile)
    with Project(project.root, project.settings, trial.library) as edited:
        edited.load_yaml = project.load_yaml
        then = prepare(edited, profile)
    if now.assembly is None or then.assembly is None:
        stopped = now if now.assembly is None else then
        return TrialContract(problems=tuple(only_errors(stopped.problems)))
    old, new = now.assembly.contract, then.assembly.contract
    # The version of the library differs in every trial, and no contract prints it.
    told = [item for item in compare_contracts(old, new).changes if item.old != item.new]
    return TrialContract(
        changes=tuple(told[:_MOST_CHANGES]),
        hidden=max(0, len(told) - _MOST_CHANGES),
    )


def save_library(project: Project, change: LibraryChange) -> None:
    """Writes the files, all or none, each state before and after kept by the journal first.

    StaleLibraryError when a file is another one than the change was made from; ProblemsError when
    the library would have an error that it has not now. Nothing is written then.
    """
    folder = project.root / PurePosixPath(next(iter(change.texts))).parts[0]
    with telling_refusals(folder, inside=True), holding(folder) as held:
        project.refresh()
        _refuse_stale(project, change)
        trial = try_library(project, change.texts)
        if trial.added:
            raise ProblemsError(trial.added)
        _write(project, change, held)
    project.refresh()


def list_text_states(project: Project, name: str) -> tuple[StoredPiece, ...]:
    """The kept states of a file, oldest first; none of one that was never changed here."""
    return list_kept_states(project, "bibliotheque", name)


def get_text_state(project: Project, name: str, sequence: int) -> str:
    """What a kept state of a file says; UserError when the journal has none of that number."""
    if sequence not in {state.sequence for state in list_text_states(project, name)}:
        raise UserError("Le journal ne garde pas cet état de ce texte.")
    return project.get_store().piece_bytes(sequence).decode("utf-8", "replace")


def _known_by(problem: Diagnostic) -> tuple[str, str, str]:
    """What makes a problem the same one after an edit: not its line, which moves."""
    return problem.place.file, problem.code, problem.message


def _read(project: Project, name: str) -> LibraryFile:
    path = project.root / name
    data = read_file(path)
    return LibraryFile(name, path, data.decode("utf-8", "replace"), sha256(data).hexdigest())


def _refuse_stale(project: Project, change: LibraryChange) -> None:
    for name in change.texts:
        path = project.root / name
        seen = change.seen.get(name)
        if seen is None and path.exists():
            raise UserError(f"La bibliothèque a déjà « {path.stem} » : rien n’a été enregistré.")
        if seen is None:
            continue
        if not path.is_file():
            raise UserError(f"« {path.name} » n’est plus dans la bibliothèque.")
        file = _read(project, name)
        if file.sha256 != seen:
            by = find_last_actor(project, "bibliotheque", name, file.sha256)
            raise StaleLibraryError(file, by)


def _write(project: Project, change: LibraryChange, held: HeldFolder) -> None:
    """Keeps each state before, then the new ones, then writes: nothing is lost on the way."""
    written: list[FileChange] = []
    for name, text in change.texts.items():
        path = project.root / name
        before = read_file(path) if path.is_file() else None
        data = None if text is None else text.encode()
        if data == before:
            continue
        if before is not None:
            _keep(project, change, name, before, FOUND_STATE)
        _keep(project, change, name, b"" if data is None else data, change.note)
        known = () if before is None else (sha256(before).hexdigest(),)
        written.append(FileChange("/".join(PurePosixPath(name).parts[1:]), data, known))
    held.write(written)


def _keep(project: Project, change: LibraryChange, name: str, data: bytes, note: str) -> None:
    keeping = PieceKeeping("bibliotheque", name, data, change.at, change.actor, note)
    project.open_store().keep_piece(keeping)
