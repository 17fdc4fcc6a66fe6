"""The typography that an avenant leaves aside, put into the text that the next one speaks of.

An avenant orders no spaces, apostrophes or quotation marks, and lists where the contract that it
was drafted to make prints other ones. The next avenant quotes that contract as printed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from contract_builder.amend.lines import map_lines
from contract_builder.amend.splicing import Splice, splice_all
from contract_builder.compare.typography import differ_in_typography_only
from contract_builder.model.amendment import NotCarried
from contract_builder.model.blocks import Block, Column, Footnote, Inlines, Table, Text, inline_text
from contract_builder.model.contract import Contract, Section


def adopt_typography(contract: Contract, not_carried: Iterable[NotCarried]) -> Contract:
    """The contract with each line, title and caption listed printed as the new one prints it."""
    printed = {
        item.old: item.new
        for item in not_carried
        if item.what == "typographie" and differ_in_typography_only(item.old, item.new)
    }
    if not printed:
        return contract
    return replace(
        contract, sections=tuple(_section(section, printed) for section in contract.sections)
    )


def _section(section: Section, printed: Mapping[str, str]) -> Section:
    blocks = map_lines(section.blocks, lambda content: _line(content, printed))
    return replace(
        section,
        title=printed.get(section.title, section.title),
        blocks=tuple(_retitle(block, printed) for block in blocks),
        children=tuple(_section(child, printed) for child in section.children),
    )


def _retitle(block: Block, printed: Mapping[str, str]) -> Block:
    if not isinstance(block, Table):
        return block
    columns = tuple(_column(column, printed) for column in block.columns)
    return replace(block, caption=printed.get(block.caption, block.caption), columns=columns)


def _column(column: Column, printed: Mapping[str, str]) -> Column:
    return replace(column, title=printed.get(column.title, column.title))


def _line(content: Inlines, printed: Mapping[str, str]) -> Inlines:
    """The line with other spaces and marks; values stay values."""
    text = inline_text(content)
    meant = printed.get(text)
    if meant is None or any(isinstance(item, Footnote) for item in content):
        return content
    splices = [
        Splice(i, j, (Text(meant[k:m]),) if m > k else ())
        for tag, i, j, k, m in SequenceMatcher(None, text, meant, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    made = splice_all(content, splices)
    return made if inline_text(made) == meant else content
