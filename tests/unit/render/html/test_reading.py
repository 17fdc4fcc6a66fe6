"""A contract read on a screen: everything escaped, everything linked, words found anyhow."""

import re
from html.parser import HTMLParser

from contract_builder.model.blocks import Footnote, Gap, Paragraph, inline_text, iter_inlines
from contract_builder.render.html.reading import (
    ReadingWish,
    find_passages_with,
    fold_text,
    list_contents,
    render_reading,
    render_reading_of,
)
from tests.contract_samples import HOSTILE, small_contract


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said = ""

    def handle_data(self, data: str) -> None:
        self.said += data


def said(page: str) -> str:
    reader = _Text()
    reader.feed(str(page))
    reader.close()
    return " ".join(reader.said.split())


def test_every_word_of_the_contract_is_there_and_no_value_is_markup() -> None:
    contract = small_contract(HOSTILE)
    page = render_reading(contract, ReadingWish(ask="?clause="))
    shown = said(page)
    for section in contract.iter_sections():
        assert " ".join(section.heading.split()) in shown
        for item in iter_inlines(section.blocks):
            if not isinstance(item, Footnote) and getattr(item, "text", ""):
                assert " ".join(item.text.split()) in shown
    assert "<script" not in page
    assert "onerror=" not in re.sub(r">[^<]*<", "><", page)


def test_each_section_leads_to_itself_and_the_one_in_focus_says_so() -> None:
    contract = small_contract()
    first = contract.sections[0].id
    page = render_reading(contract, ReadingWish(first, ask="?clause="))
    assert f'<section id="s-{first}" class="focus">' in page
    assert page.count('aria-current="true"') == 1
    for section in contract.iter_sections():
        assert f'id="s-{section.id}"' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_gap_leads_to_its_field() -> None:
    contract = small_contract()
    gap = next(
        item
        for section in contract.iter_sections()
        for item in iter_inlines(section.blocks)
        if isinstance(item, Gap)
    )
    page = render_reading(contract, ReadingWish(gap_links={gap.key: "/ici#champ"}))
    assert '<a class="gap" href="/ici#champ">' in page
    assert '<mark class="gap">' in render_reading(contract, ReadingWish())
    counted = sum(line.gaps for line in _all_lines(list_contents(contract, frozenset())))
    assert counted >= 1


def _all_lines(lines):
    for line in lines:
        yield line
        yield from _all_lines(line.children)


def test_the_contents_hold_every_heading_and_mark_departures() -> None:
    contract = small_contract()
    named = [section for section in contract.iter_sections() if section.heading]
    lines = list(_all_lines(list_contents(contract, frozenset({named[0].id}))))
    assert [line.id for line in lines] == [section.id for section in named]
    assert [line.id for line in lines if line.departs] == [named[0].id]


def _paragraphs(section):
    return [block for block in section.blocks if isinstance(block, Paragraph)]


def test_words_are_found_whatever_their_case_accents_and_blanks() -> None:
    contract = small_contract()
    texts = (inline_text(b.content) for s in contract.iter_sections() for b in _paragraphs(s))
    words = " ".join(next(text for text in texts if len(text.split()) > 4).split()[1:3])
    for asked in (words, words.upper(), f"  {words.replace(' ', '   ')} "):
        found = find_passages_with(contract, asked)
        assert found
        assert fold_text(found[0].found) == fold_text(words)
        assert "<mark>" in render_reading(contract, ReadingWish(words=asked))
    assert find_passages_with(contract, "mot qui n’y est pas") == ()
    assert find_passages_with(contract, "   ") == ()


def test_one_section_alone_is_shown_without_links() -> None:
    contract = small_contract()
    section = contract.sections[0]
    page = render_reading_of(contract, section.id, ReadingWish())
    assert page.count("<section") <= 1 + len(section.children)
    assert "data-clause" not in page
    assert render_reading_of(contract, "absente", ReadingWish()) == ""
