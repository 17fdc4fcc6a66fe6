"""The text of one cell → a clean text, a date, a number; a problem when it is not one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from contract_builder.diagnostics import Problems, file_problems, import_problems
from contract_builder.reading.characters import FORBIDDEN
from contract_builder.reading.scalars import AmbiguousTextError
from contract_builder.reading.written_values import (
    TooPreciseError,
    parse_finess,
    parse_written_amount,
    parse_written_date,
    parse_written_number,
    parse_written_percentage,
)
from contract_builder.registries.typed_cells import TypedCell, column_letters
from contract_builder.source import Place, SourceFile

T = TypeVar("T")
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_TIME = re.compile(r"(?<=\d)[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
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
    """The day of a date (« 2024-01-31 », « 31/01/2024 »…), which a time may follow; None if blank.

    Raises ValueError when the text is not a date, AmbiguousTextError when it has two readings.
    """
    if not text:
        return None
    found = parse_written_date(_TIME.sub("", text))
    return None if found == _NOT_GIVEN else found


def line_place(name: str, line: int, text: str = "") -> Place:
    """The place of a whole line of the file called ``name``; ``text`` is its excerpt, if known."""
    content = text.rstrip("\r\n")
    lines = (*("",) * (line - 1), content) if content else ()
    return Place(SourceFile(name, lines), line, 1, max(1, len(content)))


@dataclass(frozen=True, slots=True)
class CellReader:
    """The cells of one line, by column name; what cannot be read becomes a problem.

    ``columns`` numbers the columns from 1. In a delimited text, ``excerpt`` is the line and
    ``separator`` what parts its fields; in a workbook, ``sheet`` is the worksheet and ``typed``
    says what cells are besides their text.
    """

    values: Mapping[str, str]
    name: str
    line: int
    problems: Problems
    excerpt: str = ""
    sheet: str = ""
    columns: Mapping[str, int] = field(default_factory=dict)
    separator: str = ""
    typed: Mapping[str, TypedCell] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where the line stands."""
        return line_place(self.name, self.line, self.excerpt)

    def place_of(self, column: str) -> Place:
        """Where the cell stands: its first character in a text, its column in a workbook."""
        number = self.columns.get(column)
        if number is None:
            return self.place
        if not self.excerpt:
            return Place(SourceFile(self.name, ()), self.line, number)
        start, length = field_span(self.excerpt.rstrip("\r\n"), self.separator, number - 1)
        return Place(self.place.source, self.line, start + 1, max(1, length))

    def text(self, column: str) -> str:
        """The clean text; empty when the column is absent."""
        return clean_text(self.values.get(column))

    def required(self, column: str) -> str:
        """The clean text; a blank is a problem."""
        text = self.text(column)
        if not text:
            self.problems.append(
                import_problems.valeur_absente(
                    self.place_of(column), self._title(column), self.cell_name(column)
                )
            )
        return text

    def choice(self, column: str, words: Sequence[str]) -> str:
        """One of ``words``; a blank or another word is a problem."""
        text = self.required(column)
        if text and text not in words:
            self.reject(column, " ou ".join(words), text)
        return text

    def finess(self, column: str) -> str:
        """A FINESS number in capitals, without spaces; empty, with a problem, otherwise.

        In a table, the leading zero that a spreadsheet lost is put back, and said.
        """
        text = self.required(column)
        if not text:
            return ""
        repaired = restore_finess(text) if self.columns else text
        if repaired != text:
            self.problems.append(
                import_problems.zero_retabli(self.place_of(column), text, repaired)
            )
        try:
            return parse_finess(repaired)
        except ValueError:
            self.reject(column, "un numéro FINESS de neuf caractères", text)
            return ""

    def date(self, column: str) -> date | None:
        """A date, None when blank."""
        typed = self.typed.get(column)
        if typed is not None and typed.day is not None:
            return typed.day
        return self._read(column, "une date", read_date)

    def whole(self, column: str) -> int | None:
        """A whole number, None when blank."""
        number = self._read(column, "un nombre entier", parse_written_number)
        if number is None or number == number.to_integral_value():
            return None if number is None else int(number)
        self.reject(column, "un nombre entier", self.text(column))
        return None

    def year(self, column: str) -> int | None:
        """A year of four digits; a blank is a problem."""
        text = self.required(column)
        typed = self.typed.get(column)
        if typed is not None and typed.number is not None and not typed.is_percentage:
            text = f"{typed.number:f}"
        if re.fullmatch(r"(19|20)\d{2}", text):
            return int(text)
        if text:
            self.reject(column, "une année, AAAA", text)
        return None

    def number(self, column: str) -> Decimal | None:
        """A number with decimals, None when blank."""
        return self._read(column, "un nombre", parse_written_number)

    def percentage(self, column: str) -> Decimal | None:
        """The number of a percentage, 65 for « 65 % », its sign left out or not; None if blank."""
        typed = self.typed.get(column)
        if typed is not None and typed.is_percentage:
            return typed.number
        return self._read(column, "un pourcentage", parse_written_percentage)

    def amount(self, column: str) -> Decimal | None:
        """An amount in euros, to the cent; None when blank."""
        return self._read(column, "un montant en euros", parse_written_amount)

    def reject(self, column: str, expected: str, found: str) -> None:
        """Records that the cell of ``column`` is not what it should be."""
        self.problems.append(
            import_problems.valeur_illisible(
                self.place_of(column), self._title(column), expected, found, self.cell_name(column)
            )
        )

    def reject_faults(self) -> bool:
        """Records the cells without a value: errors, formulas never computed; True with any."""
        faults = {title: cell.fault for title, cell in self.typed.items() if cell.fault}
        for column, fault in faults.items():
            self.reject(column, "une valeur", fault)
        return bool(faults)

    def _read(self, column: str, expected: str, parse: Callable[[str], T]) -> T | None:
        """What ``parse`` makes of the cell; None, with a problem unless it is blank."""
        text = self.text(column)
        if not text:
            return None
        typed = self.typed.get(column)
        if typed is not None and typed.is_percentage:
            self.reject(column, expected, text)
            return None
        plain = exact = text
        if typed is not None and typed.number is not None:
            plain, exact = _plain_text(typed.number), f"{typed.number:f}".replace(".", ",")
        cell = self.cell_name(column)
        title = f"Colonne « {self._title(column)} »{f', cellule {cell}' if cell else ''}"
        try:
            return parse(plain)
        except AmbiguousTextError as error:
            self.problems.append(
                file_problems.valeur_ambigue(self.place_of(column), text, error.readings, title)
            )
        except TooPreciseError:
            self.problems.append(
                file_problems.montant_trop_precis(self.place_of(column), exact, title)
            )
        except ValueError:
            self.reject(column, expected, text)
        return None

    def cell_name(self, column: str) -> str:
        """« N2 » in a table whose columns are numbered; else empty."""
        number = self.columns.get(column)
        return "" if number is None else f"{column_letters(number)}{self.line}"

    def _title(self, column: str) -> str:
        return f"{self.sheet} › {column}" if self.sheet else column


def _plain_text(number: Decimal) -> str:
    """The number of a cell, whose decimals no reader may take for thousands."""
    text = f"{number:f}"
    return f"{text}0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", text) else text


def field_span(line: str, separator: str, index: int) -> tuple[int, int]:
    """The start and the length of a field of a delimited line, quotation marks included."""
    start, quoted = 0, False
    for position, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            if index == 0:
                return start, position - start
            start, index = position + 1, index - 1
    return (start, len(line) - start) if index == 0 else (0, len(line))


def restore_finess(text: str) -> str:
    """The FINESS number whose leading zero a spreadsheet lost (« 10008407 »), else the text."""
    number = "".join(text.split())
    if number.isdecimal() and len(number) == _FINESS_LENGTH - 1:
        return f"0{number}"
    return text
