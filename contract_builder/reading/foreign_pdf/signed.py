"""A signed PDF read in a process of its own: the text of its pages and its electronic signatures.

Nothing is fetched: whether a certificate may be trusted is decided by the roots that are given.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contract_builder.reading.foreign_pdf.bounded import Limits, ask_worker
from contract_builder.reading.foreign_pdf.structure import refuse_what_is_no_pdf

SIGNED_LIMITS: Final = Limits(seconds=20, seconds_a_page=0.2, mebibytes=1024, patience=300)
_WORKER: Final = "contract_builder.reading.foreign_pdf.signed_worker"


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One electronic signature, as the file says and as it was checked.

    ``field`` names its place; ``signer`` and ``issuer`` are the subject and issuer of the
    certificate as written. ``signed_at`` (ISO 8601) is what the signer's machine says, and
    ``stamped_at`` what a time-stamping authority says; empty when there is none. ``is_intact``:
    what it covers was not changed since. ``is_extended``: something that it does not cover was
    added later, ``is_altered`` when that is more than other signatures. ``is_trusted``: the
    certificate leads to one of the roots that were given; None without any. ``problem`` says in
    French why it could not be read or checked; it may be empty.
    """

    field: str
    signer: str = ""
    issuer: str = ""
    signed_at: str = ""
    stamped_at: str = ""
    is_intact: bool = False
    is_extended: bool = False
    is_altered: bool = False
    is_trusted: bool | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """The text of each page, in order, and the signatures, oldest first.

    What annotations show, the look of a signature among them, is no text of a page.
    """

    pages: tuple[str, ...]
    signatures: tuple[PdfSignature, ...]


def read_signed_pdf(
    data: bytes, roots: Sequence[bytes], on: datetime, limits: Limits = SIGNED_LIMITS
) -> SignedPdf:
    """The pages and signatures of a PDF, within bounds.

    ``roots`` are certificates, as PEM or DER; ``on`` is the day to judge by where a signature gives
    none. Raises UnusablePdfError for what is empty, no PDF, cut short, broken, protected or too
    long, or takes more than ``limits``.
    """
    refuse_what_is_no_pdf(data)
    asked = {
        "roots": [base64.b64encode(root).decode() for root in roots],
        "on": on.isoformat(),
    }
    answer = json.loads(ask_worker(_WORKER, json.dumps(asked).encode() + b"\n" + data, limits))
    return SignedPdf(
        tuple(answer["pages"]),
        tuple(PdfSignature(**signature) for signature in answer["signatures"]),
    )
