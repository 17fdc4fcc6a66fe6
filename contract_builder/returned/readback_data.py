"""What was read back as plain data: the shape that other programs rely on (``cpom readback``)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from contract_builder.returned.change import ReturnedChange, ReturnedPlace
from contract_builder.returned.merging import Merged
from contract_builder.returned.readback import FileReadback
from contract_builder.returned.recognition import Recognised

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """One file: its name, the version that it is, what it says."""

    name: str
    recognised: Recognised
    readback: FileReadback


def readback_data(files: Sequence[ReturnedFile], merged: Merged) -> dict[str, Any]:
    """The files, changes, comments, conflicts and proof; what does not apply is null."""
    return {
        "files": [_file_data(file) for file in files],
        "changes": [_change_data(change) for change in merged.changes],
        "comments": list(_iter_comment_data(files)),
        "conflicts": [
            {"changes": list(conflict.changes), "why": conflict.why}
            for conflict in merged.conflicts
        ],
        "unmapped": [
            {"file": file.name, "text": text} for file in files for text in file.readback.unmapped
        ],
        "proof": {
            "rejected_equals_sent": all(f.readback.rejected_equals_sent for f in files),
            "accepted_equals_read": all(f.readback.accepted_equals_read for f in files),
        },
    }


def _file_data(file: ReturnedFile) -> dict[str, Any]:
    candidate = file.recognised.candidate
    return {
        "file": file.name,
        "recognised": {
            "by": file.recognised.by,
            "contract": candidate.sha256,
            "reference": candidate.reference or None,
            "mapped": round(file.readback.mapped, _DIGITS),
        },
        "authors": list(file.readback.authors),
    }


def _place_data(place: ReturnedPlace) -> dict[str, Any]:
    return {
        "section": place.section or None,
        "label": place.label or None,
        "title": place.title or None,
        "table": place.table or None,
        "row": place.row or None,
        "value": place.value or None,
    }


def _change_data(change: ReturnedChange) -> dict[str, Any]:
    value = change.value
    return {
        "id": change.id,
        "file": change.file,
        "tracked": change.tracked,
        "author": change.author,
        "date": change.date,
        "kind": change.kind,
        "class": change.cls,
        "where": _place_data(change.where),
        "old": change.old or None,
        "new": change.new or None,
        "value": None
        if value is None
        else {"old": value.old, "new": value.new, "problem": value.problem or None},
    }


def _iter_comment_data(files: Sequence[ReturnedFile]) -> Iterator[dict[str, Any]]:
    """The comments; ``id`` is unique among the files, ``reply_to`` one of them or null."""
    before = 0
    for file in files:
        comments = file.readback.comments
        answered = {comment.reply_to for comment in comments}
        for comment in comments:
            yield {
                "id": f"c{before + comment.number}",
                "file": file.name,
                "author": comment.author,
                "date": comment.date,
                "where": _place_data(comment.where),
                "text": comment.text,
                "about": comment.about,
                "reply_to": f"c{before + comment.reply_to}" if comment.reply_to else None,
                "answered": comment.number in answered,
                "settled": comment.is_settled,
            }
        before += len(comments)
