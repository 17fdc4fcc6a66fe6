"""``cpom amend``: the avenant that turns one contract into another."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.cli.build import add_document_options
from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import parse_day, today
from contract_builder.cli.formats import parse_formats
from contract_builder.cli.output import print_error, print_json, print_kept, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.cli.record import describe_lineage, print_what_follows
from contract_builder.model.french import counted

if TYPE_CHECKING:
    from contract_builder.services.drafted_amendments import DraftedAmendment

_SHOWN_GAPS = 5


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "amend",
        description="Rédige l’avenant qui fait du contrat signé ANCIEN le contrat NOUVEAU, dans la "
        "forme des textes modificatifs, prouve qu’il le fait exactement, écrit les documents et "
        "leur preuve, et affiche leurs chemins.",
    )
    version = "fichier JSON ou PDF d’un contrat, ou version du registre, par exemple 990000011@3"
    parser.add_argument("old", metavar="ANCIEN", help=f"le contrat signé : {version}")
    parser.add_argument("new", metavar="NOUVEAU", help="le contrat voulu, désigné de même")
    parser.add_argument(
        "--number",
        type=int,
        metavar="N",
        help="numéro de l’avenant (par défaut : celui qui suit le dernier avenant signé au "
        "registre, sinon 1)",
    )
    parser.add_argument(
        "--date",
        type=parse_day,
        metavar="AAAA-MM-JJ",
        help="date de l’avenant (par défaut : laissée à remplir à la main)",
    )
    parser.add_argument(
        "--effect",
        type=parse_day,
        metavar="AAAA-MM-JJ",
        help="premier jour d’effet (par défaut : celui du nouveau contrat s’il diffère, sinon la "
        "date de l’avenant, sinon aujourd’hui)",
    )
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
    add_document_options(parser)
    parser.add_argument(
        "--record",
        action="store_true",
        help="enregistre aussi le nouveau contrat au registre, comme avenant de l’ancien",
    )
    parser.add_argument(
        "--json", action="store_true", help="affiche l’avenant au format JSON au lieu des chemins"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Drafts, then prints the paths written, one a line; what is left to do goes to stderr."""
    from contract_builder.services.amending import AmendRequest, amend
    from contract_builder.services.drafted_amendments import AmendingTerms
    from contract_builder.services.keeping import find_actor
    from contract_builder.services.making import FORMATS

    project = project_of(args)
    request = AmendRequest(
        old=args.old,
        new=args.new,
        terms=AmendingTerms(
            today=today(),
            formats=parse_formats(args.formats, FORMATS),
            number=args.number,
            signed_on=args.date,
            effective_on=args.effect,
            pdf_standard=args.pdf_standard,
            track_changes=args.track_changes,
        ),
        record=args.record,
        at=datetime.now(UTC),
        actor=find_actor(os.environ) if args.record else "",
    )
    amended = amend(project, request, args.out or project.root / "output")
    draft = amended.draft
    if draft.amendment is None:
        print_error(
            "Rien à modifier : les deux contrats disent la même chose. Aucun fichier n’est écrit."
        )
    else:
        print_kept(draft.kept)
        _print_summary(draft)
    if args.json:
        from contract_builder.services.as_json.texts import drafted_amendment_data

        print_json(drafted_amendment_data(draft))
    else:
        for path in draft.files:
            print_line(str(path))
    if amended.version is not None:
        version = amended.version.version
        print_error(f"Version {version.reference} enregistrée : {describe_lineage(version)}.")
        print_what_follows(project, amended.version)
    return 0


def _print_summary(draft: "DraftedAmendment") -> None:
    """How many operations and articles, what was proved, what is left to complete."""
    amendment = draft.amendment
    if amendment is None:
        return
    operations = counted(len(amendment.operations), "opération")
    pages = f", {draft.page_count} pages" if draft.page_count else ""
    print_error(
        f"Avenant n° {amendment.number} rédigé et prouvé : {operations} en "
        f"{counted(len(draft.articles), 'article')}{pages}."
    )
    for remark in draft.remarks:
        print_error(f"À savoir : {remark}")
    if draft.gaps:
        shown = " ; ".join(draft.gaps[:_SHOWN_GAPS])
        more = " ; …" if len(draft.gaps) > _SHOWN_GAPS else ""
        print_error(f"À compléter dans l’avenant : {shown}{more}.")
    if amendment.not_carried:
        count = counted(len(amendment.not_carried), "différence")
        print_error(
            f"À savoir : {count} que l’avenant ne dit pas (numéros, renvois, couverture…), dans "
            "le fichier JSON."
        )
