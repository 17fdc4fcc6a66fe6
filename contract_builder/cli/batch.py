"""``cpom batch``: the contracts of a whole folder of profiles."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contract_builder.cli.build import parse_formats
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.errors import UsageError

if TYPE_CHECKING:
    from contract_builder.batch.run import BatchResult, Progress

_STATUSES = {
    "produit": "produits",
    "inchange": "inchangés",
    "refuse": "refusés",
    "echec": "en échec",
}


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
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Builds, then says what was done; 1 when a contract could not be built, 130 after Ctrl-C."""
    from contract_builder.batch.engines import default_jobs
    from contract_builder.batch.run import BatchOptions, run_batch
    from contract_builder.pipeline import profiles_of

    root = project_of(args)
    folder = args.folder or root / "profiles"
    profiles = profiles_of(folder)
    if not profiles:
        raise UsageError(f"Aucun profil dans « {folder} ».")
    if args.jobs is not None and args.jobs < 1:
        raise UsageError("« --jobs » attend un nombre d’au moins 1.")
    options = BatchOptions(
        formats=parse_formats(args.formats),
        jobs=args.jobs or default_jobs(),
        seconds=args.limit,
        scheduler=args.scheduler,
    )
    out = args.out or root / "output" / "lot"
    result = run_batch(root, profiles, out, options, _show_progress)
    if args.json:
        print_json(_result_data(result))
    else:
        _print_result(result, out)
    if result.interrupted:
        return 130
    failed = any(entry.status in ("refuse", "echec") for entry in result.entries.values())
    return 1 if failed else 0


def _show_progress(progress: "Progress") -> None:
    """One line that is written over on a terminal; one line a failure elsewhere."""
    last = progress.last
    if last.status in ("refuse", "echec"):
        first = next((p for p in last.problems if p["gravite"] == "erreur"), None)
        message = first["message"] if first else ""
        print_error(f"{'' if not sys.stderr.isatty() else chr(13)}{last.name} : {message}")
    if not sys.stderr.isatty():
        return
    left = "" if progress.remaining is None else f", encore {_duration(progress.remaining)}"
    text = f"{progress.done}/{progress.total}, {progress.rate:.1f} par seconde{left}"
    sys.stderr.write(f"\r{text:<70}")
    if progress.done == progress.total:
        sys.stderr.write("\n")
    sys.stderr.flush()


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _print_result(result: "BatchResult", out: Path) -> None:
    counts = {
        word: sum(
            entry.status == status and name in result.reasons
            for name, entry in result.entries.items()
        )
        for status, word in _STATUSES.items()
    }
    untouched = sum(name not in result.reasons for name in result.entries)
    parts = [f"{count} {word}" for word, count in counts.items() if count]
    if untouched:
        parts.append(f"{untouched} déjà à jour")
    if result.interrupted:
        print_error("Production interrompue à votre demande ; relancez la commande pour reprendre.")
    print_error(f"{len(result.entries)} contrats en {_duration(result.seconds)} : "
                f"{', '.join(parts)}.")  # fmt: skip
    print_line(str(out))


def _result_data(result: "BatchResult") -> dict[str, Any]:
    return {
        "interrompu": result.interrupted,
        "secondes": round(result.seconds, 1),
        "contrats": [
            {
                "profil": name,
                "statut": entry.status if name in result.reasons else "a_jour",
                "motif": result.reasons.get(name, ""),
                "fichiers": list(entry.files),
                "problemes": list(entry.problems),
                "resume": entry.summary,
            }
            for name, entry in result.entries.items()
        ],
    }
