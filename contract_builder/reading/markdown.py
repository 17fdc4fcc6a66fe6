"""The Markdown of clauses and sheets → typed blocks, filled while they are read.

Markdown is parsed *before* any value is put in: ``{{ … }}`` travels through the parser as an opaque
mark of the same length, so that a value can never become markup and every place stays exact. What
stands behind a field, a cross-reference or a table is asked of a ``Filler``: ``assembly`` gives the
values of a contract, ``library.checks`` one that only verifies names.
"""

import re
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from contract_builder.diagnostics import Problems, file_problems
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Inline,
    LineBreak,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
    inline_text,
)
from contract_builder.model.row_keys import derive_row_keys
from contract_builder.reading.characters import FORBIDDEN, code_point
from contract_builder.source import Place, SourceFile

_FIELD = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{[%#]|\{\{|\}\}")
_MARK = re.compile("\ue000(\\d+)\ue002*\ue001")
_PIPE = re.compile(r"(?<!\\)\|")
_TABLE_FIELD = re.compile(r"tableau\.(\w+)")
_REFUSED = {
    "image": "une image",
    "fence": "un bloc de code",
    "code_block": "un paragraphe en retrait de quatre espaces",
    "code_inline": "du code",
    "hr": "une ligne horizontale",
}
_SIGNS = {"image": "![", "code_inline": "`"}


@dataclass(frozen=True, slots=True)
class Emphasis:
    """The emphasis that surrounds an inline."""

    bold: bool = False
    italic: bool = False


class Filler(Protocol):
    """What gives their content to the fields, references and tables of a text."""

    def fill_field(self, expression: str, place: Place, style: Emphasis) -> Inline | None:
        """The inline for ``{{ expression }}``; None when it is wrong (problem recorded)."""
        ...

    def fill_reference(
        self, target: str, text: str, place: Place, style: Emphasis
    ) -> Inline | None:
        """The inline for ``[text](#target)``."""
        ...

    def fill_table(self, name: str, place: Place) -> tuple[Block, ...]:
        """The blocks for ``{{ tableau.name }}``, alone in its paragraph."""
        ...


@dataclass(frozen=True, slots=True)
class MarkdownText:
    """A stretch of Markdown in a file: ``first_line`` is the file's line where it starts."""

    source: SourceFile
    text: str
    first_line: int
    key: str


def parse_markdown(text: MarkdownText, filler: Filler, problems: Problems) -> tuple[Block, ...]:
    """The blocks of ``text``; what is refused is left out and recorded as a problem.

    The text holds no forbidden character (``reading.characters``), as a loaded file does not.
    """
    masked, expressions = _mask_fields(text, problems)
    parser = _Reader(text, filler, problems, expressions)
    return tuple(parser.read_blocks(_parse(masked).children))


@lru_cache(maxsize=512)
def _parse(masked: str) -> SyntaxTreeNode:
    """The syntax tree, never changed; kept, for each contract asks for the texts of the library."""
    return SyntaxTreeNode(_PARSER.parse(masked))


_ALIGNS: tuple[Align, ...] = ("left", "center", "right")
# Without link definitions: « [1]: voir plus haut » is a text, which must not vanish. Without
# joining: a character written as an entity (« &#233; ») stays apart and never passes for a mark.
_PARSER = MarkdownIt("commonmark").enable("table").disable(["reference", "text_join"])
# The parser drops in silence what stands deeper than twenty tokens, ten lists.
_DEEPEST_LEVEL = 12


def _mask_fields(text: MarkdownText, problems: Problems) -> tuple[str, list[tuple[str, Place]]]:
    """The text with each field replaced by a mark of equal length, and the fields in order."""
    expressions: list[tuple[str, Place]] = []

    def mask(match: re.Match[str]) -> str:
        place = _place_at(text, match.start(), len(match.group()))
        expressions.append((match.group(1).strip(), place))
        mark = f"\ue000{len(expressions) - 1}"
        newlines = "\n" * match.group().count("\n")
        padding = "\ue002" * (len(match.group()) - len(mark) - len(newlines) - 1)
        return f"{mark}{padding}\ue001{newlines}"

    masked = _FIELD.sub(mask, text.text)
    for stray in _STATEMENT.finditer(masked):
        problems.append(
            file_problems.champ_mal_forme(
                _place_at(text, stray.start(), 2),
                "seules les valeurs « {{ … }} » sont admises, sans boucle ni condition",
            )
        )
    return _STATEMENT.sub("  ", masked), expressions


def _place_at(text: MarkdownText, offset: int, length: int) -> Place:
    before = text.text[:offset]
    line = before.count("\n")
    column = offset - (before.rfind("\n") + 1)
    return Place(text.source, text.first_line + line, column + 1, length)


@dataclass(slots=True)
class _Reader:
    text: MarkdownText
    filler: Filler
    problems: Problems
    expressions: list[tuple[str, Place]]
    tables: int = field(default=0)

    def read_blocks(self, nodes: list[SyntaxTreeNode]) -> Iterator[Block]:
        """The blocks of sibling nodes, in order."""
        for node in nodes:
            match node.type:
                case "paragraph":
                    yield from self.read_paragraph(node)
                case "bullet_list" | "ordered_list" | "blockquote" if node.level > _DEEPEST_LEVEL:
                    self.refuse(node, "des listes ou des notes imbriquées à ce point")
                case "bullet_list" | "ordered_list":
                    yield self.read_list(node)
                case "blockquote":
                    yield Note(self.read_content(node, "une note vide"))
                case "heading" if node.tag == "h3":
                    yield SubHeading(self.read_inlines(node.children[0]))
                case "heading":
                    self.refuse(node, "un titre d’un autre niveau que « ### »")
                case "table":
                    yield self.read_table(node)
                case "html_block":
                    self.problems.append(file_problems.html_refuse(self.place(node)))
                case other:
                    self.refuse(node, _REFUSED.get(other, other))

    def read_paragraph(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """A paragraph, or the table that its only field stands for."""
        inline = node.children[0]
        alone = _MARK.fullmatch(inline.content.strip())
        if alone is not None:
            expression, place = self.expressions[int(alone.group(1))]
            table = _TABLE_FIELD.fullmatch(expression)
            if table is not None:
                yield from self.filler.fill_table(table.group(1), place)
                return
        content = self.read_inlines(inline)
        if content:
            yield Paragraph(content)

    def read_content(self, node: SyntaxTreeNode, empty: str) -> tuple[Block, ...]:
        """What a list item or a note holds; ``empty`` names one that holds nothing, a problem."""
        if not node.children:
            self.refuse(node, empty)
        return tuple(self.read_blocks(node.children))

    def read_list(self, node: SyntaxTreeNode) -> ListBlock:
        """A bulleted or numbered list with its nested lists."""
        start = node.attrs.get("start", 1)
        return ListBlock(
            items=tuple(
                self.read_content(item, "un point de liste vide") for item in node.children
            ),
            ordered=node.type == "ordered_list",
            start=int(start),
        )

    def read_table(self, node: SyntaxTreeNode) -> Table:
        """A Markdown table; column widths follow the longest cell, within bounds."""
        self.tables += 1
        self.check_rows(node)
        head, *bodies = node.children
        titles = head.children[0].children
        contents = [
            tuple(Cell(self.read_inlines(cell.children[0])) for cell in row.children)
            for row in (bodies[0].children if bodies else ())
        ]
        keys = derive_row_keys(inline_text(cells[0].content) for cells in contents)
        rows = tuple(Row(key, cells) for key, cells in zip(keys, contents, strict=True))
        columns = tuple(
            Column(
                inline_text(self.read_inlines(title.children[0])),
                _column_width(title.children[0].content, rows, index),
                _alignment(title),
            )
            for index, title in enumerate(titles)
        )
        key = f"{self.text.key}-tableau-{self.tables}"
        return Table(key, "", columns, rows, row_identity="content")

    def check_rows(self, table: SyntaxTreeNode) -> None:
        """Refuses what a table would lose: a header alone, cells beyond the last column."""
        head, *bodies = table.children
        if not bodies:
            self.refuse(table, "un tableau sans ligne")
            return
        for row in bodies[0].children:
            line = self.text.text.split("\n")[self.lines_of(row)[0]]
            if _count_cells(line) > len(head.children[0].children):
                self.refuse(row, "une ligne de tableau qui compte plus de cellules que l’en-tête")

    def read_inlines(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        """The inlines of an ``inline`` node; adjacent texts of one style are joined."""
        joined: list[Inline] = []
        for item in self.iter_inlines(node.children, Emphasis()):
            last = joined[-1] if joined else None
            if isinstance(item, Text) and isinstance(last, Text) and _same_style(item, last):
                joined[-1] = Text(last.text + item.text, last.bold, last.italic)
            else:
                joined.append(item)
        return tuple(joined)

    def iter_inlines(self, nodes: list[SyntaxTreeNode], style: Emphasis) -> Iterator[Inline]:
        """Each inline with the emphasis of what surrounds it."""
        for node in _joined_texts(nodes):
            if isinstance(node, str):
                yield from self.iter_text(node, style)
                continue
            match node.type:
                case "text_special":
                    yield self.read_entity(node, style)
                case "softbreak":
                    yield Text(" ", style.bold, style.italic)
                case "hardbreak":
                    yield LineBreak()
                case "strong":
                    yield from self.iter_inlines(node.children, Emphasis(True, style.italic))
                case "em":
                    yield from self.iter_inlines(node.children, Emphasis(style.bold, True))
                case "link":
                    yield from self.iter_link(node, style)
                case "html_inline":
                    self.problems.append(file_problems.html_refuse(self.find(node, node.content)))
                case other:
                    place = self.find(node, _SIGNS.get(other, ""))
                    what = _REFUSED.get(other, other)
                    self.problems.append(file_problems.markdown_refuse(place, what))

    def read_entity(self, node: SyntaxTreeNode, style: Emphasis) -> Text:
        """A character written as « &#233; », literally."""
        for found in FORBIDDEN.finditer(node.content):
            problem = file_problems.caractere_interdit(self.place(node), code_point(found.group()))
            self.problems.append(problem)
        return Text(node.content, style.bold, style.italic)

    def iter_text(self, content: str, style: Emphasis) -> Iterator[Inline]:
        """Literal text and the fields inside it."""
        position = 0
        for mark in _MARK.finditer(content):
            if mark.start() > position:
                yield Text(content[position : mark.start()], style.bold, style.italic)
            position = mark.end()
            expression, place = self.expressions[int(mark.group(1))]
            if _TABLE_FIELD.fullmatch(expression):
                self.problems.append(file_problems.tableau_mal_place(place))
                continue
            filled = self.filler.fill_field(expression, place, style)
            if filled is not None:
                yield filled
        if position < len(content):
            yield Text(content[position:], style.bold, style.italic)

    def iter_link(self, node: SyntaxTreeNode, style: Emphasis) -> Iterator[Inline]:
        """A cross-reference; any other link is refused."""
        target = str(node.attrs.get("href", ""))
        if not target.startswith("#"):
            place = self.find(node, "<" if node.info == "auto" else "](")
            self.problems.append(file_problems.markdown_refuse(place, "un lien externe"))
            return
        place = self.find(node, f"]({target})")
        text = inline_text(tuple(self.iter_inlines(node.children, style)))
        filled = self.filler.fill_reference(target[1:], text, place, style)
        if filled is not None:
            yield filled

    def refuse(self, node: SyntaxTreeNode, what: str) -> None:
        """Records that documents do not have this construct."""
        self.problems.append(file_problems.markdown_refuse(self.place(node), what))

    def place(self, node: SyntaxTreeNode) -> Place:
        """The start of the block that holds ``node``."""
        start, _ = self.lines_of(node)
        return Place(self.text.source, self.text.first_line + start, 1)

    def find(self, node: SyntaxTreeNode, literal: str) -> Place:
        """The first place of ``literal`` in the block that holds ``node``."""
        start, end = self.lines_of(node)
        for index, line in enumerate(self.text.text.split("\n")[start:end]):
            column = line.find(literal)
            if column >= 0:
                line_number = self.text.first_line + start + index
                return Place(self.text.source, line_number, column + 1, len(literal))
        return self.place(node)

    @staticmethod
    def lines_of(node: SyntaxTreeNode) -> tuple[int, int]:
        """The 0-based lines of the nearest block that has a position."""
        current: SyntaxTreeNode | None = node
        while current is not None and not current.is_root:
            if current.map is not None:
                return current.map
            current = current.parent
        return (0, 1)


def _joined_texts(nodes: list[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode | str]:
    """The nodes, neighbouring texts as one: a backslash comes with the mark of a field after it."""
    text = ""
    for node in nodes:
        if node.type == "text" or (node.type == "text_special" and node.info == "escape"):
            text += node.content
            continue
        if text:
            yield text
            text = ""
        yield node
    if text:
        yield text


def _count_cells(line: str) -> int:
    """The cells of a table row as written; the pipes at both ends and inside fields are none."""
    inside = _FIELD.sub("", line).strip(" \t>").removeprefix("|")
    return len(_PIPE.findall(inside.removesuffix("|"))) + 1


def _same_style(first: Text, second: Text) -> bool:
    return first.bold == second.bold and first.italic == second.italic


def _column_width(title: str, rows: tuple[Row, ...], index: int) -> int:
    lengths = [len(inline_text(row.cells[index].content)) for row in rows if index < len(row.cells)]
    return min(60, max(8, len(title), *lengths))


def _alignment(node: SyntaxTreeNode) -> Align:
    style = str(node.attrs.get("style", ""))
    for align in _ALIGNS:
        if style.endswith(align):
            return align
    return "left"
