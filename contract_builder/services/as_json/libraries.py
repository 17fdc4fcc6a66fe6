"""The library as JSON: the whole of it, and one code of the nomenclatures."""

from typing import Any

from contract_builder.diagnostics import Problems
from contract_builder.library.export import export_library
from contract_builder.library.nomenclature_search import (
    code_data,
    find_codes,
    iter_lines_of,
    line_data,
)
from contract_builder.services.project import Project


def export_project_library(project: Project) -> tuple[dict[str, Any], Problems]:
    """The whole library (``library.export``), and its problems of form."""
    library, problems = project.open_library()
    return export_library(library), problems


def find_code_data(project: Project, code: str) -> list[dict[str, Any]]:
    """Each entry that bears this very code, with its quintuplets; empty when none does."""
    library, _ = project.open_library()
    return [
        {
            **code_data(found),
            "quintuplets": [line_data(line) for line in iter_lines_of(library, found)],
        }
        for found in find_codes(library, code)
    ]
