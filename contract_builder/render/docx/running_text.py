"""What a Word file prints around the contract: top and bottom of its pages, bullets of its lists.

Officers own them: whoever reads the printed pages back asks the file itself.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from contract_builder.frozen import dataclass
from contract_builder.render.docx.styles import Style, load_styles
from contract_builder.render.text_gate import literal_pattern
from contract_builder.word.numbering import LEVELS, load_definitions
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import (
    find_related,
    get_main_document,
    iter_relationships,
    read_parts,
)

_NUMBERS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_T, _FIELD, _CODE, _SIMPLE = w("t"), w("fldChar"), w("instrText"), w("fldSimple")
_TYPE: Final = w("fldCharType")


@dataclass(frozen=True, slots=True)
class RunningText:
    """Regular expressions of the texts, white space left out, one for each header and footer.

    ``bullets`` are the characters before the items of lists, by depth.
    """

    headers: tuple[str, ...]
    footers: tuple[str, ...]
    bullets: tuple[str, ...]


def read_running_text(docx: bytes) -> RunningText:
    """The headers and footers of a Word file that have any text, the longest first."""
    parts = read_parts(docx)
    main = get_main_document(parts)
    return RunningText(
        _patterns(parts, main, "/header"), _patterns(parts, main, "/footer"), _bullets(parts, main)
    )


def _bullets(parts: Mapping[str, bytes], main: str) -> tuple[str, ...]:
    """The bullet of each level, as the file has it."""
    styles = load_styles(parts[find_related(parts, main, "styles") or ""])
    definitions = load_definitions(parts.get(find_related(parts, main, "numbering") or ""))
    num_id = styles[Style.BULLETED].num_id
    levels = [definitions.find_level(num_id, level) for level in range(LEVELS)]
    return tuple(level.text if level else "" for level in levels)


def _patterns(parts: Mapping[str, bytes], main: str, relation: str) -> tuple[str, ...]:
    names = [
        item.target for item in iter_relationships(parts, main) if item.type.endswith(relation)
    ]
    found = {"".join(_iter_pieces(parse_xml(parts[name]))) for name in names}
    return tuple(sorted(found - {""}, key=lambda pattern: (-len(pattern), pattern)))


def _iter_pieces(root: etree._Element) -> Iterator[str]:
    """Literal text, and what may stand for the result of each field."""
    codes: list[str] = []
    for element in root.iter(_T, _FIELD, _CODE, _SIMPLE):
        kind = element.get(_TYPE)
        if kind == "begin":
            codes.append("")
        elif element.tag == _CODE and codes:
            codes[-1] += element.text or ""
        elif kind == "end" and codes:
            yield _result(codes.pop())
        elif element.tag == _SIMPLE:
            yield _result(element.get(w("instr"), ""))
        elif element.tag == _T and not codes and next(element.iterancestors(_SIMPLE), None) is None:
            yield literal_pattern(element.text or "")


def _result(code: str) -> str:
    """A page number is digits; what another field prints is known to Word alone."""
    return r"\d+" if _NUMBERS.intersection(code.split()[:1]) else ".*?"
