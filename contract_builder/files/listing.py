"""The entries of a folder; one that cannot be listed is never taken for an empty one."""

from pathlib import Path

from contract_builder.errors import UserError, system_reason


def list_folder(folder: Path) -> list[Path]:
    """What a folder holds, in name order; nothing when there is no such folder.

    UserError when it cannot be listed (``Path.glob`` would find nothing in it).
    """
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise UserError(
            f"Impossible de lire le dossier « {folder} » : {system_reason(error)}."
        ) from error
