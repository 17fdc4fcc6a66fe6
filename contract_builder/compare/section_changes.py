"""The edit script → all printed changes in reading order, and the renumbering told once."""

from collections.abc import Iterator

from contract_builder.compare.block_changes import BlockWalker
from contract_builder.compare.change import Change, ChangeKind, Where, make_words
from contract_builder.compare.inlines import edit_plain
from contract_builder.compare.numbering import Numbering, is_renumbering
from contract_builder.compare.printed import Contents, Printed, make_look, make_modified
from contract_builder.compare.script import Script, SectionEdit, Side
from contract_builder.compare.texts import blocks_text
from contract_builder.frozen import dataclass
from contract_builder.model.blocks import Inlines, Text
from contract_builder.model.contract import Section


@dataclass(frozen=True, slots=True)
class PrintedChanges:
    """Every printed change, and the renumbering that they caused (None when there is none)."""

    changes: tuple[Printed, ...]
    renumbering: Change | None


def tell_printed_changes(script: Script, numbering: Numbering) -> PrintedChanges:
    """The changes of the text, in the script's order."""
    walker = _SectionWalker(script, numbering)
    changes = tuple(walker.walk())
    return PrintedChanges(changes, walker.renumbering())


class _SectionWalker:
    def __init__(self, script: Script, numbering: Numbering) -> None:
        self._edits = script.sections
        self._numbering = numbering
        self._blocks = BlockWalker(numbering)
        self._labels: list[tuple[str, str]] = []
        self._gone = {edit.latest.id for edit in self._edits if edit.op == "delete"}
        self._come = {edit.latest.id for edit in self._edits if edit.op == "insert"}
        self._moved = {edit.latest.id for edit in self._edits if edit.op == "move_to"}
        self._headings = {edit.latest.id: edit.latest.heading for edit in self._edits}
        self._parents = {
            edit.latest.id: edit.old_parent if edit.new is None else edit.new_parent
            for edit in self._edits
            if edit.op != "move_from"
        }

    def walk(self) -> Iterator[Printed]:
        """All sections in order."""
        for index, edit in enumerate(self._edits):
            section = edit.latest
            heading = section.heading or self._heading_above(edit)
            where = Where(section=section.id, heading=heading, entry=index)
            match edit.op:
                case "insert":
                    if edit.new_parent not in self._come:
                        yield self._whole("insert", index, where)
                    yield from self._blocks.walk(edit.blocks, where, told=True)
                case "delete":
                    if edit.old_parent not in self._gone:
                        yield self._whole("delete", index, where)
                case "move_from":
                    yield from self._blocks.walk(edit.blocks, where)
                case "move_to":
                    yield from self._arrived(edit, where)
                case "modify":
                    yield from self._stood(edit, where)
                case _:
                    pass

    def _heading_above(self, edit: SectionEdit) -> str:
        """The heading of the nearest section above that has one."""
        parent = self._parents.get(edit.latest.id, "")
        while parent and not self._headings.get(parent):
            parent = self._parents.get(parent, "")
        return self._headings.get(parent, "")

    def renumbering(self) -> Change | None:
        """What the insertions, removals and moves did to the numbers, as one change."""
        links = self._blocks.renumbered_links
        if not self._labels and not links:
            return None
        numbered = [(old, new) for old, new in self._labels if old and new]
        text = f"{links} ligne{'s' if links > 1 else ''} (renvois ou rangs)" if links else ""
        return Change(
            kind="modify",
            cls="format",
            topic="renumerotation",
            where=Where(table="renumerotation"),
            old=" ; ".join(old for old, _ in numbered) or text,
            new=" ; ".join(new for _, new in numbered) or text,
        )

    def _whole(self, kind: ChangeKind, index: int, where: Where) -> Printed:
        text = self._subtree_text(index, "new" if kind == "insert" else "old")
        old, new = ("", text) if kind == "insert" else (text, "")
        return Printed(Change(kind, "substance", "section", where, old, new))

    def _subtree_text(self, index: int, side: Side) -> str:
        """The text of a section that comes or goes, with all that comes or goes below it."""
        op = "insert" if side == "new" else "delete"
        root = self._edits[index]
        members = {root.latest.id}
        texts = [_own_text(root, side)]
        for edit in self._edits[index + 1 :]:
            if edit.on(side) is None:
                continue
            parent = edit.new_parent if side == "new" else edit.old_parent
            if _depth(edit, side) <= _depth(root, side):
                break
            if edit.op == op and parent in members:
                members.add(edit.latest.id)
                texts.append(_own_text(edit, side))
        return "\n".join(text for text in texts if text)

    def _arrived(self, edit: SectionEdit, where: Where) -> Iterator[Printed]:
        """A section that moved; those that only follow the one above them are not told."""
        old, new = edit.source or edit.get("new"), edit.get("new")
        self._note_label(old, new)
        blocks = list(self._blocks.walk(edit.blocks, where))
        if edit.new_parent in self._moved and edit.new_parent == edit.old_parent:
            yield from self._heading(edit, old, new, where)
        else:
            retitled = old.title != new.title
            edited = retitled or blocks or len(old.blocks) != len(new.blocks)
            kind: ChangeKind = "move+modify" if edited else "move"
            before, after = _name(old), _name(new)
            words = make_words(edit_plain(before, after, self._numbering)) if retitled else ()
            yield Printed(Change(kind, "substance", "section", where, before, after, words))
        yield from blocks

    def _stood(self, edit: SectionEdit, where: Where) -> Iterator[Printed]:
        old, new = edit.get("old"), edit.get("new")
        self._note_label(old, new)
        if edit.old_parent != edit.new_parent and (old.heading or new.heading):
            yield Printed(Change("move", "substance", "section", where, _name(old), _name(new)))
        yield from self._heading(edit, old, new, where)
        yield from self._blocks.walk(edit.blocks, where)

    def _heading(
        self, edit: SectionEdit, old: Section, new: Section, where: Where
    ) -> Iterator[Printed]:
        if old.title != new.title:
            contents = Contents(_plain(old.title), _plain(new.title), edit.title)
            printed = make_modified(where, contents, self._numbering)
            if printed is not None:
                yield printed
        elif old.label != new.label and not is_renumbering(old, new):
            edits = edit_plain(old.heading, new.heading, self._numbering)
            contents = Contents(_plain(old.heading), _plain(new.heading), edits)
            printed = make_modified(where, contents, self._numbering)
            if printed is not None:
                yield printed
        if old.landscape != new.landscape:
            yield make_look(where, _orientation(old), _orientation(new))
        if old.kind != new.kind:
            yield make_look(where, f"partie « {old.kind} »", f"partie « {new.kind} »")

    def _note_label(self, old: Section, new: Section) -> None:
        if is_renumbering(old, new):
            self._labels.append((old.label, new.label))


def _name(section: Section) -> str:
    """The heading, else the text."""
    return section.heading or blocks_text(section.blocks)


def _depth(edit: SectionEdit, side: Side) -> int:
    return edit.new_depth if side == "new" else edit.old_depth


def _own_text(edit: SectionEdit, side: Side) -> str:
    section = edit.get(side)
    return "\n".join(part for part in (section.heading, blocks_text(section.blocks)) if part)


def _orientation(section: Section) -> str:
    return "paysage" if section.landscape else "portrait"


def _plain(text: str) -> Inlines:
    return (Text(text),) if text else ()
