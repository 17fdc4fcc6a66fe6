"""Delimited text files as streams of lines cut into fields.

Knows nothing of any registry: separators, quoting, titles and numbers of columns are given.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.registries.cells import CellReader, clean_text, line_place
from contract_builder.registries.text_files import TextFile, iter_lines

SEPARATORS = (";", "|", "\t", ",")
_MAX_PROBLEMS = 50


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
        """The number and the fields of each line that is not blank."""
        reader = csv.reader(
            self._lines(),
            delimiter=self.separator,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            strict=True,
        )
        try:
            for fields in reader:
                if fields:
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
    titles = _read_header(stream, next(lines, None), layout)
    if titles is None:
        return
    limit = ProblemLimit.of(problems)
    seen_any = False
    for line, fields in lines:
        seen_any = True
        if len(fields) != len(titles):
            stream.reject_count(line, len(fields), len(titles))
        else:
            values = dict(zip(titles, fields, strict=True))
            yield line, CellReader(values, file.name, line, problems, stream.text)
        if limit.is_reached(file.name, line):
            return
    if not seen_any:
        problems.append(import_problems.fichier_vide(line_place(file.name, 1, stream.text)))


def fold_title(title: str) -> str:
    """A column title for comparison: case and kind of apostrophe do not count."""
    return clean_text(title).replace("’", "'").casefold()


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
    stream: LineStream, found: tuple[int, list[str]] | None, layout: Layout
) -> list[str] | None:
    """The layout's own titles in file order, unknown ones as written; None when some lack."""
    if found is None:
        if not stream.problems:
            stream.problems.append(import_problems.fichier_vide(line_place(stream.file.name, 1)))
        return None
    line, fields = found
    place = line_place(stream.file.name, line, stream.text)
    known = {fold_title(title): title for title in layout.columns}
    titles = [known.get(fold_title(field), clean_text(field)) for field in fields]
    missing = [title for title in layout.columns if title not in titles]
    if not missing:
        return titles
    other = find_separator(stream.text, layout.columns)
    if other and other != layout.separator:
        shown = {"\t": "tabulation"}.get(other, other)
        stream.problems.append(import_problems.separateur_inattendu(place, shown, layout.separator))
    else:
        stream.problems.append(import_problems.colonnes_manquantes(place, missing))
    return None
