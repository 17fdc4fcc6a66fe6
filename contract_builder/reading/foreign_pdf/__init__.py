"""PDF files that others made, made ready to be joined to a contract.

All that a file asks for is done in a process of its own, with bounds on time and memory: it is
read, what has no appearance is drawn, each page becomes one form, and each is compared with what
the original shows. `check` and the joining ask for the same thing; what is accepted can be joined.
"""

from contract_builder.reading.foreign_pdf.bounded import (
    LIMITS,
    Limits,
    PreparedPdf,
    count_pages,
    prepare_pdf,
)
from contract_builder.reading.foreign_pdf.names import names_as_written
from contract_builder.reading.foreign_pdf.structure import (
    MAX_BYTES,
    MAX_PAGES,
    UnusablePdfError,
    find_entry,
    open_pdf,
)

__all__ = [
    "LIMITS",
    "MAX_BYTES",
    "MAX_PAGES",
    "Limits",
    "PreparedPdf",
    "UnusablePdfError",
    "count_pages",
    "find_entry",
    "names_as_written",
    "open_pdf",
    "prepare_pdf",
]
