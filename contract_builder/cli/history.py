"""``cpom history``: the versions of an establishment."""

import argparse
import os
from typing import TYPE_CHECKING, Any

from contract_builder.cli.output import print_json, print_line
from contract_builder.cli.project_option import project_of

if TYPE_CHECKING:
    from contract_builder.versions import StoredVersion


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Declares the command."""
    parser = commands.add_parser(
        "history",
        parents=[common],
        help="liste les versions d’un établissement",
        description="Liste toutes les versions enregistrées d’une entité juridique, de la plus "
        "ancienne à la plus récente.",
    )
    parser.add_argument("finess_ej", metavar="FINESS_EJ", help="n° FINESS de l’entité juridique")
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints one line a version."""
    from contract_builder.versions import list_versions

    versions = list_versions(project_of(args), os.environ, args.finess_ej)
    if args.json:
        data = [version_data(version) for version in versions]
        print_json({"finess_ej": versions[0].reference.finess_ej, "versions": data})
        return 0
    for version in versions:
        after = f", suite de {version.facts.parent}" if version.facts.parent else ""
        print_line(
            f"{version.reference}  {version.facts.code}  {version.facts.kind}{after}  "
            f"{version.status_word}  {version.recorded_at:%Y-%m-%d}"
        )
    return 0


def version_data(version: "StoredVersion") -> dict[str, Any]:
    """A version as JSON-ready data; times are ISO 8601, in UTC."""
    facts = version.facts
    return {
        "reference": str(version.reference),
        "number": version.reference.number,
        "code": facts.code,
        "type": facts.type,
        "kind": facts.kind,
        "status": version.status,
        "parent": None if facts.parent is None else str(facts.parent),
        "sha256": facts.sha256,
        "schema_version": facts.schema_version,
        "library_version": facts.library_version,
        "recorded_at": version.recorded_at.isoformat(),
        "statuses": [
            {"status": event.status, "at": event.at.isoformat(), "actor": event.actor}
            for event in version.statuses
        ],
        "files": [
            {"role": file.role, "name": file.name, "sha256": file.sha256} for file in version.files
        ],
    }
