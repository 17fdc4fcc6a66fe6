"""``cpom build``: one contract in the wanted formats."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.formats import parse_formats
from contract_builder.cli.output import (
    count_words,
    print_error,
    print_kept,
    print_line,
    print_problems,
)
from contract_builder.cli.project_option import profile_path, project_of
from contract_builder.cli.record import (
    add_lineage_options,
    describe_lineage,
    print_what_follows,
)
from contract_builder.diagnostics import without_notes
from contract_builder.errors import UsageError

if TYPE_CHECKING:
    from contract_builder.services.making import Built
    from contract_builder.services.project import Project


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "build",
        description="Assemble le contrat d’un profil, vérifie que chaque document dit exactement "
        "ce que dit le contrat, puis écrit les fichiers et affiche leurs chemins.",
    )
    parser.add_argument("profile", metavar="PROFIL", help="fichier du profil, ou son nom")
    parser.add_argument(
        "--out", type=Path, metavar="DOSSIER", help="dossier de sortie (par défaut : output/)"
    )
    parser.add_argument(
        "--formats",
        default="docx,pdf,json",
        metavar="LISTE",
        help="formats séparés par des virgules : docx, pdf, html, json "
        "(par défaut : docx,pdf,json)",
    )
    parser.add_argument(
        "--pdf-engine",
        choices=("typst", "libreoffice"),
        default="typst",
        help="ce qui compose le PDF : typst (par défaut), ou libreoffice, qui imprime le fichier "
        "Word",
    )
    add_document_options(parser)
    parser.add_argument(
        "--no-instruction",
        action="store_true",
        help="n’écrit pas la fiche d’instruction, document interne écrit par défaut à côté du "
        "contrat en Word et en HTML",
    )
    parser.add_argument(
        "--record", action="store_true", help="enregistre aussi la version produite"
    )
    add_lineage_options(parser)
    parser.add_argument(
        "--strict",
        action="store_true",
        help="refuse de produire s’il reste un avertissement ou une donnée à compléter",
    )
    parser.set_defaults(run=run)


def add_document_options(parser: argparse.ArgumentParser) -> None:
    """How the documents are made, for one contract or a whole region."""
    parser.add_argument(
        "--pdf-standard",
        choices=("a-3a", "a-2a"),
        default="a-3a",
        help="norme d’archivage du PDF : a-3a (par défaut), qui porte en pièce jointe les données "
        "du contrat, ou a-2a, sans pièce jointe",
    )
    parser.add_argument(
        "--track-changes",
        action="store_true",
        help="protège le fichier Word : tout ce que l’on y change est suivi",
    )


def run(args: argparse.Namespace) -> int:
    """Builds, then prints the paths of the documents, one a line.

    The instruction file is told apart: whoever sends what is printed does not send it.
    """
    from contract_builder.services.making import FORMATS, BuildOptions, build

    if not args.record and (args.parent or args.merger or args.kind or args.number):
        raise UsageError(
            "« --parent », « --merger », « --kind » et « --number » s’emploient avec « --record »."
        )
    formats = parse_formats(args.formats, FORMATS)
    project = project_of(args)
    options = BuildOptions(
        formats=formats,
        strict=args.strict,
        pdf_engine=args.pdf_engine,
        pdf_standard=args.pdf_standard,
        track_changes=args.track_changes,
        instruction=not args.no_instruction,
    )
    built = build(
        project,
        profile_path(args.profile, project.root),
        args.out or project.root / "output",
        options,
    )
    shown = without_notes(built.problems)
    print_problems(shown, strict=False)
    print_kept(built.published.kept)
    pages = f", {built.page_count} pages" if built.page_count else ""
    print_error(f"Contrat {built.contract.header.code} produit{pages} : {count_words(shown)}.")
    for path in built.documents:
        print_line(str(path))
    for path in built.instruction:
        print_error(f"Fiche d’instruction, à ne pas transmettre : {path}")
    if args.record:
        _record(project, built, args)
    return 0


def _record(project: "Project", built: "Built", args: argparse.Namespace) -> None:
    """Keeps what was just built as a version, with the hashes of its documents and templates."""
    from contract_builder.services import keeping

    request = keeping.RecordRequest(
        at=datetime.now(UTC),
        actor=keeping.find_actor(os.environ),
        kind=args.kind,
        parents=tuple(args.parent),
        follows=built.follows,
        amendment=args.number,
        is_merger=args.merger,
        documents=built.documents,
        templates=built.templates,
    )
    outcome = keeping.record_contract(project, built.contract, request)
    done = "enregistrée" if outcome.is_new else "déjà enregistrée"
    print_error(
        f"Version {outcome.version.reference} {done} : {describe_lineage(outcome.version)}, "
        f"statut « {outcome.version.status_word} »."
    )
    print_what_follows(project, outcome)
