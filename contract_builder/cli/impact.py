"""``cpom impact``: what a change of law reaches, and what each text, draft and contract needs."""

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from contract_builder.cli.commands import CommandParsers, add_command
from contract_builder.cli.dates import parse_day, today
from contract_builder.cli.output import print_error, print_json, print_line
from contract_builder.cli.project_option import project_of
from contract_builder.model.french import counted, long_date
from contract_builder.model.legal_impact import NEED_WORDS

if TYPE_CHECKING:
    from contract_builder.model.legal_impact import ImpactVerdict
    from contract_builder.services.impacting import Impact, ReachedContract


def add_parser(commands: CommandParsers, common: argparse.ArgumentParser) -> None:
    """Declares the command."""
    parser = add_command(
        commands,
        common,
        "impact",
        description="Dit quelles clauses et fiches, quels projets et quels contrats en vigueur "
        "citent un article qui change, et ce que chacun demande : rien, un avenant, ou "
        "d’attendre le renouvellement. Le changement est celui que dit le registre des références.",
    )
    parser.add_argument("reference", metavar="RÉFÉRENCE", help="par exemple « CSP R6123-9 »")
    parser.add_argument(
        "--on",
        type=parse_day,
        metavar="DATE",
        help="jour du droit à considérer (par défaut : celui du prochain changement annoncé de "
        "l’article, sinon aujourd’hui)",
    )
    parser.add_argument("--json", action="store_true", help="résultat lisible par un programme")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the change, then what it reaches."""
    from contract_builder.services.impacting import ImpactRequest, find_impact

    request = ImpactRequest(args.reference, today(), args.on)
    impact = find_impact(project_of(args), request)
    for text in impact.unread:
        print_error(text)
    for name in impact.unread_profiles:
        print_error(f"« {name} » n’a pas été examiné : la vérification du profil dit pourquoi.")
    if args.json:
        from contract_builder.services.as_json.impacts import impact_data

        print_json(impact_data(impact))
    else:
        _print_impact(impact)
    return 0


def _print_impact(impact: "Impact") -> None:
    print_line(_describe_change(impact))
    if impact.to_verify:
        print_line(f"  À vérifier : {impact.to_verify}")
    for lapsed in impact.lapsed:
        print_line(lapsed.words)
    if not (impact.texts or impact.drafts or impact.contracts):
        print_line("Rien ne le cite dans la bibliothèque, les projets et les contrats en vigueur.")
        return
    print_line(f"Bibliothèque : {counted(len(impact.texts), 'texte')} à voir")
    for item in impact.texts:
        version = f" ({item.version})" if item.version else ""
        print_line(f"  {item.kind} {item.id}{version}   [{item.place}]")
        print_line(f"    {item.verdict.words} : {item.verdict.why}")
        print_line(f"    « {item.passage} »")
    print_line(f"Projets qui le citent : {len(impact.drafts)}")
    _print_contracts(impact.drafts)
    print_line(f"Contrats en vigueur qui le citent : {len(impact.contracts)}")
    _print_contracts(impact.contracts)


def _describe_change(impact: "Impact") -> str:
    name = f"{impact.code} {impact.article}"
    if not impact.known:
        return (
            f"{name} n’est pas au registre des références : ajoutez-y ses rédactions pour savoir "
            "ce que son changement demande."
        )
    return impact.change_words or (
        f"Le registre ne connaît aucun changement de {name} jusqu’au {long_date(impact.on)}. "
        "Si un texte nouveau le modifie, ajoutez sa rédaction au registre."
    )


def _print_contracts(contracts: "Sequence[ReachedContract]") -> None:
    """By what they need, from the most to the least; then each passage once, with its contracts."""
    groups: dict[ImpactVerdict, list[ReachedContract]] = {}
    for item in sorted(contracts, key=lambda item: -list(NEED_WORDS).index(item.verdict.need)):
        groups.setdefault(item.verdict, []).append(item)
    for verdict, items in groups.items():
        print_line(f"  {verdict.words} : {len(items)} ({verdict.why})")
        for item in items:
            header = item.header
            period = f"du {long_date(header.effective_date)} au {long_date(header.end_date)}"
            standing = f", {item.standing}" if item.standing else ""
            print_line(f"    {item.name} {header.legal_name}, {period}{standing}")
    found = Counter((part.label, part.text) for item in contracts for part in item.passages)
    if any(text for _, text in found):
        print_line("  Passages :")
    for (label, text), count in found.items():
        if text:
            print_line(f"    {label} ({counted(count, 'contrat')}) : « {text} »")
