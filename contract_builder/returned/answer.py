"""The file to send again: a returned file with what was decided of each of its changes (ADR 0029).

Accepted changes are settled; refused and countered ones are answered by tracked changes of ours,
so that theirs still stand below; open ones stay as they came, with author and date. What cannot be
shown so is told. ``drafted`` is the same file as our next draft reads: ours accepted, theirs that
are open refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from contract_builder.returned.answer_lines import UNTRACKED_AUTHOR, LineAnswerer
from contract_builder.returned.answer_tracked import TrackedAnswerer
from contract_builder.returned.decided import DecidedChange
from contract_builder.returned.pieces import PARAGRAPH_TAG, STAMP
from contract_builder.returned.readback import FileReadback
from contract_builder.returned.reading import read_lines, stamp_paragraphs
from contract_builder.returned.sent import SentVersion
from contract_builder.word.acceptance import settle_marks
from contract_builder.word.ooxml import w
from contract_builder.word.package import read_parts, write_package
from contract_builder.word.revisions import Reviser
from contract_builder.word.tracked.marks import Mark, iter_marks
from contract_builder.word.tracked.parts import TextPart, load_text_parts

_ID: Final = w("id")
_AUTHOR: Final = w("author")


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """``docx`` is the file to send again, ``drafted`` what the next draft reads, ``told`` what the
    file could not show and what was settled without a mark, one French sentence each.
    """

    docx: bytes
    drafted: bytes
    told: tuple[str, ...]


def write_answer(
    read: FileReadback,
    sent: SentVersion,
    decided: Sequence[DecidedChange],
    *,
    author: str,
    at: datetime,
) -> AnsweredFile:
    """The answer to one returned file; ``decided`` are its own changes, each once.

    ``author`` is our name in the marks, ``at`` their time, with a time zone.
    """
    return _AnswerWriter(read, sent, author, at).write(decided)


class _AnswerWriter:
    def __init__(self, read: FileReadback, sent: SentVersion, author: str, at: datetime) -> None:
        self._files = read_parts(read.stamped)
        self._parts = load_text_parts(self._files)
        last = max(_iter_ids(self._parts), default=0)
        self._author = author
        self._ours = Reviser(author, at, last)
        self._nobody = Reviser(UNTRACKED_AUTHOR, at, last + _ROOM)
        marks = {
            int(stamp): mark.element
            for part in self._parts
            for mark in iter_marks(part.root)
            if (stamp := mark.element.get(STAMP)) is not None
        }
        self._tracked = TrackedAnswerer(marks, self._ours)
        stamped = stamp_paragraphs(sent.docx)
        self._lines = LineAnswerer(
            read,
            _by_stamp(self._parts),
            read_lines(stamped),
            _by_stamp(load_text_parts(read_parts(stamped))),
        )
        self._told: list[str] = []
        self._settled: dict[str, bool] = {}
        self._answered: set[str] = set()

    def write(self, decided: Sequence[DecidedChange]) -> AnsweredFile:
        """Everything answered, then what is settled settled, then the stamps taken off."""
        for item in decided:
            if item.change.tracked:
                self._answer_tracked(item)
            else:
                self._answer_untracked(item)
        self._files.update((part.name, part.render()) for part in self._parts)
        settled = settle_marks(write_package(self._files), self._fate)
        drafted = settle_marks(settled, self._draft)
        return AnsweredFile(_without_stamps(settled), _without_stamps(drafted), tuple(self._told))

    def _fate(self, mark: Mark) -> bool | None:
        """True for a mark that is accepted, False for one that is undone, None for an open one."""
        return self._settled.get(mark.element.get(STAMP, ""))

    def _draft(self, mark: Mark) -> bool:
        """Our marks are accepted, with theirs that they answer; what is open is refused."""
        stamp = mark.element.get(STAMP)
        if stamp is not None:
            return stamp in self._answered
        return mark.element.get(_AUTHOR) == self._author

    def _answer_tracked(self, item: DecidedChange) -> None:
        change = item.change
        is_look = change.cls == "format"
        if item.choice == "accepte" or (item.choice == "refuse" and is_look):
            is_accepted = item.choice == "accepte"
            self._settled.update((str(stamp), is_accepted) for stamp in change.marks)
            if not is_accepted:
                self._told.append(
                    f"{change.id} : la mise en forme est remise comme elle était, sans marque de "
                    f"révision ; celle de « {change.author or 'auteur inconnu'} » n’apparaît plus."
                )
        elif item.choice != "ouvert":
            self._answered.update(map(str, change.marks))
            if item.choice == "refuse":
                self._tracked.refuse(change)
            else:
                self._tracked.counter(change, item.text)

    def _answer_untracked(self, item: DecidedChange) -> None:
        change = item.change
        if item.choice == "accepte":
            return
        if change.kind in ("format", "move"):
            self._told.append(
                f"{change.id} : {_KINDS[change.kind]} que personne n’a marqué reste tel quel dans "
                "le fichier."
            )
            return
        if item.choice == "refuse":
            done = self._lines.refuse(change, self._ours)
        elif item.choice == "contre":
            done = self._lines.counter(change, item.text, self._ours)
        else:
            done = self._lines.show(change, self._nobody)
        if not done:
            self._told.append(
                f"{change.id} : cette modification ne peut pas être marquée à sa place ; faites-le "
                "dans Word avant d’envoyer le fichier."
            )


_LONGEST_ID: Final = 9
"""Digits: a control's own identifier may be near the greatest of 32 bits, and is left out."""
_ROOM: Final = 1_000_000
"""Marks of ours for which there are ids before those of nobody begin."""
_KINDS: Final[Mapping[str, str]] = {
    "format": "le changement de présentation",
    "move": "le déplacement",
}


def _iter_ids(parts: Sequence[TextPart]) -> Iterator[int]:
    for part in parts:
        for element in part.root.iter():
            control = element.get(w("val"), "") if element.tag == _ID else ""
            for identifier in (element.get(_ID, ""), control, element.get("id", "")):
                if identifier.isdecimal() and len(identifier) < _LONGEST_ID:
                    yield int(identifier)


def _by_stamp(parts: Sequence[TextPart]) -> dict[int, etree._Element]:
    return {
        int(stamp): paragraph
        for part in parts
        for paragraph in part.root.iter(PARAGRAPH_TAG)
        if (stamp := paragraph.get(STAMP)) is not None
    }


def _without_stamps(docx: bytes) -> bytes:
    files = read_parts(docx)
    for part in load_text_parts(files):
        for element in part.root.iter():
            element.attrib.pop(STAMP, "")
        files[part.name] = part.render()
    return write_package(files)
