"""Why the text of a clause differs: it was negotiated, or the clause has another version."""

from datetime import date
from typing import Final

from contract_builder.model.contract import Contract

NEGOTIATED: Final = "Texte négocié ou rempli autrement (même version de la clause)"
CHANGED_BY_LAW: Final = (
    "Texte que la loi a changé (autre version de la clause, qui cite d’autres textes)"
)
OTHER_VERSION: Final = "Texte d’une autre version de la clause (mêmes textes cités)"
ORIGINS: Final = (NEGOTIATED, CHANGED_BY_LAW, OTHER_VERSION)
"""The headings, in the order of the summary."""


class TextOrigins:
    """Tells for each clause that two contracts share why its text may differ.

    A clause of the same version was written or filled for this contract. Another version that cites
    other articles, or articles whose standing is another, says what the law changed; one that cites
    the same may only have been written again, which is all that is said of it.
    """

    def __init__(self, old: Contract, new: Contract) -> None:
        self._dates = _clause_dates(old), _clause_dates(new)
        self._cited = _cited(old), _cited(new)

    def find(self, section: str) -> str | None:
        """The heading for the text of a section; None when a side does not date its clause."""
        before, after = (dates.get(section) for dates in self._dates)
        if before is None or after is None:
            return None
        if before == after:
            return NEGOTIATED
        old, new = (cited.get(section) for cited in self._cited)
        return CHANGED_BY_LAW if old != new else OTHER_VERSION


def _clause_dates(contract: Contract) -> dict[str, date]:
    """Since when the version of each clause is in force, by section id; sheets have campaigns."""
    return {
        section.id: section.provenance.in_force_from
        for section in contract.iter_sections()
        if section.kind != "fiche"
        and section.provenance is not None
        and section.provenance.in_force_from is not None
    }


def _cited(contract: Contract) -> dict[str, set[tuple[str, str, str]]]:
    """The articles that each section cites, with their standing at the date of effect."""
    cited: dict[str, set[tuple[str, str, str]]] = {}
    for item in contract.tables.references:
        for section in item.cited_in:
            cited.setdefault(section, set()).add((item.code, item.article, item.status))
    return cited
