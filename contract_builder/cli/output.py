"""What commands print: problems and errors on stderr, results on stdout."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from contract_builder.cli.remedies import word_remedy
from contract_builder.diagnostics import Diagnostic
from contract_builder.diagnostics.text import format_diagnostics

EXIT_DONE, EXIT_PROBLEMS, EXIT_USAGE, EXIT_WARNINGS, EXIT_INTERNAL = 0, 1, 2, 3, 70
EXIT_STOPPED = 130  # by Ctrl-C

_PLURALS = {"erreur": "erreurs", "avertissement": "avertissements", "note": "notes"}


def print_line(text: str = "") -> None:
    """One line of result."""
    sys.stdout.write(f"{text}\n")


def print_json(data: Any) -> None:
    """Machine-readable results, and nothing else, on stdout."""
    sys.stdout.write(f"{json.dumps(data, ensure_ascii=False, indent=2)}\n")


def print_error(text: str) -> None:
    """One message on stderr."""
    sys.stderr.write(f"{text}\n")


def print_kept(kept: Iterable[tuple[Path, Path]]) -> None:
    """Tells which files somebody had changed, and under which name each was put aside."""
    for original, copy in kept:
        print_error(
            f"« {original.name} » avait été modifié depuis sa création : "
            f"il est conservé sous le nom « {copy.name} »."
        )


def print_removed(removed: Iterable[Path]) -> None:
    """Tells which products of an earlier run went, because this one did not make them again."""
    for path in removed:
        print_error(f"« {path.name} », produit auparavant et plus à jour, a été retiré.")


def print_problems(problems: Sequence[Diagnostic], *, strict: bool) -> int:
    """All problems on stderr and the exit code they give."""
    if problems:
        print_error(format_diagnostics(problems, word_remedy))
    return exit_code(problems, strict=strict)


def exit_code(problems: Sequence[Diagnostic], *, strict: bool) -> int:
    """1 with an error, 3 with a warning under ``--strict``, else 0."""
    severities = {problem.severity for problem in problems}
    if "erreur" in severities:
        return EXIT_PROBLEMS
    return EXIT_WARNINGS if strict and "avertissement" in severities else EXIT_DONE


def count_words(problems: Sequence[Diagnostic]) -> str:
    """« 2 erreurs, aucun avertissement »; notes are told when there are some."""
    parts = []
    for severity, plural in _PLURALS.items():
        count = sum(problem.severity == severity for problem in problems)
        if severity == "note" and not count:
            continue
        none = "aucun" if severity == "avertissement" else "aucune"
        parts.append(
            f"{none} {severity}" if not count else f"{count} {severity if count == 1 else plural}"
        )
    return ", ".join(parts)
