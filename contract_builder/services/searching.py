"""What the nomenclatures say: codes by words, at a date; one code with all that it goes with."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from contract_builder.library.nomenclature_search import (
    FoundCode,
    FoundLine,
    NomenclatureSearch,
    code_data,
    find_codes,
    iter_lines_of,
    line_data,
    search_data,
    search_nomenclatures,
)
from contract_builder.services.project import Project

__all__ = [
    "FoundCode",
    "FoundLine",
    "NomenclatureSearch",
    "find_code_data",
    "search_codes",
    "search_data",
]


def search_codes(project: Project, words: Sequence[str], on: date) -> NomenclatureSearch:
    """The codes and quintuplets that answer to all the words.

    ProblemsError when the library cannot be read.
    """
    return search_nomenclatures(project.get_library(), words, on)


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
