"""Text files as they are read: UTF-8, front matter split from the body."""

from dataclasses import dataclass
from pathlib import Path

from contract_builder.diagnostics import Problems, catalogue
from contract_builder.reading.yaml_nodes import Node, parse_yaml
from contract_builder.source import Place, SourceFile, whole_file

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class FrontMatterFile:
    """A Markdown file: the nodes of its front matter, and its body with its first line."""

    source: SourceFile
    header: Node
    body: str
    body_line: int


def load_text(path: Path, name: str, problems: Problems) -> SourceFile | None:
    """The file's lines, called ``name`` in messages; None when it cannot be read as UTF-8.

    Windows line ends become ``\\n``; a byte-order mark is dropped.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(catalogue.fichier_illisible(whole_file(name), error.strerror or "erreur"))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        lines = data.decode("cp1252", "replace").split("\n")
        source = SourceFile(name, tuple(lines))
        column = error.start - (before.rfind(b"\n") + 1) + 1
        problems.append(catalogue.encodage(Place(source, line, column)))
        return None
    return SourceFile.of_text(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def load_yaml(path: Path, name: str, problems: Problems) -> Node | None:
    """The node tree of a YAML file, or None with the problem recorded."""
    source = load_text(path, name, problems)
    return None if source is None else parse_yaml(source, problems)


def load_front_matter(path: Path, name: str, problems: Problems) -> FrontMatterFile | None:
    """A Markdown file split at its front matter, or None with the problem recorded."""
    source = load_text(path, name, problems)
    if source is None:
        return None
    lines = source.lines
    if not lines or lines[0].rstrip() != _FENCE:
        problems.append(catalogue.entete_manquant(Place(source, 1, 1)))
        return None
    end = next((i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if end is None:
        problems.append(catalogue.entete_manquant(Place(source, 1, 1)))
        return None
    header = parse_yaml(source, problems, text="\n".join(lines[1:end]), first_line=2)
    if header is None:
        return None
    return FrontMatterFile(source, header, "\n".join(lines[end + 1 :]), end + 2)
