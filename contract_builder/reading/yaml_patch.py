"""A YAML file that people keep, changed in place: comments, order and layout stay as they are.

``patch_yaml`` touches the values that differ and nothing else, then reads its own result back.
Files that the tool owns are written whole instead (``yaml_text``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from contract_builder.errors import InternalError
from contract_builder.reading.line_matching import match_lines
from contract_builder.reading.tree import Tree, tree_of_node
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.reading.yaml_quoting import quote
from contract_builder.reading.yaml_text import flow_text, group_lines, item_lines, reads_as_block
from contract_builder.source import SourceFile

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOM = "\ufeff"
_Pairs = list[tuple[yaml.ScalarNode, yaml.Node]]


def patch_yaml(text: str, wanted: Mapping[str, Tree]) -> str:
    """The text of a file whose tree is ``wanted``, as little changed from ``text`` as can be.

    ``text`` must be read without problems: a mapping, without aliases. The order of a mapping's
    keys says nothing; the order of a list is that of ``wanted``. Ends of lines stay those of the
    file. A comment goes only with the line or the value that it explains.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    end = "\r\n" if "\r\n" in text else "\n"
    content = text.removeprefix(_BOM).replace("\r\n", "\n")
    patched = _Patch(content).apply(wanted)
    if _tree(patched) != dict(wanted):
        raise InternalError("a patched YAML file does not say what was asked")
    return mark + patched.replace("\n", end)


def _tree(text: str) -> Tree | None:
    node = parse_yaml(SourceFile.of_text("", text), [])
    return None if node is None else tree_of_node(node)


@dataclass(frozen=True, slots=True)
class _Edit:
    """The characters from ``start`` to ``end`` (exclusive) become ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """An entry of a mapping or an item of a list: where it starts, its comments above included.

    ``head`` is where its own words start: its key, or its dash.
    """

    start: int
    head: int
    node: yaml.Node
    key: str = ""


class _Patch:
    """The text of one file, with the offset of each of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text if not text or text.endswith("\n") else f"{text}\n"
        self.offsets = [0]
        for line in self.text.split("\n"):
            self.offsets.append(self.offsets[-1] + len(line) + 1)

    def apply(self, wanted: Mapping[str, Tree]) -> str:
        """The whole text, changed."""
        root = yaml.compose(self.text, Loader=_Loader)
        if not isinstance(root, yaml.MappingNode):
            return self.text + "".join(f"{line}\n" for line in group_lines(wanted, ""))
        return self.changed(0, len(self.text), self.edits(root, dict(wanted), ""))

    def changed(self, start: int, end: int, edits: list[_Edit]) -> str:
        """The characters from ``start`` to ``end`` with the edits that lie within."""
        pieces, position = [], start
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            pieces += [self.text[position : edit.start], edit.text]
            position = edit.end
        return "".join([*pieces, self.text[position:end]])

    def edits(self, node: yaml.Node, wanted: Tree, section: str) -> list[_Edit]:
        """What makes ``wanted`` of ``node``, a value of the same shape."""
        if isinstance(node, yaml.MappingNode) and isinstance(wanted, dict):
            edit = self.edit_flow_mapping if node.flow_style else self.edit_mapping
            return edit(node, wanted)
        if isinstance(node, yaml.SequenceNode) and isinstance(wanted, list):
            if node.flow_style:
                return self.edit_flow_list(node, wanted, section)
            return self.edit_list(node, wanted, section)
        if isinstance(node, yaml.ScalarNode) and isinstance(wanted, str):
            return self.edit_scalar(node, wanted)
        return [_Edit(self.start(node), self.end(node), flow_text(wanted))]

    def edit_scalar(self, node: yaml.ScalarNode, wanted: str) -> list[_Edit]:
        """A value that becomes another; blank, it leaves its key alone."""
        if _plain_tree(node) == wanted:
            return []
        start, end = self.start(node), self.end(node)
        if not wanted:
            return [_Edit(start - _spaces_before(self.text, start), end, "")]
        space = "" if self.text[start - 1 : start] in (" ", "\n", "[", "{", "") else " "
        return [_Edit(start, end, space + quote(wanted))]

    # Mappings and lists in blocks: a part is a stretch of lines.

    def edit_mapping(self, node: yaml.MappingNode, wanted: dict[str, Tree]) -> list[_Edit]:
        """Entries changed where they stand, removed with their comments, added after their like."""
        parts = [self.part(self.start(key), value, key.value) for key, value in _pairs(node)]
        indent = node.start_mark.column
        pieces: list[tuple[str, str]] = []
        for part, end in self.stretches(parts, node):
            if part.key in wanted:
                pieces.append((part.key, self.entry_text(part, end, wanted[part.key], indent)))
        known = {key for key, _ in pieces}
        place = 0
        for key, value in wanted.items():
            if key in known:
                place = next(i for i, (name, _) in enumerate(pieces, start=1) if name == key)
                continue
            lines = group_lines({key: value}, " " * indent)
            pieces.insert(place, (key, "".join(f"{line}\n" for line in lines)))
            place += 1
        return self.replaced(parts, node, [text for _, text in pieces], "{}")

    def entry_text(self, part: _Part, end: int, wanted: Tree, indent: int) -> str:
        """One entry of a block mapping, from its comments to its last line."""
        node = part.node
        if _plain_tree(node) == wanted:
            return self.text[part.start : end]
        is_block = isinstance(wanted, str) and reads_as_block(wanted)
        if _same_shape(node, wanted) and not is_block:
            return self.changed(part.start, end, self.edits(node, wanted, part.key))
        first, *others = group_lines({part.key: wanted}, " " * indent)
        lines = [first.lstrip(" ") + self.comment_of_line(part.head, node), *others]
        after = self.line_end(self.end(node))
        return (
            self.text[part.start : part.head]
            + "".join(f"{line}\n" for line in lines)
            + self.text[after:end]
        )

    def edit_list(self, node: yaml.SequenceNode, wanted: list[Tree], section: str) -> list[_Edit]:
        """Items changed where they stand, moved, removed with their comments, added."""
        column = node.start_mark.column
        parts = [self.part(self.dash(item, column), item) for item in node.value]
        stretches = list(self.stretches(parts, node))
        before = [_plain_tree(item) for item in node.value]
        pieces = []
        for rank, item in zip(match_lines(section, before, wanted), wanted, strict=True):
            if rank is None or not _same_shape(node.value[rank], item):
                lines = item_lines(item, " " * column)
                pieces.append("".join(f"{line}\n" for line in lines))
            else:
                part, end = stretches[rank]
                pieces.append(self.changed(part.start, end, self.edits(part.node, item, "")))
        return self.replaced(parts, node, pieces, "[]")

    def replaced(
        self, parts: list[_Part], node: yaml.Node, pieces: list[str], empty: str
    ) -> list[_Edit]:
        """The parts of a block replaced by ``pieces``; one that starts inside a line stays so."""
        start = parts[0].start
        end = self.line_end(self.end(node))
        text = "".join(pieces)
        if not self.starts_a_line(start):
            text = text.lstrip(" ")
        if not pieces:
            indent = " " * (node.start_mark.column + 2) if self.starts_a_line(start) else ""
            text = f"{indent}{empty}\n"
        elif not self.text[start:end].endswith("\n"):
            text = text.removesuffix("\n")
        return [] if text == self.text[start:end] else [_Edit(start, end, text)]

    def stretches(self, parts: list[_Part], node: yaml.Node) -> Iterator[tuple[_Part, int]]:
        """Each part with the end of its lines: where the next one starts."""
        ends = [part.start for part in parts[1:]]
        return zip(parts, [*ends, self.line_end(self.end(node))], strict=True)

    def part(self, head: int, node: yaml.Node, key: str = "") -> _Part:
        """A part with the lines of comment right above it."""
        start = head
        if self.starts_a_line(head):
            line = self.text.count("\n", 0, head)
            while line and self.line(line - 1).lstrip(" ").startswith("#"):
                line -= 1
            start = self.offsets[line]
        return _Part(start, head, node, key)

    def dash(self, item: yaml.Node, column: int) -> int:
        """Where the dash of an item stands: on its line, or above when it stands alone."""
        line = item.start_mark.line
        while self.line(line)[column : column + 1] != "-":
            line -= 1
        return self.offsets[line] + column

    def comment_of_line(self, head: int, node: yaml.Node) -> str:
        """The comment behind a key whose value changes its shape, with the spaces before it."""
        stands_on_its_line = not isinstance(node, yaml.CollectionNode) or node.flow_style
        after = self.end(node) if stands_on_its_line else self.text.index(":", head) + 1
        rest = self.text[after : self.line_end(after)].rstrip("\n")
        return rest if rest.lstrip().startswith("#") else ""

    # Mappings and lists between braces or brackets: a part is a stretch of characters.

    def edit_flow_mapping(self, node: yaml.MappingNode, wanted: dict[str, Tree]) -> list[_Edit]:
        """Entries of « {…} » changed where they stand, removed, or added after their like."""
        pairs = _pairs(node)
        present = {key.value: value for key, value in pairs}
        if not any(key in wanted for key in present):
            return [_Edit(self.start(node), self.end(node), flow_text(wanted))]
        edits: list[_Edit] = []
        for key, value in present.items():
            if key in wanted:
                edits += self.edit_flow_value(value, wanted[key], key)
        spans = [(self.start(key), max(self.end(key), self.end(value))) for key, value in pairs]
        kept = [key.value in wanted for key, _ in pairs]
        edits += _removals(spans, kept)
        names = [key.value for key, _ in pairs]
        first = spans[kept.index(True)][0]
        place: int | None = None
        for key, new in wanted.items():
            if key in present:
                place = self.flow_end(spans[names.index(key)][1], present[key])
                continue
            added = f"{quote(key)}: {flow_text(new)}"
            at, text = (first, f"{added}, ") if place is None else (place, f", {added}")
            edits.append(_Edit(at, at, text))
        return edits

    def edit_flow_value(self, node: yaml.Node, wanted: Tree, section: str) -> list[_Edit]:
        """A value between commas: blank, it is written as an empty text."""
        if wanted == "" and _plain_tree(node):
            return [_Edit(self.start(node), self.end(node), quote(""))]
        return self.edits(node, wanted, section)

    def flow_end(self, end: int, value: yaml.Node) -> int:
        """The end of an entry of « {…} »: one with a blank value ends behind its colon."""
        return self.end(value) if self.end(value) > end else end

    def edit_flow_list(
        self, node: yaml.SequenceNode, wanted: list[Tree], section: str
    ) -> list[_Edit]:
        """Items of « […] » changed where they stand; the whole list anew when its order changes."""
        before = [_plain_tree(item) for item in node.value]
        ranks = match_lines(section, before, wanted)
        used = [rank for rank in ranks if rank is not None]
        grown = len(used) == len(wanted)
        if not used or used != sorted(used) or not grown:
            changed = before != wanted
            return [_Edit(self.start(node), self.end(node), flow_text(wanted))] if changed else []
        edits: list[_Edit] = []
        for rank, item in zip(used, wanted, strict=True):
            edits += self.edit_flow_value(node.value[rank], item, "")
        spans = [(self.start(item), self.end(item)) for item in node.value]
        return [*edits, *_removals(spans, [rank in used for rank in range(len(before))])]

    # Places.

    def start(self, node: yaml.Node) -> int:
        """The offset of the first character of a node."""
        return self.offsets[node.start_mark.line] + node.start_mark.column

    def end(self, node: yaml.Node) -> int:
        """The offset behind the last character of a node, without what follows a block."""
        if isinstance(node, yaml.ScalarNode):
            end = self.offsets[node.end_mark.line] + node.end_mark.column
            if node.style in ("|", ">"):
                return self.start(node) + len(self.text[self.start(node) : end].rstrip(" \n"))
            return end
        if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
            last = node.value[-1]
            if isinstance(node, yaml.SequenceNode):
                return self.end(last)
            key, value = last
            return max(self.end(key) + 1, self.end(value))
        return self.offsets[node.end_mark.line] + node.end_mark.column

    def line(self, number: int) -> str:
        """The line, counted from 0, without its end."""
        return self.text[self.offsets[number] : self.offsets[number + 1] - 1]

    def line_end(self, position: int) -> int:
        """The offset behind the line that holds ``position``."""
        found = self.text.find("\n", position)
        return len(self.text) if found < 0 else found + 1

    def starts_a_line(self, position: int) -> bool:
        """True when nothing but spaces stands before ``position`` on its line."""
        line = self.text.rfind("\n", 0, position) + 1
        return not self.text[line:position].strip(" ")


def _pairs(node: yaml.MappingNode) -> _Pairs:
    return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]


def _plain_tree(node: yaml.Node) -> Tree:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain_tree(value) for key, value in _pairs(node)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain_tree(item) for item in node.value]
    is_plain = isinstance(node, yaml.ScalarNode) and not node.style
    return "" if is_plain and node.value in ("", "~", "null") else str(node.value)


def _same_shape(node: yaml.Node, wanted: Tree) -> bool:
    """True when the value can be changed where it stands; an empty block never stays one."""
    if isinstance(node, yaml.ScalarNode):
        return isinstance(wanted, str)
    if not node.value or not wanted:
        return False
    return isinstance(wanted, dict if isinstance(node, yaml.MappingNode) else list)


def _removals(spans: list[tuple[int, int]], kept: list[bool]) -> Iterator[_Edit]:
    """The removal of the parts of « {…} » or « […] » that are not kept, each with one comma."""
    last = max(rank for rank, is_kept in enumerate(kept) if is_kept)
    for rank, is_kept in enumerate(kept):
        if is_kept:
            continue
        if rank < last:
            yield _Edit(spans[rank][0], spans[rank + 1][0], "")
        else:
            yield _Edit(spans[rank - 1][1], spans[rank][1], "")


def _spaces_before(text: str, position: int) -> int:
    start = position
    while text[start - 1 : start] == " " and text[start - 2 : start - 1] != "-":
        start -= 1
    return position - start
