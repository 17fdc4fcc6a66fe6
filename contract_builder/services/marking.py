"""Returned files with what nobody tracked marked as well, so that Word shows it all.

Nothing is decided: tracked changes stay as they came, with their authors; the others are marked
under the name of nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from contract_builder.files.publish import Published, publish
from contract_builder.services.receiving import ReadCopies

_ENDING: Final = "-marque.docx"


@dataclass(frozen=True, slots=True)
class MarkedFiles:
    """The files written, one for each copy, and in French what they could not show."""

    published: Published
    told: tuple[str, ...]


def write_marked_files(copies: ReadCopies, folder: Path, at: datetime) -> MarkedFiles:
    """Writes into ``folder`` each copy with its untracked changes marked; ``at`` dates the marks.

    A file of that name that somebody changed is kept under another one. UserError when the folder
    or the disk refuses.
    """
    from contract_builder.returned.answer import write_answer
    from contract_builder.returned.answer_lines import UNTRACKED_AUTHOR
    from contract_builder.returned.decided import DecidedChange

    products: dict[str, bytes] = {}
    told: list[str] = []
    for file, changes in zip(copies.files, copies.merged.copies, strict=True):
        opened = [DecidedChange(change, "ouvert") for change in changes if not change.tracked]
        marked = write_answer(file.readback, copies.sent, opened, author=UNTRACKED_AUTHOR, at=at)
        products[_free_name(Path(file.name).stem, products)] = marked.docx
        told += marked.told
    return MarkedFiles(publish(folder, products), tuple(told))


def _free_name(stem: str, taken: dict[str, bytes]) -> str:
    """The name of a marked file; numbered when copies bear the same."""
    name, number = f"{stem}{_ENDING}", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}{_ENDING}"
    return name
