"""Problems as the text of the terminal and as data for ``--json``, in a front end's words."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from contract_builder.diagnostics import Diagnostic, in_file_order
from contract_builder.errors import Remedy

Wording = Callable[[Remedy], str]
"""How a front end says what would help, as a sentence."""

_WIDTH = 100
_QUOTE_WIDTH = 120
_LONG_QUOTE = re.compile(r"«[ \u00a0]([^»]{160,}?)[ \u00a0]»")


def format_diagnostic(problem: Diagnostic, wording: Wording) -> str:
    """The block of lines for one problem: place and message, excerpt with carets, help."""
    lines = [f"{problem.place}: {problem.severity} [{problem.code}] {shorten(problem.message)}"]
    lines.extend(_excerpt_lines(problem))
    help_text = word_help(problem, wording)
    if help_text:
        lines.append(f"  aide : {help_text}")
    return "\n".join(lines)


def word_help(problem: Diagnostic, wording: Wording) -> str:
    """What to change in the file, then what the program can do; empty when nothing is known."""
    parts = [problem.hint, "" if problem.remedy is None else wording(problem.remedy)]
    return " ".join(part for part in parts if part)


def format_diagnostics(problems: Iterable[Diagnostic], wording: Wording) -> str:
    """All problems in file order, one block each, without duplicates."""
    return "\n".join(format_diagnostic(problem, wording) for problem in in_file_order(problems))


def diagnostic_data(problem: Diagnostic, wording: Wording) -> dict[str, Any]:
    """One problem as JSON-ready data."""
    return {
        "code": problem.code,
        "gravite": problem.severity,
        "message": shorten(problem.message),
        "fichier": problem.place.file,
        "ligne": problem.place.line,
        "colonne": problem.place.column,
        "aide": word_help(problem, wording),
    }


def problems_data(problems: Iterable[Diagnostic], wording: Wording) -> dict[str, Any]:
    """A list of problems as the answer of a command."""
    return {"problemes": [diagnostic_data(problem, wording) for problem in problems]}


def shorten(message: str) -> str:
    """The message with each quoted text cut after some words: a pasted page is no help."""
    return _LONG_QUOTE.sub(lambda match: f"« {match[1][:_QUOTE_WIDTH].rstrip()}… »", message)


def _excerpt_lines(problem: Diagnostic) -> list[str]:
    """The offending line, cut to a window around the place, and a line of carets."""
    text = problem.place.excerpt
    if not text.strip():
        return []
    start = problem.place.column - 1
    window_start = max(0, start - _WIDTH // 2) if len(text) > _WIDTH else 0
    window = text[window_start : window_start + _WIDTH]
    prefix = "… " if window_start else ""
    suffix = " …" if window_start + _WIDTH < len(text) else ""
    carets = max(1, min(problem.place.length, len(window) - (start - window_start)))
    gutter = f"{problem.place.line:5d} | "
    indent = " " * (len(prefix) + start - window_start)
    return [
        f"{gutter}{prefix}{window}{suffix}".replace("\t", " "),
        f"{' ' * (len(gutter) - 2)}| {indent}{'^' * carets}",
    ]
