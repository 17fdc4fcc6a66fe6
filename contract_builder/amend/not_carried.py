"""What an avenant leaves: numbers, links, cover, version, status, typography and look.

Each is listed once, as the old or consolidated text has it and as the new contract does. The list
of gaps is no contract text, provenance and typed tables are printed nowhere: they are not listed.
"""

from collections.abc import Iterator

from contract_builder.amend.numbers import iter_renumbered
from contract_builder.amend.splicing import join_texts
from contract_builder.compare.header_changes import tell_header_changes
from contract_builder.compare.texts import print_alike
from contract_builder.model.amendment import NotCarried, NotCarriedKind
from contract_builder.model.blocks import (
    Block,
    CrossReference,
    Drawing,
    Field,
    Inline,
    Inlines,
    ListBlock,
    Note,
    Paragraph,
    SubHeading,
    Table,
    Text,
    inline_text,
    iter_inlines,
)
from contract_builder.model.contract import Contract, ContractHeader, Section, iter_tree

_STANDING: dict[str, NotCarriedKind] = {"version": "version", "état": "statut"}


def list_not_carried(
    amended: Contract, consolidated: Contract, new: Contract
) -> tuple[NotCarried, ...]:
    """The differences between the amended text and ``new`` that the avenant does not order.

    ``amended`` is the old contract after the operations, ``consolidated`` the new one with the
    numbers that it bears then.
    """
    found = (
        *_iter_header(amended.header, new.header),
        *_iter_numbers(consolidated, new),
        *_iter_links(consolidated, new),
        *_iter_typography(amended, consolidated),
    )
    return tuple(dict.fromkeys(found))


def _iter_header(old: ContractHeader, new: ContractHeader) -> Iterator[NotCarried]:
    for change in tell_header_changes(old, new):
        what = _STANDING.get(change.where.key, "couverture")
        yield NotCarried(what, change.old, change.new)


def _iter_numbers(consolidated: Contract, new: Contract) -> Iterator[NotCarried]:
    for kept, printed in iter_renumbered(new, consolidated):
        yield NotCarried("numero", kept.label, printed.label)


def _iter_links(consolidated: Contract, new: Contract) -> Iterator[NotCarried]:
    kept = [link for section in consolidated.sections for link in _iter_section_links(section)]
    printed = [
        link
        for section in new.sections
        if section.kind != "lacunes"
        for link in _iter_section_links(section)
    ]
    for before, after in zip(kept, printed, strict=True):
        if before.text != after.text:
            yield NotCarried("renvoi", before.text, after.text)


def _iter_section_links(section: Section) -> Iterator[CrossReference]:
    for item in iter_tree(section):
        for inline in iter_inlines(item.blocks):
            if isinstance(inline, CrossReference):
                yield inline


def _iter_typography(amended: Contract, consolidated: Contract) -> Iterator[NotCarried]:
    meant = {section.id: section for section in consolidated.iter_sections()}
    for section in amended.iter_sections():
        other = meant.get(section.id)
        if section.kind == "lacunes" or other is None:
            continue
        if section.title != other.title:
            yield NotCarried("typographie", section.title, other.title)
        if section.landscape != other.landscape:
            yield NotCarried("typographie", _turned(section), _turned(other))
        if section.blocks != other.blocks:
            yield from _iter_blocks(section.blocks, other.blocks)


def _turned(section: Section) -> str:
    """How the pages of a section lie, in the words of the comparison."""
    return "paysage" if section.landscape else "portrait"


def _iter_blocks(old: tuple[Block, ...], new: tuple[Block, ...]) -> Iterator[NotCarried]:
    for before, after in zip(old, new, strict=True):
        if before != after:
            yield from _iter_block(before, after)


def _iter_block(old: Block, new: Block) -> Iterator[NotCarried]:
    match old, new:
        case (Paragraph(content=before), Paragraph(content=after)) | (
            SubHeading(content=before),
            SubHeading(content=after),
        ):
            yield from _iter_line(before, after)
        case ListBlock(items=olds), ListBlock(items=news):
            for item, other in zip(olds, news, strict=True):
                yield from _iter_blocks(item, other)
        case Note(blocks=inner), Note(blocks=others):
            yield from _iter_blocks(inner, others)
        case Table(), Table():
            yield from _iter_table(old, new)
        case Drawing(), Drawing():
            pass
        case _:
            raise TypeError(f"{type(old).__name__} is not {type(new).__name__}")


def _iter_table(old: Table, new: Table) -> Iterator[NotCarried]:
    titles = [(old.caption, new.caption)]
    titles += [
        (before.title, after.title) for before, after in zip(old.columns, new.columns, strict=True)
    ]
    for before, after in titles:
        if before != after:
            yield NotCarried("typographie", before, after)
    for row, other in zip(old.rows, new.rows, strict=True):
        for cell, changed in zip(row.cells, other.cells, strict=True):
            yield from _iter_line(cell.content, changed.content)
    for note, changed_note in zip(old.notes, new.notes, strict=True):
        yield from _iter_line(note, changed_note)


def _iter_line(old: Inlines, new: Inlines) -> Iterator[NotCarried]:
    """A line that says the same and looks otherwise; the keys of values are not seen."""
    if not print_alike(join_texts(map(_plain, old)), join_texts(map(_plain, new))):
        yield NotCarried("typographie", inline_text(old), inline_text(new))


def _plain(item: Inline) -> Inline:
    """A value as the text that is printed."""
    return Text(item.text, item.bold, item.italic) if isinstance(item, Field) else item
