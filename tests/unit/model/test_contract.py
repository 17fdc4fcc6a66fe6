"""The contract's tree: headings, order of its sections, texts of its blocks."""

from dataclasses import replace

from contract_builder.model.blocks import Gap, ListBlock, Note, Paragraph, Text, iter_blocks
from contract_builder.model.contract import Section
from tests.contract_samples import header, paragraph, small_contract


def test_a_heading_joins_the_label_and_the_title_that_exist() -> None:
    section = Section(id="a", kind="article", title="Objet", label="Article 1")
    assert section.heading == "Article 1 – Objet"
    assert replace(section, label="").heading == "Objet"
    assert replace(section, title="").heading == "Article 1"
    assert replace(section, title="", label="").heading == ""


def test_a_contract_is_a_draft_until_it_is_signed() -> None:
    assert [header(status=status).is_draft for status in ("projet", "envoye", "signe")] == [
        True,
        True,
        False,
    ]


def test_sections_are_met_in_reading_order_and_annexes_stand_apart() -> None:
    contract = small_contract()
    ids = [section.id for section in contract.iter_sections()]
    assert len(set(ids)) == len(ids)
    assert (*contract.body, *contract.annexes) == contract.sections
    assert all(section.kind in ("annexe", "lacunes") for section in contract.annexes)
    first = contract.sections[0]
    assert ids[: 1 + len(first.children)] == [first.id, *(child.id for child in first.children)]


def test_blocks_are_met_before_what_they_hold() -> None:
    inner = paragraph("dedans")
    note = Note((inner,))
    items = ListBlock(((note,), (paragraph("fin"),)))
    assert tuple(iter_blocks((items,))) == (items, note, inner, paragraph("fin"))


def test_a_gap_says_what_is_missing() -> None:
    assert Gap("a.b", "la date").text == "[à compléter : la date]"
    assert Paragraph((Gap("a", "b"),)) != Paragraph((Text("[à compléter : b]"),))
