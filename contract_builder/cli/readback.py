"""``cpom readback``: what the other party changed in the Word file that was sent."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import (
    print_error,
    print_json,
    print_kept,
    print_line,
    print_problems,
)
from contract_builder.cli.project_option import project_of
from contract_builder.diagnostics import Problems, in_file_order
from contract_builder.errors import ProblemsError, UsageError, UserError
from contract_builder.files.write import create_file

if TYPE_CHECKING:
    from contract_builder.services.deciding import Settlement
    from contract_builder.services.project import Project
    from contract_builder.services.receiving import ReadCopies


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "readback",
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
    _add_decision_options(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DOSSIER",
        help="écrit aussi, dans ce dossier, chaque fichier où ce que personne n’a suivi devient "
        "une révision de l’auteur « Modification non suivie », que Word montre",
    )
    parser.add_argument("--json", action="store_true", help="affiche le résultat au format JSON")
    parser.set_defaults(run=run)


def _add_decision_options(parser: argparse.ArgumentParser) -> None:
    """What is decided of each change, and the file that answers."""
    parser.add_argument(
        "--decisions",
        type=Path,
        metavar="FICHIER",
        help="fichier de décisions, .yaml ou .xlsx : s’il n’existe pas, il est écrit, une ligne "
        "par modification, à remplir ; s’il existe, il est appliqué au profil, avec l’origine",
    )
    parser.add_argument(
        "--answer",
        type=Path,
        metavar="FICHIER.docx",
        help="avec --decisions : écrit le fichier à renvoyer, qui montre la réponse en suivi des "
        "modifications (pour plusieurs copies, un nom de dossier)",
    )


def run(args: argparse.Namespace) -> int:
    """Writes the settled files that are asked for, then prints what changed."""
    from contract_builder.services.as_json.exchanges import copies_data
    from contract_builder.services.receiving import describe_copies, read_copies, settle_file

    _check_options(args)
    wanted = [(args.accepted, True), (args.rejected, False)]
    asked = [(out, accepted) for out, accepted in wanted if out is not None]
    for out, accepted in asked:
        settle_file(args.files[0], out, accepted=accepted)
    project = project_of(args)
    try:
        copies = read_copies(project, args.files, args.against)
    except UserError as error:
        if not asked or args.json:
            raise
        print_error(str(error))
        _print_written(args, [out for out, _ in asked])
        return 0
    for remark in copies.remarks:
        print_error(f"À savoir : {remark}")
    if args.decisions is not None and args.decisions.exists():
        return _settle(args, project, copies)
    if args.decisions is not None:
        _write_decisions(args.decisions, copies)
    if args.json:
        print_json(copies_data(copies))
    else:
        print_line(describe_copies(copies))
    _print_written(args, [out for out, _ in asked])
    if args.out is not None:
        _write_marked(args, copies)
    if args.decisions is not None:
        print_error(f"Décisions à prendre, dans {args.decisions} : remplissez-le, puis relancez.")
    return 0


def _check_options(args: argparse.Namespace) -> None:
    if (args.accepted or args.rejected) and len(args.files) > 1:
        raise UsageError("« --accepted » et « --rejected » demandent un seul fichier revenu.")
    if args.answer is not None and args.decisions is None:
        raise UsageError("« --answer » demande aussi « --decisions ».")
    if args.answer is not None and not args.decisions.exists():
        raise UsageError(f"« --answer » demande des décisions : {args.decisions} n’existe pas.")


def _write_marked(args: argparse.Namespace, copies: "ReadCopies") -> None:
    """Writes what nobody tracked as marks that Word shows."""
    from contract_builder.services.marking import write_marked_files

    marked = write_marked_files(copies, args.out, datetime.now(UTC))
    for sentence in marked.told:
        print_error(f"À savoir : {sentence}")
    print_kept(marked.published.kept)
    _print_written(args, list(marked.published.written))


def _write_decisions(path: Path, copies: "ReadCopies") -> None:
    from contract_builder.services.decision_files import make_decision_file, render_decision_file

    create_file(path, render_decision_file(make_decision_file(copies), path.suffix))


def _settle(args: argparse.Namespace, project: "Project", copies: "ReadCopies") -> int:
    """Applies the decisions, writes the answers, prints what was done."""
    from contract_builder.services.deciding import SettleRequest, settle_copies
    from contract_builder.services.decision_files import load_decision_file
    from contract_builder.services.keeping import find_actor

    problems: Problems = []
    file = load_decision_file(args.decisions, project.name_of(args.decisions), problems)
    if file is None or problems:
        raise ProblemsError(in_file_order(problems))
    targets = _answer_paths(args)
    request = SettleRequest(find_actor(os.environ), datetime.now(UTC))
    done = settle_copies(project, copies, file, request)
    for path, answer in zip(targets, done.answers, strict=False):
        path.parent.mkdir(parents=True, exist_ok=True)
        create_file(path, answer.docx)
    if args.json:
        from contract_builder.services.as_json.exchanges import settled_data

        print_json(settled_data(copies, done, targets))
    else:
        _print_settlement(done, targets)
    return print_problems(done.warnings, strict=False)


def _answer_paths(args: argparse.Namespace) -> list[Path]:
    """Where the answers go: one file, or a folder with one for each copy; none may exist."""
    if args.answer is None:
        return []
    one = len(args.files) == 1
    paths = [args.answer] if one else [args.answer / f"réponse-{f.name}" for f in args.files]
    for path in paths:
        if path.exists():
            raise UserError(f"« {path} » existe déjà : un fichier n’est jamais remplacé.")
    if len(set(paths)) < len(paths):
        raise UserError("Deux copies portent le même nom : renommez l’une d’elles.")
    return paths


def _print_settlement(done: "Settlement", targets: list[Path]) -> None:
    print_line(f"Décisions appliquées au profil « {done.profile} » : {done.balance}.")
    for clause in done.clauses:
        print_line(f"  clause négociée : {clause}")
    for value in done.values:
        print_line(f"  valeur changée : {value}")
    for answer in done.answers:
        for sentence in answer.told:
            print_error(f"À savoir : {sentence}")
    for path in targets:
        print_line(str(path))


def _print_written(args: argparse.Namespace, written: list[Path]) -> None:
    if not args.json:
        for path in written:
            print_line(str(path))
