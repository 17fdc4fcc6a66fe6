"""Rating a value against its target: how much is achieved, which rule of the campaign decides.

Exact: shares are compared as fractions, and rounded down only to be shown. Nothing depends on the
order of lines or on the day of the reckoning.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Final

from contract_builder.follow.values import show_number_with_unit
from contract_builder.model.follow_rules import (
    RATING_WORDS,
    Direction,
    FollowUpRules,
    Rating,
    RatingRule,
)
from contract_builder.model.follow_up import NOT_APPLICABLE, FollowLine, TargetSign
from contract_builder.model.french import NBSP, counted, format_number

_WHOLE: Final = Fraction(100)
_LESS_IS_BETTER: Final = frozenset[TargetSign]({"<=", "<"})
_STRICT: Final = frozenset[TargetSign]({">", "<"})
_WORD_SHARES: Final = {"oui": Fraction(100), "en_partie": Fraction(50), "non": Fraction(0)}
_NO_RULES: Final = "la campagne ne dit pas comment apprécier les valeurs"


@dataclass(frozen=True, slots=True)
class Achievement:
    """How far a value goes: ``share`` in percent of the target, ``late`` in days after its day.

    ``gap`` is the value less the target, in the line's unit; None where there is no number.
    """

    share: Fraction
    is_reached: bool
    late: int | None = None
    gap: Decimal | None = None

    @property
    def shown_share(self) -> Decimal:
        """In percent with one decimal, never more than was achieved."""
        ten_times = Decimal(self.share.numerator * 10) / Decimal(self.share.denominator)
        return ten_times.to_integral_value(ROUND_FLOOR) / 10


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating of one value; ``criterion`` is the rule that decided, in French.

    ``rating`` is None when no rule could decide.
    """

    rating: Rating | None
    criterion: str
    achievement: Achievement | None = None


def rate_value(line: FollowLine, value: str, rules: FollowUpRules | None) -> Rated:
    """What a value is worth by the campaign's rules; ``value`` is in its one form, not empty."""
    if value == NOT_APPLICABLE:
        return Rated("sans_objet", "déclaré sans objet pour l’établissement")
    if line.measure is None:
        return Rated("sans_objet", line.why_unasked)
    if line.key.kind == "financement":
        return Rated("sans_objet", "un financement se justifie et ne s’apprécie pas")
    sheet = line.key.item if line.key.kind == "objectif" else ""
    achievement = reckon_achievement(
        line, value, rules.find_direction(sheet) if rules and sheet else None
    )
    if rules is None:
        return Rated(None, _NO_RULES, achievement)
    for rule in rules.rules_of(sheet):
        if _holds(rule, achievement):
            return Rated(rule.resultat, _word_criterion(rule, line, achievement), achievement)
    return Rated(None, "aucune règle de la campagne ne s’applique", achievement)


def combine_ratings(ratings: Iterable[Rating | None]) -> Rating | None:
    """The rating of an objective that has several indicators in one year.

    Reached when all are, not reached when none is even partly; what is not applicable counts for
    nothing. None as long as one is not known.
    """
    found = list(ratings)
    if not found or None in found:
        return None
    counted_ones = {rating for rating in found if rating != "sans_objet"}
    if not counted_ones:
        return "sans_objet"
    (first, *others) = counted_ones
    return "partiellement_atteint" if others else first


def reckon_achievement(
    line: FollowLine, value: str, direction: Direction | None = None
) -> Achievement:
    """How far ``value`` goes towards the target of ``line``; ``direction`` overrules its sign."""
    if line.measure == "date" and line.target_day is not None:
        late = max(0, (date.fromisoformat(value) - line.target_day).days)
        return Achievement(_WHOLE if not late else Fraction(0), not late, late)
    if line.measure in ("oui_non", "realisation"):
        if line.target_word:
            is_met = value == line.target_word
            return Achievement(_WHOLE if is_met else Fraction(0), is_met)
        return Achievement(_WORD_SHARES[value], value == "oui")
    return _reckon_number(line, Decimal(value), direction)


def _reckon_number(line: FollowLine, number: Decimal, direction: Direction | None) -> Achievement:
    target = line.target or Decimal(0)
    is_less = direction == "baisse" or (direction is None and line.operator in _LESS_IS_BETTER)
    is_met = number <= target if is_less else number >= target
    if line.operator in _STRICT and number == target:
        is_met = False
    over, under = (target, number) if is_less else (number, target)
    share = Fraction(0)
    if under > 0 and over > 0:
        share = Fraction(over) / Fraction(under) * 100
    share = max(share, _WHOLE) if is_met else min(share, _WHOLE)
    return Achievement(share, is_met, gap=number - target)


def _holds(rule: RatingRule, achievement: Achievement) -> bool:
    if rule.is_last:
        return True
    if rule.retard_au_plus is not None and achievement.late is not None:
        return achievement.late <= rule.retard_au_plus
    if rule.realise_au_moins is None:
        return False
    if rule.realise_au_moins >= _WHOLE and not achievement.is_reached:
        return False
    return achievement.share >= rule.realise_au_moins


def _word_criterion(rule: RatingRule, line: FollowLine, achievement: Achievement) -> str:
    """« au moins 75 % de la cible : réalisé à 82,5 %, écart de 15 % »."""
    words = rule.critere or _default_words(rule)
    if achievement.late:
        return f"{words}{NBSP}: {counted(achievement.late, 'jour')} de retard"
    if achievement.gap is None:
        return words
    gap = show_number_with_unit(line.measure, abs(achievement.gap))
    if achievement.is_reached:
        return words
    share = format_number(achievement.shown_share)
    return f"{words}{NBSP}: réalisé à {share}{NBSP}%, écart de {gap}"


def _default_words(rule: RatingRule) -> str:
    if rule.realise_au_moins is not None:
        return f"au moins {format_number(rule.realise_au_moins)}\u00a0% de la cible"
    if rule.retard_au_plus is not None:
        return f"au plus {counted(rule.retard_au_plus, 'jour')} de retard"
    return f"{RATING_WORDS[rule.resultat]} dans les autres cas"
