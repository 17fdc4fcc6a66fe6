"""Steps that make a contract are given the time and draw no lots: same input, same bytes."""

import ast
from pathlib import Path

import pytest

from tests.architecture.repository import PACKAGE, name_of, parse_file, python_files

FORBIDDEN = frozenset(
    {
        "date.today",
        "datetime.now",
        "datetime.today",
        "datetime.utcnow",
        "os.urandom",
        "random",
        "secrets",
        "time.gmtime",
        "time.localtime",
        "time.time",
        "uuid.uuid1",
        "uuid.uuid4",
        "uuid1",
        "uuid4",
    }
)
STEPS = ("model", "reading", "library", "profiles", "assembly", "render", "compare", "renewal")
MODULES = [
    path for path in python_files("contract_builder") if path.relative_to(PACKAGE).parts[0] in STEPS
]


def _is_forbidden(called: str) -> bool:
    return any(called == name or called.endswith(f".{name}") for name in FORBIDDEN) or (
        called.split(".", maxsplit=1)[0] in ("random", "secrets")
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_step_asks_neither_the_clock_nor_chance(path: Path) -> None:
    asked = [
        f"{path.name}:{node.lineno} {called}"
        for node in ast.walk(parse_file(path))
        if isinstance(node, ast.Call) and _is_forbidden(called := ast.unparse(node.func))
    ]
    assert asked == []
