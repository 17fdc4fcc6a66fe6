"""Users' files are opened in one place, which waits for no pipe and reads no device."""

import ast
from pathlib import Path

import pytest

from tests.architecture.repository import PACKAGE, name_of, parse_file, python_files

OPENING = PACKAGE / "reading" / "bounded.py"
OURS = {
    "contract_builder/compare/views/page.py": "a page that is part of the package",
    "contract_builder/compare/views/summary_pdf.py": "a template that is part of the package",
    "contract_builder/files/work_folder.py": "folders alone, by the flag O_DIRECTORY",
    "contract_builder/render/html/reading.py": "a page that is part of the package",
    "contract_builder/tables/page.py": "pages that are part of the package",
}
"""Modules that open something else; why none of a user's files passes there."""
READS = ("read_bytes", "read_text")
OPENS = ("open", "gzip.open", "io.open", "os.open", "zipfile.ZipFile", "ZipFile", "tarfile.open")
MODULES = [path for path in python_files("contract_builder") if path != OPENING]


def _writes(call: ast.Call) -> bool:
    """True when the mode says that the file is written: ``open(p, "xb")``, ``p.open("ab")``."""
    method = isinstance(call.func, ast.Attribute) and ast.unparse(call.func) not in OPENS
    modes = [*call.args[0 if method else 1 :][:1], *(k.value for k in call.keywords)]
    return any(
        isinstance(mode, ast.Constant) and isinstance(mode.value, str) and mode.value[:1] in "wxa"
        for mode in modes
    ) or any(flag in ast.unparse(call) for flag in ("os.O_WRONLY", "os.O_RDWR"))


def _opens_a_path(call: ast.Call) -> bool:
    """True for what opens or reads a path; an archive made of a stream opens none."""
    called = ast.unparse(call.func)
    if isinstance(call.func, ast.Attribute) and call.func.attr in READS:
        return True
    if _writes(call):
        return False
    first = ast.unparse(call.args[0]) if call.args else ""
    if called in OPENS:
        return not (first.startswith("BytesIO(") or first in STREAMS)
    return called.endswith("path.open") or (called.endswith(".open") and not call.args)


STREAMS = ("buffer", "file", "stream")
"""What this package calls a file that is open already."""


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_users_file_is_opened_by_the_bounded_reading_alone(path: Path) -> None:
    opened = [
        f"{path.name}:{node.lineno} {ast.unparse(node)[:60]}"
        for node in ast.walk(parse_file(path))
        if isinstance(node, ast.Call) and _opens_a_path(node)
    ]
    assert opened == [] or name_of(path) in OURS


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("path.read_bytes()", True),
        ("(folder / name).read_text(encoding='utf-8')", True),
        ("open(path)", True),
        ("path.open('rb')", True),
        ("zipfile.ZipFile(path)", True),
        ("gzip.open(path, 'rb')", True),
        ("path.open('xb')", False),
        ("zipfile.ZipFile(file)", False),
        ("ZipFile(BytesIO(data))", False),
        ("archive.open(name)", False),
    ],
)
def test_the_rule_knows_the_ways_to_open_a_file(code: str, found: bool) -> None:
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert _opens_a_path(call) is found


def test_every_exception_is_still_needed() -> None:
    for name in OURS:
        tree = parse_file(PACKAGE.parent / name)
        assert any(isinstance(node, ast.Call) and _opens_a_path(node) for node in ast.walk(tree))
