"""Whether an avenant's file still says what was proved: what somebody changed in it shows.

Its sentences are written again from its operations, and the text that an operation quotes is
compared with the content that it puts in.
"""

import re
from itertools import groupby

from contract_builder.amend.articles import OperationGroup, word_articles
from contract_builder.amend.unit_names import UnitNames, name_units
from contract_builder.amend.units import quoted_text
from contract_builder.model.amendment import Amendment, Operation
from contract_builder.model.blocks import Row
from contract_builder.model.contract import Contract
from contract_builder.model.french import NBSP

_ANNEX_OF_SHEET = re.compile(r"fiche \S+ de l’annexe\s(\w+)")
_AGAIN = "Reprenez le fichier tel qu’il a été écrit avec l’avenant."


def find_flaw(amendment: Amendment, old: Contract) -> str:
    """Why the avenant cannot be trusted, as French sentences; empty when nothing shows.

    ``old`` is the text that it speaks of. Where that bears other numbers than the avenant names,
    its sentences cannot be written again and are not compared.
    """
    proof = amendment.proof
    if not (proof.apply_equals_new and proof.parsed_sentences_equal_operations):
        return f"son fichier dit qu’il n’a pas été prouvé. {_AGAIN}"
    names = name_units(old)
    for operation in amendment.operations:
        if not _rows_say_the_same(operation):
            return _changed(operation)
    if not _is_named_alike(amendment, names):
        return ""
    changed = _find_other_sentence(amendment, names)
    return "" if changed is None else _changed(changed)


def _changed(operation: Operation) -> str:
    return (
        f"son fichier a été modifié depuis qu’il a été écrit, car l’opération {operation.id} "
        f"(article{NBSP}{operation.article}) n’ordonne plus ce que dit sa phrase. {_AGAIN}"
    )


def _rows_say_the_same(operation: Operation) -> bool:
    """True unless the rows put in are other ones than those told."""
    rows = [item for item in operation.content or () if isinstance(item, Row)]
    if operation.kind not in ("replace_row", "insert_rows") or not rows:
        return True
    told = tuple(tuple(quoted_text(cell.content) for cell in row.cells) for row in rows)
    return operation.new == told


def _is_named_alike(amendment: Amendment, names: UnitNames) -> bool:
    """True when every unit that the avenant names bears that number or name."""
    return all(
        operation.where.unit in names.ids
        and names.get(operation.where.unit).unit.label == operation.where.label
        and _is_in_annex(operation, names)
        for operation in amendment.operations
    )


def _is_in_annex(operation: Operation, names: UnitNames) -> bool:
    """False for a sheet whose annex bears another number than the sentence says."""
    said = _ANNEX_OF_SHEET.search(operation.sentence)
    return said is None or said[1] == names.get(operation.where.unit).annex


def _find_other_sentence(amendment: Amendment, names: UnitNames) -> Operation | None:
    """The first operation whose sentence is not the one that it is said by."""
    groups = [
        (article, tuple(found))
        for article, found in groupby(amendment.operations, key=lambda item: item.article)
    ]
    if not groups or not groups[0][0].isdigit():
        return amendment.operations[0] if amendment.operations else None
    try:
        worded = word_articles(
            [OperationGroup("", "", found) for _, found in groups], names, int(groups[0][0])
        )
    except (KeyError, ValueError, IndexError, TypeError):
        return amendment.operations[0]
    again = [item for article in worded for item in article.group.operations]
    pairs = zip(amendment.operations, again, strict=True)
    return next((told for told, made in pairs if told.sentence != made.sentence), None)
