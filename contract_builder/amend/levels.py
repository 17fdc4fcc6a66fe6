"""When a unit is replaced whole: when most of what it said is replaced or suppressed.

What is only added never replaces what stands. Of an article only the alinéas count, its tables are
replaced as tables; of an annex or a sheet all that is printed counts, the sheets of an annex
included. A single operation stays what it is, and so do those on a unit that keeps most of its
words. No article is replaced while under a quarter of it changed, save where what changes can be
told in no other way.
"""

from collections.abc import Iterable, Sequence

from contract_builder.amend.units import Unit, UnitKind
from contract_builder.compare.likeness import Likeness
from contract_builder.compare.texts import blocks_text
from contract_builder.model.amendment import Operation, OperationKind, OperationText
from contract_builder.model.blocks import Block, Table
from contract_builder.model.contract import Section, iter_tree

_BY_RANK: frozenset[UnitKind] = frozenset({"visas", "considerants", "parties"})
"""Units whose alinéas are named by their rank, however many of them change."""
_MOST_OF_A_UNIT = 0.5
_MOST_OF_A_GROUP = 0.6
"""The same for an article with articles below it, which is replaced with all of them."""
_LEAST_OTHER_WORDS = 0.35
"""A unit that keeps more of its words is amended, although most of its alinéas are replaced."""
_WITHOUT_OLD_TEXT: frozenset[OperationKind] = frozenset(
    {"insert_words", "insert_paragraphs", "insert_rows", "insert_table", "insert_section"}
)


def is_mostly_changed(
    old: Unit, new: Unit, operations: Sequence[Operation], units: dict[str, Unit]
) -> bool:
    """True when the unit is better replaced than amended by these operations.

    They are all those on the unit and on the units below it, which ``units`` has by id.
    """
    brings_text = any(operation.new or operation.content for operation in operations)
    if old.kind in _BY_RANK or len(operations) < 2 or not brings_text:
        return False
    with_tables = old.kind in ("annexe", "fiche")
    holds_articles = not with_tables and any(child.number for child in old.section.children)
    most = _MOST_OF_A_GROUP if holds_articles else _MOST_OF_A_UNIT
    total = _length(_sections(old), with_tables=with_tables)
    changed = sum(
        _changed(operation, units[operation.where.unit], with_tables=with_tables)
        for operation in operations
    )
    if changed <= most * total:
        return False
    before, after = (_text(_sections(unit), with_tables=with_tables) for unit in (old, new))
    return 1 - Likeness[str](str).of(before, after) > _LEAST_OTHER_WORDS


def _changed(operation: Operation, unit: Unit, *, with_tables: bool) -> int:
    """How much of the old text an operation replaces or suppresses, in characters."""
    kind = operation.kind
    if kind in _WITHOUT_OLD_TEXT or kind in ("insert_sheet", "insert_annex", "move_section"):
        return 0
    if kind in ("replace_table", "delete_table"):
        table = unit.find_table(operation.where.table, operation.where.table_rank)
        return len(blocks_text((table.block,))) if table is not None and with_tables else 0
    if kind in ("replace_row", "delete_row", "replace_note"):
        return _text_length(operation.old) if with_tables else 0
    if kind.endswith(("_section", "_sheet", "_annex")):
        return _length(_sections(unit), with_tables=with_tables)
    return 0 if kind == "replace_title" else _text_length(operation.old)


def _text_length(text: OperationText | None) -> int:
    if text is None or isinstance(text, str):
        return len(text or "")
    return sum(map(_text_length, text))


def _sections(unit: Unit) -> Iterable[Section]:
    """All that the unit holds, the units below it and the clauses that continue it included."""
    found = {section.id: section for section in (*iter_tree(unit.section), *unit.sections)}
    return found.values()


def _length(sections: Iterable[Section], *, with_tables: bool) -> int:
    return len(_text(sections, with_tables=with_tables))


def _text(sections: Iterable[Section], *, with_tables: bool) -> str:
    """What some sections say, titles apart."""
    blocks: list[Block] = [block for section in sections for block in section.blocks]
    return blocks_text(b for b in blocks if with_tables or not isinstance(b, Table))
