"""The PDF of the summary: what it says, how it conforms, what it refuses."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest

from contract_builder.compare.comparison import Comparison, compare_contracts
from contract_builder.compare.projection import prove
from contract_builder.compare.views.summary import summarise
from contract_builder.compare.views.summary_document import Signature, build_summary_document
from contract_builder.compare.views.summary_pdf import render_summary_pdf
from contract_builder.errors import UserError
from contract_builder.model.contract import Contract, ContractTables
from contract_builder.render.pdf import extract_pages
from contract_builder.render.text_gate import squeeze
from tests.unit.compare.builders import LONG, clause, contract
from tests.unit.compare.redline.pairs import demonstration
from tests.unit.compare.test_record_changes import FUNDING

FONTS = Path(__file__).parents[4] / "templates" / "fonts"
AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def signed(comparison: Comparison) -> Signature:
    proof = prove(comparison.script, comparison.old, comparison.new)
    return Signature("Cellule juridique", AT, proof, with_word_file=True)


@pytest.fixture(scope="module")
def generations() -> Comparison:
    return compare_contracts(
        demonstration("hopital-de-proximite-2019-demonstration"),
        demonstration("hopital-de-proximite-demonstration"),
    )


def test_every_sentence_of_the_summary_is_in_the_pdf(generations: Comparison) -> None:
    data = render_summary_pdf(generations, signed(generations), FONTS)
    text = squeeze(extract_pages(data))
    for item in summarise(generations)[:20]:
        assert squeeze([item.text]) in text, item.text
    assert squeeze(["Établi le 26 novembre 2026 par Cellule juridique."]) in text
    assert squeeze(["Tous les changements acceptés donnent exactement le nouveau"]) in text


def test_the_pdf_is_titled_tagged_and_says_its_standards(
    generations: Comparison, tmp_path: Path
) -> None:
    path = tmp_path / "resume.pdf"
    path.write_bytes(render_summary_pdf(generations, signed(generations), FONTS))
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Comparaison de deux contrats"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("fr")
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"


def test_the_same_comparison_gives_the_same_bytes() -> None:
    comparison = _reworded("trois", "cinq")
    first = render_summary_pdf(comparison, signed(comparison), FONTS)
    assert render_summary_pdf(comparison, signed(comparison), FONTS) == first


def test_identical_contracts_have_a_summary_too() -> None:
    comparison = _reworded("trois", "trois")
    (page,) = extract_pages(render_summary_pdf(comparison, signed(comparison), FONTS))
    assert "Les deux contrats sont identiques." in page.replace("\r\n", " ")


def test_markup_in_a_text_stays_text() -> None:
    comparison = _reworded("trois", "#panic() *gras* $x$ \\ @ref")
    (page,) = extract_pages(render_summary_pdf(comparison, signed(comparison), FONTS))
    assert "#panic()*gras*$x$" in squeeze([page])


def test_remarks_are_said_before_the_changes() -> None:
    comparison = replace(_reworded("trois", "cinq"), remarks=("La bibliothèque a changé.",))
    (page,) = extract_pages(render_summary_pdf(comparison, signed(comparison), FONTS))
    assert squeeze([page]).index("Labibliothèqueachangé") < squeeze([page]).index("«trois»")


def test_a_character_without_glyph_is_named() -> None:
    comparison = _reworded("trois", "\U00013080")
    with pytest.raises(UserError, match="U\\+13080"):
        render_summary_pdf(comparison, signed(comparison), FONTS)


def _reworded(old: str, new: str) -> Comparison:
    before, after = (
        contract(clause("duree", f"Le contrat dure {word} ans.", LONG, title="Durée"))
        for word in (old, new)
    )
    return compare_contracts(before, after)


def test_the_table_of_sums_begins_with_the_line_that_moves_most() -> None:
    """The years of a line stay together."""
    years = (2026, 2027)

    def lines(*amounts: int) -> Contract:
        fundings = tuple(
            replace(FUNDING, key=key, year=year, amount=Decimal(amount))
            for key, amount in zip(("garde", "imagerie"), amounts, strict=True)
            for year in years
        )
        return contract(tables=ContractTables(fundings=fundings))

    comparison = compare_contracts(lines(100, 1_000), lines(90, 5_000))
    (table,) = build_summary_document(comparison, signed(comparison)).tables
    told = [row[:2] for row in table.rows if row[0] in ("garde", "imagerie")]
    assert told == [(key, str(year)) for key in ("imagerie", "garde") for year in years]
