"""The process of its own that reads one foreign PDF: data in, the prepared copy or the reason out.

Called by `bounded` alone: ``python -m …worker SECONDS SECONDS_A_PAGE MEBIBYTES``. The answer is one
letter and what belongs to it: « P », the number of pages on a line, the copy; « R » and why the
file cannot be joined. It ends itself when it takes longer, and the system refuses it more memory.
"""

import os
import sys
import threading
import time
from collections.abc import Callable

from contract_builder.reading.foreign_pdf.names import names_as_written
from contract_builder.reading.foreign_pdf.structure import (
    DAMAGED,
    UnusablePdfError,
    count,
    open_pdf,
    reading_errors,
    refuse_what_a_copy_would_change,
    refuse_what_is_no_pdf,
)

TOO_SLOW, TOO_BIG = 3, 4
_LOOKING = 0.05  # seconds between two looks at the time taken


class Allowance:
    """Processor time that this process may take; a machine that is busy takes nothing from it."""

    def __init__(self, seconds: float, seconds_a_page: float) -> None:
        self._seconds = seconds
        self._seconds_a_page = seconds_a_page
        self._last = time.process_time()
        threading.Thread(target=self._watch, daemon=True).start()

    def finish_page(self) -> None:
        """Gives back what a page took, within what a page may take."""
        now = time.process_time()
        self._seconds += min(now - self._last, self._seconds_a_page)
        self._last = now

    def _watch(self) -> None:
        while time.process_time() < self._seconds:
            time.sleep(_LOOKING)
        os._exit(TOO_SLOW)


def main(seconds: float, seconds_a_page: float, mebibytes: int) -> None:
    """Reads the file from the standard input and answers."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints disturbs no answer
    allowance = Allowance(seconds, seconds_a_page)
    limit_memory(mebibytes)
    try:
        data = sys.stdin.buffer.read()
        pages, copy = prepare_unbounded(data, allowance.finish_page)
        answer = b"P%d\n" % pages + copy
    except UnusablePdfError as error:
        answer = b"R" + str(error).encode()
    except MemoryError:
        os._exit(TOO_BIG)
    with answers:
        answers.write(answer)


@names_as_written()
def prepare_unbounded(data: bytes, finished: Callable[[], None]) -> tuple[int, bytes]:
    """How many pages the file has, and its copy ready to be joined; without any bound.

    ``finished`` hears of each page at each of the steps. UnusablePdfError as
    ``bounded.prepare_pdf``.
    """
    from contract_builder.reading.foreign_pdf.annotations import find_blank
    from contract_builder.reading.foreign_pdf.appearances import draw_what_is_missing
    from contract_builder.reading.foreign_pdf.likeness import refuse_lost_texts, refuse_other_looks
    from contract_builder.reading.foreign_pdf.page_copy import copy_pages

    refuse_what_is_no_pdf(data)
    try:
        sound = _mend(data)
        reader = open_pdf(sound)
        refuse_what_a_copy_would_change(reader)
        pages = count(reader)
        finished()
        shown, drawn = draw_what_is_missing(sound, reader, finished)
        if shown is not sound:
            reader, data = open_pdf(shown), shown
        copy = copy_pages(reader, finished)
        joined = copy_pages(open_pdf(copy), finished)  # as the joining will, in the same bounds
        refuse_other_looks(data, joined, find_blank(reader), finished)
        refuse_lost_texts(joined, drawn)
    except reading_errors() as error:
        raise UnusablePdfError(DAMAGED) from error
    return pages, copy


def _mend(data: bytes) -> bytes:
    """The file as pdfium writes it, which mends more than pypdf and takes every name as it is."""
    from pypdfium2 import PdfiumError

    from contract_builder.reading.foreign_pdf.viewer import open_as_viewer, save_document

    try:
        return save_document(open_as_viewer(data, fields=False))
    except PdfiumError:
        count(open_pdf(data))  # tells more of a file without pages
        raise


def limit_memory(mebibytes: int) -> None:
    """Lets this process have no more memory, where the system can say so."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = mebibytes * 2**20
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
