"""``cpom compare``: what changed between two contracts."""

import argparse
import os
from pathlib import Path

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import parse_day, signing_moment
from contract_builder.cli.formats import parse_formats
from contract_builder.cli.output import (
    print_error,
    print_json,
    print_kept,
    print_line,
    print_removed,
)
from contract_builder.cli.project_option import project_of
from contract_builder.errors import UsageError

_WIDTHS = {"paragraphe": "par paragraphes entiers", "bloc": "par blocs entiers"}
_DATED = frozenset({".docx", ".pdf"})


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "compare",
        description="Compare deux contrats, ou un contrat au texte standard de la bibliothèque, "
        "affiche le résumé des changements et écrit les vues "
        "demandées. Le fichier Word porte les changements en suivi des modifications ; la preuve "
        "qu’il rend exactement l’ancien et le nouveau contrat est écrite à côté.",
    )
    version = "fichier JSON ou PDF d’un contrat, ou version du registre, par exemple 990000011@3"
    parser.add_argument(
        "old",
        metavar="ANCIEN",
        help=f"l’ancien contrat, ou le seul avec --standard : {version}",
    )
    parser.add_argument(
        "new", metavar="NOUVEAU", nargs="?", help="le nouveau contrat, désigné de même"
    )
    parser.add_argument(
        "--standard",
        action="store_true",
        help="compare ce seul contrat à ce que donnerait le texte standard de la bibliothèque "
        "pour le même établissement à la même date d’effet : ce qui a été négocié",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DOSSIER", help="dossier de sortie (par défaut : output/)"
    )
    parser.add_argument(
        "--formats",
        default="json,html,docx,pdf,xlsx",
        metavar="LISTE",
        help="vues séparées par des virgules : json, html, docx, pdf, xlsx (par défaut : toutes)",
    )
    for side, which in (("old", "de l’ancien contrat"), ("new", "du nouveau contrat")):
        parser.add_argument(
            f"--{side}-docx",
            type=Path,
            metavar="FICHIER.docx",
            help=f"le fichier Word {which} tel qu’il a été remis, que les changements et leur "
            "preuve prennent pour base (par défaut : celui qui se trouve à côté du contrat ou "
            "dans output/, s’il est bien le sien)",
        )
    add_author_option(parser)
    parser.add_argument(
        "--date",
        type=parse_day,
        metavar="AAAA-MM-JJ",
        help="date des changements dans le fichier Word et du résumé en PDF (par défaut : "
        "maintenant, et la même commande ne redonne alors pas les mêmes fichiers)",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="affiche la comparaison au format JSON au lieu du résumé",
    )
    parser.set_defaults(run=run)


def add_author_option(parser: argparse.ArgumentParser) -> None:
    """Who signs the changes, for two contracts or a whole region."""
    parser.add_argument(
        "--author",
        metavar="NOM",
        help="auteur des changements dans le fichier Word et du résumé en PDF (par défaut : "
        "CPOM_ACTOR, sinon le nom de session)",
    )


def author_of(args: argparse.Namespace) -> str:
    """The author that the command line or the environment names."""
    from contract_builder.services.keeping import find_actor

    return find_actor(os.environ) if args.author is None else str(args.author)


def run(args: argparse.Namespace) -> int:
    """Compares, then prints the summary and the paths written, one a line."""
    from contract_builder.services.comparing import (
        COMPARE_FORMATS,
        CompareRequest,
        compare_versions,
    )

    formats = parse_formats(args.formats, COMPARE_FORMATS)
    project = project_of(args)
    old, new = _sides(args)
    request = CompareRequest(
        old,
        new,
        formats,
        author_of(args),
        signing_moment(args.date),
        args.old_docx,
        args.new_docx,
    )
    compared = compare_versions(project, request, args.out or project.root / "output")
    print_kept(compared.published.kept)
    print_removed(compared.published.removed)
    if compared.width in _WIDTHS:
        print_error(
            f"À savoir : le fichier Word montre les changements {_WIDTHS[compared.width]}, car "
            "la preuve mot à mot n’a pas abouti."
        )
    for remark in compared.remarks:
        print_error(f"À savoir : {remark}")
    if compared.refusal:
        print_error(compared.refusal)
    if args.json:
        from contract_builder.services.as_json.texts import compared_data

        print_json(compared_data(compared))
    else:
        print_line(compared.summary)
        if args.date is None and _DATED.intersection(p.suffix for p in compared.published.written):
            print_line(
                "À savoir : sans « --date », le fichier Word et le résumé en PDF portent l’heure "
                "de cette commande ; la refaire ne redonnera pas les mêmes fichiers."
            )
        for path in compared.published.written:
            print_line(str(path))
    if not compared.refusal:
        return 0
    return 70 if compared.is_internal else 1


def _sides(args: argparse.Namespace) -> tuple[str | None, str]:
    """The old side, None for the standard text, and the new one."""
    if args.standard and args.new is not None:
        raise UsageError(
            "Avec --standard, donnez un seul contrat : l’autre côté est le texte standard."
        )
    if not args.standard and args.new is None:
        raise UsageError(
            "Il manque le nouveau contrat ; pour comparer un seul contrat au texte standard, "
            "ajoutez --standard."
        )
    return (None, args.old) if args.standard else (args.old, args.new)
