"""A Word file → PDF by LibreOffice, for printing the file as it is, edited drafts too.

A second engine, used when it is installed. Each conversion has a folder, a user profile and a
process group of its own, a time limit and a clean end: several run at once, no window of the user
is touched, no process stays behind when this one is killed, and no file for long.
"""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

from contract_builder.errors import UserError, system_reason
from contract_builder.files.resources import get_data_folder
from contract_builder.files.work_folder import work_folder
from contract_builder.reading.bounded import read_bounded

TIME_LIMIT = 120.0
_NAMES = ("soffice", "libreoffice")
_ENDING = 5.0  # seconds that the processes of a group may take to die once killed
_EXPORT = {
    "SelectPdfVersion": {"type": "long", "value": "2"},  # PDF/A-2b
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
    "ExportFormFields": {"type": "boolean", "value": "false"},
}
_FONT_SETTINGS = """<?xml version="1.0"?>
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir>
</fontconfig>
"""


def get_packaged_fonts() -> Path:
    """The folder of the fonts that come with the software."""
    return get_data_folder() / "templates" / "fonts"


def convert_to_pdf(docx: bytes, fonts: Path, seconds: float = TIME_LIMIT) -> bytes:
    """The PDF that LibreOffice prints for a Word file: PDF/A-2b, tagged, with bookmarks.

    ``fonts`` is a folder whose fonts are known besides the machine's. Raises UserError when
    LibreOffice is absent, takes longer than ``seconds`` or refuses the file.
    """
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise UserError(
            "LibreOffice n’est pas installé : installez « libreoffice-writer », ou laissez le "
            "moteur « typst », qui ne demande rien."
        )
    try:
        with work_folder() as folder:
            return _convert(program, docx, fonts, folder, seconds)
    except OSError as error:
        raise UserError(f"LibreOffice n’a pu être lancé : {system_reason(error)}.") from error


def _convert(program: str, docx: bytes, fonts: Path, folder: Path, seconds: float) -> bytes:
    source, product = folder / "document.docx", folder / "document.pdf"
    settings = folder / "fonts.conf"
    source.write_bytes(docx)
    settings.write_text(
        _FONT_SETTINGS.format(folder=escape(str(fonts.resolve()), quote=False)), encoding="utf-8"
    )
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profil').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(_EXPORT)}",
        "--outdir",
        str(folder),
        str(source),
    ]
    _run(command, {**os.environ, "FONTCONFIG_FILE": str(settings)}, seconds)
    if not product.is_file():
        raise UserError("LibreOffice n’a pas pu convertir ce document en PDF.")
    return read_bounded(product)


def _run(command: list[str], environment: dict[str, str], seconds: float) -> None:
    """One conversion in a process group of its own, ended as a whole whatever happens.

    The group is led by a watcher that waits for the end of a pipe whose other end is held here
    alone: it ends the group when this process is killed and cannot do it.
    """
    watcher = subprocess.Popen(
        ("/bin/sh", "-c", "read -r never; kill -KILL 0"),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    group = [watcher]
    try:
        process = subprocess.Popen(  # noqa: S603 — a program found on PATH and our own arguments
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            process_group=watcher.pid,
        )
        group.append(process)
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise UserError(
            f"LibreOffice n’a pas fini en {seconds:g} secondes ; la conversion est abandonnée."
        ) from error
    finally:
        _end_group(group)


def _end_group(group: "Sequence[subprocess.Popen[bytes]]") -> None:
    """Ends our processes of a group and all that they started, and waits until they are gone.

    The first one leads the group.
    """
    limit = time.monotonic() + _ENDING
    try:
        while time.monotonic() < limit:
            os.killpg(group[0].pid, signal.SIGKILL)
            for process in group:
                process.poll()
            time.sleep(0.01)
    except ProcessLookupError:
        pass
    for process in group:
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
