"""The registry of legal references compared with a new extract of a code: the yearly check.

Reads both and writes nothing. UserError when the extract cannot be used.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contract_builder.diagnostics import Problems, in_file_order
from contract_builder.errors import UserError
from contract_builder.library.law_extract import load_law_extract
from contract_builder.library.registry_control import (
    LawChange,
    control_registry,
    find_changes_since_check,
)
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class RegistryControl:
    """What was compared, what differs, and what changed since each article was last checked.

    ``entries`` counts versions, not articles.
    """

    code: str
    title: str
    extract_on: date
    entries: int
    problems: Problems
    changes: tuple[LawChange, ...]


def control_law(project: Project, path: Path) -> RegistryControl:
    """The code of the registry that bears the extract's title, compared with it.

    UserError when the registry has no code of that title, or the file is no extract.
    """
    extract = load_law_extract(path)
    library, _ = project.open_library()
    for file in library.references:
        if _plain(file.intitule) == _plain(extract.title):
            found = in_file_order(control_registry(file, extract))
            return RegistryControl(
                code=file.code,
                title=file.intitule,
                extract_on=extract.on,
                entries=len(file.references),
                problems=found,
                changes=find_changes_since_check(file, extract),
            )
    known = ", ".join(sorted(file.intitule for file in library.references))
    raise UserError(
        f"Le registre n’a pas de fichier intitulé « {extract.title} », le code de cet extrait ; "
        f"il a : {known}."
    )


def _plain(title: str) -> str:
    """A title without case, nor the choice between the two apostrophes."""
    return title.casefold().replace("’", "'")
