"""The commands of ``cpom``: the module of each, and the line that ``cpom --help`` prints of it.

One command loads its own module alone, and ``cpom --help`` none.
"""

import argparse
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

CommandParsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where the parsers of commands are declared."""


class Command(NamedTuple):
    """Where a command is written, in this package, and what it does in a few words."""

    module: str
    summary: str


COMMANDS: Mapping[str, Command] = {
    "init": Command("init", "crée un dossier de travail"),
    "import": Command("import_registry", "remplit les profils depuis les registres"),
    "generate": Command("generate", "écrit les registres d’une région fictive"),
    "new": Command("new", "écrit le profil commenté d’un établissement"),
    "check": Command("check", "vérifie la bibliothèque, les modèles et les profils"),
    "build": Command("build", "produit le contrat d’un établissement"),
    "batch": Command("batch", "produit les contrats de toute une région"),
    "explain": Command("explain", "explique ce que contient un contrat, et pourquoi"),
    "library": Command("library", "montre la bibliothèque"),
    "nomenclature": Command("nomenclature", "cherche un code par ses mots"),
    "pdf": Command("pdf", "imprime un fichier Word en PDF"),
    "template": Command("template", "vérifie ou écrit un modèle Word"),
    "where-cited": Command("where_cited", "dit où un article est cité"),
    "impact": Command("impact", "dit ce qu’un changement de la loi atteint"),
    "record": Command("record", "enregistre une version d’un contrat"),
    "send": Command("send", "prépare l’envoi d’un contrat à l’autre partie"),
    "history": Command("history", "liste les versions d’un établissement"),
    "show": Command("show", "montre une version enregistrée"),
    "deadlines": Command("deadlines", "liste les échéances des contrats signés"),
    "renew": Command("renew", "prépare le profil du contrat qui suit un contrat signé"),
    "compare": Command("compare", "compare deux contrats, ou un contrat au texte standard"),
    "amend": Command("amend", "rédige l’avenant qui fait d’un contrat un autre"),
    "consolidate": Command("consolidate", "donne le texte en vigueur : un contrat et ses avenants"),
    "follow": Command(
        "follow", "suit les contrats signés : valeurs déclarées, preuves, appréciation"
    ),
    "readback": Command("readback", "relit un contrat revenu de l’autre partie dans Word"),
    "departures": Command(
        "departures", "dit en quoi les contrats enregistrés s’écartent du texte standard"
    ),
    "store": Command("store", "vérifie, exporte ou importe le registre des versions"),
    "serve": Command("serve", "ouvre l’application dans le navigateur"),
    "account": Command("account", "tient les comptes de l’application dans le navigateur"),
}
"""In the order of the help."""


def add_command(
    commands: CommandParsers, common: argparse.ArgumentParser, name: str, description: str
) -> argparse.ArgumentParser:
    """The parser of a command, with the options that all share and its line in the help."""
    return commands.add_parser(
        name, parents=[common], help=COMMANDS[name].summary, description=description
    )
