"""``cpom where-cited``: every place that cites an article of law."""

import argparse
import os

from contract_builder.cli.output import print_json, print_line
from contract_builder.cli.project_option import project_of

_HOW = {"direct": "", "plage": " (par une plage)", "suivants": " (par « et suivants »)"}


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "where-cited",
        parents=[common],
        help="dit où un article est cité",
        description="Liste les clauses, les fiches, les profils et les versions enregistrées qui "
        "citent un article, y compris par une plage ou par « et suivants ».",
    )
    parser.add_argument("reference", metavar="RÉFÉRENCE", help="par exemple « CSP R6123-9 »")
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints one line a place."""
    from contract_builder.inspection import find_citing_places
    from contract_builder.versions import iter_versions_citing

    root = project_of(args)
    (code, article), places = find_citing_places(root, args.reference)
    versions = list(iter_versions_citing(root, os.environ, code, article))
    if args.json:
        print_json(
            {
                "reference": f"{code} {article}",
                "lieux": [
                    {
                        "genre": place.kind,
                        "id": place.id,
                        "version": place.version,
                        "place": place.place,
                        "mode": place.how,
                    }
                    for place in places
                ],
                "versions": [
                    {"reference": reference, "sections": list(sections)}
                    for reference, sections in versions
                ],
            }
        )
        return 0
    for place in places:
        version = f" ({place.version})" if place.version else ""
        print_line(f"{place.kind} {place.id}{version}{_HOW[place.how]}   [{place.place}]")
    for reference, sections in versions:
        print_line(f"version {reference} : {', '.join(sections)}")
    if not places and not versions:
        print_line(f"Rien ne cite {code} {article}.")
    return 0
