"""A signed PDF given to ``cpom record``: what is printed, kept, refused, and not imported."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.mini_project import CommandResult, change_file
from tests.signed_pdfs import SIGNER, make_authority

Cpom = Callable[..., CommandResult]


def build(cpom: Cpom, project: Path) -> Path:
    assert cpom(project, "build", "valmont", "--formats", "json,pdf", "--record").exit_code == 0
    return next((project / "output").glob("*.pdf"))


def test_a_signed_contract_is_recorded_and_recalled(
    mini_project: Path, cpom: Cpom, tmp_path: Path
) -> None:
    pdf = build(cpom, mini_project)
    signed = mini_project / "signe.pdf"
    signed.write_bytes(make_authority(tmp_path).sign(pdf.read_bytes()))
    result = cpom(
        mini_project, "record", "990000010@1", "--status", "signe", "--document", "signe.pdf"
    )
    assert (result.exit_code, result.stdout) == (0, "990000010@1\n"), result.stderr
    assert "signe.pdf : dit ce que dit le contrat." in result.stderr
    shown = cpom(mini_project, "show", "990000010@1").stdout
    for told in (result.stderr, shown):
        assert f"CN={SIGNER}" in told
        assert "intacte" in told
    history = cpom(mini_project, "history", "990000010").stdout
    assert "signe.pdf : conforme, 1\xa0signature électronique, intacte" in history
    data = json.loads(cpom(mini_project, "history", "990000010", "--json").stdout)
    (document,) = data["versions"][0]["signed_documents"]
    assert document["texte"] == "conforme"


def test_another_text_is_refused_with_its_pages(mini_project: Path, cpom: Cpom) -> None:
    kept = build(cpom, mini_project)
    other = mini_project / "autre.pdf"
    change_file(mini_project / "profiles" / "valmont.yaml", "de Valmont (", "de Vauclair (")
    build(cpom, mini_project)
    made = next(p for p in (mini_project / "output").glob("*.pdf") if p != kept)
    made.rename(other)
    arguments = ("record", "990000010@1", "--status", "signe", "--document", "autre.pdf")
    result = cpom(mini_project, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "\n  page 1 : attendu « " in result.stderr
    assert "Rien n’a été enregistré" in result.stderr
    assert "signé" not in cpom(mini_project, "history", "990000010").stdout


def test_what_reads_signatures_is_imported_by_no_command() -> None:
    code = (
        "import contextlib, sys\n"
        "from contract_builder.cli import main\n"
        "with contextlib.suppress(SystemExit):\n"
        "    main(['record', '--help'])\n"
        "import contract_builder.reading.foreign_pdf.signed, contract_builder.services.signing\n"
        "print({'pyhanko', 'aiohttp'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "set()"
