"""Text files as they are read: UTF-8, front matter split from the body."""

import codecs
from collections.abc import Callable, Sequence
from pathlib import Path

from contract_builder.diagnostics import Diagnostic, Problems, file_problems
from contract_builder.errors import system_reason
from contract_builder.frozen import dataclass
from contract_builder.reading.bounded import MAX_FILE_BYTES, read_bounded
from contract_builder.reading.characters import FORBIDDEN, replace_forbidden
from contract_builder.reading.yaml_nodes import Node, parse_yaml
from contract_builder.source import Place, SourceFile, whole_file

_Listener = Callable[[bytes], None]

FENCE = "---"
"""What stands alone on the lines before and after a front matter."""
_MAX_VALUES = 100_000  # the registry of cited articles, the longest file, has some thousands
_FOREIGN_STARTS = {
    b"%PDF-": "un PDF",
    b"PK\x03\x04": "un fichier Word, Excel, LibreOffice ou ZIP",
    b"\xd0\xcf\x11\xe0": "un ancien fichier Word ou Excel",
    b"{\\rtf": "un texte mis en forme (RTF)",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
}


@dataclass(frozen=True, slots=True)
class FrontMatterFile:
    """A Markdown file: the nodes of its front matter, and its body with its first line."""

    source: SourceFile
    header: Node
    body: str
    body_line: int


def _let_pass(data: bytes) -> None:
    """What listens to the bytes of a file that nobody else wants."""


def load_text(
    path: Path, name: str, problems: Problems, hear: _Listener = _let_pass
) -> SourceFile | None:
    """The file's lines, called ``name`` in messages; None when it is no text in UTF-8.

    ``hear`` is given the bytes as they are on the disk, of a file that can be read at all.

    Windows line ends become ``\n``; a byte-order mark is dropped; a forbidden character is a
    problem and becomes a space.
    """
    try:
        data = read_bounded(path, MAX_FILE_BYTES)
    except OSError as error:
        problems.append(file_problems.fichier_illisible(whole_file(name), system_reason(error)))
        return None
    hear(data)
    kind = find_foreign_kind(data)
    if kind is not None:
        problems.append(file_problems.pas_un_texte(whole_file(name), kind))
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        source = _of_text(name, data.decode())
    except UnicodeDecodeError as error:
        problems.append(_encoding_problem(name, data, error.start))
        return None
    return replace_forbidden(source, problems)


def find_foreign_kind(data: bytes) -> str | None:
    """What a file is whose first bytes are those of a PDF, an image…, in French; else None."""
    return next((kind for start, kind in _FOREIGN_STARTS.items() if data.startswith(start)), None)


def _of_text(name: str, text: str) -> SourceFile:
    return SourceFile.of_text(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def _encoding_problem(name: str, data: bytes, start: int) -> Diagnostic:
    """Shown as Windows text, one character a byte: the column is right whatever it truly is."""
    shown = _of_text(name, FORBIDDEN.sub(" ", data.decode("cp1252", "replace")))
    before = _of_text(name, data[:start].decode("cp1252", "replace")).lines
    return file_problems.encodage(Place(shown, len(before), len(before[-1]) + 1))


def load_yaml(
    path: Path, name: str, problems: Problems, hear: _Listener = _let_pass
) -> Node | None:
    """The node tree of a YAML file, or None with the problem recorded; ``hear`` as above."""
    source = load_text(path, name, problems, hear)
    if source is None:
        return None
    values = len(source.lines) + sum(line.count(",") for line in source.lines)
    if values > _MAX_VALUES:
        reason = f"il a plus de {_MAX_VALUES // 1000} 000 lignes ou valeurs"
        problems.append(file_problems.fichier_illisible(whole_file(name), reason))
        return None
    return parse_yaml(source, problems)


def load_front_matter(
    path: Path, name: str, problems: Problems, hear: _Listener = _let_pass
) -> FrontMatterFile | None:
    """A Markdown file split at its front matter, or None with the problem recorded; ``hear`` as
    above.
    """
    source = load_text(path, name, problems, hear)
    return None if source is None else parse_front_matter(source, problems)


def parse_typed_text(name: str, text: str, problems: Problems) -> SourceFile:
    """The lines of a text that is in no file yet, as ``load_text`` would give them."""
    return replace_forbidden(_of_text(name, text.removeprefix("\ufeff")), problems)


def find_front_matter_end(lines: Sequence[str]) -> int | None:
    """The rank, from 0, of the fence that closes the front matter; None without one."""
    if not lines or lines[0].rstrip() != FENCE:
        return None
    return next((i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE), None)


def parse_front_matter(source: SourceFile, problems: Problems) -> FrontMatterFile | None:
    """A Markdown text split at its front matter, or None with the problem recorded."""
    lines = source.lines
    end = find_front_matter_end(lines)
    if end is None:
        problems.append(file_problems.entete_manquant(Place(source, 1, 1)))
        return None
    header = parse_yaml(source, problems, text="\n".join(lines[1:end]), first_line=2)
    if header is None:
        return None
    return FrontMatterFile(source, header, "\n".join(lines[end + 1 :]), end + 2)
