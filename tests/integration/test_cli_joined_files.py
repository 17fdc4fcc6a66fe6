"""What the check says of a joined file is what making the contract does, in every command."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from contract_builder.render.pdf import extract_pages
from tests.foreign_pdfs import ForeignPage, add_foreign_page, save
from tests.mini_project import CommandResult, join_a_file

Cpom = Callable[..., CommandResult]


def annotated(annotation: str) -> bytes:
    """A page with one annotation, written as a PDF object."""
    pdf = pikepdf.new()
    page = add_foreign_page(pdf, ForeignPage())
    mark = pdf.make_indirect(pikepdf.Object.parse(annotation.encode("latin-1")))
    page.obj.Annots = pikepdf.Array([mark])
    if mark.Subtype == "/Widget":
        pdf.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([mark]), DR=page.obj.Resources, NeedAppearances=True
        )
    return save(pdf)


FIELD = (
    "<</Type /Annot /Subtype /Widget /FT /Tx /T (montant) /V (1 234 567,00 EUR) "
    "/DA (/F 12 Tf 0 g) /Rect [60 600 400 630] /F 4>>"
)


@pytest.mark.parametrize("rectangle", ["null", "[60 600]"])
def test_a_malformed_mark_neither_stops_the_check_nor_the_contract(
    mini_project: Path, cpom: Cpom, rectangle: str
) -> None:
    join_a_file(mini_project, annotated(f"<</Type /Annot /Subtype /Square /Rect {rectangle}>>"))
    assert cpom(mini_project, "check").exit_code == 0
    assert cpom(mini_project, "build", "valmont", "--formats", "pdf").exit_code == 0


def test_what_was_filled_in_can_be_read_in_the_contract(mini_project: Path, cpom: Cpom) -> None:
    join_a_file(mini_project, annotated(FIELD))
    assert cpom(mini_project, "check").exit_code == 0
    result = cpom(mini_project, "build", "valmont", "--formats", "pdf")
    assert result.exit_code == 0, result.stderr
    pages = extract_pages(Path(result.stdout.strip()).read_bytes())
    assert "1 234 567,00 EUR" in pages[-1]


@pytest.mark.parametrize("command", [("check",), ("build", "valmont"), ("batch",)])
def test_what_cannot_be_shown_is_told_by_file_kind_and_page_by_every_command(
    mini_project: Path, cpom: Cpom, command: tuple[str, ...]
) -> None:
    line = "<</Type /Annot /Subtype /Line /L [60 600 400 630] /Rect [60 600 400 630] /F 4>>"
    join_a_file(mini_project, annotated(line))
    result = cpom(mini_project, *command)
    assert result.exit_code == 1
    told = " ".join((result.stdout + result.stderr).split())
    assert "« annexes/plan.pdf » ne peut être joint au contrat" in told
    assert "une annotation (Line), page 1 ; imprimez-le en PDF" in told
