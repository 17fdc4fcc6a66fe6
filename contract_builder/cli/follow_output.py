"""What ``cpom follow`` prints: states of lines, lists of a region, what a reading gave."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from contract_builder.cli.output import print_error, print_line
from contract_builder.model.follow_rules import RATING_WORDS
from contract_builder.model.follow_up import FOLLOW_KIND_WORDS
from contract_builder.model.french import counted, format_amount, long_date, short_date

if TYPE_CHECKING:
    from contract_builder.services.declaring import Declared
    from contract_builder.services.following import FollowedRegion, FollowedStates, LineState


def print_declared(declared: "Declared") -> None:
    """One line a workbook, then whether anything was kept."""
    for workbook in declared.workbooks:
        identity = workbook.identity
        print_line(
            f"{workbook.name} : contrat {identity.contract.code}, {identity.year}, "
            f"{counted(len(workbook.entries), 'valeur nouvelle', 'valeurs nouvelles')}"
        )
    if declared.is_kept:
        print_error(f"{counted(declared.count, 'valeur gardée', 'valeurs gardées')} au registre.")
    else:
        print_error("Rien n’a été gardé.")


def print_contract(followed: "FollowedStates", year: int | None, *, with_history: bool) -> None:
    """The lines of each year with what is known, then the count of ratings."""
    in_force = followed.in_force
    header = in_force.header
    print_line(
        f"{header.legal_name}, contrat {header.code}, version {in_force.reference}, du "
        f"{long_date(header.effective_date)} au {long_date(header.end_date)}"
    )
    for shown in [year] if year else followed.plan.years:
        print_line(f"{shown}")
        states = followed.of_year(shown)
        for state in states:
            _print_state(state, with_history=with_history)
        print_line(f"  {_count_ratings(states)}")
    if followed.states.strays:
        count = counted(len(followed.states.strays), "valeur gardée", "valeurs gardées")
        print_line(f"{count} sur des lignes que le contrat n’a plus.")
    for doubt in followed.doubts:
        print_line(doubt.words)


def _print_state(state: "LineState", *, with_history: bool) -> None:
    from contract_builder.services.following import describe_line, iter_history

    line = state.line
    part = f" ({line.key.part})" if line.key.part else ""
    print_line(f"  {FOLLOW_KIND_WORDS[line.key.kind]} {line.key.item}{part} : {line.title}")
    for text in describe_line(state):
        print_line(f"    {text}")
    if with_history:
        for text in iter_history(state):
            print_line(f"    · {text}")


def _count_ratings(states: "Iterable[LineState]") -> str:
    objectives = [state for state in states if state.line.key.kind == "objectif"]
    found = Counter(
        RATING_WORDS[state.rated.rating]
        if state.rated and state.rated.rating
        else "sans appréciation"
        for state in objectives
    )
    words = [f"{count} {word}" for word, count in sorted(found.items())]
    return f"Objectifs : {', '.join(words)}" if words else "Aucun objectif cette année-là"


def print_region_lists(region: "FollowedRegion") -> None:
    """What is late and what nothing supports, by contract."""
    late, unsupported = list(region.iter_late()), list(region.iter_unsupported())
    print_line(f"En retard : {counted(len(late), 'ligne')}")
    _print_by_contract(late)
    print_line(f"Sans preuve : {counted(len(unsupported), 'valeur')}")
    _print_by_contract(unsupported)
    print_recoveries(region)


def _print_by_contract(found: "list[tuple[FollowedStates, LineState]]") -> None:
    grouped: dict[tuple[str, str, int], list[LineState]] = {}
    for followed, state in found:
        header = followed.in_force.header
        key = (header.code, header.legal_name, state.line.key.year)
        grouped.setdefault(key, []).append(state)
    for (code, name, year), states in grouped.items():
        due = states[0].deadline
        until = f" (avant le {short_date(due)})" if due else ""
        print_line(f"  {code} {name}, {year}{until} : {_name_lines(states)}")


def _name_lines(states: "list[LineState]") -> str:
    """Objectives by their codes, the others counted: « CPOM_OS_6, CPOM_OS_9, 2 engagements »."""
    codes = [state.line.key.item for state in states if state.line.key.kind == "objectif"]
    words = list(dict.fromkeys(codes))
    for kind in ("engagement", "financement"):
        count = sum(state.line.key.kind == kind for state in states)
        words += [counted(count, kind)] * bool(count)
    return ", ".join(words)


def print_recoveries(region: "FollowedRegion") -> None:
    """Amounts that nothing justifies, by contract and line."""
    found = [
        (followed, state)
        for followed in region.contracts
        for state in followed.states.states
        if state.to_recover
    ]
    if found:
        print_line(f"À récupérer : {counted(len(found), 'financement')}")
    for followed, state in found:
        amount = format_amount(state.to_recover or Decimal(0))
        key = state.line.key
        print_line(f"  {followed.in_force.contract.code} {key.item}, {key.year} : {amount}")
