"""A problem as JSON and back, for what remembers it: no front end has worded it yet."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from contract_builder.diagnostics import Diagnostic
from contract_builder.errors import Remedy
from contract_builder.source import Place, SourceFile


def kept_data(problem: Diagnostic) -> dict[str, Any]:
    """One problem as JSON-ready data, without the text of the file that it points at."""
    return {
        "code": problem.code,
        "gravite": problem.severity,
        "message": problem.message,
        "fichier": problem.place.file,
        "ligne": problem.place.line,
        "colonne": problem.place.column,
        "aide": problem.hint,
        "remede": None if problem.remedy is None else asdict(problem.remedy),
    }


def parse_kept(data: Mapping[str, Any]) -> Diagnostic:
    """What ``kept_data`` gave; its place has lost the text of its file."""
    return Diagnostic(
        data["code"],
        data["gravite"],
        data["message"],
        Place(SourceFile(data["fichier"], ()), data["ligne"], data["colonne"]),
        data["aide"],
        None if data["remede"] is None else Remedy(**data["remede"]),
    )
