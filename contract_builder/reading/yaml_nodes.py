"""YAML text → a tree of nodes where every key and value knows its place.

Scalars stay text: nothing is guessed (`010000032` stays that, `NON` stays a word). Duplicate keys,
anchors, explicit tags and several documents in one file are refused. First stage of reading:
``records`` converts the nodes by schema.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

import yaml

from contract_builder.diagnostics import Diagnostic, Problems, file_problems, yaml_problems
from contract_builder.frozen import dataclass
from contract_builder.reading.characters import FORBIDDEN, code_point
from contract_builder.reading.yaml_losses import find_losses
from contract_builder.reading.yaml_reasons import is_about_an_alias, word_yaml_reason
from contract_builder.source import Place, SourceFile

if TYPE_CHECKING:
    from yaml import Node as YamlNode

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null"})
_MAX_DEPTH = 40
# The parser in C nests as deep as the text does and, some thousand levels down, ends the process.
_SAFE_NESTING = 1000
_NESTING_MARK = re.compile(r"[\[{]|[-?:](?=\s)")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; ``text`` is empty for a key left blank."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its own place, and its value."""

    key_place: Place
    value: "Node"


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping; keys are texts, unique, in file order."""

    entries: Mapping[str, Entry]
    place: Place


Node = Scalar | Sequence | MappingNode


def parse_yaml(
    source: SourceFile, problems: Problems, *, text: str | None = None, first_line: int = 1
) -> Node | None:
    """The node tree of ``text`` (by default the whole file), or None when it cannot be read.

    ``first_line`` is the line of the file at which ``text`` starts (front matter). An empty text
    gives an empty mapping.
    """
    content = "\n".join(source.lines) if text is None else text
    if _may_nest_too_deep(content) and _nests_too_deep(content):
        problems.append(yaml_problems.yaml_trop_profond(Place(source, first_line, 1)))
        return None
    problems.extend(find_losses(source, content, first_line))
    try:
        loader = _Loader(content)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax_problem(source, error, content, first_line))
        return None
    except yaml.YAMLError:
        problems.append(_character_problem(source, content, first_line))
        return None
    except RecursionError:
        problems.append(yaml_problems.yaml_trop_profond(Place(source, first_line, 1)))
        return None
    if root is None:
        return MappingNode({}, Place(source, first_line, 1))
    return _Converter(source, problems, first_line - 1).convert(root, 0)


def _may_nest_too_deep(content: str) -> bool:
    """A quick upper bound: a level takes a mark of its own or one more column of indentation."""
    indentation = max(len(line) - len(line.lstrip(" ")) for line in content.split("\n"))
    return len(_NESTING_MARK.findall(content)) + indentation > _SAFE_NESTING


def _nests_too_deep(content: str) -> bool:
    """The depth, from the flat events of the parser; a syntax error is left to be found later."""
    loader = _Loader(content)
    depth = 0
    try:
        while loader.check_event() and depth <= _SAFE_NESTING:
            event = loader.get_event()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return False
    finally:
        loader.dispose()
    return depth > _SAFE_NESTING


def _syntax_problem(
    source: SourceFile, error: "yaml.MarkedYAMLError", content: str, first_line: int
) -> Diagnostic:
    reason = str(error.problem or error.context or "")
    mark = error.problem_mark
    # What was left open is noticed at the end of the file: the place where it opens helps more.
    if mark is None or not content[mark.index :].strip():
        mark = error.context_mark or mark
    line = (mark.line if mark else 0) + first_line
    line = min(line, max(1, len(source.lines)))
    column = (mark.column if mark else 0) + 1
    text = source.lines[line - 1] if source.lines else ""
    place = Place(source, line, min(column, len(text) + 1))
    if is_about_an_alias(reason):
        return yaml_problems.alias_refuse(place)
    return yaml_problems.yaml_invalide(place, word_yaml_reason(reason, text[column - 1 : column]))


def _character_problem(source: SourceFile, content: str, first_line: int) -> Diagnostic:
    found = FORBIDDEN.search(content)
    position = found.start() if found else 0
    before = content[:position]
    place = Place(source, before.count("\n") + first_line, position - before.rfind("\n"))
    return file_problems.caractere_interdit(place, code_point(content[position]))


@dataclass(slots=True)
class _Converter:
    source: SourceFile
    problems: Problems
    line_offset: int
    seen: set[int] = field(default_factory=set)

    def convert(self, node: "YamlNode", depth: int) -> Node:
        """Our node for a PyYAML node; refused constructs become empty scalars and a problem."""
        place = self.place(node)
        if depth > _MAX_DEPTH:
            self.problems.append(yaml_problems.yaml_trop_profond(place))
            return Scalar("", place)
        if id(node) in self.seen:
            self.problems.append(yaml_problems.alias_refuse(place))
            return Scalar("", place)
        self.seen.add(id(node))
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            self.problems.append(yaml_problems.etiquette_refusee(place, node.tag))
            return Scalar("", place)
        if isinstance(node, yaml.ScalarNode):
            return self.convert_scalar(node, place)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.convert(item, depth + 1) for item in node.value), place)
        return self.convert_mapping(node, depth)

    def convert_scalar(self, node: yaml.ScalarNode, place: Place) -> Scalar:
        """The text; a forbidden character, which an escape can make, becomes a space."""
        text = "" if _is_null(node) else node.value
        if FORBIDDEN.search(text) is None:
            return Scalar(text, place)
        for found in FORBIDDEN.finditer(text):
            self.problems.append(file_problems.caractere_interdit(place, code_point(found.group())))
        return Scalar(FORBIDDEN.sub(" ", text), place)

    def convert_mapping(self, node: "YamlNode", depth: int) -> MappingNode:
        """A mapping whose keys are plain texts; the first of two equal keys is kept."""
        entries: dict[str, Entry] = {}
        before = ("", "")
        for key_node, value_node in node.value:
            key_place = self.place(key_node)
            if getattr(node, "flow_style", False) and self.is_cut_by_a_comma(key_node, value_node):
                self.problems.append(
                    yaml_problems.virgule_entre_accolades(key_place, key_node.value, *before)
                )
                before = (before[0], f"{before[1]}, {key_node.value}")
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(yaml_problems.cle_composee(key_place))
                continue
            value = self.convert(value_node, depth + 1)
            before = (key_node.value, value.text if isinstance(value, Scalar) else "")
            if key_node.value in entries:
                first = entries[key_node.value].key_place
                self.problems.append(
                    yaml_problems.cle_en_double(key_place, key_node.value, first.line)
                )
                continue
            entries[key_node.value] = Entry(key_place, value)
        return MappingNode(entries, self.place(node))

    def is_cut_by_a_comma(self, key: "YamlNode", value: "YamlNode") -> bool:
        """True for a word between commas and braces that no « : » follows."""
        if not (
            isinstance(key, yaml.ScalarNode) and value.start_mark.index == value.end_mark.index
        ):
            return False
        line = key.end_mark.line + self.line_offset
        rest = (
            self.source.lines[line][key.end_mark.column :] if line < len(self.source.lines) else ""
        )
        return rest.lstrip()[:1] in (",", "}", "")

    def place(self, node: "YamlNode") -> Place:
        """Where the node starts; its length when it stands on one line."""
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Place(
            self.source, start.line + 1 + self.line_offset, start.column + 1, max(1, length)
        )


def _is_null(node: yaml.ScalarNode) -> bool:
    return not node.style and node.value in _NULLS
