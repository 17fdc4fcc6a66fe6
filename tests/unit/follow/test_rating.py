"""Which rule decides of a value, and in which words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from contract_builder.follow.rating import combine_ratings, rate_value, reckon_achievement
from contract_builder.model.follow_rules import RatingRule, SheetFollowUp
from tests.followed_contracts import LINES, RULES


@pytest.mark.parametrize(
    ("item", "value", "rating"),
    [
        ("RATE", "85", "atteint"),
        ("RATE", "84.99", "partiellement_atteint"),
        ("RATE", "60", "non_atteint"),
        ("LESS", "10", "atteint"),
        ("LESS", "12", "partiellement_atteint"),
        ("LESS", "20", "non_atteint"),
        ("LESS", "0", "atteint"),
        ("GROWTH", "-1", "non_atteint"),
        ("DAY", "2025-06-30", "atteint"),
        ("DAY", "2025-07-30", "partiellement_atteint"),
        ("DAY", "2025-07-31", "non_atteint"),
        ("YES", "oui", "atteint"),
        ("YES", "non", "non_atteint"),
        ("STEP", "en_partie", "non_atteint"),
        ("STEP", "oui", "atteint"),
        ("STEP", "sans_objet", "sans_objet"),
        ("fir-1", "10", "sans_objet"),
    ],
)
def test_the_first_rule_that_holds_decides(item: str, value: str, rating: str) -> None:
    assert rate_value(LINES[item], value, RULES).rating == rating


def test_the_criterion_names_the_rule_the_share_and_the_gap() -> None:
    rated = rate_value(LINES["RATE"], "80", RULES)
    assert rated.criterion == (
        "au moins 75\u00a0% de la cible\u00a0: réalisé à 94,1\u00a0%, écart de 5\u00a0%"
    )
    assert rate_value(LINES["DAY"], "2025-07-10", RULES).criterion == (
        "au plus 30\u00a0jours de retard\u00a0: 10\u00a0jours de retard"
    )


def test_the_words_of_the_campaign_are_printed() -> None:
    rule = RatingRule(resultat="non_atteint", critere="insuffisant")
    rules = replace(RULES, appreciation=(rule,))
    assert rate_value(LINES["YES"], "non", rules).criterion == "insuffisant"


def test_a_strict_target_is_not_reached_by_its_bound() -> None:
    strict = replace(LINES["COUNT"], operator=">")
    assert rate_value(strict, "4", RULES).rating == "partiellement_atteint"
    assert rate_value(strict, "5", RULES).rating == "atteint"


def test_a_share_is_never_rounded_up_to_the_whole() -> None:
    achievement = reckon_achievement(LINES["RATE"], "84.999")
    assert achievement.shown_share == Decimal("99.9")
    assert not achievement.is_reached


def test_the_campaign_may_say_that_less_is_better_for_a_sheet() -> None:
    own = {"COUNT": SheetFollowUp(sens="baisse")}
    assert rate_value(LINES["COUNT"], "3", replace(RULES, fiches=own)).rating == "atteint"


def test_a_sheet_may_have_rules_of_its_own() -> None:
    own = SheetFollowUp(appreciation=(RatingRule(resultat="partiellement_atteint"),))
    rules = replace(RULES, fiches={"COUNT": own})
    assert rate_value(LINES["COUNT"], "9", rules).rating == "partiellement_atteint"


def test_a_target_of_zero_is_reached_or_not() -> None:
    none = replace(LINES["LESS"], target=Decimal(0))
    assert rate_value(none, "0", RULES).rating == "atteint"
    assert rate_value(none, "1", RULES).rating == "non_atteint"


def test_without_rules_nothing_is_rated_and_it_is_told() -> None:
    rated = rate_value(LINES["RATE"], "85", None)
    assert rated.rating is None
    assert rated.criterion == "la campagne ne dit pas comment apprécier les valeurs"


@pytest.mark.parametrize(
    ("ratings", "combined"),
    [
        (["atteint", "atteint"], "atteint"),
        (["atteint", "non_atteint"], "partiellement_atteint"),
        (["non_atteint", "sans_objet"], "non_atteint"),
        (["sans_objet", "sans_objet"], "sans_objet"),
        (["atteint", None], None),
        ([], None),
    ],
)
def test_several_indicators_give_one_rating(ratings: list[str], combined: str | None) -> None:
    assert combine_ratings(ratings) == combined  # type: ignore[arg-type]
