"""The marks of tracked changes as Word writes them, and the same edits without any."""

from lxml import etree

from contract_builder.word.ooxml import w
from tests.word_editor import WordEditor, make_run, plain_text


def replace_in_run(
    party: WordEditor, run: etree._Element, span: tuple[int, int], new: str, author: str | None
) -> None:
    """Puts ``new`` in the place of these characters of a run, tracked when there is an author."""
    text = plain_text(run)
    before, old, after = text[: span[0]], text[span[0] : span[1]], text[span[1] :]
    pieces: list[etree._Element] = [make_run(before, run)] if before else []
    if author is None:
        pieces += [make_run(new, run)] if new else []
    else:
        when = party.mark("del", author)
        for kind, words, name in (("del", old, "delText"), ("ins", new, "t")):
            if words:
                mark = party.mark(kind, author)
                mark.set(w("date"), when.get(w("date"), ""))
                mark.append(make_run(words, run, name))
                pieces.append(mark)
    pieces += [make_run(after, run)] if after else []
    for piece in pieces:
        run.addprevious(piece)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def append_words(
    party: WordEditor, paragraph: etree._Element, words: str, author: str | None, kind: str
) -> None:
    run = make_run(words)
    if author is None:
        paragraph.append(run)
    else:
        mark = party.mark(kind, author)
        mark.append(run)
        paragraph.append(mark)
        mark_end(party, paragraph, author, kind)


def make_paragraph(party: WordEditor, style: str, words: str, author: str | None) -> etree._Element:
    paragraph = etree.Element(w("p"))
    properties = etree.SubElement(paragraph, w("pPr"))
    etree.SubElement(properties, w("pStyle")).set(w("val"), style)
    append_words(party, paragraph, words, author, "ins")
    share_date([paragraph])
    return paragraph


def mark_end(party: WordEditor, paragraph: etree._Element, author: str | None, kind: str) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    look = properties.find(w("rPr"))
    if look is None:
        look = etree.Element(w("rPr"))
        before = [c for c in properties if c.tag in (w("sectPr"), w("pPrChange"))]
        before[0].addprevious(look) if before else properties.append(look)
    look.insert(0, party.mark(kind, author))


def mark_row(party: WordEditor, row: etree._Element, author: str | None, kind: str) -> None:
    if author is None:
        return
    properties = row.find(w("trPr"))
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(0, properties)
    properties.append(party.mark(kind, author))
    share_date([row])


def delete_runs(party: WordEditor, paragraph: etree._Element, author: str | None) -> None:
    for run in list(paragraph.iter(w("r"))):
        for text in list(run.iter(w("t"))):
            text.tag = w("delText")
        mark = party.mark("del", author)
        run.addprevious(mark)
        mark.append(run)
    share_date([paragraph])


def mark_move(
    party: WordEditor, elements: list[etree._Element], author: str | None, side: str, name: str
) -> None:
    start = party.mark(f"move{side}RangeStart", author)
    start.set(w("name"), f"move-{name}")
    for element in elements:
        for run in list(element.iter(w("r"))):
            mark = party.mark(f"move{side}", author)
            run.addprevious(mark)
            mark.append(run)
        mark_end(party, element, author, f"move{side}")
    properties = elements[0].find(w("pPr"))
    assert properties is not None
    properties.addnext(start)
    end = etree.Element(w(f"move{side}RangeEnd"))
    end.set(w("id"), start.get(w("id"), ""))
    elements[-1].append(end)


def share_date(elements: list[etree._Element]) -> None:
    """One gesture has one time."""
    date = "2026-03-04T09:30:00Z"
    for element in elements:
        for mark in element.iter():
            if mark.get(w("date")) is not None:
                mark.set(w("date"), date)


def after_clause(element: etree._Element) -> etree._Element:
    """The last element before the next clause: the end of its bookmark stands after it."""
    following = element.getnext()
    while following is not None and following.tag == w("bookmarkEnd"):
        element, following = following, following.getnext()
    return element


def take_away(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
