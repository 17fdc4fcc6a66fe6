"""An avenant that is drafted becomes its files: the formats asked for, its data where allowed."""

from datetime import date

from contract_builder.amend.document import AmendmentFacts
from contract_builder.amend.written import WrittenAmendment, write_amendment
from contract_builder.render.pdf.attachment import AMENDMENT_ATTACHMENT, find_attachment
from contract_builder.render.pdf.typst_pdf import PdfStandard
from contract_builder.services.making import BuildOptions
from contract_builder.services.printed_amendments import find_word_template, render_written
from contract_builder.services.project import Project
from tests.unit.amend.operation_samples import old_contract
from tests.unit.services.test_amending import NEW


def written_sample() -> WrittenAmendment:
    old = old_contract()
    facts = AmendmentFacts(3, None, date(2026, 5, 4), old.header)
    written = write_amendment(old, NEW, facts)
    assert written is not None
    return written


def test_each_format_is_a_file_of_the_stem_and_the_data_come_last(project: Project) -> None:
    options = BuildOptions(formats=("json", "html", "docx"))
    files, pages = render_written(project.root, written_sample(), options, "avenant-3")
    assert list(files) == ["avenant-3.html", "avenant-3.docx", "avenant-3.json"]
    assert files["avenant-3.docx"].startswith(b"PK")
    assert pages is not None, "the numbers of the Word file's pages come from the PDF"


def test_the_pdf_carries_the_data_of_the_avenant_unless_its_standard_forbids_it(
    project: Project,
) -> None:
    written = written_sample()
    standards: tuple[tuple[PdfStandard, bool], ...] = (("a-3a", True), ("a-2a", False))
    for standard, is_carried in standards:
        options = BuildOptions(formats=("pdf",), pdf_standard=standard)
        files, _ = render_written(project.root, written, options, "avenant")
        attached = find_attachment(files["avenant.pdf"], AMENDMENT_ATTACHMENT)
        assert (attached is not None) == is_carried


def test_the_template_of_the_avenants_comes_before_that_of_the_contracts(project: Project) -> None:
    assert find_word_template(project.root) == "contrat.docx"
    templates = project.root / "templates"
    (templates / "avenant.docx").write_bytes((templates / "contrat.docx").read_bytes())
    assert find_word_template(project.root) == "avenant.docx"
