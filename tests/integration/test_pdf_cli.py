"""``cpom pdf``: a Word file printed by LibreOffice, an edited one too."""

from collections.abc import Callable
from pathlib import Path

from contract_builder.render.pdf import extract_pages
from tests.contract_samples import small_contract
from tests.documents import make_docx
from tests.mini_project import CommandResult
from tests.outside_tools import find_program

Cpom = Callable[..., CommandResult]


def test_a_word_file_is_printed_beside_it_and_an_edited_pdf_is_put_aside(
    tmp_path: Path, cpom: Cpom
) -> None:
    find_program("soffice", "libreoffice-writer")
    (tmp_path / "contrat.docx").write_bytes(make_docx(small_contract()))
    first = cpom(tmp_path, "pdf", "contrat.docx")
    assert (first.exit_code, first.stdout, first.stderr) == (0, "contrat.pdf\n", "")
    pages = extract_pages((tmp_path / "contrat.pdf").read_bytes())
    assert any("Objet et fondements" in " ".join(page.split()) for page in pages)
    (tmp_path / "contrat.pdf").write_bytes(b"le mien")
    again = cpom(tmp_path, "pdf", "contrat.docx")
    assert again.exit_code == 0
    assert "« contrat.pdf » avait été modifié depuis sa création" in again.stderr
    kept = [path for path in tmp_path.glob("*.pdf") if path.read_bytes() == b"le mien"]
    assert len(kept) == 1


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, cpom: Cpom) -> None:
    absent = cpom(tmp_path, "pdf", "absent.docx")
    assert (absent.exit_code, absent.stdout) == (1, "")
    assert absent.stderr.startswith("« absent.docx » ne peut être lu")
