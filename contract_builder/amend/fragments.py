"""Paragraphs put into the blocks of a section, taken out of them, or exchanged.

What is put in comes with the lists that hold it: a list of one item after an item of a list is one
more item of that list; a paragraph alone after an item stands after the list.
"""

from collections.abc import Collection
from dataclasses import replace

from contract_builder.amend.units import BlockPath
from contract_builder.model.blocks import Block, ListBlock, Note, Paragraph

Blocks = tuple[Block, ...]


def keep_paragraphs(blocks: Blocks, paths: Collection[BlockPath]) -> Blocks:
    """The paragraphs at these places, with what holds them, and nothing else."""
    return _keep(blocks, frozenset(paths), ())


def _keep(blocks: Blocks, paths: frozenset[BlockPath], above: BlockPath) -> Blocks:
    kept: list[Block] = []
    for index, block in enumerate(blocks):
        path = (*above, index)
        match block:
            case Paragraph() if path in paths:
                kept.append(block)
            case ListBlock(items=items):
                found = [_keep(item, paths, (*path, at)) for at, item in enumerate(items)]
                if any(found):
                    kept.append(replace(block, items=tuple(item for item in found if item)))
            case Note(blocks=inner):
                if left := _keep(inner, paths, (*path, 0)):
                    kept.append(replace(block, blocks=left))
            case _:
                pass
    return tuple(kept)


def block_at(blocks: Blocks, path: BlockPath) -> Block:
    """The block that stands there; LookupError when none does."""
    block = blocks[path[0]]
    return block if len(path) == 1 else block_at(_inner(block, path[1]), path[2:])


def exchange_block(blocks: Blocks, path: BlockPath, new: Blocks) -> Blocks:
    """The blocks with others in place of one; lists and remarks that hold nothing more go too."""
    index = path[0]
    if len(path) == 1:
        return (*blocks[:index], *new, *blocks[index + 1 :])
    inner = exchange_block(_inner(blocks[index], path[1]), path[2:], new)
    held = _with_inner(blocks[index], path[1], inner)
    return (*blocks[:index], *(() if held is None else (held,)), *blocks[index + 1 :])


def graft(blocks: Blocks, path: BlockPath, content: Blocks, *, after: bool) -> Blocks:
    """The blocks with ``content`` right after, or before, the one at ``path``."""
    index, rest = path[0], path[1:]
    nearest, others = (content[0], content[1:]) if after else (content[-1], content[:-1])
    if rest and _are_alike(blocks[index], nearest):
        held = _graft_inside(blocks[index], rest, nearest, after=after)
        pieces = (held, *others) if after else (*others, held)
        return (*blocks[:index], *pieces, *blocks[index + 1 :])
    at = index + 1 if after else index
    side = "start" if after else "end"
    neighbour = index + 1 if after else index - 1
    if not rest and len(content) == 1 and 0 <= neighbour < len(blocks):
        joined = _join(blocks[neighbour], content[0], side)
        if joined is not None:
            return (*blocks[:neighbour], joined, *blocks[neighbour + 1 :])
    return (*blocks[:at], *content, *blocks[at:])


def _graft_inside(holder: Block, rest: BlockPath, content: Block, *, after: bool) -> Block:
    """A list or remark with the items, or blocks, of another one put in at a place."""
    if isinstance(holder, Note) and isinstance(content, Note):
        return replace(holder, blocks=graft(holder.blocks, rest[1:], content.blocks, after=after))
    if not (isinstance(holder, ListBlock) and isinstance(content, ListBlock)):
        raise TypeError("only a list joins a list")
    at, path = rest[0], rest[1:]
    lead, others = (
        (content.items[0], content.items[1:]) if after else (content.items[-1], content.items[:-1])
    )
    if isinstance(lead[0], Paragraph):
        cut = at + 1 if after else at
        return replace(holder, items=(*holder.items[:cut], *content.items, *holder.items[cut:]))
    item = graft(holder.items[at], path, lead, after=after)
    pieces = (item, *others) if after else (*others, item)
    return replace(holder, items=(*holder.items[:at], *pieces, *holder.items[at + 1 :]))


def graft_at_edge(blocks: Blocks, content: Blocks, *, at_start: bool) -> Blocks:
    """The blocks with ``content`` before all of them, or after all of them."""
    if blocks and content:
        edge, nearest = (0, content[-1]) if at_start else (len(blocks) - 1, content[0])
        joined = _join(blocks[edge], nearest, "start" if at_start else "end")
        if joined is not None:
            if at_start:
                return (*content[:-1], joined, *blocks[1:])
            return (*blocks[:-1], joined, *content[1:])
    return (*content, *blocks) if at_start else (*blocks, *content)


def _join(holder: Block, content: Block, side: str) -> Block | None:
    """One list of two that stand side by side; None for what does not join."""
    if not (isinstance(holder, ListBlock) and isinstance(content, ListBlock)):
        return None
    if not _are_alike(holder, content):
        return None
    if side == "start":
        return replace(holder, items=(*content.items, *holder.items))
    lead = content.items[0]
    if isinstance(lead[0], ListBlock):
        last = graft_at_edge(holder.items[-1], lead, at_start=False)
        return replace(holder, items=(*holder.items[:-1], last, *content.items[1:]))
    return replace(holder, items=(*holder.items, *content.items))


def _are_alike(holder: Block, content: Block) -> bool:
    if isinstance(holder, ListBlock) and isinstance(content, ListBlock):
        return holder.ordered == content.ordered
    return isinstance(holder, Note) and isinstance(content, Note)


def _inner(block: Block, at: int) -> Blocks:
    match block:
        case ListBlock(items=items):
            return items[at]
        case Note(blocks=inner):
            return inner
        case _:
            raise LookupError(type(block).__name__)


def _with_inner(block: Block, at: int, inner: Blocks) -> Block | None:
    """The container with other blocks at a place; None when nothing is left in it."""
    match block:
        case ListBlock(items=items):
            left = (*items[:at], *((inner,) if inner else ()), *items[at + 1 :])
            return replace(block, items=left) if left else None
        case Note():
            return replace(block, blocks=inner) if inner else None
        case _:
            raise LookupError(type(block).__name__)
