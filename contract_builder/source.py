"""Where a thing was written: a file, a line, a column.

Every value read from a user's file carries a ``Place``, so that any later step can point at it.
Lines and columns are counted from 1; columns count characters.
"""

from contract_builder.frozen import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """A text file as read: its name relative to the project folder and its lines."""

    name: str
    lines: tuple[str, ...]

    @classmethod
    def of_text(cls, name: str, text: str) -> "SourceFile":
        """The file ``name`` holding ``text``."""
        return cls(name, tuple(text.split("\n")))


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A stretch of ``length`` characters on one line of one file."""

    source: SourceFile
    line: int
    column: int
    length: int = 1

    @property
    def file(self) -> str:
        """The file's name, relative to the project folder."""
        return self.source.name

    @property
    def excerpt(self) -> str:
        """The text of the line; empty when the line lies past the end of the file."""
        lines = self.source.lines
        return lines[self.line - 1] if 0 < self.line <= len(lines) else ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


def whole_file(name: str) -> Place:
    """The first character of a file that could not be read."""
    return Place(SourceFile(name, ()), 1, 1)


NOWHERE = whole_file("")
