"""The plans of an import → files: all of them or none, and none that changed since it was read."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from contract_builder.diagnostics import has_errors
from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.together import FileChange, holding
from contract_builder.files.write import telling_refusals
from contract_builder.reading.bounded import read_bounded
from contract_builder.registries.plan import FileWrite, ImportPlan

_REPEAT = "Relancez l’import quand c’est réparé."


def apply_plans(
    plans: Sequence[ImportPlan], folder: Path, shared: Sequence[FileChange] = ()
) -> tuple[Path, ...]:
    """Writes the files of all plans into ``folder``, as one set, and gives their paths.

    Each plan was made with those before it as ``earlier``. ``shared`` are files that the profiles
    need besides. Raises ProblemsError when a plan has an error, UserError when a file changed since
    it was read or the disk refuses: nothing is written then.
    """
    for plan in plans:
        if has_errors(plan.problems):
            raise ProblemsError(plan.problems)
    writes = {item.path: item for plan in plans for item in plan.writes}
    changes = [*shared, *_iter_changes(writes.values(), folder)]
    if changes:
        with telling_refusals(folder, _REPEAT, inside=True), holding(folder) as held:
            _refuse_changed(writes.values())
            held.write(changes)
    return tuple(folder / change.name for change in changes)


def _iter_changes(writes: Iterable[FileWrite], folder: Path) -> Iterator[FileChange]:
    for item in writes:
        known = () if item.digest is None else (item.digest,)
        name = item.path.relative_to(folder).as_posix()
        yield FileChange(name, item.text.encode(), known)


def _refuse_changed(writes: Iterable[FileWrite]) -> None:
    for item in writes:
        now = sha256(read_bounded(item.path)).hexdigest() if item.path.is_file() else None
        if now != item.digest:
            raise UserError(
                f"« {item.path.name} » a changé pendant l’import : rien n’a été écrit. "
                "Relancez l’import."
            )
