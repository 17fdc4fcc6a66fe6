"""The yardstick of the gates: the texts of a contract in reading order."""

import pytest

from contract_builder.model.blocks import Footnote, ListBlock, Note, Paragraph, Text
from contract_builder.model.text_marks import bullet, item_number
from contract_builder.render.text import contract_lines, contract_text, cover_text, section_text
from tests.contract_samples import header, paragraph, small_contract
from tests.documents import contract_with


def second_article(contract_texts: list[str]) -> list[str]:
    start = contract_texts.index("Article 2 – Durée et prise d’effet") + 1
    return contract_texts[start : contract_texts.index("Signatures")]


def test_texts_follow_each_other_as_they_are_read() -> None:
    texts = contract_text(small_contract())
    assert texts[:6] == [
        "Entre les soussignés", "L’agence régionale de santé, d’une part,", "Visas",
        "Vu le code de la santé publique ;", "Vu le projet régional de santé ;",
        "Il est convenu ce qui suit",
    ]  # fmt: skip
    table = texts.index("Échéancier des financements")
    assert texts[table + 1 : table + 7] == [
        "Mesure", "2025", "2026", "Total", "FIR", "MI2-3-5\n42",
    ]  # fmt: skip
    assert "Montants en euros, sous réserve des crédits disponibles." in texts


def test_signatories_come_after_the_section_of_signatures() -> None:
    texts = contract_text(small_contract())
    start = texts.index("Fait en deux exemplaires.")
    assert texts[start + 1 : start + 3] == [
        "Agence régionale de santé de démonstration", "Le directeur général",
    ]  # fmt: skip


def test_markers_are_given_where_asked_for() -> None:
    inner = ListBlock(((paragraph("b"),),), ordered=True, start=3)
    contract = contract_with(ListBlock(((paragraph("a"), inner),)), Note((inner,)))
    assert second_article(contract_text(contract)) == ["•", "a", "3.", "b", "3.", "b"]
    assert second_article(contract_text(contract, markers=False)) == ["a", "b", "b"]


def test_only_the_rows_of_a_table_stand_under_its_header() -> None:
    under = {line.header: [] for line in contract_lines(small_contract())}
    for line in contract_lines(small_contract()):
        under[line.header].append(line.text)
    assert list(under) == ["", "Mesure20252026Total"]
    assert under["Mesure20252026Total"][0] == "FIR"
    assert "Échéancier des financements" in under[""]
    assert "Mesure" in under[""]


def test_the_cover_has_title_subtitle_and_lines_and_no_empty_text() -> None:
    assert cover_text(header(subtitle=""))[:3] == [
        "Contrat pluriannuel d’objectifs et de moyens", "Établissement",
        "Centre hospitalier de Valmont (fictif)",
    ]  # fmt: skip


def test_the_text_of_a_section_leaves_out_the_sections_below() -> None:
    annex = small_contract().annexes[1]
    assert section_text(annex) == ["Annexe A2 – Annexe stratégique", "Les fiches suivent."]


@pytest.mark.parametrize(
    ("number", "depth", "marker"),
    [
        (1, 0, "1."), (27, 0, "27."), (1, 1, "a)"), (26, 1, "z)"), (27, 1, "aa)"), (4, 2, "iv."),
        (1, 3, "1."), (2, 4, "b)"), (0, 0, "0."), (0, 1, "0)"), (0, 2, "0."),
    ],
)  # fmt: skip
def test_numbers_of_items_change_with_the_depth(number: int, depth: int, marker: str) -> None:
    assert item_number(number, depth) == marker


def test_bullets_change_with_the_depth() -> None:
    assert [bullet(depth) for depth in range(4)] == ["•", "–", "▪", "•"]


def noted(*texts: str) -> Paragraph:
    """« un|remarque|suite »: a text, a footnote, a text."""
    return Paragraph(
        tuple(
            Footnote(f"note.{text}", (Text(text),)) if index % 2 else Text(text)
            for index, text in enumerate(texts)
        )
    )


def test_a_footnote_is_called_by_its_number_through_the_contract() -> None:
    contract = contract_with(noted("un", "a", " et deux", "b", "."), noted("trois", "c"))
    lines = [line for line in contract_lines(contract) if line.notes]
    assert [line.text for line in lines[1:3]] == ["un(2) et deux(3).", "trois(4)"]
    assert [note.printed for line in lines[1:3] for note in line.notes] == ["2 a", "3 b", "4 c"]
    assert [lines[1].text[: note.at] for note in lines[1].notes] == ["un(2)", "un(2) et deux(3)"]


def test_a_footnote_is_told_at_its_call() -> None:
    contract = contract_with(noted("un", "a", " et deux", "b", "."))
    assert second_article(contract_text(contract)) == ["un(2 [a]) et deux(3 [b])."]
