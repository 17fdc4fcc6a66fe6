"""A seeded editor that plays the other party on a Word file, with and without tracking.

It writes the marks that Word writes, never more than one edit in a paragraph, row or clause, and
says what it did: each ``Edit`` is what a reader of the file must find again.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Final

from lxml import etree

from contract_builder.word.ooxml import parse_xml, w
from tests.edit_marks import (
    after_clause,
    append_words,
    delete_runs,
    make_paragraph,
    mark_end,
    mark_move,
    mark_row,
    replace_in_run,
    share_date,
    take_away,
)
from tests.word_editor import AUTHORS, Edit, WordEditor, plain_text, style_of, text_of


def _word_span(party: WordEditor, text: str) -> tuple[int, int]:
    words = [m.span() for m in re.finditer(r"\w{5,}", text)] or [(0, len(text))]
    return party.random.choice(words)


def replace_words(party: WordEditor, author: str | None) -> Edit | None:
    found = party.pick_run()
    if found is None:
        return None
    paragraph, run, text = found
    start, end = _word_span(party, text)
    new = party.words()
    replace_in_run(party, run, (start, end), new, author)
    return Edit("words", author is not None, author, text[start:end], new, party.section(paragraph))


def insert_words(party: WordEditor, author: str | None) -> Edit | None:
    found = party.pick_run()
    if found is None:
        return None
    paragraph, run, text = found
    _, end = _word_span(party, text)
    new = f" {party.words()}"
    replace_in_run(party, run, (end, end), new, author)
    return Edit("words-added", author is not None, author, "", new, party.section(paragraph))


def delete_words(party: WordEditor, author: str | None) -> Edit | None:
    found = party.pick_run()
    if found is None:
        return None
    paragraph, run, text = found
    start, end = _word_span(party, text)
    replace_in_run(party, run, (start, end), "", author)
    section = party.section(paragraph)
    return Edit("words-gone", author is not None, author, text[start:end], "", section)


def change_spaces(party: WordEditor, author: str | None) -> Edit | None:
    """A no-break space made plain, or an apostrophe made straight."""
    for _ in range(40):
        found = party.pick_run(12)
        if found is None:
            return None
        paragraph, run, text = found
        at = next((n for n, c in enumerate(text) if c in "\u00a0’"), -1)
        if at >= 0:
            new = " " if text[at] == "\u00a0" else "'"
            replace_in_run(party, run, (at, at + 1), new, author)
            section = party.section(paragraph)
            return Edit("typography", author is not None, author, text[at], new, section)
    return None


def change_cell(party: WordEditor, author: str | None) -> Edit | None:
    row = party.pick_row()
    if row is None:
        return None
    runs = [run for run in row.iter(w("r")) if plain_text(run).strip()]
    run = party.random.choice(runs)
    text, new = plain_text(run), f"{party.random.randint(100, 999)}"
    table = row.getparent()
    assert table is not None
    replace_in_run(party, run, (0, len(text)), new, author)
    return Edit("cell", author is not None, author, text, new, party.section(table))


def add_row(party: WordEditor, author: str | None) -> Edit | None:
    row = party.pick_row()
    if row is None:
        return None
    new = deepcopy(row)
    for cell in new.iter(w("tc")):
        for paragraph in cell.iter(w("p")):
            words = party.words()
            for child in list(paragraph):
                if child.tag != w("pPr"):
                    paragraph.remove(child)
            append_words(party, paragraph, words, author, "ins")
    mark_row(party, new, author, "ins")
    row.addnext(new)
    table = new.getparent()
    assert table is not None
    text = text_of(next(iter(new.iter(w("tc")))))
    return Edit("row-added", author is not None, author, "", text, party.section(table))


def delete_row(party: WordEditor, author: str | None) -> Edit | None:
    row = party.pick_row()
    if row is None:
        return None
    table = row.getparent()
    assert table is not None
    section, text = party.section(table), next(t.text or "" for t in row.iter(w("t")) if t.text)
    if author is None:
        table.remove(row)
    else:
        mark_row(party, row, author, "del")
        for paragraph in list(row.iter(w("p"))):
            delete_runs(party, paragraph, author)
    return Edit("row-gone", author is not None, author, text, "", section)


def add_paragraph(party: WordEditor, author: str | None) -> Edit | None:
    found = party.pick_run()
    if found is None:
        return None
    paragraph = found[0]
    words = f"Les parties conviennent {party.words()}."
    paragraph.addnext(make_paragraph(party, style_of(paragraph), words, author))
    section = party.section(paragraph)
    return Edit("paragraph-added", author is not None, author, "", words, section)


def delete_paragraph(party: WordEditor, author: str | None) -> Edit | None:
    found = party.pick_run()
    if found is None:
        return None
    paragraph = found[0]
    section, text = party.section(paragraph), found[2]
    if author is not None:
        delete_runs(party, paragraph, author)
        mark_end(party, paragraph, author, "del")
        share_date([paragraph])
    else:
        take_away(paragraph)
    return Edit("paragraph-gone", author is not None, author, text, "", section)


def add_clause(party: WordEditor, author: str | None) -> Edit | None:
    found = party.pick_clause()
    if found is None:
        return None
    name, elements = found
    title = f"Clause nouvelle {party.words()}"
    new = [
        make_paragraph(party, style_of(elements[0]), title, author),
        make_paragraph(party, "BodyText", f"Il est convenu {party.words()}.", author),
    ]
    if author is not None:
        share_date(new)
    for element in reversed(new):
        after_clause(elements[-1]).addnext(element)
    return Edit("clause-added", author is not None, author, "", title, name)


def delete_clause(party: WordEditor, author: str | None) -> Edit | None:
    found = party.pick_clause()
    if found is None:
        return None
    name, elements = found
    text = text_of(elements[0])
    for element in elements:
        if author is None:
            party.drop_bookmarks(element)
            take_away(element)
        else:
            delete_runs(party, element, author)
            mark_end(party, element, author, "del")
    if author is not None:
        share_date(elements)
    return Edit("clause-gone", author is not None, author, text, "", name)


def move_clause(party: WordEditor, author: str | None) -> Edit | None:
    """A clause after another one; Word marks each paragraph on both sides."""
    found, target = party.pick_clause(), party.pick_clause()
    if found is None or target is None:
        return None
    name, elements = found
    text = text_of(elements[0])
    if author is None:
        place = after_clause(target[1][-1])
        for element in reversed(elements):
            place.addnext(element)
        return Edit("clause-moved", tracked=False, author=None, old=text, new=text, bookmark=name)
    copies = [deepcopy(element) for element in elements]
    for copy in copies:
        for mark in list(copy.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            take_away(mark)
    mark_move(party, elements, author, "From", name)
    mark_move(party, copies, author, "To", name)
    place = after_clause(target[1][-1])
    for copy in reversed(copies):
        place.addnext(copy)
    share_date([*elements, *copies])
    return Edit("clause-moved", True, author, text, text, name)


def change_header(party: WordEditor, author: str | None) -> Edit | None:
    return _change_frame(party, author, "header")


def change_footer(party: WordEditor, author: str | None) -> Edit | None:
    return _change_frame(party, author, "footer")


def _change_frame(party: WordEditor, author: str | None, kind: str) -> Edit | None:
    found = party.frame_part(kind)
    if found is None or any(edit.kind == kind for edit in party.edits):
        return None
    name, root = found
    run = next(run for run in root.iter(w("r")) if plain_text(run).strip())
    text, new = plain_text(run), party.words()
    replace_in_run(party, run, (len(text), len(text)), f" {new}", author)
    party.put(name, root)
    return Edit(kind, author is not None, author, "", new)


def change_note(party: WordEditor, author: str | None) -> Edit | None:
    data = party.part("word/footnotes.xml")
    if data is None:
        return None
    root = parse_xml(data)
    runs = [
        run
        for note in root
        if note.get(w("type")) is None and next(note.iter(w("del"), w("ins")), None) is None
        for run in note.iter(w("r"))
        if len(plain_text(run)) > 20 and "(point" not in text_of(note)
    ]
    if not runs:
        return None
    run = party.random.choice(runs)
    text = plain_text(run)
    start, end = _word_span(party, text)
    new = party.words()
    replace_in_run(party, run, (start, end), new, author)
    party.put("word/footnotes.xml", root)
    return Edit("note", author is not None, author, text[start:end], new)


def change_look(party: WordEditor, author: str | None) -> Edit | None:
    """Words made bold."""
    found = party.pick_run()
    if found is None:
        return None
    paragraph, run, text = found
    look = run.find(w("rPr"))
    if look is None:
        look = etree.Element(w("rPr"))
        run.insert(0, look)
    before = deepcopy(look)
    bold = etree.Element(w("b"))
    look.insert(sum(child.tag == w("rStyle") for child in look), bold)
    if author is not None:
        change = party.mark("rPrChange", author)
        change.append(before)
        look.append(change)
    section = party.section(paragraph)
    return Edit("look", author is not None, author, text, text, section)


def comment(party: WordEditor, author: str | None) -> Edit | None:
    """A comment on a whole run; tracked or not makes no difference."""
    found = party.pick_run()
    if found is None:
        return None
    paragraph, run, text = found
    words = f"Est-ce bien {party.words()} ?"
    identifier = party.add_comment(author or AUTHORS[0], words)
    start, end = etree.Element(w("commentRangeStart")), etree.Element(w("commentRangeEnd"))
    call = etree.Element(w("r"))
    for element in (start, end, etree.SubElement(call, w("commentReference"))):
        element.set(w("id"), identifier)
    run.addprevious(start)
    run.addnext(end)
    end.addnext(call)
    section = party.section(paragraph)
    return Edit("comment", False, author or AUTHORS[0], text, words, section)


EDITS: Final[dict[str, Callable[[WordEditor, str | None], Edit | None]]] = {
    "words": replace_words,
    "words-added": insert_words,
    "words-gone": delete_words,
    "typography": change_spaces,
    "cell": change_cell,
    "row-added": add_row,
    "row-gone": delete_row,
    "paragraph-added": add_paragraph,
    "paragraph-gone": delete_paragraph,
    "clause-added": add_clause,
    "clause-gone": delete_clause,
    "clause-moved": move_clause,
    "header": change_header,
    "footer": change_footer,
    "note": change_note,
    "look": change_look,
    "comment": comment,
}


class OtherParty(WordEditor):
    """Edits one Word file; the same seed makes the same edits."""

    def edit(self, kind: str, *, tracked: bool) -> bool:
        """Makes one edit of this kind; False when the file has no place left for one."""
        author = self.random.choice(AUTHORS) if tracked else None
        made = EDITS[kind](self, author)
        if made is None:
            return False
        self.edits.append(made)
        return True
