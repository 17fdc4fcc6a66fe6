"""``cpom template``: a fresh Word template, or what is wrong in one."""

import argparse
from pathlib import Path

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command and its sub-commands."""
    parser = add_command(
        commands,
        common,
        "template",
        description="Le modèle Word est à vous : couverture, en-têtes, styles, signatures.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", parents=[common], help="dit tout ce qui manque ou est faux")
    check.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="MODÈLE.docx",
        help="modèle à vérifier (par défaut : templates/contrat.docx)",
    )
    check.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    check.set_defaults(run=run_check)
    new = actions.add_parser("new", parents=[common], help="écrit un modèle neuf")
    new.add_argument("file", type=Path, metavar="MODÈLE.docx", help="fichier à créer")
    new.set_defaults(run=run_new)


def run_check(args: argparse.Namespace) -> int:
    """Prints every defect, and what no contract keeps; 1 when the template cannot be used."""
    from contract_builder.services.templating import check_word_template

    path = args.file or project_of(args).root / "templates" / "contrat.docx"
    defects = check_word_template(path)
    refused = any(defect.severity == "erreur" for defect in defects)
    if args.json:
        from contract_builder.services.as_json.files import defect_data

        print_json([defect_data(defect) for defect in defects])
        return 1 if refused else 0
    for defect in defects:
        print_line(str(defect))
    if not defects:
        print_error(f"« {path.name} » peut servir : rien ne manque.")
    elif not refused:
        print_error(
            f"« {path.name} » peut servir ; ce qui est dit plus haut n’entre dans aucun contrat."
        )
    return 1 if refused else 0


def run_new(args: argparse.Namespace) -> int:
    """Writes a fresh template, never over an existing file."""
    from contract_builder.services.templating import write_word_template

    write_word_template(args.file)
    print_line(str(args.file))
    return 0
