"""What the filters of the page look for: the class, the kind and the topic of a change."""

from typing import NamedTuple

from contract_builder.compare.change import Change, ChangeClass, ChangeKind, Topic

_KINDS: dict[ChangeKind, tuple[ChangeKind, ...]] = {"move+modify": ("move", "modify")}
_OP_KINDS: dict[str, ChangeKind] = {
    "insert": "insert",
    "delete": "delete",
    "move_from": "move",
    "move_to": "move",
}


class Tag(NamedTuple):
    """One way in which a line is found; a change that is moved and modified is found by both."""

    cls: ChangeClass
    kind: ChangeKind
    topic: Topic

    @property
    def name(self) -> str:
        """The style class that a line bears: « x-substance-insert-texte »."""
        return f"x-{self.cls}-{self.kind}-{self.topic}"


def change_tags(change: Change) -> tuple[Tag, ...]:
    """The tags of a change."""
    kinds = _KINDS.get(change.kind, (change.kind,))
    return tuple(Tag(change.cls, kind, change.topic) for kind in kinds)


def op_tags(op: str, topic: Topic) -> tuple[Tag, ...]:
    """The tags of a line that no change tells, such as a paragraph carried along by a move."""
    return (Tag("substance", _OP_KINDS.get(op, "modify"), topic),)
