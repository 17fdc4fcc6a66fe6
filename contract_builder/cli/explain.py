"""``cpom explain``: why each part, clause and sheet is in or out of a contract."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.output import print_json, print_line, print_problems
from contract_builder.cli.project_option import profile_path, project_of
from contract_builder.cli.sheets import print_sheets
from contract_builder.diagnostics import only_errors
from contract_builder.errors import UsageError
from contract_builder.model.french import long_date

if TYPE_CHECKING:
    from contract_builder.assembly.conditions import Verdict
    from contract_builder.diagnostics import Problems
    from contract_builder.services.explaining import ContractExplanation, SheetsExplanation

SHEETS = "fiches"


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "explain",
        description="Dit, pour chaque article, clause, annexe et fiche, si le contrat la retient "
        "et quelles données du profil en ont décidé.",
    )
    parser.add_argument("profile", metavar="PROFIL", help="fichier du profil, ou son nom")
    parser.add_argument(
        "item",
        nargs="?",
        metavar="ÉLÉMENT",
        help="une clause, une annexe, une fiche, une valeur du profil (« etablissement », "
        "« sites »), ou « fiches » : toutes celles de la campagne, avec leurs cibles",
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the decisions; 1 when the profile or the library has errors."""
    from contract_builder.services.explaining import explain_profile, explain_sheets

    project = project_of(args)
    path = profile_path(args.profile, project.root)
    if (args.item or "").casefold() == SHEETS:
        return _explain_sheets(*explain_sheets(project, path), as_json=args.json)
    explanation, problems = explain_profile(project, path)
    if args.item:
        explanation = _narrow(explanation, args.item)
    code = print_problems(only_errors(problems), strict=False)
    if args.json:
        from contract_builder.services.as_json.explanations import explanation_data

        print_json(explanation_data(explanation))
    else:
        _print_text(explanation, detailed=bool(args.item))
    return code


def _narrow(explanation: "ContractExplanation", item: str) -> "ContractExplanation":
    """What is said of one item, and the values under its name; UsageError for nothing."""
    wanted = item.casefold()
    narrowed = replace(
        explanation,
        values=tuple(value for value in explanation.values if _is_under(value.path, wanted)),
        decisions=tuple(
            decision for decision in explanation.decisions if decision.id.casefold() == wanted
        ),
    )
    if not narrowed.decisions and not narrowed.values:
        raise UsageError(f"Rien ne s’appelle « {item} » dans ce contrat ni son plan.")
    return narrowed


def _explain_sheets(
    explanation: "SheetsExplanation", problems: "Problems", *, as_json: bool
) -> int:
    code = print_problems(only_errors(problems), strict=False)
    if as_json:
        from contract_builder.services.as_json.explanations import sheets_data

        print_json(sheets_data(explanation))
    else:
        print_sheets(explanation)
    return code


def _is_under(path: str, wanted: str) -> bool:
    """True for the value named, and for all that stands under a group of values."""
    folded = path.casefold()
    return folded == wanted or folded.startswith((f"{wanted}.", f"{wanted}["))


def _print_text(explanation: "ContractExplanation", *, detailed: bool) -> None:
    subject = explanation.subject
    effective_date = long_date(subject.effective_date)
    print_line(f"{subject.legal_name} – contrat {subject.code}, effet {effective_date}")
    if not detailed:
        print_line()
        print_line("Données qui décident")
        for fact in explanation.facts:
            print_line(f"  {fact.label} : {fact.text}   [{fact.origin}]")
    print_line()
    for item in explanation.decisions:
        mark, word = ("✔", "retenue") if item.retained else ("✘", "écartée")
        title = f" « {item.title} »" if item.title else ""
        print_line(f"{mark} {item.kind} {item.id}{title}")
        print_line(f"    {word} parce que : {item.reason}   [{item.place}]")
        if item.negotiated and item.retained:
            print_line(f"    variante de l’établissement : {item.negotiated}")
        if detailed:
            _print_tree(item.verdict, 4)
    for value in explanation.values if detailed else ():
        source = value.registry or value.negotiation
        origin = f"{value.layer}, {value.place}{f' ← {source}' if source else ''}"
        print_line(f"{value.path} : {value.text}   [{origin}]")


def _print_tree(node: "Verdict", depth: int) -> None:
    mark = {True: "vrai", False: "faux", None: "indécidable"}[node.outcome]
    print_line(f"{' ' * depth}{mark} : {node.text}")
    for part in node.parts:
        _print_tree(part, depth + 2)
