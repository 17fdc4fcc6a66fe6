"""``cpom where-cited``: every place that cites an article of law."""

import argparse

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of

_HOW = {"direct": "", "plage": " (par une plage)", "suivants": " (par « et suivants »)"}


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "where-cited",
        description="Liste les clauses, les fiches, les profils et les versions enregistrées qui "
        "citent un article, y compris par une plage ou par « et suivants ».",
    )
    parser.add_argument("reference", metavar="RÉFÉRENCE", help="par exemple « CSP R6123-9 »")
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints one line a place."""
    from contract_builder.services.citing import find_citing_places, find_citing_versions

    project = project_of(args)
    (code, article), places = find_citing_places(project, args.reference)
    versions, unread = find_citing_versions(project, code, article)
    for text in unread:
        print_error(text)
    if args.json:
        from contract_builder.services.as_json.citations import citing_data

        print_json(citing_data(f"{code} {article}", places, versions))
        return 0
    for place in places:
        dated = f" ({place.version})" if place.version else ""
        print_line(f"{place.kind} {place.id}{dated}{_HOW[place.how]}   [{place.place}]")
    for version in versions:
        sections = (f"{section}{_HOW[how]}" for section, how in version.sections)
        print_line(f"version {version.reference} : {', '.join(sections)}")
    if not places and not versions:
        print_line(f"Rien ne cite {code} {article}.")
    return 0
