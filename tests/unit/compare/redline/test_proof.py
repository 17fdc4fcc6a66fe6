"""A redline that is wrong in any way is not proved; one that cannot be proved is not given."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.redline import proof_data, prove_redline
from contract_builder.compare.redline.blocks import Width
from contract_builder.compare.redline.document import Signed, Sources, write_redline
from contract_builder.compare.redline.redline import prove_widening
from contract_builder.compare.script import Script
from contract_builder.errors import UserError
from contract_builder.model.blocks import Field, Paragraph, Text
from contract_builder.render.docx import render_docx
from contract_builder.word.package import read_parts
from tests.contract_samples import small_contract
from tests.documents import change_part, contract_with, word_template
from tests.unit.compare.redline.pairs import redline, seeded_pair

SIGNED = Signed("A", datetime(2026, 1, 1, tzinfo=UTC))
BODY = "word/document.xml"


def _sources(seed: int | None = None) -> tuple[Script, Sources]:
    """A seeded pair, else two contracts that differ by one value."""
    old, new = (small_contract(), small_contract("43")) if seed is None else seeded_pair(seed)
    template = word_template()
    sources = Sources(render_docx(old, template), render_docx(new, template), template)
    return compare_contracts(old, new).script, sources


def _spoil(docx: bytes, part: str, old: str, new: str) -> bytes:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change_part(docx, part, change)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (BODY, ">Sommaire<", ">Somaire<"),
        (BODY, '<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Visa"/>'),
        (BODY, "<w:b/>", "<w:i/>"),
        (BODY, "<w:cantSplit/>", ""),
        ("word/header2.xml", "CPOM", "CPAM"),
        ("word/footer1.xml", "version ", "Version "),
        ("word/styles.xml", 'w:val="Visa"', 'w:val="Visas"'),
    ],
)
def test_a_change_that_is_not_marked_is_found_in_both_directions(
    part: str, old: str, new: str
) -> None:
    script, sources = _sources()
    docx = write_redline(script, sources, SIGNED, "mot")
    assert prove_redline(docx, sources.old, sources.new).holds
    proof = prove_redline(_spoil(docx, part, old, new), sources.old, sources.new)
    assert not proof.accept_all_equals_new
    assert not proof.reject_all_equals_old
    assert any(part in defect for defect in proof.defects)


def test_another_definition_of_a_list_is_found() -> None:
    script, sources = _sources()
    docx = write_redline(script, sources, SIGNED, "mot")
    changed = change_part(
        docx,
        "word/numbering.xml",
        lambda text: text.replace('w:lvlText w:val="', 'w:lvlText w:val="x'),
    )
    proof = prove_redline(changed, sources.old, sources.new)
    assert not proof.accept_all_equals_new
    assert not proof.reject_all_equals_old


def test_a_control_lost_where_nothing_changes_is_found() -> None:
    contract = small_contract()
    other = replace(contract, header=replace(contract.header, version=2))
    made = redline(contract, other)
    plain = [render_docx(side, word_template()) for side in (contract, other)]
    tag = re.search(r'<w:tag w:val="([^"]*)"/>', read_parts(made.docx)[BODY].decode())
    assert tag is not None
    spoiled = _spoil(made.docx, BODY, tag[0], '<w:tag w:val="autre"/>')
    assert any("les contrôles de" in text for text in prove_redline(spoiled, *plain).defects)


def test_a_wrong_deleted_text_is_found_when_all_is_refused() -> None:
    script, sources = _sources()
    docx = write_redline(script, sources, SIGNED, "mot")
    spoiled = _spoil(docx, BODY, "</w:delText>", "z</w:delText>")
    proof = prove_redline(spoiled, sources.old, sources.new)
    assert (proof.accept_all_equals_new, proof.reject_all_equals_old) == (True, False)


def test_an_identifier_used_twice_is_found() -> None:
    script, sources = _sources()
    docx = write_redline(script, sources, SIGNED, "mot")

    def repeat(text: str) -> str:
        at = text.index("<w:del ")
        return text[:at] + text[at:].replace(text[at:].split('"')[1], "1", 1)

    proof = prove_redline(change_part(docx, BODY, repeat), sources.old, sources.new)
    assert any("identifiant" in defect for defect in proof.defects)
    assert not proof.holds


@pytest.mark.parametrize("width", ["paragraphe", "bloc"])
@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_wider_changes_are_proved_as_well(seed: int, width: Width) -> None:
    script, sources = _sources(seed)
    docx = write_redline(script, sources, SIGNED, width)
    assert prove_redline(docx, sources.old, sources.new, width).defects == ()


def test_a_redline_that_fails_word_by_word_is_given_by_paragraphs() -> None:
    script, sources = _sources()

    def clumsy(script: Script, sources: Sources, signed: Signed, width: Width) -> bytes:
        docx = write_redline(script, sources, signed, width)
        return _spoil(docx, BODY, "</w:delText>", "z</w:delText>") if width == "mot" else docx

    made = prove_widening(script, sources, SIGNED, clumsy)
    assert made.proof.holds
    assert made.proof.width == "paragraphe"


def test_a_redline_that_is_never_proved_is_refused() -> None:
    script, sources = _sources()
    other = render_docx(small_contract("tout autre chose"), word_template())

    def wrong(*_: object) -> bytes:
        return other

    with pytest.raises(UserError, match="n’est donc pas remis"):
        prove_widening(script, sources, SIGNED, wrong)


def test_an_empty_value_that_goes_changes_no_word() -> None:
    """It has no character, and its control is no part of what is proved (not_covered says so)."""
    old = contract_with(Paragraph((Text("Du "), Field("contrat.debut", ""), Text(" au terme"))))
    new = contract_with(Paragraph((Text("Du  au terme"),)))
    proof = redline(old, new).proof
    assert (proof.holds, proof.width) == (True, "mot")
    assert any("contrôles de contenu" in line for line in proof_data(proof)["not_covered"])
