"""argparse that speaks French.

argparse takes its words from gettext and ships no French; the few that a user can meet are
translated here, once for the process.
"""

import argparse
from typing import NoReturn

_WORDS = {
    "usage: ": "usage : ",
    "options": "options",
    "positional arguments": "arguments",
    "show this help message and exit": "affiche cette aide et quitte",
    "show program's version number and exit": "affiche la version et quitte",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "the following arguments are required: %s": "il manque : %s",
    "argument %(argument_name)s: %(message)s": "argument %(argument_name)s : %(message)s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r n’est pas admis (choix : %(choices)s)"
    ),
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
        "%(value)r n’est pas admis, vouliez-vous dire %(closest)r ? (choix : %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "valeur non valable : %(value)r",
    "not allowed with argument %s": "ne va pas avec l’argument %s",
    "ignored explicit argument %r": "cette option ne prend pas de valeur : %r",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "commande inconnue : %(parser_name)r (choix : %(choices)s)"
    ),
    "ambiguous option: %(option)s could match %(matches)s": (
        "option ambiguë : %(option)s peut être %(matches)s"
    ),
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
}


def _french(message: str) -> str:
    return _WORDS.get(message, message)


def speak_french() -> None:
    """Makes every argparse parser of this process print French."""
    argparse._ = _french  # type: ignore[attr-defined]  # argparse's own hook for translations


class FrenchParser(argparse.ArgumentParser):
    """A parser whose errors end with the way to the help."""

    def error(self, message: str) -> NoReturn:
        """Prints what is wrong with the command line and exits with code 2."""
        self.exit(2, f"{self.prog} : {message}\n  aide : « {self.prog} --help »\n")
