"""The legal references that a contract cites and their standing at its date of effect."""

import re
from collections.abc import Iterable

from contract_builder.assembly.context import Setting
from contract_builder.diagnostics import library_problems
from contract_builder.model.contract import CitedReference
from contract_builder.model.french import long_date
from contract_builder.model.library import Library
from contract_builder.model.reference import find_version, first_known_day, standing_at
from contract_builder.source import Place

CitedPlace = tuple[str, str, Place]


def check_citations(
    citations: Iterable[CitedPlace], setting: Setting
) -> tuple[CitedReference, ...]:
    """One record for each cited article, sorted; abrogated and unknown ones are problems.

    A citation is (reference « CSP L6114-1 », section id, place).
    """
    cited: dict[tuple[str, str], list[str]] = {}
    status: dict[tuple[str, str], str] = {}
    for text, section, place in citations:
        code, _, article = text.partition(" ")
        key = (code, article)
        cited.setdefault(key, []).append(section)
        if key not in status:
            status[key] = _status(text, code, article, place, setting)
    return tuple(
        CitedReference(code, article, status[code, article], tuple(dict.fromkeys(sections)))
        for (code, article), sections in sorted(cited.items())
    )


def _status(text: str, code: str, article: str, place: Place, setting: Setting) -> str:
    """The article's standing at the date of effect; what a reader must know is a problem."""
    versions = setting.library.reference_versions(code, article)
    found = standing_at(versions, setting.on)
    if found == "abroge":
        version = find_version(versions, setting.on)
        since = long_date(version.depuis) if version else ""
        setting.problems.append(library_problems.reference_abrogee(place, text, since))
    elif found == "redaction_inconnue":
        since = long_date(first_known_day(versions))
        setting.problems.append(library_problems.redaction_anterieure_inconnue(place, text, since))
    elif found == "pas_en_vigueur":
        on = long_date(setting.on)
        setting.problems.append(library_problems.reference_pas_en_vigueur(place, text, on))
    return found


_TEXTS = {
    "DECRET": "Décret",
    "LOI": "Loi",
    "ORDONNANCE": "Ordonnance",
    "ARRETE": "Arrêté",
    "INSTRUCTION": "Instruction",
}


def reference_lines(references: Iterable[str], library: Library) -> tuple[str, ...]:
    """References as readers write them, one line a code: « Code … : L. 6114-1, L. 6114-2 »."""
    by_code: dict[str, list[str]] = {}
    for text in references:
        code, _, article = text.partition(" ")
        by_code.setdefault(code, []).append(article)
    titles = {file.code: file.intitule for file in library.references}
    found: list[str] = []
    for code, articles in by_code.items():
        if code in _TEXTS:
            found.extend(f"{_TEXTS[code]} n° {article}" for article in articles)
        else:
            numbers = ", ".join(re.sub(r"^([LRDA])(?=\*?\d)", r"\1. ", item) for item in articles)
            found.append(f"{titles.get(code, code)} : {numbers}")
    return tuple(found)
