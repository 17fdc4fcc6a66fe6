"""The avenants between demonstration contracts, the most unlike included: worded and proved."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from contract_builder.amend.consolidation import Consolidator
from contract_builder.amend.document import AmendmentFacts
from contract_builder.amend.written import write_amendment
from contract_builder.model.blocks import Paragraph, SubHeading, inline_text, iter_blocks
from contract_builder.model.contract import Contract
from contract_builder.render.json import contract_sha256
from tests.conftest import ROOT
from tests.unit.compare.redline.pairs import demonstration

PROFILES = [path.stem for path in sorted((ROOT / "profiles").glob("*-demonstration.yaml"))]


def _iter_printed(document: Contract) -> Iterator[str]:
    for section in document.sections:
        if section.kind == "article":
            for block in iter_blocks(section.blocks):
                if isinstance(block, Paragraph | SubHeading):
                    yield inline_text(block.content)


@pytest.mark.parametrize(("before", "after"), list(pairwise(PROFILES)))
def test_whatever_separates_two_contracts_is_said_and_read_back(before: str, after: str) -> None:
    old, new = demonstration(before), demonstration(after)
    written = write_amendment(old, new, AmendmentFacts(1, None, date(2026, 1, 1), old.header))
    assert written is not None
    proof = written.amendment.proof
    assert (proof.apply_equals_new, proof.parsed_sentences_equal_operations) == (True, True)
    printed = "\n".join(_iter_printed(written.document))
    lines = [line for item in written.amendment.operations for line in item.sentence.split("\n")]
    assert [line for line in lines if line not in printed] == []


def test_each_passage_names_the_article_of_the_avenant_that_made_it() -> None:
    """The law changed the alinéas of this article, the parties a row of its table."""
    old = demonstration("hopital-de-proximite-2019-demonstration")
    new = demonstration("hopital-de-proximite-demonstration")
    facts = AmendmentFacts(1, None, date(2026, 1, 1), old.header)
    written = write_amendment(old, new, facts)
    assert written is not None
    consolidator = Consolidator(old, contract_sha256(old))
    consolidator.take(written.amendment)
    marks = consolidator.result.origins["engagement-qualite"]
    told = {origin.articles for line in marks for origin in line}
    by_level = {
        operation.kind: operation.article
        for operation in written.amendment.operations
        if operation.where.unit == "engagement-qualite"
    }
    assert told == {(by_level["replace_row"],), (by_level["replace_paragraph"],)}
    assert len(told) == len({by_level["replace_row"], by_level["replace_paragraph"]}) == 2
