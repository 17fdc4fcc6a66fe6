"""An import's plan → files: whole ones, and none that changed since they were read."""

from hashlib import sha256
from pathlib import Path

from contract_builder.diagnostics import has_errors
from contract_builder.errors import ProblemsError, UserError, system_reason
from contract_builder.publish import write_atomically
from contract_builder.registries.plan import FileWrite, ImportPlan


def apply_plan(plan: ImportPlan) -> tuple[Path, ...]:
    """Writes the files of the plan and gives their paths.

    Raises ProblemsError, and writes nothing, when the plan has an error; UserError when a file
    changed since it was read (nothing is written) or cannot be written (each file stays whole).
    """
    if has_errors(plan.problems):
        raise ProblemsError(plan.problems)
    for write in plan.writes:
        if _digest(write.path) != write.digest:
            raise UserError(
                f"« {write.path.name} » a changé pendant l’import : rien n’a été écrit. "
                "Relancez l’import."
            )
    for write in plan.writes:
        _write(write)
    return tuple(write.path for write in plan.writes)


def _write(write: FileWrite) -> None:
    try:
        write.path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(write.path, write.text.encode())
    except OSError as error:
        raise UserError(
            f"Impossible d’écrire « {write.path} » : {system_reason(error)}. "
            "Les fichiers écrits avant lui sont complets ; relancez l’import pour finir."
        ) from error


def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None
