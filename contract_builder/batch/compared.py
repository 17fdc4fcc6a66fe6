"""What changed in one contract since an earlier one, made inside a worker after its documents.

Whatever happens here, the contract that was built stays.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from contract_builder.batch.earlier import Earlier, hash_of
from contract_builder.files.publish import publish
from contract_builder.services.comparing import (
    CompareRequest,
    compare_sources,
    gist_of,
    publish_comparison,
)
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class Marks:
    """Who signs the marks of redlines, and when."""

    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """A comparison as the ledger remembers it.

    ``key`` is the SHA-256 of the earlier contract and ``content`` the fingerprint of the new one:
    while both stand, it is not made again. Both are empty when it could not be made: ``refusal``
    says why. ``substance`` and ``money`` count changes, ``main`` is
    the most important one. ``files`` are names inside the products folder; ``refusal`` says why the
    redline is not among them, empty when all is well or when there is nothing to mark.
    """

    key: str
    content: str
    label: str
    identical: bool = False
    substance: int = 0
    money: int = 0
    main: str = ""
    files: tuple[str, ...] = ()
    refusal: str = ""


def is_standing(known: ComparisonResult | None, key: str, content: str, out: Path) -> bool:
    """True when nothing would change if the comparison were made again."""
    return (
        known is not None
        and (known.key, known.content) == (key, content)
        and all((out / name).is_file() for name in known.files)
    )


def not_compared(earlier: Earlier, reason: str) -> ComparisonResult:
    """A comparison that could not be made; the next batch tries again."""
    return ComparisonResult("", "", earlier.label, refusal=reason)


def compare_contract(
    project: Project,
    out: Path,
    contract: Path,
    earlier: Earlier,
    marks: Marks,
    known: ComparisonResult | None = None,
) -> ComparisonResult | None:
    """The comparison of the contract file ``contract`` with an earlier one, its views published.

    A redline that cannot be proved is refused; the page is still written. The files of ``known``,
    the comparison of an earlier batch, make room for those of this one. ``content`` is left to
    the caller. None when there is no earlier contract; UserError when one cannot be read.
    """
    path = out / earlier.file
    key = hash_of(path)
    if not key:
        return None
    comparison = compare_sources(project, str(path), str(contract))
    gist = gist_of(comparison)
    result = ComparisonResult(
        key, "", earlier.label, gist.is_empty, gist.substance, gist.money, gist.main
    )
    outdated = [] if known is None else [Path(name).name for name in known.files]
    if gist.is_empty:
        publish(contract.parent, {}, outdated)
        return result
    request = CompareRequest(str(path), str(contract), ("html", "docx"), marks.author, marks.at)
    compared = publish_comparison(project.root, comparison, request, contract.parent, outdated)
    written = compared.published.written
    files = tuple(file.relative_to(out).as_posix() for file in written)
    return replace(result, files=files, refusal=compared.refusal)
