"""``cpom nomenclature``: codes of authorisations and of establishments, by words or by code."""

import argparse
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import parse_day, today
from contract_builder.cli.output import (
    EXIT_DONE,
    EXIT_PROBLEMS,
    print_error,
    print_json,
    print_line,
)
from contract_builder.cli.project_option import project_of
from contract_builder.errors import UsageError
from contract_builder.model.french import counted, long_date

if TYPE_CHECKING:
    from contract_builder.services.searching import FoundCode, FoundLine, NomenclatureSearch

_KINDS = {
    "activite": "activité",
    "modalite": "modalité",
    "mention": "mention",
    "pts": "pratique thérapeutique spécifique",
    "declaration": "déclaration",
    "equipement": "équipement",
    "categorie": "catégorie d’établissement",
}
_KEYS = ("activite", "modalite", "mention", "pts", "declaration")
_SHOWN_LINES = 40
_NONE_CODES = frozenset({"MO000", "ME000", "PTS00", "DE000"})


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "nomenclature",
        description="Cherche, par mots ou par code, dans la nomenclature des autorisations, les "
        "équipements et les catégories d’établissements FINESS, et montre les quintuplets admis. "
        "Majuscules, accents et pluriels ne comptent pas ; tous les mots doivent convenir.",
    )
    parser.add_argument("words", nargs="+", metavar="MOT", help="mots du libellé, ou code")
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="DATE",
        help="jour auquel les codes doivent valoir (par défaut : aujourd’hui)",
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the codes, then the quintuplets; 1 when nothing answers."""
    from contract_builder.services.searching import search_codes, search_data

    if not any(character.isalnum() for word in args.words for character in word):
        raise UsageError("Donnez au moins un mot ou un code à chercher.")
    search = search_codes(project_of(args), args.words, args.on or today())
    if args.json:
        print_json(search_data(search))
    else:
        _print_search(search)
    for item in search.nomenclatures:
        if not item.is_in_force and item.first_day is not None:
            until = "" if item.last_day is None else f" au {long_date(item.last_day)}"
            print_error(
                f"{item.title} (version {item.version}) ne vaut pas au {long_date(search.on)} : "
                f"en vigueur à partir du {long_date(item.first_day)}{until}."
            )
    if search.codes or search.lines:
        return EXIT_DONE
    hint = f"\n  aide : {search.hint}" if search.hint else ""
    words = " ".join(search.words)
    print_error(f"Aucun code en vigueur au {long_date(search.on)} ne répond à « {words} ».{hint}")
    return EXIT_PROBLEMS


def _print_search(search: "NomenclatureSearch") -> None:
    for item in search.nomenclatures:
        codes = [code for code in search.codes if code.nomenclature == item.id]
        if codes:
            print_line(f"{item.title}, version {item.version}")
            for code in codes:
                print_line(f"  {_code_line(code)}")
    if search.lines:
        print_line(f"Quintuplets admis au {long_date(search.on)} ({len(search.lines)})")
        for line in search.lines[:_SHOWN_LINES]:
            print_line(f"  {_entry(line)}")
            print_line(f"      {_words(line)}")
        hidden = len(search.lines) - _SHOWN_LINES
        if hidden > 0:
            print_line(
                f"  … et {counted(hidden, 'autre')} : ajoutez un mot, ou demandez « --json »."
            )


def _code_line(code: "FoundCode") -> str:
    activities = f"   [{', '.join(code.activities)}]" if code.activities else ""
    if code.kind == "equipement":
        activities += f"   equipements: {{{code.code}: 1}}"
    return f"{_KINDS[code.kind]} {code.code} : {code.label}{activities}"


def _entry(line: "FoundLine") -> str:
    """The quintuplet as a profile writes it."""
    return ", ".join(f"{key}: {code}" for key, code in zip(_KEYS, line.codes, strict=True))


def _words(line: "FoundLine") -> str:
    """The labels, without those of codes that mean « none »."""
    pairs = zip(line.codes, line.labels, strict=True)
    return " ; ".join(label for code, label in pairs if code not in _NONE_CODES)
