"""Which paragraph mark comes or goes, and what is left of links once a choice is made."""

import re

import pytest
from lxml import etree

from contract_builder.model.contract import Contract
from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import read_parts
from tests.unit.compare.builders import clause, contract
from tests.unit.compare.redline.pairs import redline, seeded_pair

EMPTIED = re.compile(
    r"<w:(?:hyperlink|sdtContent)[^>]*/>"
    r"|<w:hyperlink[^>]*></w:hyperlink>|<w:sdtContent></w:sdtContent>"
)
NEXT = "Il est évalué à la moitié de sa durée."
LAST = "Un autre paragraphe, qui reste."


def marked(docx: bytes, kind: str) -> list[str]:
    """The texts of the paragraphs whose mark has a revision, what goes included."""
    root = parse_xml(read_parts(docx)["word/document.xml"])
    found: list[etree._Element] = [
        paragraph
        for paragraph in root.iter(w("p"))
        if paragraph.find(f"{w('pPr')}/{w('rPr')}/{w(kind)}") is not None
    ]
    return ["".join(paragraph.itertext()) for paragraph in found]


@pytest.mark.parametrize("kind", ["ins", "del"])
def test_the_mark_of_a_paragraph_that_ends_so_is_the_one_that_comes_or_goes(kind: str) -> None:
    """Text added at the end and a paragraph after it: the first mark came, as Word says it."""
    short, long = (
        contract(clause("c", *texts, LAST))
        for texts in (("Le Contrat dure cinq ans",), ("Le Contrat dure cinq ans et six mois", NEXT))
    )
    made = redline(*((short, long) if kind == "ins" else (long, short)))
    assert made.proof.holds
    (first,) = marked(made.docx, kind)
    assert first.startswith("Le Contrat dure cinq ans")


def test_a_paragraph_alone_keeps_its_own_mark() -> None:
    old, new = (contract(clause("c", *texts, LAST)) for texts in (("Avant.",), ("Avant.", NEXT)))
    assert marked(redline(old, new).docx, "ins") == [NEXT]


@pytest.mark.parametrize("seed", [2, 5, 47, 109])
def test_no_link_or_control_is_left_empty_by_either_choice(seed: int) -> None:
    pair: tuple[Contract, Contract] = seeded_pair(seed)
    docx = redline(*pair).docx
    for settled in (accept_all(docx), reject_all(docx)):
        assert EMPTIED.findall(read_parts(settled)["word/document.xml"].decode()) == []
