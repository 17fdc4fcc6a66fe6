"""The text of one cell → a clean text, a date, a number; a problem when it is not one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.model.identifiers import is_finess
from contract_builder.reading.characters import FORBIDDEN
from contract_builder.reading.scalars import parse_date, parse_decimal, parse_int
from contract_builder.source import Place, SourceFile

_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: \d{2}:\d{2}(?::\d{2})?)?")
_NOT_GIVEN = date(1900, 1, 1)  # what the FINESS flows write for « no date » (their XSD's default)
_FINESS_LENGTH = 9


def clean_text(text: str | None) -> str:
    """The text on one line: single plain spaces, no invisible nor control character."""
    if not text:
        return ""
    if not (text.isascii() and text.isprintable()):
        text = FORBIDDEN.sub(" ", text.translate(_INVISIBLE))
    return " ".join(text.split())


def read_date(text: str) -> date | None:
    """The date written « 2024-01-31 » (a time may follow) or « 31/01/2024 »; None when blank.

    Raises ValueError when the text is not a date.
    """
    if not text:
        return None
    match = _FRENCH_DATE.fullmatch(text)
    if match is not None:
        day, month, year = (int(part) for part in match.groups())
        return date(year, month, day)
    found = parse_date(text[:10])
    return None if found == _NOT_GIVEN else found


def line_place(name: str, line: int, text: str = "") -> Place:
    """The place of a whole line of the file called ``name``; ``text`` is its excerpt, if known."""
    content = text.rstrip("\r\n")
    lines = (*("",) * (line - 1), content) if content else ()
    return Place(SourceFile(name, lines), line, 1, max(1, len(content)))


@dataclass(frozen=True, slots=True)
class CellReader:
    """The cells of one line, by column name; what cannot be read becomes a problem."""

    values: Mapping[str, str]
    name: str
    line: int
    problems: Problems
    excerpt: str = ""
    sheet: str = ""

    @property
    def place(self) -> Place:
        """Where the line stands."""
        return line_place(self.name, self.line, self.excerpt)

    def text(self, column: str) -> str:
        """The clean text; empty when the column is absent."""
        return clean_text(self.values.get(column))

    def required(self, column: str) -> str:
        """The clean text; a blank is a problem."""
        text = self.text(column)
        if not text:
            self.problems.append(import_problems.valeur_absente(self.place, self._title(column)))
        return text

    def finess(self, column: str) -> str:
        """A FINESS number of the right shape, in capitals; empty, with a problem, otherwise."""
        text = self.required(column).upper()
        if text and not is_finess(text):
            self.reject(column, "un numéro FINESS de neuf caractères", text)
            return ""
        return text

    def date(self, column: str) -> date | None:
        """A date, None when blank."""
        text = self.text(column)
        try:
            return read_date(text)
        except ValueError:
            self.reject(column, "une date", text)
            return None

    def whole(self, column: str) -> int | None:
        """A whole number, None when blank."""
        text = self.text(column)
        if not text:
            return None
        try:
            return parse_int(text)
        except ValueError:
            self.reject(column, "un nombre entier", text)
            return None

    def year(self, column: str) -> int | None:
        """A year of four digits; a blank is a problem."""
        text = self.required(column)
        if re.fullmatch(r"(19|20)\d{2}", text):
            return int(text)
        if text:
            self.reject(column, "une année, AAAA", text)
        return None

    def amount(self, column: str) -> Decimal | None:
        """A number with decimals, None when blank."""
        text = self.text(column)
        if not text:
            return None
        try:
            return parse_decimal(text)
        except ValueError:
            self.reject(column, "un nombre", text)
            return None

    def reject(self, column: str, expected: str, found: str) -> None:
        """Records that the cell of ``column`` is not what it should be."""
        self.problems.append(
            import_problems.valeur_illisible(self.place, self._title(column), expected, found)
        )

    def _title(self, column: str) -> str:
        return f"{self.sheet} › {column}" if self.sheet else column


def restore_finess(text: str) -> str:
    """The FINESS number whose leading zero a spreadsheet lost (« 10008407 »), else the text."""
    if text.isdecimal() and len(text) == _FINESS_LENGTH - 1:
        return f"0{text}"
    return text
