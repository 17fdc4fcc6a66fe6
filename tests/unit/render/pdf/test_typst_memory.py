"""A process that makes many documents does not grow with them."""

import subprocess
import sys

from tests.documents import ROOT

_PROGRAM = """
import re, sys, typst
from contract_builder.render.pdf.typst_memory import forget_typst_memory
for number in range(24):
    text = "\\n\\n".join(f"Document {number}, ligne {line} du texte." for line in range(1500))
    typst.Compiler(text.encode(), ignore_system_fonts=True).compile(format="pdf")
    if sys.argv[1] == "forget":
        forget_typst_memory()
print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read()).group(1))
"""


def peak_memory(mode: str) -> int:
    """The peak memory, in kilobytes, of a process that makes twenty-four documents.

    Its own since it began: the peak of ``getrusage`` would be that of the process that started it.
    """
    command = [sys.executable, "-c", _PROGRAM, mode]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    return int(result.stdout)


def test_documents_that_are_forgotten_do_not_add_up() -> None:
    assert peak_memory("forget") < 0.8 * peak_memory("keep")
