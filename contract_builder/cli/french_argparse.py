"""argparse that speaks French.

argparse takes its words from gettext and ships no French; the few that a user can meet are
translated here, once for the process.
"""

import argparse
import sys
from collections.abc import Sequence
from itertools import islice
from typing import Any, NoReturn

_WORDS = {
    "usage: ": "usage : ",
    "options": "options",
    "positional arguments": "arguments",
    "show this help message and exit": "affiche cette aide et quitte",
    "the following arguments are required: %s": "il manque : %s",
    "argument %(argument_name)s: %(message)s": "argument %(argument_name)s : %(message)s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "invalid %(type)s value: %(value)r": "valeur non valable : « %(value)s »",
    "not allowed with argument %s": "ne va pas avec l’argument %s",
    "ignored explicit argument %r": "cette option ne prend pas de valeur : %r",
    "ambiguous option: %(option)s could match %(matches)s": (
        "option ambiguë : %(option)s peut être %(matches)s"
    ),
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
}


def _french(message: str) -> str:
    return _WORDS.get(message, message)


def _near_names_hint(name: str, known: Sequence[str]) -> str:
    """Imported for a wrong command line alone."""
    from contract_builder.diagnostics.near_names import near_names_hint

    return near_names_hint(name, known)


def speak_french() -> None:
    """Makes every argparse parser of this process print French."""
    argparse._ = _french  # type: ignore[attr-defined]  # argparse's own hook for translations


class FrenchParser(argparse.ArgumentParser):
    """A parser whose errors name what was probably meant, and end with the way to the help.

    Each command judges its own arguments: the help that is named is the command's.
    """

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As argparse's own, but nothing unknown is left over: it is an error.

        Options may stand anywhere: argparse would take an optional argument to be absent as soon as
        an option comes before it.
        """
        words = list(sys.argv[1:] if args is None else args)
        if not self._has_commands():
            words = self._sorted(words)
        found, unknown = super().parse_known_args(words, namespace)
        if unknown:
            self.error(f"arguments inconnus : {' '.join(unknown)}{self._hint(unknown)}")
        return found, unknown

    def _has_commands(self) -> bool:
        return any(isinstance(action, argparse._SubParsersAction) for action in self._actions)

    def _sorted(self, words: list[str]) -> list[str]:
        """The same words, arguments together, options with their values together.

        Options go last, so that one without its value takes no argument for it; first, where « -- »
        says that whatever follows is an argument. As they were, when an option is unknown.
        """
        options: list[str] = []
        arguments: list[str] = []
        rest = iter(words)
        for word in rest:
            if word == "--":
                return [*options, "--", *arguments, *rest]
            if len(word) > 1 and word.startswith("-"):
                option = self._find_option(word)
                if option is None:
                    return words
                options.append(word)
                if option.nargs is None and "=" not in word:
                    options.extend(islice(rest, 1))
            else:
                arguments.append(word)
        return arguments + options

    def _find_option(self, word: str) -> argparse.Action | None:
        """The option that a word names, perhaps shortened; None for an unknown one."""
        name = word.partition("=")[0]
        known = self._option_string_actions
        return known.get(name) or next(
            (action for option, action in known.items() if option.startswith(name)), None
        )

    def _hint(self, unknown: Sequence[str]) -> str:
        """The options that the first unknown one may stand for; empty without one."""
        name = next((word.partition("=")[0] for word in unknown if word.startswith("-")), "")
        known = [
            option
            for action in self._actions
            if action.help != argparse.SUPPRESS
            for option in action.option_strings
            if option.startswith("--")
        ]
        return f" ; {_near_names_hint(name, known)}" if name else ""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuses a value outside the choices of ``action``: a command, or one of a few words."""
        if action.choices is None or value in action.choices:
            return
        known = [str(choice) for choice in action.choices]
        hint = _near_names_hint(str(value), known) or f"choix : {', '.join(known)}"
        raise argparse.ArgumentError(action, f"« {value} » n’est pas admis ; {hint}")

    def error(self, message: str) -> NoReturn:
        """Prints what is wrong with the command line and exits with code 2."""
        self.exit(2, f"{self.prog} : {message}\n  aide : « {self.prog} --help »\n")
