"""The objects of one array of a large JSON file, one at a time.

The open FINESS flows are one object with a huge array ``pmej``: this finds the array and decodes
its items as they come, so that memory holds one item and a buffer, even for one very long line.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from contract_builder.diagnostics import Diagnostic, Problems, import_problems
from contract_builder.registries.cells import line_place
from contract_builder.registries.text_files import TextFile, iter_chunks

_CHUNK = 256 * 1024
_BETWEEN = re.compile(r"[\s,]*")
_MAX_ITEM = 64 * 1024 * 1024  # characters; the largest legal entity of a flow is far below


@dataclass(slots=True)
class _Buffer:
    """Some text of the file from ``position`` on; ``line`` is the line of that position."""

    file: TextFile
    text: str = ""
    position: int = 0
    line: int = 1
    at_end: bool = False
    chunks: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.chunks = iter_chunks(self.file, _CHUNK)

    def fill(self) -> None:
        """Forgets what lies before the position and at least doubles the rest."""
        rest = self.text[self.position :]
        parts = [rest]
        size = 0
        while size <= len(rest):
            chunk = next(self.chunks, "")
            if not chunk:
                self.at_end = size == 0
                break
            parts.append(chunk)
            size += len(chunk)
        self.text = "".join(parts)
        self.position = 0

    def move(self, position: int) -> None:
        """Goes on to ``position``, counting lines."""
        self.line += self.text.count("\n", self.position, position)
        self.position = position


def iter_objects(
    file: TextFile, array: str, problems: Problems
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The line and the value of each object in the array named ``array``."""
    buffer = _Buffer(file)
    if _seek(buffer, array) is None:
        place = line_place(file.name, 1)
        problems.append(import_problems.json_invalide(place, f"« {array} » manque"))
        return
    decoder = json.JSONDecoder()
    while not _at_close(buffer):
        try:
            item, end = decoder.raw_decode(buffer.text, buffer.position)
        except json.JSONDecodeError as error:
            if not buffer.at_end and len(buffer.text) < _MAX_ITEM:
                buffer.fill()
                continue
            problems.append(_problem(buffer, error))
            return
        except RecursionError:
            place = line_place(file.name, buffer.line)
            problems.append(import_problems.json_invalide(place, "trop de niveaux imbriqués"))
            return
        line = buffer.line
        buffer.move(end)
        if isinstance(item, dict):
            yield line, item


def read_head(file: TextFile, array: str) -> str:
    """The text before the array (dates and version of the flow); empty when there is none."""
    return _seek(_Buffer(file), array) or ""


def _seek(buffer: _Buffer, array: str) -> str | None:
    """Moves past the opening bracket of the array and gives what stands before; None without it."""
    pattern = re.compile(rf'"{array}"\s*:\s*\[')
    while True:
        match = pattern.search(buffer.text)
        if match is not None:
            buffer.move(match.end())
            return buffer.text[: match.start()]
        if buffer.at_end or len(buffer.text) > _MAX_ITEM:
            return None
        buffer.fill()


def _at_close(buffer: _Buffer) -> bool:
    """Skips spaces and commas; True at the closing bracket."""
    while True:
        match = _BETWEEN.match(buffer.text, buffer.position)
        end = match.end() if match else buffer.position
        if end < len(buffer.text) or buffer.at_end:
            buffer.move(end)
            return buffer.text.startswith("]", end)
        buffer.fill()


def _problem(buffer: _Buffer, error: json.JSONDecodeError) -> Diagnostic:
    before = buffer.text.count("\n", buffer.position, error.pos)
    place = line_place(buffer.file.name, buffer.line + before)
    left = buffer.text[error.pos :].strip()
    if buffer.at_end and (not left or "Unterminated" in error.msg):
        return import_problems.fichier_tronque(place)
    return import_problems.json_invalide(place, error.msg)
