"""``cpom follow report``, ``carry``, ``region``, ``evidence``: what is made of the follow-up."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from contract_builder.cli.commands import CommandParsers
from contract_builder.cli.dates import add_day_option, today
from contract_builder.cli.formats import parse_formats
from contract_builder.cli.output import (
    EXIT_DONE,
    print_error,
    print_json,
    print_kept,
    print_line,
)
from contract_builder.cli.project_option import project_of
from contract_builder.errors import UsageError
from contract_builder.model.french import counted

_REGION_FORMATS = ("xlsx", "html")


def add_actions(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the sub-commands of ``cpom follow``."""
    _add_report(actions, common)
    _add_carry(actions, common)
    _add_region(actions, common)
    _add_evidence(actions, common)


def _add_evidence(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "evidence", parents=[common], help="ressort du registre les pièces d’un contrat"
    )
    parser.add_argument(
        "contract", metavar="CONTRAT", help="code du contrat, n° FINESS, ou version du registre"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DOSSIER", help="dossier où les écrire"
    )
    add_day_option(parser)
    parser.set_defaults(do=_run_evidence)


def _run_evidence(args: argparse.Namespace) -> int:
    from contract_builder.services.retrieving import retrieve_evidence

    found = retrieve_evidence(project_of(args), args.contract, args.on or today(), args.out)
    print_kept(found.published.kept)
    for path in found.published.written:
        print_line(str(path))
    if found.references:
        count = counted(found.references, "preuve", "preuves")
        print_error(f"{count} sans fichier : une référence seule.")
    return EXIT_DONE


def _add_report(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "report",
        parents=[common],
        help="écrit le rapport d’évaluation, à mi-parcours ou final",
        description="Écrit le rapport d’évaluation d’un contrat en vigueur, d’après les valeurs du "
        "registre et le dossier que l’agence a rempli. « --new » commence ce dossier.",
    )
    parser.add_argument(
        "contract", metavar="CONTRAT", help="code du contrat, n° FINESS, ou version du registre"
    )
    parser.add_argument(
        "--file", type=Path, required=True, metavar="DOSSIER.yaml", help="dossier de l’évaluation"
    )
    parser.add_argument(
        "--new",
        choices=("mi-parcours", "finale"),
        help="écrit un dossier à remplir, et s’arrête là",
    )
    parser.add_argument(
        "--formats",
        default="docx,pdf,html",
        metavar="LISTE",
        help="parmi docx, pdf, html (par défaut : docx,pdf,html)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DOSSIER", help="dossier de sortie (par défaut : output/)"
    )
    add_day_option(parser)
    parser.set_defaults(do=_run_report)


def _add_carry(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "carry",
        parents=[common],
        help="reporte dans un profil les cibles que l’évaluation a conclues",
        description="Écrit dans un profil les cibles nouvelles d’une évaluation, comme cibles "
        "négociées : le contrat produit ensuite donne l’avenant.",
    )
    parser.add_argument("profile", metavar="PROFIL", help="nom du profil")
    parser.add_argument(
        "--file", type=Path, required=True, metavar="DOSSIER.yaml", help="dossier de l’évaluation"
    )
    parser.set_defaults(do=_run_carry)


def _add_region(actions: CommandParsers, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "region",
        parents=[common],
        help="dit ce que toute la région a atteint, par fiche et par année",
    )
    parser.add_argument(
        "--formats",
        default="xlsx,html",
        metavar="LISTE",
        help="parmi xlsx, html (par défaut : xlsx,html)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DOSSIER", help="dossier de sortie (par défaut : output/)"
    )
    parser.add_argument(
        "--json", action="store_true", help="affiche les données au lieu d’écrire les fichiers"
    )
    add_day_option(parser)
    parser.set_defaults(do=_run_region)


def _run_report(args: argparse.Namespace) -> int:
    from contract_builder.services.evaluating import begin_evaluation, write_evaluation_report
    from contract_builder.services.making import FORMATS

    project, on = project_of(args), args.on or today()
    if args.new:
        print_line(str(begin_evaluation(project, args.contract, args.new, args.file, on)))
        return EXIT_DONE
    formats = parse_formats(args.formats, FORMATS)
    if "json" in formats:
        raise UsageError("Un rapport d’évaluation est en docx, pdf ou html.")
    out = args.out or project.root / "output"
    report = write_evaluation_report(project, args.contract, args.file, on, out, formats)
    print_kept(report.published.kept)
    for path in report.published.written:
        print_line(str(path))
    if report.gaps:
        print_error(f"À compléter dans le rapport : {' ; '.join(report.gaps)}.")
    if report.proposed:
        count = counted(report.proposed, "cible nouvelle", "cibles nouvelles")
        print_error(f"{count} à porter par avenant : « cpom follow carry » les reporte au profil.")
    return EXIT_DONE


def _run_carry(args: argparse.Namespace) -> int:
    from contract_builder.services.evaluating import carry_targets
    from contract_builder.services.keeping import find_actor

    actor = find_actor(os.environ)
    carried = carry_targets(
        project_of(args), args.file, args.profile, at=datetime.now(UTC), actor=actor
    )
    print_line(str(carried.profile.path))
    count = counted(carried.count, "cible reportée", "cibles reportées")
    print_error(f"{count}. Produisez le contrat, puis rédigez l’avenant : « cpom amend ».")
    return EXIT_DONE


def _run_region(args: argparse.Namespace) -> int:
    from contract_builder.services.overseeing import publish_view, view_region

    project = project_of(args)
    view = view_region(project, args.on or today())
    for text in view.unread:
        print_error(text)
    if args.json:
        from contract_builder.services.as_json.follow_up import regional_view_data

        print_json(regional_view_data(view))
        return EXIT_DONE
    formats = [name.strip() for name in args.formats.split(",") if name.strip()]
    unknown = [name for name in formats if name not in _REGION_FORMATS]
    if unknown or not formats:
        raise UsageError("La vue régionale est en xlsx ou html.")
    published = publish_view(view, args.out or project.root / "output", formats)
    print_kept(published.kept)
    for path in published.written:
        print_line(str(path))
    print_error(f"{counted(len(view.contracts), 'contrat suivi', 'contrats suivis')}.")
    return EXIT_DONE
