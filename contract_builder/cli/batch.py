"""``cpom batch``: the contracts of a whole folder of profiles."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.batch.outcomes import FAILED
from contract_builder.cli.batch_output import (
    print_plan,
    print_refusals,
    print_result,
    show_progress,
)
from contract_builder.cli.build import add_document_options
from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.compare import add_author_option, author_of
from contract_builder.cli.dates import parse_day, signing_moment, today
from contract_builder.cli.formats import parse_formats
from contract_builder.cli.output import EXIT_STOPPED, print_json
from contract_builder.cli.project_option import project_of
from contract_builder.cli.remedies import word_remedy
from contract_builder.errors import UsageError

if TYPE_CHECKING:
    from contract_builder.batch.earlier import Comparing
    from contract_builder.batch.plan import BatchPlan
    from contract_builder.batch.run import BatchOptions
    from contract_builder.batch.task import AmendingPlan

_LEAST_MEMORY = 512
"""In Mio: with less, no contract at all can be made."""


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "batch",
        description="Produit les contrats de tous les profils d’un dossier, en parallèle, et ne "
        "refait que ce qui a changé. Interrompue, la commande reprend où elle en était. Avec "
        "« --amend », elle rédige pour chacun l’avenant entre le contrat en vigueur et ce que dit "
        "le profil.",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="DOSSIER",
        help="dossier des profils (par défaut : profiles/)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DOSSIER",
        help="dossier de sortie (par défaut : output/lot, ou output/avenants avec « --amend »)",
    )
    parser.add_argument(
        "--formats",
        default="docx,pdf,json",
        metavar="LISTE",
        help="formats séparés par des virgules (par défaut : docx,pdf,json)",
    )
    add_document_options(parser)
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="dit ce qui serait produit et pourquoi, sans rien écrire",
    )
    _add_amending_options(parser)
    _add_engine_options(parser)
    _add_report_options(parser)
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def _add_amending_options(parser: argparse.ArgumentParser) -> None:
    """Avenants instead of contracts."""
    parser.add_argument(
        "--amend",
        action="store_true",
        help="rédige l’avenant de chaque établissement, de ce qui est en vigueur au registre à ce "
        "que dit le profil ; rien où rien ne change",
    )
    parser.add_argument(
        "--date",
        type=parse_day,
        metavar="AAAA-MM-JJ",
        help="avec « --amend », la date des avenants (par défaut : à remplir à la main)",
    )
    parser.add_argument(
        "--effect",
        type=parse_day,
        metavar="AAAA-MM-JJ",
        help="avec « --amend », leur premier jour d’effet (par défaut : leur date, sinon "
        "aujourd’hui)",
    )
    parser.add_argument(
        "--record",
        action="store_true",
        help="avec « --amend », enregistre chaque avenant au registre",
    )


def _add_engine_options(parser: argparse.ArgumentParser) -> None:
    """Where the contracts are made, and what each may take."""
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="processus (par défaut : un par cœur)"
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADRESSE",
        help="planificateur Dask, par exemple tcp://127.0.0.1:8786",
    )
    parser.add_argument(
        "--limit",
        type=float,
        default=120.0,
        metavar="SECONDES",
        help="temps accordé à un contrat (par défaut : 120)",
    )
    parser.add_argument(
        "--memory",
        type=int,
        default=4096,
        metavar="MIO",
        help="mémoire accordée à un contrat, en Mio (par défaut : 4096)",
    )


def _add_report_options(parser: argparse.ArgumentParser) -> None:
    """What is told of the region."""
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="AAAA-MM-JJ",
        help="date de la synthèse et des changements marqués (par défaut : aujourd’hui)",
    )
    parser.add_argument(
        "--compare-with",
        choices=("last", "signed"),
        help="montre ce qui a changé dans chaque contrat depuis sa dernière version (last) ou sa "
        "dernière version signée (signed)",
    )
    add_author_option(parser)
    parser.add_argument(
        "--instruction",
        action="store_true",
        help="écrit aussi la fiche d’instruction de chaque contrat, document interne qui n’entre "
        "dans aucune archive",
    )
    parser.add_argument(
        "--no-report", action="store_true", help="n’écrit ni la synthèse ni les archives"
    )


def run(args: argparse.Namespace) -> int:
    """Builds, then says what was done; 1 when a contract could not be built, 130 after Ctrl-C."""
    from contract_builder.batch.plan import Folders
    from contract_builder.batch.run import Observer, foresee_batch, run_batch

    project = project_of(args)
    folder = args.folder or project.profiles_folder
    profiles = project.profile_paths(folder)
    if not profiles:
        lack = "" if folder.is_dir() else " : ce n’est pas un dossier"
        raise UsageError(f"Aucun profil dans « {folder} »{lack}.")
    out = args.out or project.root / "output" / ("avenants" if args.amend else "lot")
    folders, options = Folders(project, out), _options_of(args)
    if args.dry_run:
        return _show_plan(foresee_batch(folders, profiles, options), as_json=args.json)
    result = run_batch(folders, profiles, options, Observer(print_plan, show_progress))
    written: tuple[Path, ...] = ()
    if not args.no_report and not result.interrupted:
        from contract_builder.batch.report.write import write_report

        written = write_report(result, out, args.on or today())
    if args.json:
        from contract_builder.batch.batch_json import batch_result_data

        print_json(batch_result_data(result, written, word_remedy))
    else:
        print_result(result, written or (out,))
    if result.interrupted:
        return EXIT_STOPPED
    failed = any(entry.status in FAILED for entry in result.entries.values())
    return 1 if failed else 0


def _show_plan(plan: "BatchPlan", *, as_json: bool) -> int:
    """1 when a contract is refused by the plan already."""
    if as_json:
        from contract_builder.batch.batch_json import batch_plan_data

        print_json(batch_plan_data(plan, word_remedy))
    else:
        print_plan(plan, every_name=True)
        print_refusals(plan)
    return 1 if any(outcome.status in FAILED for outcome in plan.refusals) else 0


def _options_of(args: argparse.Namespace) -> "BatchOptions":
    from contract_builder.batch.engines import default_jobs
    from contract_builder.batch.run import BatchOptions
    from contract_builder.services.making import FORMATS, BuildOptions

    if args.jobs is not None and args.jobs < 1:
        raise UsageError("« --jobs » attend un nombre d’au moins 1.")
    if not 0 < args.limit < float("inf"):
        raise UsageError("« --limit » attend un nombre de secondes supérieur à 0.")
    if args.memory < _LEAST_MEMORY:
        raise UsageError(f"« --memory » attend au moins {_LEAST_MEMORY} Mio.")
    return BatchOptions(
        BuildOptions(
            formats=parse_formats(args.formats, FORMATS),
            pdf_standard=args.pdf_standard,
            track_changes=args.track_changes,
            instruction=args.instruction,
        ),
        jobs=args.jobs or default_jobs(),
        seconds=args.limit,
        memory_mib=args.memory,
        scheduler=args.scheduler,
        comparing=_comparing_of(args),
        amending=_amending_of(args),
    )


def _comparing_of(args: argparse.Namespace) -> "Comparing | None":
    """How to compare, when it is asked for."""
    from contract_builder.batch.earlier import Comparing
    from contract_builder.services.making import FORMATS

    if args.compare_with is None:
        return None
    if "json" not in parse_formats(args.formats, FORMATS):
        raise UsageError("« --compare-with » demande le format json parmi ceux de « --formats ».")
    return Comparing(args.compare_with, author_of(args), signing_moment(args.on))


def _amending_of(args: argparse.Namespace) -> "AmendingPlan | None":
    """How avenants are made, when they are asked for."""
    from contract_builder.batch.task import AmendingPlan
    from contract_builder.services.keeping import find_actor
    from contract_builder.services.making import FORMATS

    if not args.amend:
        if args.date or args.effect or args.record:
            raise UsageError(
                "« --date », « --effect » et « --record » s’emploient avec « --amend »."
            )
        return None
    if args.compare_with or args.instruction:
        raise UsageError(
            "« --compare-with » et « --instruction » sont pour les contrats, pas pour les avenants."
        )
    if args.record and "json" not in parse_formats(args.formats, FORMATS):
        raise UsageError("« --record » demande le format json parmi ceux de « --formats ».")
    return AmendingPlan(
        today(),
        datetime.now(UTC),
        args.date,
        args.effect,
        args.record,
        find_actor(os.environ) if args.record else "",
    )
