"""A foreign PDF prepared in a process of its own, within bounds of time and memory.

What was found of a file is kept for the process that asked: a contract asks when it is checked and
when its pages are joined, and many contracts may join the same file.
"""

import subprocess
import sys
from collections import OrderedDict
from hashlib import sha256

from contract_builder.frozen import dataclass
from contract_builder.reading.foreign_pdf.structure import UnusablePdfError, refuse_what_is_no_pdf
from contract_builder.reading.foreign_pdf.worker import TOO_BIG, TOO_SLOW


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take.

    ``seconds`` of processor time, to which each page that was finished adds what it took,
    ``seconds_a_page`` at most: five hundred scans have their time, and empty pages give none to
    another one. ``mebibytes`` of memory; ``patience`` is the clock time, in seconds, after which
    nothing is waited for any more.
    """

    seconds: float = 6
    seconds_a_page: float = 0.2
    mebibytes: int = 1024
    patience: float = 600


LIMITS = Limits()
_WORKER = "contract_builder.reading.foreign_pdf.worker"
_KEPT_FILES, _KEPT_BYTES, _KEPT_COUNTS = 8, 64 * 2**20, 4096


@dataclass(frozen=True, slots=True)
class PreparedPdf:
    """A copy ready to be joined: each page shows one form, and acts in nothing but its links."""

    pages: int
    data: bytes


class _Findings:
    """What was found of the files last asked for: page count or reason, and a few copies."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, int | str] = OrderedDict()
        self._copies: OrderedDict[str, PreparedPdf] = OrderedDict()

    def count_of(self, digest: str) -> int | None:
        """The number of pages; None for a file not known; its UnusablePdfError again."""
        found = self._counts.get(digest)
        if isinstance(found, str):
            raise UnusablePdfError(found)
        return found

    def copy_of(self, digest: str) -> PreparedPdf | None:
        return self._copies.get(digest)

    def keep_refusal(self, digest: str, reason: str) -> None:
        self._counts[digest] = reason
        self._forget()

    def keep(self, digest: str, prepared: PreparedPdf) -> None:
        self._counts[digest] = prepared.pages
        self._copies[digest] = prepared
        self._forget()

    def _forget(self) -> None:
        while len(self._counts) > _KEPT_COUNTS:
            self._counts.popitem(last=False)
        while self._copies and (
            len(self._copies) > _KEPT_FILES
            or sum(len(copy.data) for copy in self._copies.values()) > _KEPT_BYTES
        ):
            self._copies.popitem(last=False)


_FOUND = _Findings()


def count_pages(data: bytes, limits: Limits = LIMITS) -> int:
    """How many pages a PDF has, from 1 to MAX_PAGES; it was prepared, so it can be joined.

    Raises UnusablePdfError as ``prepare_pdf`` does.
    """
    if limits == LIMITS:
        known = _FOUND.count_of(sha256(data).hexdigest())
        if known is not None:
            return known
    return prepare_pdf(data, limits).pages


def prepare_pdf(data: bytes, limits: Limits = LIMITS) -> PreparedPdf:
    """The copy of a PDF whose pages can be joined as they are.

    Raises UnusablePdfError for what is empty, no PDF, cut short, broken, protected or too long,
    would not be shown as it is, or takes more than ``limits``.
    """
    refuse_what_is_no_pdf(data)
    if limits != LIMITS:
        return _prepare(data, limits)
    digest = sha256(data).hexdigest()
    _FOUND.count_of(digest)
    prepared = _FOUND.copy_of(digest)
    if prepared is None:
        try:
            prepared = _prepare(data, limits)
        except UnusablePdfError as error:
            _FOUND.keep_refusal(digest, str(error))
            raise
        _FOUND.keep(digest, prepared)
    return prepared


def _prepare(data: bytes, limits: Limits) -> PreparedPdf:
    answer = ask_worker(_WORKER, data, limits)
    pages, _, copy = answer.partition(b"\n")
    return PreparedPdf(int(pages), copy)


def ask_worker(worker: str, data: bytes, limits: Limits) -> bytes:
    """What a worker module answers about a file, after the letter « P ».

    UnusablePdfError with the reason that it gives (after « R »), or that its end tells.
    """
    command = [
        sys.executable, "-P", "-m", worker,
        str(limits.seconds), str(limits.seconds_a_page), str(limits.mebibytes),
    ]  # fmt: skip
    try:
        ended = subprocess.run(  # noqa: S603 – this Python and our own arguments
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnusablePdfError(_too_slow(limits)) from error
    kind, answer = ended.stdout[:1], ended.stdout[1:]
    if kind == b"R":
        raise UnusablePdfError(answer.decode())
    if kind == b"P" and ended.returncode == 0:
        return answer
    if ended.returncode == TOO_SLOW:
        raise UnusablePdfError(_too_slow(limits))
    if ended.returncode == TOO_BIG:
        raise UnusablePdfError(
            f"sa lecture demande plus de {limits.mebibytes} Mio de mémoire ; imprimez-le en PDF"
        )
    raise UnusablePdfError(
        "sa lecture s’est arrêtée en chemin : il est endommagé ou demande trop de mémoire ; "
        "imprimez-le en PDF"
    )


def _too_slow(limits: Limits) -> str:
    return (
        f"sa lecture demande plus de {limits.seconds:g} secondes, et de "
        f"{limits.seconds_a_page:g} seconde par page ; imprimez-le en PDF"
    ).replace(".", ",")
