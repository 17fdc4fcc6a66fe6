"""A Word file → PDF by LibreOffice, for printing the file as it is, edited drafts too.

A second engine, used when it is installed. Each conversion has a user profile of its own, a time
limit and a clean end: no window of the user is touched, no process stays behind.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from contract_builder.errors import UserError

TIME_LIMIT = 120.0
_NAMES = ("soffice", "libreoffice")


def convert_to_pdf(docx: bytes, seconds: float = TIME_LIMIT) -> bytes:
    """The PDF that LibreOffice prints for a Word file.

    Raises UserError when LibreOffice is absent, takes longer than ``seconds`` or refuses the file.
    """
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise UserError(
            "LibreOffice n’est pas installé : installez « libreoffice-writer », ou laissez le "
            "moteur « typst », qui ne demande rien."
        )
    with tempfile.TemporaryDirectory(prefix="cpom-") as name:
        folder = Path(name)
        source = folder / "document.docx"
        source.write_bytes(docx)
        _run(program, folder, source, seconds)
        product = folder / "document.pdf"
        if not product.is_file():
            raise UserError("LibreOffice n’a pas pu convertir ce document en PDF.")
        return product.read_bytes()


def _run(program: str, folder: Path, source: Path, seconds: float) -> None:
    """One conversion in a process group of its own, ended as a whole when it takes too long."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profil').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(folder),
        str(source),
    ]
    process = subprocess.Popen(  # noqa: S603 — a program found on PATH and our own arguments
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise UserError(
            f"LibreOffice n’a pas fini en {seconds:g} secondes ; la conversion est abandonnée."
        ) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
