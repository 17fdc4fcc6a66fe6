"""Typst is run on one document with one thread, so that a batch may use every core."""

import subprocess
import sys

import pytest

from contract_builder.errors import InternalRenderError
from contract_builder.render.pdf.typst_run import TypstSource, compile_pdf
from tests.documents import FONTS, ROOT

_PROGRAM = """
import os, pathlib, sys
from contract_builder.render.pdf.typst_run import TypstSource, compile_pdf
parts = "\\n".join(f"#page[Partie {number}]" for number in range(20))
before = len(os.listdir("/proc/self/task"))
compile_pdf(TypstSource(parts, "donnees.json", b"{}"), pathlib.Path(sys.argv[1]))
print(len(os.listdir("/proc/self/task")) - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts the threads where Linux lists them")
def test_a_document_of_many_parts_is_laid_out_by_one_thread() -> None:
    command = [sys.executable, "-c", _PROGRAM, str(FONTS)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    assert int(result.stdout) == 1


def test_a_panic_of_typst_is_told_as_a_fault_and_the_next_document_is_made() -> None:
    template = '#read("mot.txt")'
    endless = TypstSource(template, "mot.txt", ("é" * 40_000).encode())
    with pytest.raises(InternalRenderError, match="Typst s’est arrêté"):
        compile_pdf(endless, FONTS)
    assert compile_pdf(TypstSource(template, "mot.txt", b"mot"), FONTS).startswith(b"%PDF")
