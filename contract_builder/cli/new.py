"""``cpom new``: the profile of an establishment, with a question for each thing to be known."""

import argparse
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import today
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import profile_path, project_of

if TYPE_CHECKING:
    from contract_builder.services.drafting import Drafted


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "new",
        description="Écrit dans « profiles » un nouveau profil : chaque clé y est expliquée, "
        "celles qu’il faut renseigner sont marquées. Les registres déjà importés sont repris, "
        "et aucune donnée d’un autre établissement. Un fichier qui existe n’est jamais écrasé.",
    )
    parser.add_argument(
        "name",
        nargs="?",
        default="",
        metavar="NOM",
        help="nom du profil (par défaut : le n° FINESS)",
    )
    parser.add_argument(
        "--finess",
        default="",
        metavar="NUMÉRO",
        help="n° FINESS de l’entité juridique, par exemple 990000119",
    )
    parser.add_argument(
        "--type",
        default="",
        metavar="TYPE",
        help="type de contrat : etablissement (par défaut), titulaire, partenaire",
    )
    parser.add_argument(
        "--from",
        dest="model",
        metavar="PROFIL",
        help="profil dont reprendre le type, la campagne, la date d’effet et les codes des fiches",
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the path of the profile, and on stderr what it asks."""
    from contract_builder.services.as_json.files import drafted_data
    from contract_builder.services.drafting import DraftRequest, draft_profile

    project = project_of(args)
    model = None if args.model is None else profile_path(args.model, project.root)
    request = DraftRequest(today(), args.name, args.finess, args.type, model)
    drafted = draft_profile(project, request)
    if args.json:
        print_json(drafted_data(drafted))
    else:
        print_line(str(drafted.path))
        _tell(drafted, request.finess)
    return 0


def _tell(drafted: "Drafted", finess: str) -> None:
    for other in drafted.others:
        print_error(f"« {other} » décrit déjà cet établissement.")
    if finess and not drafted.has_registries:
        print_error(
            "Aucun registre n’est encore importé pour cet établissement : « cpom import tout "
            "DOSSIER » le fait, et le profil en tient compte aussitôt."
        )
    if drafted.asked:
        print_error("À renseigner :")
    for item in drafted.asked:
        print_error(f"  {item.path} – {item.label}")
    print_error(f"« cpom check {drafted.path.stem} » dit ce qui manque encore.")
