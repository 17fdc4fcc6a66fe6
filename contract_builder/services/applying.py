"""Some of the changes that registries propose, applied as they were seen; and taken back.

Between the look and the choice, minutes or days go by: what is not what was seen any more is
refused. Each file keeps its state before and after in the journal, as profiles changed by hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from contract_builder.diagnostics import Problems
from contract_builder.errors import UserError
from contract_builder.files.together import FileChange, holding
from contract_builder.files.write import telling_refusals
from contract_builder.reading.bounded import read_bounded
from contract_builder.registries.apply import apply_plans
from contract_builder.registries.plan import EntityChange, FileWrite, ImportPlan, ValueChange
from contract_builder.services.importing import ALL_KINDS, ImportRequest, import_registries
from contract_builder.services.kept_states import FOUND_STATE
from contract_builder.services.noting import OrderedBy
from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping


@dataclass(frozen=True, slots=True)
class EntityProposal:
    """What all the registries together would change for one legal entity.

    ``changes`` are in the order of the registries; ``digest`` stands for the
    files as they are and as they would be.
    """

    finess: str
    name: str
    is_new: bool
    changes: tuple[ValueChange, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that an import wrote: its POSIX name in the folder of profiles, its SHA-256 then.

    ``before`` is the line of the journal that keeps what it was; None when there was none.
    """

    name: str
    before: int | None
    sha256: str


def propose_changes(
    project: Project, files: Sequence[Path]
) -> tuple[tuple[EntityProposal, ...], Problems]:
    """What importing the files would change, an entity after the other; nothing is written.

    Raises as ``import_registries``.
    """
    plans, problems = _read(project, files)
    return tuple(_propose(plans)), problems


def apply_proposals(
    project: Project, files: Sequence[Path], chosen: Mapping[str, str], by: OrderedBy
) -> tuple[WrittenFile, ...]:
    """Writes what was proposed for some entities: ``chosen`` maps each to the digest seen.

    All or nothing. UserError when one is not what was seen any more, or the disk refuses.
    """
    plans, _ = _read(project, files)
    now = {proposal.finess: proposal.digest for proposal in _propose(plans)}
    stale = [finess for finess, digest in chosen.items() if now.get(finess) != digest]
    if stale:
        raise UserError(
            f"Ce qui serait écrit n’est plus ce que vous avez vu, pour : {', '.join(stale)}. Rien "
            "n’a été écrit : faites relire les fichiers, puis choisissez de nouveau."
        )
    kept = [
        replace(plan, entities=tuple(item for item in plan.entities if item.finess in chosen))
        for plan in plans
    ]
    folder = project.profiles_folder
    writes = {item.path: item for plan in kept for item in plan.writes}
    written = tuple(_keep_states(project, folder, item, by) for item in writes.values())
    apply_plans(kept, folder)
    return written


def undo_import(project: Project, written: Sequence[WrittenFile], by: OrderedBy) -> tuple[str, ...]:
    """Takes back what an import wrote, entity by entity; the names of the files that are left.

    When a file of an entity was changed since, all of that entity are left: nobody's work is
    written over, and no profile loses the half of what it stands on.
    """
    folder = project.profiles_folder
    entities: dict[str, list[WrittenFile]] = defaultdict(list)
    for item in written:
        entities[PurePosixPath(item.name).stem].append(item)
    left: list[str] = []
    changes: list[FileChange] = []
    with telling_refusals(folder, inside=True), holding(folder) as held:
        for items in entities.values():
            if all(_hash_of(folder / item.name) == item.sha256 for item in items):
                changes += [_take_back(project, item, by) for item in items]
            else:
                left += [item.name for item in items]
        held.write(changes)
    return tuple(left)


def _read(project: Project, files: Sequence[Path]) -> tuple[tuple[ImportPlan, ...], Problems]:
    request = ImportRequest(ALL_KINDS, tuple(files), project.profiles_folder, dry_run=True)
    result = import_registries(project, request)
    return result.plans, result.problems


def _propose(plans: Iterable[ImportPlan]) -> Iterable[EntityProposal]:
    found: dict[str, list[EntityChange]] = defaultdict(list)
    for plan in plans:
        for entity in plan.entities:
            found[entity.finess].append(entity)
    for finess, parts in sorted(found.items()):
        writes = {item.path: item for entity in parts for item in entity.writes}
        yield EntityProposal(
            finess,
            next((entity.name for entity in reversed(parts) if entity.name), ""),
            any(entity.is_new for entity in parts),
            tuple(change for entity in parts for change in entity.changes),
            _digest(writes.values()),
        )


def _digest(writes: Iterable[FileWrite]) -> str:
    digest = sha256()
    for item in sorted(writes, key=lambda item: item.path):
        for text in (item.path.name, item.path.parent.name, item.digest or "", item.text):
            digest.update(f"{len(text)} {text}".encode())
    return digest.hexdigest()


def _keep_states(project: Project, folder: Path, item: FileWrite, by: OrderedBy) -> WrittenFile:
    """Keeps what the file is and what it is to be, before it is written."""
    name = item.path.relative_to(folder).as_posix()
    subject = name.removesuffix(".yaml")
    store = project.open_store()
    before = None
    if item.digest is not None:
        data = read_bounded(item.path)
        before = store.keep_piece(_keeping(subject, data, by, FOUND_STATE)).sequence
    text = item.text.encode()
    store.keep_piece(_keeping(subject, text, by, "import des registres"))
    return WrittenFile(name, before, sha256(text).hexdigest())


def _take_back(project: Project, item: WrittenFile, by: OrderedBy) -> FileChange:
    if item.before is None:
        return FileChange(item.name, None, (item.sha256,))
    store = project.open_store()
    data = store.piece_bytes(item.before)
    subject = item.name.removesuffix(".yaml")
    store.keep_piece(_keeping(subject, data, by, "import repris en arrière"))
    return FileChange(item.name, data, (item.sha256,))


def _keeping(subject: str, data: bytes, by: OrderedBy, note: str) -> PieceKeeping:
    return PieceKeeping("profil", subject, data, by.at, by.actor, note)


def _hash_of(path: Path) -> str:
    return sha256(read_bounded(path)).hexdigest() if path.is_file() else ""
