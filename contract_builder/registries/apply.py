"""An import's plan → files: whole ones, and none that changed since they were read."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from contract_builder.diagnostics import has_errors
from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.write import telling_refusals
from contract_builder.registries.plan import ImportPlan

_INCOMPLETE = "Les fichiers écrits avant lui sont complets ; relancez l’import pour finir."


def apply_plan(plan: ImportPlan, write: Callable[[Path, bytes], None]) -> tuple[Path, ...]:
    """Writes the files of the plan, in order, and gives their paths.

    ``write`` puts the whole of the bytes at a path, or leaves the old file and raises OSError.
    Raises ProblemsError, and writes nothing, when the plan has an error; UserError when a file
    changed since it was read (nothing is written) or cannot be written (each file stays whole).
    """
    if has_errors(plan.problems):
        raise ProblemsError(plan.problems)
    for item in plan.writes:
        if _digest(item.path) != item.digest:
            raise UserError(
                f"« {item.path.name} » a changé pendant l’import : rien n’a été écrit. "
                "Relancez l’import."
            )
    for item in plan.writes:
        with telling_refusals(item.path, _INCOMPLETE):
            item.path.parent.mkdir(parents=True, exist_ok=True)
            write(item.path, item.text.encode())
    return tuple(item.path for item in plan.writes)


def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None
