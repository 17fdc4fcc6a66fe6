"""The consolidated text as a document: the same tree as a contract, so that the writers print it.

It begins with what it is and what it is not, bears at each changed passage a remark that names the
avenant, and ends with the list of what the avenants changed; nobody signs it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from contract_builder.amend.consolidation import Consolidation, IntegratedAmendment
from contract_builder.amend.origins import PassageOrigin, print_origins
from contract_builder.amend.unit_names import name_units
from contract_builder.amend.wording import sentence_case
from contract_builder.model.amendment import Operation, OperationKind
from contract_builder.model.blocks import Cell, Column, Paragraph, Row, Table, Text
from contract_builder.model.contract import Contract, CoverLine, Section
from contract_builder.model.french import NBSP, enumerate_words, long_date

_VERBS: Final[dict[str, str]] = {
    "insert": "ajout",
    "delete": "suppression",
    "move": "déplacement",
    "replace": "remplacement",
}
_OUTSIDE: Final[frozenset[OperationKind]] = frozenset(
    {
        "replace_section", "insert_section", "delete_section", "move_section",
        "replace_sheet", "insert_sheet", "delete_sheet",
        "replace_annex", "insert_annex", "delete_annex",
    }
)  # fmt: skip
_COLUMNS: Final = (
    Column("Avenant", 4),
    Column("Passage du contrat", 4),
    Column("Modification", 3),
)


def print_consolidation(consolidation: Consolidation, on: date) -> Contract:
    """The document of the text in force on ``on``, ready for the writers."""
    contract = consolidation.contract
    title = f"Texte consolidé au {long_date(on)}"
    sections = [
        print_origins(section, consolidation.origins)
        for section in contract.sections
        if section.kind not in ("signatures", "lacunes")
    ]
    origins = [_list_changes(consolidation.integrated)] if consolidation.integrated else []
    header = replace(
        contract.header,
        title=title,
        subtitle=contract.header.title,
        cover_lines=(
            CoverLine("Texte consolidé", f"au {long_date(on)}"),
            CoverLine("Avenants intégrés", _name_all(consolidation.integrated)),
            *contract.header.cover_lines,
        ),
        signatories=(),
    )
    notice = _notice(title, consolidation.integrated)
    return Contract(header, (notice, *sections, *origins))


def _name_all(integrated: Sequence[IntegratedAmendment]) -> str:
    if not integrated:
        return "aucun"
    return enumerate_words([_name(item) for item in integrated])


def _name(integrated: IntegratedAmendment) -> str:
    amendment = integrated.amendment
    day = "" if amendment.signed_on is None else f" du {long_date(amendment.signed_on)}"
    return f"n°{NBSP}{amendment.number}{day}"


def _notice(title: str, integrated: Sequence[IntegratedAmendment]) -> Section:
    marked = (
        " Une note au bas de la page dit de quel avenant vient chaque passage modifié."
        if integrated
        else ""
    )
    text = (
        "Ce texte réunit, pour information, le contrat et ses avenants en vigueur à cette date. Il "
        f"n’est pas signé{NBSP}; seuls le contrat et les avenants signés font foi.{marked}"
    )
    return Section(
        id="consolidation-avis",
        kind="article",
        title=title,
        blocks=(Paragraph((Text(text),)),),
    )


def _list_changes(integrated: Sequence[IntegratedAmendment]) -> Section:
    """What each article of each avenant changed, what was suppressed included."""
    told = dict.fromkeys(row for item in integrated for row in _iter_changes(item))
    rows = tuple(
        Row(f"changement-{rank}", tuple(Cell((Text(text),)) for text in texts))
        for rank, texts in enumerate(told, start=1)
    )
    return Section(
        id="consolidation-origines",
        kind="annexe",
        title="Origine des modifications",
        blocks=(Table("consolidation.origines", "Modifications intégrées", _COLUMNS, rows),),
    )


def _iter_changes(integrated: IntegratedAmendment) -> Iterator[tuple[str, str, str]]:
    names = name_units(integrated.before)
    amendment = integrated.amendment
    for operation in amendment.operations:
        origin = PassageOrigin(amendment.number, amendment.signed_on, (operation.article,))
        verb = _VERBS[operation.kind.partition("_")[0]]
        for passage in _passages(operation):
            yield origin.words, passage, verb
        if not _passages(operation):
            name = sentence_case(names.get(operation.where.unit).name)
            yield origin.words, name, verb if operation.kind in _OUTSIDE else "modification"


def _passages(operation: Operation) -> tuple[str, ...]:
    """The headings of the units that the operation brings in; none for the others."""
    if operation.kind not in ("insert_section", "insert_sheet", "insert_annex"):
        return ()
    return tuple(
        item.heading
        for item in operation.content or ()
        if isinstance(item, Section) and item.heading
    )
