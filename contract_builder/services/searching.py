"""What the nomenclatures say: codes by words, at a date; one code with all that it goes with."""

from collections.abc import Sequence
from datetime import date

from contract_builder.library.nomenclature_search import (
    FoundCode,
    FoundLine,
    NomenclatureSearch,
    search_data,
    search_nomenclatures,
)
from contract_builder.services.project import Project

__all__ = [
    "FoundCode",
    "FoundLine",
    "NomenclatureSearch",
    "search_codes",
    "search_data",
]


def search_codes(project: Project, words: Sequence[str], on: date) -> NomenclatureSearch:
    """The codes and quintuplets that answer to all the words.

    ProblemsError when the library cannot be read.
    """
    return search_nomenclatures(project.get_library(), words, on)
