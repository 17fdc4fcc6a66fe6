"""An operation → the French sentence that orders it, with what is quoted below it.

The forms are those of French amending texts; ``sentence_reading`` reads them back. All numbers and
quotations speak of the old contract as printed. Under « L’article 6.2 est ainsi modifié : » a
sentence names the alinéa or the table alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from contract_builder.amend.quotation import (
    count_paragraphs,
    plain_inlines,
    quote_blocks,
    section_blocks,
    settled_table,
    text_paragraph,
)
from contract_builder.amend.sentence_places import SentencePlace
from contract_builder.amend.unit_names import UnitNames, fixed
from contract_builder.amend.wording import (
    announced,
    number_word,
    plural,
    quality_of,
    quoted,
    sentence_case,
)
from contract_builder.model.amendment import Operation, OperationKind
from contract_builder.model.blocks import Block, Cell, Paragraph, Row, Table
from contract_builder.model.contract import Section
from contract_builder.model.french import NBSP

UNIT_KINDS: Final[frozenset[OperationKind]] = frozenset(
    {
        "replace_section", "insert_section", "delete_section", "move_section",
        "replace_sheet", "insert_sheet", "delete_sheet",
        "replace_annex", "insert_annex", "delete_annex",
    }
)  # fmt: skip
"""The kinds that speak of a unit from outside: each is a sentence of its own."""
JOINED_KINDS: Final[frozenset[OperationKind]] = frozenset(
    {"replace_sheet", "insert_sheet", "replace_annex", "insert_annex"}
)
"""The kinds whose content is joined to the avenant."""
_COLON: Final = f"{NBSP}:"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its final mark, and what stands below it: quoted blocks or a table.

    ``quotation`` is not yet between marks. ``table`` follows the sentence as it is.
    """

    text: str
    quotation: tuple[Block, ...] = ()
    table: Table | None = None

    def blocks(self, marker: str, ending: str) -> tuple[Block, ...]:
        """The sentence as printed: « 1° » before it, « ; » or « . » after it.

        A quotation takes the semicolon alone: it ends with its own stop.
        """
        below: tuple[Block, ...] = ()
        if self.quotation:
            after = ending if ending.strip() == ";" else ""
            below = quote_blocks(self.quotation, after)
        if self.table is not None:
            below = (*below, self.table)
        text = f"{marker}{sentence_case(self.text)}{'' if below else ending}"
        return (Paragraph(plain_inlines(text)), *below)


@dataclass(frozen=True, slots=True)
class SentenceMaker:
    """Makes the sentences of one avenant; ``names`` are the units of the old contract."""

    names: UnitNames

    def make(self, operation: Operation, *, inside: bool = False) -> Sentence:
        """The sentence; ``inside`` when a heading above already names the unit.

        KeyError when the operation names no unit of the old contract, ValueError when it lacks
        what its kind needs.
        """
        place = SentencePlace(operation, self.names, inside)
        return _MAKERS[operation.kind](operation, place)


def _replace_words(operation: Operation, place: SentencePlace) -> Sentence:
    old, new = _text(operation.old), _text(operation.new)
    quality = quality_of(old)
    return Sentence(
        f"{place.in_paragraph}{announced(old)} {quality.auxiliary} "
        f"remplacé{quality.ending} par {announced(new)}"
    )


def _insert_words(operation: Operation, place: SentencePlace) -> Sentence:
    new = _text(operation.new)
    quality = quality_of(new)
    inserted = f"{quality.auxiliary} inséré{quality.ending} {announced(new)}"
    if operation.side == "end":
        return Sentence(f"{place.paragraph} est complété par {announced(new)}")
    if operation.side == "start":
        return Sentence(f"au début {place.of_paragraph}, {inserted}")
    where = _side_word(operation)
    return Sentence(f"{place.in_paragraph}{where} {announced(_text(operation.old))}, {inserted}")


def _delete_words(operation: Operation, place: SentencePlace) -> Sentence:
    old = _text(operation.old)
    quality = quality_of(old)
    return Sentence(
        f"{place.in_paragraph}{announced(old)} {quality.auxiliary} supprimé{quality.ending}"
    )


def _replace_paragraph(operation: Operation, place: SentencePlace) -> Sentence:
    content = _paragraphs(operation)
    noun = place.unit.paragraph_noun
    count = count_paragraphs(content)
    if noun == "alinéa":
        by = _so_worded(count, noun)
    elif count == 1:
        by = f"le {noun} suivant"
    else:
        by = f"les {number_word(count)} {noun}s suivants"
    verb = "sont remplacés" if place.is_range else "est remplacé"
    return Sentence(f"{place.paragraph} {verb} par {by}{_COLON}", content)


def _insert_paragraphs(operation: Operation, place: SentencePlace) -> Sentence:
    content = _paragraphs(operation)
    what = _so_worded(count_paragraphs(content), place.unit.paragraph_noun)
    return Sentence(f"{_insertion(operation, place, 'il est inséré')} {what}{_COLON}", content)


def _insertion(operation: Operation, place: SentencePlace, inserted: str) -> str:
    """« après le deuxième alinéa, il est inséré », « il est complété par »."""
    if operation.side == "end":
        return f"{place.whole} {place.completed} par"
    if operation.side == "start":
        return f"{place.at_start}, {inserted}"
    return f"{_side_word(operation)} {place.paragraph}, {inserted}"


def _delete_paragraphs(_: Operation, place: SentencePlace) -> Sentence:
    verb = "sont supprimés" if place.is_range else "est supprimé"
    return Sentence(f"{place.paragraph} {verb}")


def _replace_title(operation: Operation, place: SentencePlace) -> Sentence:
    new = _text(operation.new)
    return Sentence(f"l’intitulé{place.of_unit} est remplacé par l’intitulé{_COLON} {quoted(new)}")


def _replace_section(operation: Operation, place: SentencePlace) -> Sentence:
    content = _sections(operation)
    text = f"{place.whole} {place.auxiliary} remplacé{place.ending} par les dispositions suivantes"
    blocks = tuple(block for section in content for block in section_blocks(section))
    return Sentence(f"{text}{_COLON}", blocks)


def _insert_section(operation: Operation, place: SentencePlace) -> Sentence:
    section = _section(operation)
    if section.number:
        what = f"un article{NBSP}{fixed(section.number)} ainsi rédigé"
    else:
        what = f"une partie {quoted(section.title)} ainsi rédigée"
    blocks = tuple(block for part in _sections(operation) for block in section_blocks(part))
    if operation.side == "end":
        return Sentence(f"{place.whole} {place.completed} par {what}{_COLON}", blocks)
    return Sentence(f"{_side_word(operation)} {place.whole}, il est inséré {what}{_COLON}", blocks)


def _delete_whole(_: Operation, place: SentencePlace) -> Sentence:
    return Sentence(f"{place.whole} {place.auxiliary} supprimé{place.ending}")


def _move_section(operation: Operation, place: SentencePlace) -> Sentence:
    target = place.target(_text(operation.new))
    where = f"{_side_word(operation)} {target.short_name}"
    if operation.side == "end":
        where = f"à la fin {target.complement}"
    moved = f"{place.whole} {place.auxiliary} déplacé{place.ending} {where}"
    if place.unit.kind in ("article", "annexe"):
        return Sentence(f"{moved} et garde son numéro")
    return Sentence(moved)


def _replace_row(operation: Operation, place: SentencePlace) -> Sentence:
    table = _row_table(operation, place)
    return Sentence(
        f"{place.in_table}{place.row} est remplacée par {_following_rows(table)}{_COLON}",
        table=table,
    )


def _insert_rows(operation: Operation, place: SentencePlace) -> Sentence:
    table = _row_table(operation, place)
    rows = _following_rows(table)
    if operation.side == "end":
        return Sentence(f"{place.table} est complété par {rows}{_COLON}", table=table)
    inserted = plural(len(table.rows), "est insérée", "sont insérées")
    if operation.side == "start":
        return Sentence(f"au début {place.of_table}, {inserted} {rows}{_COLON}", table=table)
    where = _side_word(operation)
    text = f"{place.in_table}{where} {place.row}, {inserted} {rows}{_COLON}"
    return Sentence(text, table=table)


def _delete_row(_: Operation, place: SentencePlace) -> Sentence:
    return Sentence(f"{place.in_table}{place.row} est supprimée")


def _replace_table(operation: Operation, place: SentencePlace) -> Sentence:
    table = settled_table(_table(operation))
    return Sentence(f"{place.table} est remplacé par le tableau suivant{_COLON}", table=table)


def _insert_table(operation: Operation, place: SentencePlace) -> Sentence:
    table = settled_table(_table(operation))
    name = f" {quoted(table.caption)}" if table.caption else ""
    insertion = _insertion(operation, place, "il est inséré")
    return Sentence(f"{insertion} le tableau{name} suivant{_COLON}", table=table)


def _delete_table(_: Operation, place: SentencePlace) -> Sentence:
    return Sentence(f"{place.table} est supprimé")


def _replace_note(operation: Operation, place: SentencePlace) -> Sentence:
    notes = _paragraphs(operation)
    if not notes:
        return Sentence(f"{place.note} est supprimée")
    several = f"les {number_word(len(notes))} notes suivantes"
    following = plural(len(notes), "la note suivante", several)
    if operation.side == "end":
        return Sentence(f"{place.table} est complété par {following}{_COLON}", notes)
    return Sentence(f"{place.note} est remplacée par {following}{_COLON}", notes)


def _replace_sheet(_: Operation, place: SentencePlace) -> Sentence:
    return Sentence(f"{place.whole} est remplacée par la fiche jointe au présent avenant")


def _insert_sheet(operation: Operation, place: SentencePlace) -> Sentence:
    return _insert_joined(operation, place, f"la fiche {_section(operation).number}")


def _replace_annex(operation: Operation, place: SentencePlace) -> Sentence:
    number = fixed(_section(operation).number)
    return Sentence(
        f"{place.whole} est remplacée par l’annexe{NBSP}{number} jointe au présent avenant"
    )


def _insert_annex(operation: Operation, place: SentencePlace) -> Sentence:
    return _insert_joined(operation, place, f"l’annexe{NBSP}{fixed(_section(operation).number)}")


def _insert_joined(operation: Operation, place: SentencePlace, what: str) -> Sentence:
    joined = f"{what} jointe au présent avenant"
    if operation.side == "end":
        return Sentence(f"{place.whole} {place.completed} par {joined}")
    return Sentence(f"{_side_word(operation)} {place.whole}, il est inséré {joined}")


_MAKERS: Final[dict[OperationKind, Callable[[Operation, SentencePlace], Sentence]]] = {
    "replace_words": _replace_words,
    "insert_words": _insert_words,
    "delete_words": _delete_words,
    "replace_paragraph": _replace_paragraph,
    "insert_paragraphs": _insert_paragraphs,
    "delete_paragraphs": _delete_paragraphs,
    "replace_section": _replace_section,
    "insert_section": _insert_section,
    "delete_section": _delete_whole,
    "move_section": _move_section,
    "replace_title": _replace_title,
    "replace_row": _replace_row,
    "insert_rows": _insert_rows,
    "delete_row": _delete_row,
    "replace_table": _replace_table,
    "insert_table": _insert_table,
    "delete_table": _delete_table,
    "replace_note": _replace_note,
    "replace_sheet": _replace_sheet,
    "insert_sheet": _insert_sheet,
    "delete_sheet": _delete_whole,
    "replace_annex": _replace_annex,
    "insert_annex": _insert_annex,
    "delete_annex": _delete_whole,
}


def _side_word(operation: Operation) -> str:
    """« avant » or « après »; before the first of its group is its start too."""
    return "avant" if operation.side in ("before", "start") else "après"


def _so_worded(count: int, noun: str) -> str:
    """« un alinéa ainsi rédigé », « deux alinéas ainsi rédigés »."""
    end = plural(count, "", "s")
    return f"{number_word(count)} {noun}{end} ainsi rédigé{end}"


def _following_rows(table: Table) -> str:
    count = len(table.rows)
    several = f"les {number_word(count)} lignes suivantes"
    return plural(count, "la ligne suivante", several)


def _row_table(operation: Operation, place: SentencePlace) -> Table:
    """The new rows under the header of their table."""
    where = operation.where
    old = place.unit.find_table(where.table, where.table_rank)
    if old is None:
        raise ValueError(f"no table {where.table!r} in {where.unit!r}")
    rows = tuple(item for item in operation.content or () if isinstance(item, Row))
    if not rows:
        cells = operation.new if isinstance(operation.new, tuple) else ()
        rows = tuple(
            Row(f"ligne-{number}", tuple(Cell(plain_inlines(text)) for text in texts))
            for number, texts in enumerate(cells, start=1)
        )
    table = replace(old, key=f"{operation.id}-{old.key}", caption="", rows=rows, notes=())
    return settled_table(table)


def _paragraphs(operation: Operation) -> tuple[Block, ...]:
    """The new paragraphs: the content, else the texts."""
    found = tuple(item for item in operation.content or () if not isinstance(item, Row | Section))
    if found:
        return found
    new = operation.new
    texts = (new,) if isinstance(new, str) else new or ()
    return tuple(text_paragraph(_text(text)) for text in texts)


def _sections(operation: Operation) -> tuple[Section, ...]:
    return tuple(item for item in operation.content or () if isinstance(item, Section))


def _section(operation: Operation) -> Section:
    """The section that the content begins with; ValueError when there is none."""
    found = _sections(operation)
    if not found:
        raise ValueError(f"{operation.kind} needs a section")
    return found[0]


def _table(operation: Operation) -> Table:
    found = [item for item in operation.content or () if isinstance(item, Table)]
    if len(found) != 1:
        raise ValueError(f"{operation.kind} needs one table, not {len(found)}")
    return found[0]


def _text(value: object) -> str:
    """A text that must be there; one text in a list counts."""
    if isinstance(value, tuple) and len(value) == 1:
        return _text(value[0])
    if not isinstance(value, str):
        raise ValueError(f"a text was expected, not {value!r}")
    return value
