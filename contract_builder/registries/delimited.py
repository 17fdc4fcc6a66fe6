"""Delimited text files as streams of lines cut into fields.

Knows nothing of any registry: separators, quoting, titles and numbers of columns are given.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from contract_builder.diagnostics import Problems, import_problems, spreadsheet_problems
from contract_builder.registries.cells import CellReader, clean_text, line_place
from contract_builder.registries.text_files import TextFile, iter_lines
from contract_builder.registries.typed_cells import column_letters
from contract_builder.source import Place

SEPARATORS = (";", "|", "\t", ",")
_MAX_PROBLEMS = 50
_MAX_BANNER = 20  # lines above the titles
# With separators, and the Ctrl-Z that old programs end a file with.
_BLANK = " \t\r\n\x00\x1a\u00a0\ufeff;|,"
_DECLARATION = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of a delimited file.

    ``columns`` are the titles that must be there, in any order; ``quoted`` says whether quotation
    marks enclose fields (an export from Excel) or are mere characters of a name (FINESS, HAPI).
    """

    separator: str
    columns: tuple[str, ...]
    quoted: bool = False


@dataclass(slots=True)
class LineStream:
    """The lines of a file cut into fields, with the text of the line at hand."""

    file: TextFile
    separator: str
    quoted: bool
    problems: Problems
    text: str = ""
    is_last: bool = False

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """The number and the fields of each line that is not blank.

        A first line « sep=; », which spreadsheets read as the separator, is not one of them.
        """
        declared = find_declared_separator(next(iter_lines(self.file), ""))
        self.separator = declared or self.separator
        reader = csv.reader(
            self._lines(),
            delimiter=self.separator,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            strict=True,
        )
        try:
            for fields in reader:
                is_declaration = declared and reader.line_num == 1
                if not is_declaration and any(field.strip(_BLANK) for field in fields):
                    yield reader.line_num, fields
        except csv.Error:
            self._reject_end(reader.line_num)

    def _lines(self) -> Iterator[str]:
        """Each line, known while it is handled; looks one line ahead to know the last one."""
        previous: str | None = None
        for line in iter_lines(self.file):
            if previous is not None:
                self.text = previous
                yield previous
            previous = line
        if previous is not None:
            self.text, self.is_last = previous, True
            yield previous

    def _reject_end(self, line: int) -> None:
        place = line_place(self.file.name, max(1, line), self.text)
        self.problems.append(import_problems.fichier_tronque(place))

    def reject_count(self, line: int, found: int, expected: int) -> None:
        """Records a line of the wrong width; a short last line means a file cut off."""
        place = line_place(self.file.name, line, self.text)
        cut = self.is_last and found < expected and not self.text.endswith(("\n", "\r"))
        self.problems.append(
            import_problems.fichier_tronque(place)
            if cut
            else import_problems.nombre_de_colonnes(place, found, expected)
        )


@dataclass(slots=True)
class ProblemLimit:
    """Stops the reading of one file after many problems."""

    problems: Problems
    start: int

    @classmethod
    def of(cls, problems: Problems) -> "ProblemLimit":
        """Counts from the problems known now."""
        return cls(problems, len(problems))

    def is_reached(self, name: str, line: int) -> bool:
        """True, with a last problem, once too many lines of the file were wrong."""
        if len(self.problems) - self.start < _MAX_PROBLEMS:
            return False
        place = line_place(name, line)
        self.problems.append(import_problems.trop_de_problemes(place, _MAX_PROBLEMS))
        return True


def iter_records(
    file: TextFile, layout: Layout, problems: Problems
) -> Iterator[tuple[int, CellReader]]:
    """The lines under the header, as cells by column title; stops at once without the columns."""
    stream = LineStream(file, layout.separator, layout.quoted, problems)
    lines = iter(stream)
    titles = _read_header(stream, lines, layout)
    if titles is None:
        return
    columns = {title: number for number, title in enumerate(titles, start=1)}
    limit = ProblemLimit.of(problems)
    seen_any = False
    for line, fields in lines:
        seen_any = True
        if len(fields) != len(titles):
            stream.reject_count(line, len(fields), len(titles))
        else:
            values = dict(zip(titles, fields, strict=True))
            yield (
                line,
                CellReader(
                    values,
                    file.name,
                    line,
                    problems,
                    stream.text,
                    columns=columns,
                    separator=stream.separator,
                ),
            )
        if limit.is_reached(file.name, line):
            return
    if not seen_any:
        problems.append(import_problems.fichier_vide(line_place(file.name, 1, stream.text)))


def fold_title(title: str) -> str:
    """A column title for comparison: case, accents and kind of apostrophe do not count."""
    letters = unicodedata.normalize("NFD", clean_text(title).replace("’", "'").casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def find_declared_separator(line: str) -> str:
    """The separator that a first line « sep=; » declares; empty when it is another line."""
    match = _DECLARATION.fullmatch(line)
    return match[1] if match is not None else ""


def find_separator(text: str, titles: Sequence[str]) -> str:
    """The separator under which most of ``titles`` are found in a header line; else empty."""
    known = {fold_title(title) for title in titles}
    counts = {
        separator: len(known & {fold_title(cell.strip('"')) for cell in text.split(separator)})
        for separator in SEPARATORS
    }
    best = max(SEPARATORS, key=lambda separator: counts[separator])
    return best if counts[best] > 1 else ""


def _read_header(
    stream: LineStream, lines: Iterator[tuple[int, list[str]]], layout: Layout
) -> list[str] | None:
    """The layout's own titles in file order, unknown ones as written; None when some lack.

    Lines above the titles are told; two columns of one title are an error.
    """
    first: tuple[Place, str, list[str]] | None = None
    above: list[int] = []
    for line, fields in islice(lines, _MAX_BANNER):
        place = line_place(stream.file.name, line, stream.text)
        titles = _known_titles(fields, layout)
        missing = [title for title in layout.columns if title not in titles]
        if not missing:
            if above:
                told = spreadsheet_problems.lignes_avant_titres(
                    line_place(stream.file.name, above[0]), "", f"jusqu’à la ligne {line - 1}"
                )
                stream.problems.append(told)
            return titles if _has_one_of_each(stream, place, titles, layout) else None
        above.append(line)
        if first is None or len(missing) < len(first[2]):
            first = (place, stream.text, missing)
    if first is not None:
        _reject_header(stream, first, layout)
    elif not stream.problems:
        stream.problems.append(import_problems.fichier_vide(line_place(stream.file.name, 1)))
    return None


def _known_titles(fields: Sequence[str], layout: Layout) -> list[str]:
    known = {fold_title(title): title for title in layout.columns}
    return [known.get(fold_title(field), clean_text(field)) for field in fields]


def _has_one_of_each(
    stream: LineStream, place: Place, titles: Sequence[str], layout: Layout
) -> bool:
    """False, with a problem for each, when two columns are the same one of the layout."""
    doubles = [title for title in layout.columns if titles.count(title) > 1]
    for title in doubles:
        numbers = [number for number, item in enumerate(titles, start=1) if item == title]
        cells = [f"colonne {column_letters(number)}" for number in numbers[:2]]
        stream.problems.append(spreadsheet_problems.colonne_en_double(place, title, *cells))
    return not doubles


def _reject_header(
    stream: LineStream, header: tuple[Place, str, list[str]], layout: Layout
) -> None:
    """Says that the separator is another one, or which columns lack."""
    place, text, missing = header
    other = find_separator(text, layout.columns)
    if other and other != stream.separator:
        shown = {"\t": "tabulation"}.get(other, other)
        stream.problems.append(import_problems.separateur_inattendu(place, shown, layout.separator))
    else:
        stream.problems.append(import_problems.colonnes_manquantes(place, missing))
