"""Whether what is told of a returned file is what the other party did: found, missed, invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from contract_builder.word.markers import bookmark_name
from tests.other_party import Edit

KINDS: Final[Mapping[str, frozenset[str]]] = {
    "words": frozenset({"modify"}),
    "words-added": frozenset({"insert", "modify"}),
    "words-gone": frozenset({"delete", "modify"}),
    "typography": frozenset({"modify"}),
    "cell": frozenset({"modify"}),
    "row-added": frozenset({"insert"}),
    "row-gone": frozenset({"delete"}),
    "paragraph-added": frozenset({"insert"}),
    "paragraph-gone": frozenset({"delete"}),
    "clause-added": frozenset({"section-added"}),
    "clause-gone": frozenset({"section-removed"}),
    "clause-moved": frozenset({"move"}),
    "header": frozenset({"insert", "modify"}),
    "footer": frozenset({"insert", "modify"}),
    "note": frozenset({"modify"}),
    "look": frozenset({"format"}),
}
_CLASSES: Final = {"typography": "typographie", "look": "format"}


@dataclass(slots=True)
class Matching:
    """What was found, missed and invented."""

    found: list[Edit] = field(default_factory=list)
    missed: list[Edit] = field(default_factory=list)
    invented: list[Mapping[str, Any]] = field(default_factory=list)


def match_edits(edits: Sequence[Edit], data: Mapping[str, Any]) -> Matching:
    """Each edit with one change (or comment) that says it; each is used once."""
    result = Matching()
    changes = list(data["changes"])
    comments = list(data["comments"])
    for edit in edits:
        told = comments if edit.kind == "comment" else changes
        test = _is_comment if edit.kind == "comment" else is_change
        match = next((item for item in told if test(edit, item)), None)
        if match is None:
            result.missed.append(edit)
        else:
            told.remove(match)
            result.found.append(edit)
    result.invented = [*changes, *comments]
    return result


def is_change(edit: Edit, change: Mapping[str, Any]) -> bool:
    """True when the change says the edit: place, words, author, tracked or not, class."""
    section = change["where"]["section"]
    return (
        change["kind"] in KINDS[edit.kind]
        and change["class"] == _CLASSES.get(edit.kind, "substance")
        and change["tracked"] == edit.tracked
        and change["author"] == edit.author
        and (not edit.bookmark or (section is not None and bookmark_name(section) == edit.bookmark))
        and (edit.kind not in ("header", "footer") or section is None)
        and edit.old in (change["old"] or "")
        and edit.new in (change["new"] or "")
    )


def _is_comment(edit: Edit, comment: Mapping[str, Any]) -> bool:
    section = comment["where"]["section"]
    return (
        comment["author"] == edit.author
        and comment["text"] == edit.new
        and comment["about"] == edit.old.strip()
        and section is not None
        and bookmark_name(section) == edit.bookmark
    )
