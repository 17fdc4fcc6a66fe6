"""The rules by which campaigns rate what is declared: each can hold, and one always does."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from contract_builder.diagnostics import Diagnostic, library_problems
from contract_builder.model.follow_rules import FollowUpRules, RatingRule
from contract_builder.model.library import Campaign, Library

_DAY_OF_YEAR: Final = re.compile(r"(\d{2})-(\d{2})")
_COMMON_YEAR: Final = 2025


def check_follow_up_rules(library: Library) -> Iterator[Diagnostic]:
    """A day that is none, a rule that is never reached, no rule for the rest, an unknown sheet."""
    for campaign in library.campaigns.values():
        if campaign.suivi is not None:
            yield from _check_day(campaign.suivi)
            yield from _check_sheets(campaign, campaign.suivi, library)
            yield from _check_rules(campaign.suivi.appreciation, campaign.suivi)


def _check_day(rules: FollowUpRules) -> Iterator[Diagnostic]:
    place = rules.place_of("declaration_avant")
    match = _DAY_OF_YEAR.fullmatch(rules.declaration_avant)
    try:
        if match is None:
            raise ValueError
        date(_COMMON_YEAR, int(match[1]), int(match[2]))
    except ValueError:
        yield library_problems.suivi_incoherent(
            place, "le dernier jour s’écrit mois et jour, « 03-31 » pour le 31 mars"
        )


def _check_sheets(
    campaign: Campaign, rules: FollowUpRules, library: Library
) -> Iterator[Diagnostic]:
    known = library.fiches.get(campaign.fiches, {})
    for code, own in (rules.fiches or {}).items():
        if code not in known:
            yield library_problems.suivi_incoherent(
                own.place, f"la fiche « {code} » n’est pas au catalogue de la campagne"
            )
        if own.appreciation:
            yield from _check_rules(own.appreciation, rules)


def _check_rules(rules: Sequence[RatingRule], holder: FollowUpRules) -> Iterator[Diagnostic]:
    for rank, rule in enumerate(rules):
        is_end = rank == len(rules) - 1
        if rule.is_last and not is_end:
            yield library_problems.suivi_incoherent(
                rules[rank + 1].place, "aucune règle ne sert après une règle sans seuil"
            )
        elif is_end and not rule.is_last:
            yield library_problems.suivi_incoherent(
                rule.place, "la dernière règle n’a pas de seuil, pour ce que les autres laissent"
            )
        yield from _check_thresholds(rule)
        yield from _check_order(rules[:rank], rule)
    if not rules:
        reason = "aucune règle n’apprécie les valeurs"
        yield library_problems.suivi_incoherent(holder.place_of("appreciation"), reason)


def _check_thresholds(rule: RatingRule) -> Iterator[Diagnostic]:
    for key, value in (
        ("realise_au_moins", rule.realise_au_moins),
        ("retard_au_plus", rule.retard_au_plus),
    ):
        if value is not None and value < 0:
            yield library_problems.suivi_incoherent(
                rule.place_of(key), "un seuil n’est pas négatif"
            )


def _check_order(before: Sequence[RatingRule], rule: RatingRule) -> Iterator[Diagnostic]:
    """A threshold that an earlier rule already takes in."""
    shares = [item.realise_au_moins for item in before if item.realise_au_moins is not None]
    delays = [item.retard_au_plus for item in before if item.retard_au_plus is not None]
    share, delay = rule.realise_au_moins, rule.retard_au_plus
    if (share is not None and shares and share >= min(shares)) or (
        delay is not None and delays and delay <= max(delays)
    ):
        yield library_problems.suivi_incoherent(
            rule.place, "une règle placée avant celle-ci prend déjà tout ce qu’elle prend"
        )
