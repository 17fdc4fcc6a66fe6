"""When a unit is replaced whole: when most of its words are others.

An article, a sheet or an annex that keeps half of its words is amended inside; of an article only
the alinéas count, its tables are replaced as tables. No article is replaced while under a quarter
of it changed, save where what changes can be told in no other way.
"""

from contract_builder.amend.units import Unit, UnitKind
from contract_builder.compare.likeness import Likeness
from contract_builder.compare.texts import blocks_text
from contract_builder.model.blocks import Table
from contract_builder.model.contract import Section, iter_tree

_BY_RANK: frozenset[UnitKind] = frozenset({"visas", "considerants", "parties"})
"""Units whose alinéas are named by their rank, however many of them change."""
_MOST_OF_A_UNIT = 0.5
_MOST_OF_A_GROUP = 0.6
"""The same for an article with articles below it, which is replaced with all of them."""


def is_mostly_new(old: Unit, new: Unit) -> bool:
    """True when the unit, with all below it, says mostly something else."""
    if old.kind in _BY_RANK:
        return False
    is_article = old.kind not in ("annexe", "fiche")
    before, after = (unit_lines(unit, with_tables=not is_article) for unit in (old, new))
    if not before.strip() or not after.strip():
        return False
    holds_articles = is_article and any(child.number for child in old.section.children)
    most = _MOST_OF_A_GROUP if holds_articles else _MOST_OF_A_UNIT
    return 1 - Likeness[str](str).of(before, after) > most


def unit_lines(unit: Unit, *, with_tables: bool) -> str:
    """All that a unit says, with the units below it, titles apart."""
    sections: dict[str, Section] = {}
    for section in (*iter_tree(unit.section), *unit.sections):
        sections[section.id] = section
    blocks = (block for section in sections.values() for block in section.blocks)
    return blocks_text(b for b in blocks if with_tables or not isinstance(b, Table))
