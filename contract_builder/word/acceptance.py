"""The revisions of a Word file: told one by one, accepted or refused, all or some.

Reads any file; the rules are those of ``word.tracked``. A file in the strict form of the standard
is read and written as such; models and files with macros are refused as everywhere, and what a
file embeds or points to (objects, other documents, images) is kept as it is, never opened.
"""

from collections.abc import Callable, Mapping

from contract_builder.word.package import read_parts, write_package
from contract_builder.word.tracked.choosing import Decide, decide_marks
from contract_builder.word.tracked.listing import locate_revisions
from contract_builder.word.tracked.marks import Mark, iter_marks
from contract_builder.word.tracked.notes import drop_uncalled, find_calls
from contract_builder.word.tracked.parts import TextPart, load_text_parts
from contract_builder.word.tracked.revision import Revision
from contract_builder.word.tracked.settling import settle_part


def list_revisions(docx: bytes) -> tuple[Revision, ...]:
    """Every revision, part by part in the order of the file, in document order.

    Raises ``TemplateError`` when this is no Word document, or a broken one.
    """
    parts = load_text_parts(read_parts(docx, accept_strict=True))
    return tuple(found.revision for part in parts for found in locate_revisions(part))


def accept_all(docx: bytes) -> bytes:
    """The file with every change accepted, and no mark left. Raises as ``list_revisions``."""
    return _settle(docx, lambda part: _all_marks(part, accepted=True))


def reject_all(docx: bytes) -> bytes:
    """The file with every change refused, and no mark left. Raises as ``list_revisions``."""
    return _settle(docx, lambda part: _all_marks(part, accepted=False))


def settle_revisions(docx: bytes, decide: Decide) -> bytes:
    """The file with each revision accepted, refused or left open with its author, as decided.

    ``decide`` is asked once a revision (``decide_by_id`` and ``decide_by_author`` make one). An
    insertion that is refused takes what it holds with it, another author's open revisions too.
    The ``id`` of what stays open is counted anew. Raises as ``list_revisions``.
    """
    return _settle(docx, lambda part: decide_marks(locate_revisions(part), decide))


def settle_marks(docx: bytes, decide: Callable[[Mark], bool | None]) -> bytes:
    """The file with each mark accepted (True), refused (False) or left open (None), as decided.

    For callers that know the marks themselves; nothing joins both places of a move but they.
    """

    def fates(part: TextPart) -> dict[Mark, bool]:
        decided = ((mark, decide(mark)) for mark in iter_marks(part.root))
        return {m: m.keeps(accepted=accepted) for m, accepted in decided if accepted is not None}

    return _settle(docx, fates)


def _all_marks(part: TextPart, *, accepted: bool) -> dict[Mark, bool]:
    return {mark: mark.keeps(accepted=accepted) for mark in iter_marks(part.root)}


def _settle(docx: bytes, find_fates: Callable[[TextPart], Mapping[Mark, bool]]) -> bytes:
    parts = read_parts(docx, accept_strict=True)
    texts = load_text_parts(parts)
    calls = find_calls(texts)
    changed = {text.name for text in texts if settle_part(text.root, find_fates(text))}
    changed |= drop_uncalled(texts, calls)
    parts.update((text.name, text.render()) for text in texts if text.name in changed)
    return write_package(parts)
