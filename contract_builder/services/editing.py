"""Changing a profile's file as a form does: nothing unseen is written over, every state is kept.

The file stays the truth, with its comments and its order. Each state is a piece of the journal,
with who and when, and can be taken back; so is a state that somebody saved with another program.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from contract_builder.diagnostics import Diagnostic, Problems, has_errors, in_file_order
from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.read import read_file
from contract_builder.files.together import FileChange, holding
from contract_builder.files.write import telling_refusals
from contract_builder.reading.node_paths import index_paths, path_at
from contract_builder.reading.tree import Tree, group_of_node
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.reading.yaml_patch import patch_yaml
from contract_builder.services.kept_states import (
    FOUND_STATE,
    find_kept_state,
    find_last_actor,
    list_kept_states,
)
from contract_builder.services.making import Prepared, prepare
from contract_builder.services.noting import OrderedBy
from contract_builder.services.project import Project
from contract_builder.source import SourceFile
from contract_builder.store.records import PieceKeeping, StoredPiece


class StaleProfileError(UserError):
    """The file is no longer the one that the change was made from; ``current`` is what it is."""

    def __init__(self, current: "ProfileFile", by: str = "") -> None:
        author = f" par {by}" if by else ""
        super().__init__(
            f"« {current.name} » a été modifié{author} depuis que vous l’avez ouvert. Rien n’a été "
            "enregistré : comparez les deux états, puis choisissez."
        )
        self.current = current


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A profile's own file as it stands, without its layers.

    ``name`` is the file's name without ending; ``sha256`` that of its bytes, by which a change
    says what it was made from; ``tree`` what it says.
    """

    name: str
    path: Path
    text: str
    sha256: str
    tree: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """A wish to change a profile: ``seen`` is the SHA-256 of the file that it was made from.

    ``tree`` is all that the file is to say; ``note`` says in French what was done; ``at`` has a
    time zone.
    """

    name: str
    seen: str
    tree: Mapping[str, Tree]
    at: datetime
    actor: str
    note: str = ""


def open_profile(project: Project, name: str) -> ProfileFile:
    """The file of the profile ``name``; UserError when there is none or it cannot be read.

    ``name`` is one of those of ``project.profile_paths``: never a path.
    """
    path = next((path for path in project.profile_paths() if path.stem == name), None)
    if path is None:
        raise UserError(f"Aucun profil ne porte le nom « {name} ».")
    return _read_profile(project, path)


def _read_profile(project: Project, path: Path) -> ProfileFile:
    problems: Problems = []
    data = read_file(path)
    node = project.load_yaml(path, project.name_of(path), problems)
    if node is None or has_errors(problems):
        raise ProblemsError(in_file_order(problems))
    text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")
    return ProfileFile(path.stem, path, text, sha256(data).hexdigest(), group_of_node(node))


@dataclass(frozen=True, slots=True)
class Trial:
    """A profile as it would be: prepared, and each problem with the path that it is about.

    The places of problems are lines of the file as it would be. A path is that of the form's
    field, ``sites.0.nom``; empty for what stands in no line of this file.
    """

    prepared: Prepared
    located: tuple[tuple[str, Diagnostic], ...]


def try_change(project: Project, file: ProfileFile, tree: Mapping[str, Tree]) -> Trial:
    """The profile as it would be with ``tree``, checked and assembled; nothing is written."""
    with project.with_text(file.path, patch_yaml(file.text, tree)) as trial:
        return show_as_it_is(trial, file.path, prepare(trial, file.path))


def show_as_it_is(project: Project, path: Path, prepared: Prepared) -> Trial:
    """The profile as its file at ``path`` says, which is ``prepared``: problems at their fields."""
    name = project.name_of(path)
    node = project.load_yaml(path, name, [])
    paths = {} if node is None else index_paths(node)
    _, library_problems = project.open_sound_library()
    problems = in_file_order([*library_problems, *prepared.problems])
    located = tuple((_path_of(paths, problem, name), problem) for problem in problems)
    return Trial(prepared, located)


def _path_of(paths: Mapping[tuple[int, int], str], problem: Diagnostic, name: str) -> str:
    """The path of what stands at a problem's place, or last before it; empty for another file.

    That of the lacking value, for what stands nowhere yet.
    """
    if problem.field:
        return problem.field
    return path_at(paths, problem.place) if problem.place.file == name else ""


def save_change(project: Project, change: ProfileChange) -> ProfileFile:
    """Writes the change into the file; the file as it is then.

    StaleProfileError when the file is not the one that the change was made from, and says something
    else than what is wanted: nothing is written. What the file said before is kept by the journal
    first, whoever wrote it.
    """
    return _write(project, change, lambda file: patch_yaml(file.text, change.tree).encode())


def keep_beginning(project: Project, name: str, by: OrderedBy, note: str) -> None:
    """Keeps the state of a profile that was just made here as its first, with who made it."""
    data = read_file(open_profile(project, name).path)
    project.open_store().keep_piece(PieceKeeping("profil", name, data, by.at, by.actor, note))


def list_states(project: Project, name: str) -> tuple[StoredPiece, ...]:
    """The kept states of a profile, oldest first; none of one that was never changed here."""
    return list_kept_states(project, "profil", name)


def find_kept_file(project: Project, name: str, sha256_seen: str) -> ProfileFile | None:
    """The profile as the journal keeps it with this SHA-256; None when it does not."""
    state = find_kept_state(project, "profil", name, sha256_seen)
    if state is None:
        return None
    path = open_profile(project, name).path
    text = project.get_store().piece_bytes(state.sequence).decode("utf-8-sig")
    node = parse_yaml(SourceFile.of_text(project.name_of(path), text), [])
    if node is None:
        return None
    return ProfileFile(name, path, text, sha256_seen, group_of_node(node))


def restore_state(project: Project, sequence: int, change: ProfileChange) -> ProfileFile:
    """Brings back the state that the line ``sequence`` of the journal keeps, as a new state.

    The tree of ``change`` is not looked at. StaleProfileError as for ``save_change``.
    """
    if sequence not in {state.sequence for state in list_states(project, change.name)}:
        raise UserError(f"Le journal ne garde pas cet état de « {change.name} ».")
    return _write(project, change, lambda _: project.get_store().piece_bytes(sequence))


def _write(
    project: Project, change: ProfileChange, data_of: Callable[[ProfileFile], bytes]
) -> ProfileFile:
    """Keeps the state before, then the new one, then writes the file, alone in its folder.

    In this order nothing is lost when the disk refuses or the process is killed.
    """
    path = open_profile(project, change.name).path
    with telling_refusals(path.parent, inside=True), holding(path.parent) as held:
        file = _read_profile(project, path)
        data = data_of(file)
        before = read_file(file.path)
        if before != data:
            if file.sha256 != change.seen:
                by = find_last_actor(project, "profil", file.name, file.sha256)
                raise StaleProfileError(file, by)
            _keep(project, change, before, FOUND_STATE)
            _keep(project, change, data, change.note, after=file.sha256)
            held.write([FileChange(path.name, data, (file.sha256,))])
    return _read_profile(project, path)


def _keep(
    project: Project, change: ProfileChange, data: bytes, note: str, after: str | None = None
) -> None:
    """``after``: two machines may share a store and not the lock of a folder."""
    project.open_store().keep_piece(
        PieceKeeping("profil", change.name, data, change.at, change.actor, note, after)
    )
