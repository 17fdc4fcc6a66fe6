"""``cpom check``: every problem of the library, the templates and the profiles."""

import argparse

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import count_words, exit_code, print_error, print_json
from contract_builder.cli.project_option import profile_path, project_of
from contract_builder.cli.remedies import word_remedy
from contract_builder.diagnostics import without_notes
from contract_builder.diagnostics.text import format_diagnostics, problems_data


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "check",
        description="Signale tous les problèmes de la bibliothèque, des références, des modèles "
        "et des profils, avec leur place. Sans PROFIL, vérifie tous ceux du dossier « profiles ».",
    )
    parser.add_argument("profiles", nargs="*", metavar="PROFIL", help="profil à vérifier")
    parser.add_argument(
        "--strict", action="store_true", help="un avertissement donne le code de sortie 3"
    )
    parser.add_argument("--notes", action="store_true", help="montre aussi les notes")
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Checks and prints; 0, 1 or 3."""
    from contract_builder.services.checking import check_project

    project = project_of(args)
    paths = [profile_path(text, project.root) for text in args.profiles] or None
    problems = check_project(project, paths)
    if args.json:
        print_json(problems_data(problems, word_remedy))
        return exit_code(problems, strict=args.strict)
    shown = problems if args.notes else without_notes(problems)
    if shown:
        print_error(format_diagnostics(shown, word_remedy))
    hidden = len(problems) - len(shown)
    more = " (« --notes » les montre)" if hidden else ""
    print_error(f"Vérification terminée : {count_words(problems)}{more}.")
    return exit_code(problems, strict=args.strict)
