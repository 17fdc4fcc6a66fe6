"""A line of the ledger: what is remembered of one profile, as JSON and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from contract_builder.batch.compared import ComparisonResult
from contract_builder.batch.ledger_entry import FIRST, LedgerEntry
from contract_builder.batch.summary_json import parse_summary, summary_data
from contract_builder.diagnostics.kept import kept_data, parse_kept


def entry_line(entry: LedgerEntry) -> bytes:
    """One line of UTF-8 with its end."""
    before = entry.before
    data = {
        "profile": entry.profile,
        "status": entry.status,
        "inputs": entry.inputs,
        "content": entry.content,
        "files": entry.files,
        "problems": [kept_data(problem) for problem in entry.problems],
        "summary": summary_data(entry.summary),
        "seconds": entry.seconds,
        "before": None if before is None else summary_data(None if before == FIRST else before),
        "comparison": comparison_result_data(entry.comparison),
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def comparison_result_data(result: ComparisonResult | None) -> dict[str, Any] | None:
    """What a batch remembers of a comparison; None for none."""
    return None if result is None else {**asdict(result), "files": list(result.files)}


class EntryReader:
    """Reads the lines of a ledger; a text that many contracts share stands in memory once."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def parse(self, line: bytes) -> LedgerEntry | None:
        """The entry of a line; None when it is cut or damaged."""
        try:
            return _parse_entry(json.loads(line, object_pairs_hook=self._object))
        except (ValueError, TypeError, KeyError):
            return None

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        one = self._texts.setdefault
        return {
            one(key, key): one(value, value) if isinstance(value, str) else value
            for key, value in pairs
        }


def _parse_entry(data: Mapping[str, Any]) -> LedgerEntry:
    comparison, before = data["comparison"], data["before"]
    return LedgerEntry(
        profile=data["profile"],
        status=data["status"],
        inputs=dict(data["inputs"]),
        content=data["content"],
        files=tuple(data["files"]),
        problems=tuple(map(parse_kept, data["problems"])),
        summary=parse_summary(data["summary"]),
        seconds=data["seconds"],
        before=FIRST if before == {} else parse_summary(before),
        comparison=None
        if comparison is None
        else ComparisonResult(**{**comparison, "files": tuple(comparison["files"])}),
    )
