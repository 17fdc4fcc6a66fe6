"""Whatever is asked of any page of the table of routes, it answers: no fault of ours, ever.

What a page may be asked is found in its module, so that a new page is tried as soon as it is there.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote_from_bytes, urlencode

import pytest

from contract_builder.store.database import start_django
from tests.followed_contracts import make_followed_project
from tests.mini_project import copy_mini_project
from tests.route_permissions import ARGUMENTS
from tests.web_server import Answer, WebClient, serving

start_django()

from contract_builder.web.routes import ROUTES, Route  # noqa: E402 - pages ask for Django's settings

WRITTEN = [route for route in ROUTES if route.changes]
SOUND = {
    "ancien": "modele",
    "nouveau": "990000010@1",
    "version": "990000010@1",
    "article": "CSP L6114-1",
    "date": "2026-05-01",
    "le": "2026-05-01",
    "annee": "2025",
    "numero": "1",
}
"""What is asked beside the one thing that is not: else nobody would look further."""
VALUES = (
    b"",
    b"\x00",
    b"-1",
    b"9" * 5000,
    b"0001-01-01",
    b"9999-12-31",
    b"NaN",
    "²".encode(),
    b"\xed\xa0\x80",
    b"../../etc/passwd",
    b"projet:../x",
    b"990000010@99999999999999999999",
    b"[0]",
    "\u202e\U0001f3e5".encode(),
)
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "POST", "INCONNUE")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A browser before a working folder whose contract is signed and followed."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    make_followed_project(project).close()
    with serving(project) as address:
        yield WebClient(address)


def _address(route: Route) -> str:
    path = route.address
    for argument, value in {**ARGUMENTS, "<str:kind>/<path:item>": "clause/objet"}.items():
        path = path.replace(argument, value)
    assert "<" not in path
    return f"/{path}"


def _names(route: Route) -> list[str]:
    """What the module of a page takes out of a question or a form, by name."""
    file = sys.modules[route.view.__module__].__file__
    assert file is not None
    found = set()
    for node in ast.walk(ast.parse(Path(file).read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_taken = node.func.attr in ("get", "getlist") and node.args
            if is_taken and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
        elif isinstance(node, ast.comprehension) and isinstance(node.iter, ast.Tuple):
            texts = [item.value for item in node.iter.elts if isinstance(item, ast.Constant)]
            found |= {text for text in texts if isinstance(text, str)}
    return sorted(found)


def _encode(question: Mapping[str, bytes | str]) -> str:
    given = {name: _bytes(value) for name, value in question.items()}
    return "&".join(
        f"{quote_from_bytes(n.encode())}={quote_from_bytes(v)}" for n, v in given.items()
    )


def _bytes(value: bytes | str) -> bytes:
    return value.encode() if isinstance(value, str) else value


def _iter_questions(names: list[str]) -> Iterator[str]:
    sound = {name: SOUND[name] for name in names if name in SOUND}
    for value in VALUES:
        yield _encode(dict.fromkeys(names, value))
    for name in sound:
        for value in VALUES[1::2]:
            yield _encode({**sound, name: value})
    yield urlencode([(name, value) for name in names for value in ("a", "b", "")])
    yield "&".join(f"{name}[]=1&{name}" for name in names)
    yield urlencode({f"inconnu{rank}": "1" for rank in range(2000)})
    yield "?&&==&=%&%zz=%"


def assert_answered(answer: Answer, asked: object) -> None:
    assert answer.status < 500, (str(asked)[:300], answer.status, answer.text[:500])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_whatever_is_asked_of_a_page_is_answered(browser: WebClient, route: Route) -> None:
    address = _address(route)
    for question in _iter_questions(_names(route)):
        assert_answered(browser.ask(f"{address}?{question}"), question)
    for method in METHODS:
        assert_answered(browser.ask(address, method=method), method)


@pytest.mark.parametrize("route", WRITTEN, ids=lambda route: route.name)
def test_whatever_is_sent_to_a_page_is_answered(browser: WebClient, route: Route) -> None:
    address, names = _address(route), _names(route)
    token = {"csrfmiddlewaretoken": browser.token_of("/etablissements/nouveau")}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for value in VALUES:
        sent = _encode({**dict.fromkeys(names, value), **token})
        assert_answered(browser.ask(address, sent.encode(), **kind), value)
    for field in ("fichier", "fichiers", "piece"):
        for name, data in (
            ("a" * 5000, b""),
            ("../../x.docx", b"PK\x03\x04"),
            ("\u202ecod.exe", b"%PDF-"),
        ):
            sent = {**token, **SOUND, "geste": "lire"}
            assert_answered(browser.send_files(address, sent, field, [(name, data)]), name)
