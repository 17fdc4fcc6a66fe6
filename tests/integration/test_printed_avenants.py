"""The printed Word file of an avenant, read and applied by a reader that shares nothing with us."""

import json
from dataclasses import replace
from datetime import date

import pytest

from contract_builder.amend.amendment_json import render_amendment_json
from contract_builder.amend.document import AmendmentFacts
from contract_builder.amend.written import write_amendment
from contract_builder.model.blocks import Block, Paragraph, Text
from contract_builder.model.contract import Contract, Section
from contract_builder.render.docx import render_docx
from contract_builder.render.json import render_json
from contract_builder.render.products import word_template_of_amendments
from tests.contract_samples import long_contract, paragraph, small_contract
from tests.documents import TEMPLATES
from tests.independent_avenant.judging import judge_avenant
from tests.unit.amend.operation_samples import old_contract, table
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration

SAMPLES = {"petit": small_contract(), "long": long_contract(sheets=2)}
SEEDED = [(name, seed, 1 + seed % 5) for name in SAMPLES for seed in range(12)]


def printed(old: Contract, new: Contract) -> tuple[bytes, dict[str, object]]:
    """The Word file and the JSON of the avenant between two contracts that differ."""
    written = write_amendment(old, new, AmendmentFacts(1, None, date(2026, 1, 1), old.header))
    assert written is not None
    template = (TEMPLATES / word_template_of_amendments(TEMPLATES)).read_bytes()
    return render_docx(written.document, template), json.loads(
        render_amendment_json(written.amendment)
    )


def faults(old: Contract, new: Contract) -> list[str]:
    """What an independent reader of the Word file finds wrong."""
    docx, amendment = printed(old, new)
    sides = (json.loads(render_json(side)) for side in (old, new))
    return judge_avenant(docx, amendment, *sides).faults


@pytest.mark.parametrize(("name", "seed", "count"), SEEDED)
def test_a_reader_of_the_word_file_alone_makes_the_new_contract(
    name: str, seed: int, count: int
) -> None:
    old = SAMPLES[name]
    new = mutate(old, seed, count)
    if write_amendment(old, new, AmendmentFacts(1, None, date(2026, 1, 1), old.header)):
        assert faults(old, new) == []


def test_a_renewal_read_from_its_word_file_alone_makes_the_next_contract() -> None:
    old = demonstration("hopital-de-proximite-2019-demonstration")
    assert faults(old, demonstration("hopital-de-proximite-demonstration")) == []


def _with_clauses(contract: Contract, unit: str, *clauses: Section) -> Contract:
    """The contract with clauses at the end of a unit."""

    def changed(section: Section) -> Section:
        children = tuple(changed(child) for child in section.children)
        more = clauses if section.id == unit else ()
        return replace(section, children=(*children, *more))

    return replace(contract, sections=tuple(map(changed, contract.sections)))


def _with_blocks(contract: Contract, unit: str, *blocks: Block) -> Contract:
    """The contract with other blocks in a unit."""

    def changed(section: Section) -> Section:
        children = tuple(changed(child) for child in section.children)
        return replace(
            section, children=children, blocks=blocks if section.id == unit else section.blocks
        )

    return replace(contract, sections=tuple(map(changed, contract.sections)))


def _clause(name: str, *blocks: Block) -> Section:
    return Section(name, "clause", "", blocks=blocks)


def test_alineas_and_a_clause_that_come_at_one_place_are_all_printed() -> None:
    old = old_contract()
    longer = _with_blocks(
        old, "clause-6.1", paragraph("Un."), paragraph("Deux."), paragraph("Trois."),
        paragraph("Quatre."),
    )  # fmt: skip
    new = _with_clauses(longer, "clause-6.1", _clause("neuve", paragraph("Cinq.")))
    assert faults(old, new) == []


def test_a_clause_that_comes_with_its_table_is_printed_with_it() -> None:
    old = old_contract()
    coming = _clause("neuve", paragraph("Voici :"), table("t", "Montants", ("K", "1")))
    assert faults(old, _with_clauses(old, "clause-6.1", coming)) == []
    between = _clause(
        "neuve", paragraph("Voici :"), table("t", "Montants", ("K", "1")), paragraph("Fin.")
    )
    assert faults(old, _with_clauses(old, "clause-6.1", between)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Vu le projet ;", "Vu le projet ; il est convenu"),
        ("Vu le projet ;", "Vu le projet et le schéma ;"),
        ("les uns,", "les uns, les autres"),
        ("La durée est de cinq ans.", "La durée est de cinq ans. Elle ne change pas."),
        ("La durée est de cinq ans.", "La durée est de cinq ans et ne change pas."),
        ("La durée est de cinq ans.", "La durée est de cinq ans. Elle vaut :"),
        ("Trois ans", "Trois ans au plus"),
    ],
)
def test_what_completes_an_alinea_is_read_alike_whatever_counts_for_a_stop(
    before: str, after: str
) -> None:
    sides = [
        _with_blocks(old_contract(), "clause-6.1", Paragraph((Text(text),)), paragraph("Deux."))
        for text in (before, after)
    ]
    assert faults(*sides) == []
