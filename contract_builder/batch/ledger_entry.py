"""What a folder of products remembers of one profile."""

from typing import Final, Literal

from contract_builder.batch.compared import ComparisonResult
from contract_builder.batch.summary import BatchSummary
from contract_builder.diagnostics import Diagnostic
from contract_builder.frozen import dataclass

FIRST: Final = "first"
"""There was nothing before: this is the first contract that was built."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """The last result of one profile. ``files`` are names inside the products folder.

    ``inputs`` are hashes by kind of input, none when nothing could be made. ``problems`` are errors
    and warnings, without the texts of the files that they point at. ``summary`` is that of the last
    contract built, None when there is none. ``before`` is what it was when the last batch that went
    to its end ended: None when the contract was not built since, ``FIRST`` when there was none.
    """

    profile: str
    status: str
    inputs: dict[str, str]
    content: str
    files: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    summary: BatchSummary | None = None
    seconds: float = 0.0
    before: BatchSummary | Literal["first"] | None = None
    comparison: ComparisonResult | None = None
