"""``cpom follow``: the life of a signed contract, from what is declared each year to its rating."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.cli import follow_evaluation
from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import add_day_option, today
from contract_builder.cli.follow_output import (
    print_contract,
    print_declared,
    print_region_lists,
)
from contract_builder.cli.output import (
    EXIT_DONE,
    print_error,
    print_json,
    print_kept,
    print_line,
    print_problems,
)
from contract_builder.cli.project_option import project_of
from contract_builder.model.french import counted

if TYPE_CHECKING:
    from contract_builder.follow.workbook_layout import WorkbookSide

_SIDES: "dict[str, WorkbookSide]" = {"etablissement": "etablissement", "agence": "agence"}


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command and its sub-commands."""
    parser = add_command(
        commands,
        common,
        "follow",
        description="Suit les contrats en vigueur : classeurs de déclaration, valeurs déclarées et "
        "validées, écarts aux cibles, appréciation par les règles de la campagne, retards.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_workbook(actions, common)
    _add_reading(actions, common, "declare", "lit les classeurs remplis par les établissements")
    _add_reading(actions, common, "validate", "lit les classeurs de validation de l’agence")
    _add_show(actions, common)
    _add_list(actions, common)
    _add_export(actions, common)
    follow_evaluation.add_actions(actions, common)
    parser.set_defaults(run=run)


def _add_workbook(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "workbook",
        parents=[common],
        help="écrit les classeurs à remplir, un par contrat en vigueur",
        description="Écrit un classeur par contrat en vigueur, pré-rempli : ce qui est attendu, ce "
        "qui a déjà été déclaré, et la place du reste. Sans nom, toute la région.",
    )
    parser.add_argument(
        "contracts",
        nargs="*",
        metavar="CONTRAT",
        help="code du contrat, n° FINESS, ou version du registre",
    )
    parser.add_argument("--year", type=int, metavar="AAAA", help="année (par défaut : la dernière)")
    parser.add_argument(
        "--for",
        dest="side",
        choices=list(_SIDES),
        default="etablissement",
        help="qui le remplit (par défaut : etablissement)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DOSSIER", help="dossier de sortie (par défaut : output/)"
    )
    add_day_option(parser)
    parser.set_defaults(do=_run_workbook)


def _add_reading(
    actions: CommandParsers, common: argparse.ArgumentParser, name: str, about: str
) -> None:
    parser = actions.add_parser(
        name,
        parents=[common],
        help=about,
        description=f"Ce que fait cette commande : elle {about}, et garde au registre ce qu’ils "
        "disent, avec les pièces. Rien n’est jamais remplacé. Une erreur, et rien n’est gardé.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="CLASSEUR", help="classeur rempli")
    parser.add_argument(
        "--contract", default="", metavar="CONTRAT", help="refuse le classeur d’un autre contrat"
    )
    parser.add_argument(
        "--year", type=int, metavar="AAAA", help="refuse le classeur d’une autre année"
    )
    parser.add_argument(
        "--evidence",
        type=Path,
        metavar="DOSSIER",
        help="dossier des pièces justificatives (par défaut : celui de chaque classeur)",
    )
    parser.add_argument(
        "--partial", action="store_true", help="garde les lignes sans erreur, malgré les autres"
    )
    parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait gardé")
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    add_day_option(parser)
    parser.set_defaults(do=_run_reading)


def _add_show(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "show", parents=[common], help="montre le suivi d’un contrat, année par année"
    )
    parser.add_argument(
        "contract", metavar="CONTRAT", help="code du contrat, n° FINESS, ou version du registre"
    )
    parser.add_argument("--year", type=int, metavar="AAAA", help="cette année seulement")
    parser.add_argument(
        "--history",
        action="store_true",
        help="montre aussi toutes les valeurs successives",
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    add_day_option(parser)
    parser.set_defaults(do=_run_show)


def _add_list(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "list", parents=[common], help="liste les déclarations en retard et les preuves manquantes"
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    add_day_option(parser)
    parser.set_defaults(do=_run_list)


def _add_export(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "export",
        parents=[common],
        help="écrit le suivi pour un autre logiciel, dans les colonnes que l’on choisit",
    )
    parser.add_argument("out", type=Path, metavar="FICHIER", help="fichier .csv ou .xlsx à écrire")
    parser.add_argument(
        "--columns",
        type=Path,
        required=True,
        metavar="FICHIER",
        help="fichier YAML qui choisit les colonnes",
    )
    add_day_option(parser)
    parser.set_defaults(do=_run_export)


def run(args: argparse.Namespace) -> int:
    """Does the sub-command."""
    return int(args.do(args))


def _run_workbook(args: argparse.Namespace) -> int:
    from contract_builder.services.declaring import WorkbookRequest, write_workbooks

    project = project_of(args)
    on = args.on or today()
    year = args.year or on.year - 1
    request = WorkbookRequest(tuple(args.contracts), on, year, _SIDES[args.side])
    written = write_workbooks(project, request, args.out or project.root / "output")
    for text in written.unread:
        print_error(text)
    print_kept(written.published.kept)
    for path in written.published.written:
        print_line(str(path))
    print_error(
        f"{counted(len(written.published.written), 'classeur écrit', 'classeurs écrits')} pour "
        f"l’année {year}."
    )
    if written.without_line:
        print_error(f"Rien à suivre cette année-là : {', '.join(written.without_line)}.")
    return EXIT_DONE


def _run_reading(args: argparse.Namespace) -> int:
    from contract_builder.services.declaring import DeclarationRequest, read_declarations
    from contract_builder.services.keeping import find_actor

    request = DeclarationRequest(
        files=tuple(args.files),
        side="agence" if args.action == "validate" else "etablissement",
        on=args.on or today(),
        at=datetime.now(UTC),
        actor="" if args.dry_run else find_actor(os.environ),
        contract=args.contract,
        year=args.year,
        evidence=args.evidence,
        partial=args.partial,
        dry_run=args.dry_run,
    )
    declared = read_declarations(project_of(args), request)
    code = print_problems(declared.problems, strict=False)
    if args.json:
        from contract_builder.services.as_json.follow_up import declared_data

        print_json(declared_data(declared))
    else:
        print_declared(declared)
    return code


def _run_show(args: argparse.Namespace) -> int:
    from contract_builder.services.following import follow_contract

    followed = follow_contract(project_of(args), args.contract, args.on or today())
    if args.json:
        from contract_builder.services.as_json.follow_up import states_data

        print_json(states_data(followed, args.year))
    else:
        print_contract(followed, args.year, with_history=args.history)
    return EXIT_DONE


def _run_list(args: argparse.Namespace) -> int:
    from contract_builder.services.following import follow_contracts

    region = follow_contracts(project_of(args), (), args.on or today())
    for text in region.unread:
        print_error(text)
    if args.json:
        from contract_builder.services.as_json.follow_up import region_lists_data

        print_json(region_lists_data(region))
    else:
        print_region_lists(region)
    return EXIT_DONE


def _run_export(args: argparse.Namespace) -> int:
    from contract_builder.services.handing import hand_over

    handed = hand_over(project_of(args), args.columns, args.out, args.on or today())
    for text in handed.unread:
        print_error(text)
    print_line(str(handed.path))
    print_error(f"{counted(handed.rows, 'ligne écrite', 'lignes écrites')}.")
    return EXIT_DONE
