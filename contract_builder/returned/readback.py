"""One returned file → what it says otherwise than the version that was sent.

Order: stamps on the paragraphs → everything refused and everything accepted → both read → lines
paired with those sent → untracked changes → tracked ones → comments → proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from contract_builder.returned.change import ReturnedChange, ReturnedComment
from contract_builder.returned.comments import read_comments
from contract_builder.returned.lines import WordLine
from contract_builder.returned.pairing import LinePairing, pair_lines
from contract_builder.returned.reading import read_lines, stamp_paragraphs
from contract_builder.returned.sent import SentVersion
from contract_builder.returned.tracked import TrackedTeller, accepted_text
from contract_builder.returned.untracked import tell_untracked
from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.package import read_parts


@dataclass(frozen=True, slots=True)
class FileReadback:
    """What one file says: ``untracked`` changes first, then ``tracked`` ones, both in its order.

    ``mapped`` is the share of the clauses sent that are found again, from 0 to 1, ``missing`` the
    titles of the others, ``unmapped`` the texts that belong to no clause. ``rejected_equals_sent``:
    with every revision refused the file is what was sent; ``accepted_equals_read``: with every
    revision accepted it says what the marks were read to say. ``stamped`` is the file with the
    stamps that changes name, ``pairing`` of the lines sent with ``refused``, those of the file with
    everything refused.
    """

    untracked: tuple[ReturnedChange, ...]
    tracked: tuple[ReturnedChange, ...]
    comments: tuple[ReturnedComment, ...]
    authors: tuple[str, ...]
    mapped: float
    missing: tuple[str, ...]
    unmapped: tuple[str, ...]
    rejected_equals_sent: bool
    accepted_equals_read: bool
    stamped: bytes = b""
    refused: tuple[WordLine, ...] = ()
    pairing: LinePairing = field(default_factory=lambda: LinePairing({}, {}))


def read_back(docx: bytes, sent: SentVersion) -> FileReadback:
    """What the file changed of ``sent``. Raises TemplateError when it cannot be read."""
    stamped = stamp_paragraphs(docx)
    lines = read_lines(stamped)
    refused = read_lines(reject_all(stamped))
    pairing = pair_lines(sent.lines, refused)
    teller = TrackedTeller(sent, lines, refused, pairing)
    untracked = tuple(tell_untracked(sent, refused, pairing))
    tracked = tuple(teller.tell())
    comments = tuple(read_comments(read_parts(stamped), teller.stamped_place))
    accepted = "".join(line.text for line in read_lines(accept_all(stamped)))
    mapped, missing = _map_sections(sent, pairing)
    return FileReadback(
        untracked,
        tracked,
        comments,
        _authors(tracked, comments),
        mapped,
        missing,
        tuple(_find_unmapped(sent, refused, pairing)),
        not untracked,
        _squeeze(accepted) == _squeeze(accepted_text(lines)),
        stamped,
        tuple(refused),
        pairing,
    )


def _map_sections(sent: SentVersion, pairing: LinePairing) -> tuple[float, tuple[str, ...]]:
    """The share of the clauses sent of which a line at least is found, and the others' titles."""
    sections = sent.section_lines()
    lost = [
        name
        for name, lines in sections.items()
        if not any(at in pairing.stays or at in pairing.moves for at in lines)
    ]
    share = 1 - len(lost) / len(sections) if sections else 0.0
    return share, tuple(sent.titles[name].title or sent.titles[name].section for name in lost)


def _find_unmapped(
    sent: SentVersion, refused: Sequence[WordLine], pairing: LinePairing
) -> list[str]:
    """Texts that came before any clause and were not sent: nothing says where they belong."""
    known = pairing.returned
    found = []
    for index, line in enumerate(refused):
        if index in known and known[index] >= sent.first:
            break
        if index not in known and line.story in ("body", "note"):
            found.append(line.text)
    return found


def _authors(
    changes: Sequence[ReturnedChange], comments: Sequence[ReturnedComment]
) -> tuple[str, ...]:
    names = [*(item.author for item in changes), *(item.author for item in comments)]
    return tuple(dict.fromkeys(name for name in names if name))


def _squeeze(text: str) -> str:
    return "".join(text.replace("|", "").split())
