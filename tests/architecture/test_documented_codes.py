"""Each problem that the tool can report is explained to its readers in ``docs/erreurs.md``."""

import ast
import re
from dataclasses import dataclass

from tests.architecture.repository import PACKAGE, parse_file, python_files, read

DOCUMENT = "docs/erreurs.md"
CATALOGUE = PACKAGE / "diagnostics"
READ_BACK = CATALOGUE / "kept.py"
"""Makes no problem: it reads back those that were made and kept."""
HEADING = re.compile(r"^### `(?P<code>[^`]+)` — (?P<severity>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Made:
    """A ``Diagnostic(...)`` in the source: its code and its severity, when they are constants."""

    place: str
    in_catalogue: bool
    code: str
    severity: str


def _constant(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _made() -> list[Made]:
    return [
        Made(
            f"{path.name}:{node.lineno}",
            path.is_relative_to(CATALOGUE),
            _constant(node.args[0]) if node.args else "",
            _constant(node.args[1]) if len(node.args) > 1 else "",
        )
        for path in python_files("contract_builder")
        if path != READ_BACK
        for node in ast.walk(parse_file(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Diagnostic"
    ]


def _sections() -> dict[str, tuple[str, str]]:
    """Code → severity written beside it, and the text below, in document order."""
    text = read(DOCUMENT)
    headings = list(HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    return {
        heading["code"]: (heading["severity"], text[heading.end() : end])
        for heading, end in zip(headings, ends, strict=True)
    }


def test_problems_are_made_in_the_catalogue_alone_with_a_constant_code() -> None:
    elsewhere = [item.place for item in _made() if not item.in_catalogue or not item.code]
    assert elsewhere == []


def test_codes_are_kebab_case() -> None:
    odd = [item.code for item in _made() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item.code)]
    assert odd == []


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    made = {item.code for item in _made()}
    documented = set(_sections())
    assert made - documented == set()
    assert documented - made == set()


def test_the_document_lists_a_code_once() -> None:
    codes = [match["code"] for match in HEADING.finditer(read(DOCUMENT))]
    assert len(codes) == len(set(codes))


def test_the_document_gives_the_severity_that_the_tool_gives() -> None:
    documented = {code: severity for code, (severity, _) in _sections().items()}
    wrong = {
        item.code: (item.severity, documented.get(item.code))
        for item in _made()
        if item.severity and documented.get(item.code) != item.severity
    }
    assert wrong == {}


def test_every_section_shows_an_example_and_says_what_to_do() -> None:
    incomplete = [
        code
        for code, (_, text) in _sections().items()
        if "**Exemple.**" not in text or "**Que faire.**" not in text
    ]
    assert incomplete == []
