"""Sentences on tables, their rows and their notes."""

from dataclasses import replace

from contract_builder.amend.quotation import (
    plain_inlines,
    settled_table,
)
from contract_builder.amend.sentence import (
    COLON,
    Sentence,
    insertion,
    paragraphs_of,
    side_word,
    table_of,
)
from contract_builder.amend.sentence_places import SentencePlace
from contract_builder.amend.wording import number_word, plural, quoted
from contract_builder.model.amendment import Operation
from contract_builder.model.blocks import Cell, Row, Table


def say_replaced_row(operation: Operation, place: SentencePlace) -> Sentence:
    """« …la ligne « K » est remplacée par la ligne suivante : », then the row under its header."""
    table = _row_table(operation, place)
    return Sentence(
        f"{place.in_table}{place.row} est remplacée par {_following_rows(table)}{COLON}",
        table=table,
    )


def say_inserted_rows(operation: Operation, place: SentencePlace) -> Sentence:
    """« …après la ligne « K », est insérée la ligne suivante : », at the table’s edges too."""
    table = _row_table(operation, place)
    rows = _following_rows(table)
    if operation.side == "end":
        return Sentence(f"{place.table} est complété par {rows}{COLON}", table=table)
    inserted = plural(len(table.rows), "est insérée", "sont insérées")
    if operation.side == "start":
        return Sentence(f"au début {place.of_table}, {inserted} {rows}{COLON}", table=table)
    where = side_word(operation)
    text = f"{place.in_table}{where} {place.row}, {inserted} {rows}{COLON}"
    return Sentence(text, table=table)


def say_deleted_row(_: Operation, place: SentencePlace) -> Sentence:
    """« …la ligne « K » est supprimée »."""
    return Sentence(f"{place.in_table}{place.row} est supprimée")


def say_replaced_table(operation: Operation, place: SentencePlace) -> Sentence:
    """« le tableau « T » est remplacé par le tableau suivant : »."""
    table = settled_table(table_of(operation))
    return Sentence(f"{place.table} est remplacé par le tableau suivant{COLON}", table=table)


def say_inserted_table(operation: Operation, place: SentencePlace) -> Sentence:
    """« après le deuxième alinéa, il est inséré le tableau « T » suivant : »."""
    table = settled_table(table_of(operation))
    name = f" {quoted(table.caption)}" if table.caption else ""
    inserted = insertion(operation, place, "il est inséré")
    return Sentence(f"{inserted} le tableau{name} suivant{COLON}", table=table)


def say_deleted_table(_: Operation, place: SentencePlace) -> Sentence:
    """« le tableau « T » est supprimé »."""
    return Sentence(f"{place.table} est supprimé")


def say_replaced_note(operation: Operation, place: SentencePlace) -> Sentence:
    """« la note du tableau « T » est remplacée par la note suivante : »; no text suppresses it."""
    notes = paragraphs_of(operation)
    if not notes:
        return Sentence(f"{place.note} est supprimée")
    several = f"les {number_word(len(notes))} notes suivantes"
    following = plural(len(notes), "la note suivante", several)
    if operation.side == "end":
        return Sentence(f"{place.table} est complété par {following}{COLON}", notes)
    return Sentence(f"{place.note} est remplacée par {following}{COLON}", notes)


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
