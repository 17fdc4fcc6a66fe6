"""The numbers that Word computes: definitions read from a file, counters, and new lists.

The writer uses it to know what a heading will print before trusting native numbering with it;
the reader (``extraction``) uses it to see what a reader sees. Source: ECMA-376 Part 1, 17.9.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.frozen import dataclass
from contract_builder.model.text_marks import item_number, letters, roman
from contract_builder.word.ooxml import parse_xml, w

LEVELS: Final = 9
_SUFFIXES: Final = {"nothing": "", "space": " ", "tab": " "}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a multilevel list; ``text`` holds ``%1`` … ``%9``; ``indent`` in twips."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = " "
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Num:
    """A list: the multilevel definition it follows and the levels it starts anew."""

    abstract_id: int
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Definitions:
    """All definitions of a numbering part; ``nums`` grows as the writer adds lists."""

    levels: dict[int, dict[int, Level]] = field(default_factory=dict)
    nums: dict[int, Num] = field(default_factory=dict)

    def find_level(self, num_id: int, level: int) -> Level | None:
        """The level that a paragraph with this numId and level follows."""
        num = self.nums.get(num_id)
        return None if num is None else self.levels.get(num.abstract_id, {}).get(level)


def load_definitions(numbering_part: bytes | None) -> Definitions:
    """The definitions of a numbering part; none when the file has no such part."""
    definitions = Definitions()
    if numbering_part is None:
        return definitions
    root = parse_xml(numbering_part)
    for abstract in root.iterfind(w("abstractNum")):
        levels = {_int(e, "ilvl"): _load_level(e) for e in abstract.iterfind(w("lvl"))}
        definitions.levels[_int(abstract, "abstractNumId")] = levels
    for num in root.iterfind(w("num")):
        abstract_id = num.find(w("abstractNumId"))
        starts = {
            _int(override, "ilvl"): _int(start, "val")
            for override in num.iterfind(w("lvlOverride"))
            if (start := override.find(w("startOverride"))) is not None
        }
        if abstract_id is not None:
            definitions.nums[_int(num, "numId")] = Num(_int(abstract_id, "val"), starts)
    return definitions


def _load_level(element: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        child = element.find(w(name))
        return default if child is None else child.get(w("val"), default)

    indent = element.find(f"{w('pPr')}/{w('ind')}")
    left = "0" if indent is None else indent.get(w("left")) or indent.get(w("start")) or "0"
    return Level(
        start=int(value("start", "0")),
        number_format=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        suffix=_SUFFIXES.get(value("suff", "tab"), " "),
        indent=int(left),
    )


def _int(element: etree._Element, attribute: str) -> int:
    return int(element.get(w(attribute), "0"))


class Counters:
    """The state of all lists while a document is read from its beginning."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._values: dict[int, list[int | None]] = {}
        self._begun: set[int] = set()

    def advance(self, num_id: int, level: int) -> str:
        """Count one paragraph and give the number it prints, its following space included."""
        values = self._next_values(num_id, level)
        if values is None:
            return ""
        self._begun.add(num_id)
        self._values[self._definitions.nums[num_id].abstract_id] = values
        return self._format(num_id, level, values)

    def preview(self, num_id: int, level: int) -> str:
        """What ``advance`` would give, without counting."""
        values = self._next_values(num_id, level)
        return "" if values is None else self._format(num_id, level, values)

    def is_bullet(self, num_id: int, level: int) -> bool:
        """True when this level of this list counts nothing."""
        shown = self._definitions.find_level(num_id, level)
        return shown is not None and shown.number_format == "bullet"

    def _next_values(self, num_id: int, level: int) -> list[int | None] | None:
        """The counters after one more paragraph at this level; None without such a list."""
        num = self._definitions.nums.get(num_id)
        if num is None or level not in self._definitions.levels.get(num.abstract_id, {}):
            return None
        levels = self._definitions.levels[num.abstract_id]
        values = list(self._values.get(num.abstract_id, [None] * LEVELS))
        if num_id not in self._begun:
            for restarted, start in num.starts.items():
                values[restarted] = start - 1
        for upper in range(level):
            if values[upper] is None:
                values[upper] = levels[upper].start if upper in levels else 1
        current = values[level]
        values[level] = levels[level].start if current is None else current + 1
        values[level + 1 :] = [None] * (LEVELS - level - 1)
        return values

    def _format(self, num_id: int, level: int, values: list[int | None]) -> str:
        levels = self._definitions.levels[self._definitions.nums[num_id].abstract_id]
        shown = levels[level]
        text = shown.text
        for index in range(level + 1):
            if index in levels and f"%{index + 1}" in text:
                number = format_counter(values[index] or 0, levels[index].number_format)
                text = text.replace(f"%{index + 1}", number)
        return text + shown.suffix if text else ""


def format_counter(number: int, number_format: str) -> str:
    """A number in one of the formats that we and usual templates use; decimal otherwise."""
    match number_format:
        case "lowerLetter" | "upperLetter" if number > 0:
            text = letters(number)
        case "lowerRoman" | "upperRoman" if number > 0:
            text = roman(number)
        case "decimalZero":
            text = f"{number:02}"
        case "none":
            text = ""
        case _:
            text = str(number)
    return text.upper() if number_format.startswith("upper") else text


def check_list_numbers(definitions: Definitions, num_id: int) -> None:
    """Raises ``TemplateError`` unless each level of this list numbers as the other formats do."""
    for level in range(LEVELS):
        shown = definitions.find_level(num_id, level)
        number = "" if shown is None else format_counter(1, shown.number_format)
        printed = "" if shown is None else shown.text.replace(f"%{level + 1}", number)
        if printed != item_number(1, level):
            message = (
                "Dans le modèle Word, la liste du style « List Number » doit numéroter ses "
                f"niveaux « 1. », « a) », « i. », comme le PDF : son niveau {level + 1} donne "
                f"« {printed} » au lieu de « {item_number(1, level)} »."
            )
            raise TemplateError(message)


class NumberingWriter:
    """Adds lists to the numbering part of a template; ``counters`` follows what is written."""

    def __init__(self, numbering_part: bytes) -> None:
        self._part = numbering_part
        self.definitions = load_definitions(numbering_part)
        self.counters = Counters(self.definitions)
        self._added: list[str] = []
        self._last = max(self.definitions.nums, default=0)

    def add_restarted(self, num_id: int, level: int, start: int) -> int:
        """A new list like ``num_id`` whose level begins at ``start``: its numId."""
        abstract_id = self.definitions.nums[num_id].abstract_id
        self._last += 1
        self.definitions.nums[self._last] = Num(abstract_id, {level: start})
        self._added.append(
            f'<w:num w:numId="{self._last}"><w:abstractNumId w:val="{abstract_id}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/>'
            "</w:lvlOverride></w:num>"
        )
        return self._last

    def render(self) -> bytes:
        """The numbering part with the added lists after the template's own (17.9.17)."""
        text = etree.tostring(parse_xml(self._part), encoding="unicode")
        end = text.find("<w:numIdMacAtCleanup")
        if end < 0:
            end = text.rindex("</w:numbering>")
        return (text[:end] + "".join(self._added) + text[end:]).encode()
