"""The process of its own that reads one signed PDF: pages and signatures out, as JSON.

Called by `signed` alone, as `worker` is by `bounded`; the file comes after one line that says what
is asked. pyHanko is imported here and by `signatures` alone, and only for a file that has one.
"""

import base64
import json
import os
import sys
from dataclasses import asdict
from datetime import datetime

from contract_builder.reading.foreign_pdf.signed import PdfSignature
from contract_builder.reading.foreign_pdf.structure import (
    DAMAGED,
    MAX_PAGES,
    UnusablePdfError,
    reading_errors,
)
from contract_builder.reading.foreign_pdf.viewer import open_as_viewer
from contract_builder.reading.foreign_pdf.worker import TOO_BIG, Allowance, limit_memory

_SIGNED = b"/ByteRange"
_LONGEST_PAGE = 20_000
"""Characters; a page set in the smallest type has half of it."""
_HYPHEN_AT_LINE_END = "\ufffe"


def answer_about_signed_file(seconds: float, seconds_a_page: float, mebibytes: int) -> None:
    """Reads what is asked and the file from the standard input, and answers."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints disturbs no answer
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    if _SIGNED in data:  # the import is ours: it takes nothing from what the file may
        import contract_builder.reading.foreign_pdf.signatures  # noqa: F401
    allowance = Allowance(seconds, seconds_a_page)
    limit_memory(mebibytes)
    try:
        pages = _read_pages(data, allowance)
        roots = [base64.b64decode(root) for root in asked["roots"]]
        signatures = _read_signatures(data, roots, datetime.fromisoformat(asked["on"]))
        answer = json.dumps({"pages": pages, "signatures": [asdict(item) for item in signatures]})
        told = b"P" + answer.encode()
    except UnusablePdfError as error:
        told = b"R" + str(error).encode()
    except MemoryError:
        os._exit(TOO_BIG)
    with answers:
        answers.write(told)


def _read_pages(data: bytes, allowance: Allowance) -> list[str]:
    try:
        document = open_as_viewer(data, fields=False)
        if len(document) > MAX_PAGES:
            raise UnusablePdfError(f"il a plus de {MAX_PAGES} pages")
        pages = []
        for page in document:
            text = page.get_textpage()
            read = text.get_text_range(0, min(text.count_chars(), _LONGEST_PAGE))
            pages.append(read.replace(_HYPHEN_AT_LINE_END, "-").encode(errors="replace").decode())
            text.close()
            page.close()
            allowance.finish_page()
    except reading_errors() as error:
        raise UnusablePdfError(DAMAGED) from error
    return pages


def _read_signatures(data: bytes, roots: list[bytes], on: datetime) -> list[PdfSignature]:
    if _SIGNED not in data:
        return []
    from contract_builder.reading.foreign_pdf.signatures import read_signatures

    return read_signatures(data, roots, on)


if __name__ == "__main__":
    answer_about_signed_file(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
