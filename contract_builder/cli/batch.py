"""``cpom batch``: the contracts of a whole folder of profiles."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contract_builder.cli.build import add_standard_option, parse_formats
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.errors import UsageError

if TYPE_CHECKING:
    from contract_builder.batch.run import BatchOptions, BatchResult, Progress

_STATUSES = {
    "produit": "produits",
    "inchange": "inchangés",
    "a_jour": "déjà à jour",
    "refuse": "refusés",
    "echec": "en échec",
}
_STATUS_WORDS = {**_STATUSES, "produit": "produit", "inchange": "inchangé", "refuse": "refusé"}
_FAILED = ("refuse", "echec")


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "batch",
        parents=[common],
        help="produit les contrats de toute une région",
        description="Produit les contrats de tous les profils d’un dossier, en parallèle, et ne "
        "refait que ce qui a changé. Interrompue, la commande reprend où elle en était.",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="DOSSIER",
        help="dossier des profils (par défaut : profiles/)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DOSSIER", help="dossier de sortie (par défaut : output/lot)"
    )
    parser.add_argument(
        "--formats",
        default="docx,pdf,json",
        metavar="LISTE",
        help="formats séparés par des virgules (par défaut : docx,pdf,json)",
    )
    add_standard_option(parser)
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
        "--on",
        type=_parse_date,
        metavar="AAAA-MM-JJ",
        help="date à laquelle la synthèse se place (par défaut : aujourd’hui)",
    )
    parser.add_argument(
        "--no-report", action="store_true", help="n’écrit ni la synthèse ni les archives"
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Builds, then says what was done; 1 when a contract could not be built, 130 after Ctrl-C."""
    from contract_builder.batch.plan import Folders
    from contract_builder.batch.run import run_batch
    from contract_builder.pipeline import profiles_of

    root = project_of(args)
    folder = args.folder or root / "profiles"
    profiles = profiles_of(folder)
    if not profiles:
        raise UsageError(f"Aucun profil dans « {folder} ».")
    out = args.out or root / "output" / "lot"
    result = run_batch(Folders(root, out), profiles, _options_of(args), _show_progress)
    written: tuple[Path, ...] = ()
    if not args.no_report and not result.interrupted:
        from contract_builder.batch.report.write import write_report

        written = write_report(result, out, args.on or _today())
    if args.json:
        print_json(_result_data(result, written))
    else:
        _print_result(result)
        for path in written or (out,):
            print_line(str(path))
    if result.interrupted:
        return 130
    failed = any(entry.status in _FAILED for entry in result.entries.values())
    return 1 if failed else 0


def _options_of(args: argparse.Namespace) -> "BatchOptions":
    from contract_builder.batch.engines import default_jobs
    from contract_builder.batch.run import BatchOptions
    from contract_builder.pipeline import BuildOptions

    if args.jobs is not None and args.jobs < 1:
        raise UsageError("« --jobs » attend un nombre d’au moins 1.")
    if not 0 < args.limit < float("inf"):
        raise UsageError("« --limit » attend un nombre de secondes supérieur à 0.")
    return BatchOptions(
        BuildOptions(formats=parse_formats(args.formats), pdf_standard=args.pdf_standard),
        jobs=args.jobs or default_jobs(),
        seconds=args.limit,
        scheduler=args.scheduler,
    )


def _parse_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"« {text} » n’est pas une date AAAA-MM-JJ"
        raise argparse.ArgumentTypeError(message) from error


def _today() -> date:
    """The clock is read here and nowhere below."""
    return datetime.now().astimezone().date()


def _show_progress(progress: "Progress") -> None:
    """One line that is written over on a terminal; one line a failure elsewhere."""
    last = progress.last
    start = "\r" if sys.stderr.isatty() else ""
    if last.status in _FAILED:
        errors = sum(problem["gravite"] == "erreur" for problem in last.problems)
        told = f"{errors} erreur{'s' if errors > 1 else ''}"
        print_error(f"{start}{last.name} : {_STATUS_WORDS[last.status]}, {told}.{'':<40}".rstrip())
    if not start:
        return
    left = "" if progress.remaining is None else f", encore {_duration(progress.remaining)}"
    text = f"{progress.done}/{progress.total}, {progress.rate:.1f} par seconde{left}"
    sys.stderr.write(f"{start}{text:<70}")
    if progress.done == progress.total:
        sys.stderr.write("\n")
    sys.stderr.flush()


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _print_result(result: "BatchResult") -> None:
    for text in _error_texts(result):
        print_error(text)
    if result.interrupted:
        print_error("Production interrompue à votre demande ; relancez la commande pour reprendre.")
    counts = Counter(map(result.status_of, result.entries))
    parts = [
        f"{counts[status]} {plural if counts[status] > 1 else _STATUS_WORDS[status]}"
        for status, plural in _STATUSES.items()
        if counts[status]
    ]
    total = len(result.entries)
    print_error(
        f"{total} contrat{'s' if total > 1 else ''} en {_duration(result.seconds)}"
        f"{' : ' if parts else ''}{', '.join(parts)}."
    )


def _error_texts(result: "BatchResult") -> list[str]:
    """Every error of the refused and failed profiles once, as the other commands print them."""
    return list(
        dict.fromkeys(
            f"{p['fichier']}:{p['ligne']}:{p['colonne']}: erreur [{p['code']}] {p['message']}"
            + (f"\n  aide : {p['aide']}" if p["aide"] else "")
            for entry in result.entries.values()
            if entry.status in _FAILED
            for p in entry.problems
            if p["gravite"] == "erreur"
        )
    )


def _result_data(result: "BatchResult", written: Sequence[Path]) -> dict[str, Any]:
    return {
        "interrompu": result.interrupted,
        "secondes": round(result.seconds, 1),
        "synthese": [str(path) for path in written],
        "contrats": [
            {
                "profil": name,
                "statut": result.status_of(name),
                "motif": result.reasons.get(name, ""),
                "fichiers": list(entry.files),
                "problemes": list(entry.problems),
                "resume": entry.summary,
            }
            for name, entry in result.entries.items()
        ],
    }
