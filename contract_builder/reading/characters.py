"""The characters that a text file may not hold, whatever its language.

Control characters make Word refuse a document; the invisible line separators of Unicode would make
line numbers differ from what an editor shows; U+E000 to U+E002 are the marks that
``reading.markdown`` puts in place of the fields.
"""

import re

from contract_builder.diagnostics import Problems, file_problems
from contract_builder.source import Place, SourceFile

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\ue002\ufeff\ufffe\uffff]"
)


def replace_forbidden(source: SourceFile, problems: Problems) -> SourceFile:
    """The file with a space for each forbidden character; each is recorded as a problem."""
    if not any(FORBIDDEN.search(line) for line in source.lines):
        return source
    cleaned = SourceFile(source.name, tuple(FORBIDDEN.sub(" ", line) for line in source.lines))
    for number, line in enumerate(source.lines, start=1):
        for found in FORBIDDEN.finditer(line):
            place = Place(cleaned, number, found.start() + 1)
            problems.append(file_problems.caractere_interdit(place, code_point(found.group())))
    return cleaned


def code_point(character: str) -> str:
    """« U+0007 »: an invisible character is named, not shown."""
    return f"U+{ord(character):04X}"
