"""An operation → the French sentence that orders it, with what is quoted below it.

The forms are those of French amending texts; ``sentence_reading`` reads them back. All numbers and
quotations speak of the old contract as printed. Under « L’article 6.2 est ainsi modifié : » a
sentence names the alinéa or the table alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from contract_builder.amend.sentence import Sentence
from contract_builder.amend.sentence_places import SentencePlace
from contract_builder.amend.table_sentences import (
    say_deleted_row,
    say_deleted_table,
    say_inserted_rows,
    say_inserted_table,
    say_replaced_note,
    say_replaced_row,
    say_replaced_table,
)
from contract_builder.amend.text_sentences import (
    say_deleted_paragraphs,
    say_deleted_words,
    say_inserted_paragraphs,
    say_inserted_words,
    say_replaced_paragraph,
    say_replaced_title,
    say_replaced_words,
)
from contract_builder.amend.unit_names import UnitNames
from contract_builder.amend.unit_sentences import (
    say_deleted_whole,
    say_inserted_annex,
    say_inserted_section,
    say_inserted_sheet,
    say_moved_section,
    say_replaced_annex,
    say_replaced_section,
    say_replaced_sheet,
)
from contract_builder.model.amendment import Operation, OperationKind

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


_MAKERS: Final[dict[OperationKind, Callable[[Operation, SentencePlace], Sentence]]] = {
    "replace_words": say_replaced_words,
    "insert_words": say_inserted_words,
    "delete_words": say_deleted_words,
    "replace_paragraph": say_replaced_paragraph,
    "insert_paragraphs": say_inserted_paragraphs,
    "delete_paragraphs": say_deleted_paragraphs,
    "replace_section": say_replaced_section,
    "insert_section": say_inserted_section,
    "delete_section": say_deleted_whole,
    "move_section": say_moved_section,
    "replace_title": say_replaced_title,
    "replace_row": say_replaced_row,
    "insert_rows": say_inserted_rows,
    "delete_row": say_deleted_row,
    "replace_table": say_replaced_table,
    "insert_table": say_inserted_table,
    "delete_table": say_deleted_table,
    "replace_note": say_replaced_note,
    "replace_sheet": say_replaced_sheet,
    "insert_sheet": say_inserted_sheet,
    "delete_sheet": say_deleted_whole,
    "replace_annex": say_replaced_annex,
    "insert_annex": say_inserted_annex,
    "delete_annex": say_deleted_whole,
}
