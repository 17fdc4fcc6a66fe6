"""Every command and option is told in the README or in the user guide, and typed in a test."""

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from contract_builder.cli import make_parser
from tests.architecture.repository import ROOT

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md")))
EVERYWHERE = {"--help", "--version", "--project", "--debug"}


def _iter_commands(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Each command as typed after ``cpom``, with its parser; groups yield their sub-commands."""
    groups = [item for item in parser._actions if isinstance(item, argparse._SubParsersAction)]
    if not groups:
        yield " ".join(words), parser
    for group in groups:
        for name, command in group.choices.items():
            yield from _iter_commands(command, (*words, name))


COMMANDS = dict(_iter_commands(make_parser()))


def _options(parser: argparse.ArgumentParser) -> set[str]:
    return {
        option
        for action in parser._actions
        if action.help != argparse.SUPPRESS
        for option in action.option_strings
        if option.startswith("--")
    }


def _passages(command: str) -> str:
    """The sections of the documentation that speak of a command."""
    sections = [
        section
        for page in PAGES
        for section in re.split(r"^(?=#)", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    ]
    return "\n".join(part for part in sections if re.search(rf"\bcpom {command}\b", part))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_told(command: str) -> None:
    assert _passages(command) != ""


@pytest.mark.parametrize("command", COMMANDS)
def test_the_options_of_a_command_are_told_where_it_is(command: str) -> None:
    told = _passages(command)
    options = _options(COMMANDS[command]) - EVERYWHERE
    assert {option for option in options if option not in told} == set()


def test_the_options_of_all_commands_are_told() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert {option for option in EVERYWHERE - {"--debug"} if option not in text} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_argument_has_a_french_help(command: str) -> None:
    silent = [action.dest for action in COMMANDS[command]._actions if not action.help]
    assert silent == []


def _iter_typed_commands() -> Iterator[str]:
    """Every line of the pages that starts with ``cpom``, without comment or redirection."""
    for page in PAGES:
        for block in re.findall(r"^```sh$(.*?)^```$", page.read_text("utf-8"), re.M | re.S):
            for line in block.splitlines():
                typed = line.strip().removeprefix(".venv/bin/")
                if typed.startswith("cpom "):
                    yield typed


@pytest.mark.parametrize("typed", sorted(set(_iter_typed_commands())))
def test_a_command_shown_to_readers_is_accepted(typed: str) -> None:
    words = shlex.split(typed.partition(" > ")[0], comments=True)
    parsed = make_parser().parse_args(words[1:])
    assert callable(parsed.run)


def _is_typed(word: str, text: str) -> bool:
    """True when a test passes the word alone, or within a whole command line."""
    return re.search(rf"[\"'\s]{re.escape(word)}[\"'\s=]", text) is not None


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_typed_in_a_test_with_each_of_its_options(command: str) -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("integration", "cases")
        for suffix in ("py", "yaml")
        for path in (ROOT / "tests" / folder).rglob(f"*.{suffix}")
    ]
    typed = [text for text in texts if all(_is_typed(word, text) for word in command.split())]
    assert typed != []
    options = _options(COMMANDS[command]) - EVERYWHERE
    assert {name for name in options if not any(_is_typed(name, text) for text in typed)} == set()
