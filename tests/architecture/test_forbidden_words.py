"""No file tells where it was made, whom it may not name, or where packages come from.

The words are put together from parts, so that this file passes its own test.
"""

import re

from tests.architecture.repository import iter_lines, name_of, text_files

MACHINE_PATHS = (
    "/wo" + "rk/",
    "/tm" + "p/venv",
    "/ho" + "me/",
    "/ro" + "ot/",
    "/op" + "t/",
    "C:\\Us" + "ers",
)
PACKAGE_HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "debian" + ".org",
    "ubuntu" + ".com",
    "crates" + ".io",
    "ghcr" + ".io",
    "docker" + ".io",
)
TOOL_NAMES = (
    "cla" + "ude",
    "anth" + "ropic",
    "chat" + "gpt",
    "open" + "ai",
    "co" + "pilot",
    "large language " + "model",
    "LL" + "M",
    "sub" + "agent",
)
EMAIL = re.compile(r"[\w.+-]+@(?!\d)(?P<domain>(?:[\w-]+\.)+[A-Za-z]{2,})")
RESERVED_DOMAINS = re.compile(r"(?:^|\.)(?:example|invalid|test|localhost)(?:\.(?:org|com|net))?$")


def _lines_with(pattern: re.Pattern[str]) -> list[tuple[str, re.Match[str]]]:
    return [
        (f"{name_of(path)}:{number}: {match.group()}", match)
        for path in text_files()
        for number, line in iter_lines(path)
        for match in pattern.finditer(line)
    ]


def _places_of(words: tuple[str, ...], *, whole: bool) -> list[str]:
    edge = r"\b" if whole else ""
    inner = "|".join(re.escape(word) for word in words)
    return [
        place for place, _ in _lines_with(re.compile(f"{edge}(?:{inner}){edge}", re.IGNORECASE))
    ]


def test_no_file_names_a_path_of_a_machine() -> None:
    assert _places_of(MACHINE_PATHS, whole=False) == []


def test_no_file_names_a_package_host() -> None:
    assert _places_of(PACKAGE_HOSTS, whole=False) == []


def test_no_file_names_a_tool_that_writes_in_our_place() -> None:
    assert _places_of(TOOL_NAMES, whole=True) == []


def test_no_file_holds_a_real_mail_address() -> None:
    found = [
        place for place, match in _lines_with(EMAIL) if not RESERVED_DOMAINS.search(match["domain"])
    ]
    assert found == []
