"""``cpom renew``: the profile of the contract that follows a signed one."""

import argparse
from pathlib import Path

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import parse_day, today
from contract_builder.cli.output import count_words, print_error, print_json, print_line
from contract_builder.cli.project_option import profile_path, project_of
from contract_builder.diagnostics import without_notes


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "renew",
        description="Écrit le profil de la génération suivante à partir de la dernière version "
        "signée d’un contrat, et dit ce qui est repris, ce qui est caduc et ce qui est à "
        "redemander. Un fichier qui existe n’est jamais écrasé.",
    )
    parser.add_argument(
        "reference", metavar="RÉFÉRENCE", help="une version du contrat, par exemple 990000011@3"
    )
    parser.add_argument(
        "--effect",
        type=parse_day,
        required=True,
        metavar="DATE",
        help="date d’effet du nouveau contrat, par exemple 2025-07-01",
    )
    parser.add_argument(
        "--campaign",
        default="",
        metavar="CAMPAGNE",
        help="campagne du nouveau contrat (par défaut : celle qui couvre la date d’effet)",
    )
    parser.add_argument(
        "--code",
        default="",
        metavar="CODE",
        help="code du nouveau contrat (par défaut : le suivant, AA puis AB)",
    )
    parser.add_argument(
        "--requested",
        type=parse_day,
        metavar="DATE",
        help="date à laquelle le renouvellement a été demandé",
    )
    parser.add_argument(
        "--profile",
        metavar="PROFIL",
        help="profil dont le contrat signé est issu (par défaut : celui qui porte son code)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FICHIER",
        help="fichier à écrire (par défaut : à côté du profil précédent)",
    )
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="DATE",
        help="jour auquel se placer pour les échéances (par défaut : aujourd’hui)",
    )
    parser.add_argument("--dry-run", action="store_true", help="montre le profil sans rien écrire")
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the three lists, then the path of the new profile, or its text under « dry-run »."""
    from contract_builder.services.agenda import describe_deadline
    from contract_builder.services.renewing import RenewRequest, iter_renewal_lines, renew

    project = project_of(args)
    request = RenewRequest(
        reference=args.reference,
        effective_on=args.effect,
        on=args.on or today(),
        campaign=args.campaign,
        code=args.code,
        requested_on=args.requested,
        profile=None if args.profile is None else profile_path(args.profile, project.root),
        out=args.out,
        dry_run=args.dry_run,
    )
    renewed = renew(project, request)
    if args.json:
        from contract_builder.services.as_json.renewals import renewed_data

        print_json(renewed_data(renewed))
        return 0
    if renewed.deadline is not None:
        print_error(f"Contrat en cours : {describe_deadline(renewed.deadline)}.")
    for line in iter_renewal_lines(renewed.plan):
        print_line(line)
    shown = without_notes(renewed.problems)
    print_error(f"Nouveau profil : {count_words(shown)} ; « cpom check » les montre.")
    if not renewed.is_written:
        print_line()
        print_line(renewed.text.rstrip("\n"))
        print_error(f"Rien n’a été écrit ; le profil serait « {renewed.path} ».")
        return 0
    print_line(str(renewed.path))
    print_error(
        "Une fois le profil complété, « cpom build … --record » produit et enregistre le contrat, "
        f"à la suite de {renewed.version.reference}."
    )
    return 0
