"""YAML files read once for as long as they stay the same on disk.

For a process that reads the same files again and again: a region's shared layers under 280
profiles, a web server that lives for weeks. Nothing is assumed: each use looks at the file's stamp.
"""

import os
from collections.abc import Callable
from pathlib import Path

from contract_builder.diagnostics import Diagnostic, Problems
from contract_builder.frozen import dataclass
from contract_builder.reading.files import load_yaml
from contract_builder.reading.yaml_nodes import Node, parse_yaml
from contract_builder.source import SourceFile

Stamp = tuple[int, int, int] | None
"""Time of change in nanoseconds, size in bytes, inode; None for a file that is not there."""

YamlLoader = Callable[[Path, str, Problems], Node | None]
"""What ``reading.files.load_yaml`` is: path, name in messages, problems → node."""


def stamp_of(path: Path | str) -> Stamp:
    """What changes when a file is written again, replaced or deleted."""
    try:
        state = os.stat(path)  # noqa: PTH116 - of hundreds of files for one page
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


@dataclass(frozen=True, slots=True)
class OverlaidYaml:
    """A ``YamlLoader`` that takes ``text`` for one file, and the others as ``below`` gives them."""

    below: YamlLoader
    path: Path
    text: str

    def __call__(self, path: Path, name: str, problems: Problems) -> Node | None:
        """The node tree of a file, or None with its problems."""
        if path != self.path:
            return self.below(path, name, problems)
        return parse_yaml(SourceFile.of_text(name, self.text.removeprefix("\ufeff")), problems)


class RememberedYaml:
    """A ``YamlLoader`` that parses a file again only when its stamp is another one."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, str], tuple[Stamp, Node | None, tuple[Diagnostic, ...]]] = {}

    def __call__(self, path: Path, name: str, problems: Problems) -> Node | None:
        """The node tree of a file, or None with its problems, as ``load_yaml`` gives them."""
        stamp = stamp_of(path)
        known = self._known.get((path, name))
        if known is None or known[0] != stamp:
            found: Problems = []
            node = load_yaml(path, name, found)
            known = self._known[path, name] = (stamp, node, tuple(found))
        problems.extend(known[2])
        return known[1]
