"""A figure in a document that is compared, redlined, amended, sent and read back."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from contract_builder.amend.amending import AmendmentTerms, draft_amendment
from contract_builder.amend.applying import apply_operations
from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.redline import render_redline
from contract_builder.compare.views.page import render_comparison_html
from contract_builder.compare.views.workbook import render_comparison_xlsx
from contract_builder.model.contract import Contract
from contract_builder.render.docx import render_docx
from contract_builder.render.pdf import draw_pictures
from contract_builder.returned.readback import read_back
from contract_builder.returned.sent import SentVersion
from contract_builder.word.structure import check_structure
from tests.documents import FONTS, main_part, word_template
from tests.figure_samples import COUNT, RATE, changed, contract_with_figures

AT = datetime(2026, 3, 1, tzinfo=UTC)
OLD = contract_with_figures(RATE, COUNT)
OTHER = changed(COUNT, Decimal(2))
CHANGED = {
    "another value": contract_with_figures(RATE, OTHER),
    "one less": contract_with_figures(RATE),
    "one more": contract_with_figures(RATE, COUNT, OTHER),
    "the other order": contract_with_figures(COUNT, RATE),
}


def test_equal_figures_are_no_change() -> None:
    comparison = compare_contracts(OLD, contract_with_figures(RATE, COUNT))
    assert comparison.changes == ()


def test_a_figure_drawn_otherwise_goes_and_comes_whole() -> None:
    changes = compare_contracts(OLD, CHANGED["another value"]).changes
    assert sorted((change.kind, change.old, change.new) for change in changes) == [
        ("delete", f"{COUNT.caption}\n{COUNT.text}", ""),
        ("insert", "", f"{OTHER.caption}\n{OTHER.text}"),
    ]


@pytest.mark.parametrize("what", CHANGED)
def test_every_view_of_the_comparison_is_made_and_the_redline_proved(what: str) -> None:
    new = CHANGED[what]
    comparison = compare_contracts(OLD, new)
    assert COUNT.text in render_comparison_html(comparison).decode()
    assert render_comparison_xlsx(comparison)
    redline = render_redline(OLD, new, word_template(), "L’agence", AT)
    assert redline.proof.holds
    assert check_structure(redline.docx) == []
    assert COUNT.text in "".join(main_part(redline.docx).itertext())


@pytest.mark.parametrize("what", CHANGED)
def test_an_avenant_changes_a_figure_with_the_text_around_it(what: str) -> None:
    new = CHANGED[what]
    amendment = draft_amendment(OLD, new, AmendmentTerms(1, AT.date()))
    assert amendment.proof.apply_equals_new
    assert _figures(apply_operations(amendment.operations, OLD)) == _figures(new)


def _figures(contract: Contract) -> list[str]:
    return [figure.text for figure in contract.iter_figures()]


def test_a_file_that_comes_back_with_its_pictures_is_unchanged() -> None:
    docx = render_docx(OLD, word_template(), pictures=draw_pictures(OLD, FONTS))
    read = read_back(docx, SentVersion(OLD, docx))
    assert (read.untracked, read.tracked) == ((), ())


def test_a_picture_that_was_taken_out_is_told() -> None:
    contract = contract_with_figures(RATE)
    docx = render_docx(OLD, word_template(), pictures=draw_pictures(OLD, FONTS))
    back = render_docx(contract, word_template(), pictures=draw_pictures(contract, FONTS))
    told = [change.old for change in read_back(back, SentVersion(OLD, docx)).untracked]
    assert any("[image]" in (text or "") for text in told)
