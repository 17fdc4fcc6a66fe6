"""``cpom readback``: what the other party changed in the Word file that was sent."""

import argparse
from pathlib import Path

from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.errors import UsageError, UserError


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "readback",
        parents=[common],
        help="relit un contrat revenu de l’autre partie dans Word",
        description="Reconnaît la version envoyée, puis montre ce que l’autre partie a changé, "
        "clause par clause : d’abord ce que personne n’a marqué, ensuite les modifications "
        "suivies, avec leur auteur et leur date, enfin les commentaires.",
    )
    parser.add_argument(
        "files",
        metavar="FICHIER.docx",
        nargs="+",
        type=Path,
        help="le fichier revenu ; plusieurs copies de la même version sont réunies et leurs "
        "désaccords signalés",
    )
    parser.add_argument(
        "--against",
        metavar="VERSION",
        help="la version envoyée, fichier JSON ou PDF d’un contrat ou version du registre "
        "(par défaut : celle que le fichier permet de reconnaître)",
    )
    parser.add_argument(
        "--accepted",
        type=Path,
        metavar="FICHIER.docx",
        help="écrit le fichier, toutes modifications suivies acceptées, contrat ou non",
    )
    parser.add_argument(
        "--rejected",
        type=Path,
        metavar="FICHIER.docx",
        help="écrit le fichier, toutes modifications suivies refusées, contrat ou non",
    )
    parser.add_argument("--json", action="store_true", help="affiche le résultat au format JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the settled files that are asked for, then prints what changed."""
    from contract_builder.services.receiving import receive_files, settle_file

    wanted = [(args.accepted, True), (args.rejected, False)]
    asked = [(out, accepted) for out, accepted in wanted if out is not None]
    if asked and len(args.files) > 1:
        raise UsageError("« --accepted » et « --rejected » demandent un seul fichier revenu.")
    for out, accepted in asked:
        settle_file(args.files[0], out, accepted=accepted)
    project = project_of(args)
    try:
        received = receive_files(project, args.files, args.against)
    except UserError as error:
        if not asked or args.json:
            raise
        print_error(str(error))
        _print_written(args, [out for out, _ in asked])
        return 0
    for remark in received.remarks:
        print_error(f"À savoir : {remark}")
    if args.json:
        print_json(received.data)
    else:
        print_line(received.summary)
    _print_written(args, [out for out, _ in asked])
    return 0


def _print_written(args: argparse.Namespace, written: list[Path]) -> None:
    if not args.json:
        for path in written:
            print_line(str(path))
