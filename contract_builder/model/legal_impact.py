"""What a change of law asks of a text that cites the article: the rules, and nothing else.

A running contract obeys the law of its day, unless transitional provisions leave it to the former
one. A citation of a rewritten article stays right; one of an article that is gone does not, unless
the text itself says until when the article stands.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from contract_builder.frozen import dataclass
from contract_builder.model.dates import last_day_of_months
from contract_builder.model.french import long_date, short_date
from contract_builder.model.reference import ReferenceChange

Need = Literal["rien", "relire", "reprendre", "renouvellement", "avenant"]
"""From the least to the most: ``relire`` and ``reprendre`` are for texts not yet signed."""

NEED_WORDS: Mapping[Need, str] = {
    "rien": "rien à faire",
    "relire": "à relire",
    "reprendre": "à réécrire",
    "renouvellement": "au renouvellement",
    "avenant": "par avenant",
}

_CHANGE_WORDS = {
    "modifie": "a une autre rédaction depuis le",
    "cree": "est créé le",
    "abroge": "est abrogé le",
    "deja_abroge": "est abrogé depuis le",
    "fin": "n’est plus en vigueur depuis le",
}


def describe_change(name: str, change: ReferenceChange) -> str:
    """« CSS L162-30-2 est abrogé le 1er janvier 2027 (Loi n° …). »"""
    by = f" ({change.by})" if change.by else ""
    return f"{name} {_CHANGE_WORDS[change.kind]} {long_date(change.since)}{by}."


@dataclass(frozen=True, slots=True)
class ImpactVerdict:
    """What a text needs, and why, as a French sentence."""

    need: Need
    why: str

    @property
    def words(self) -> str:
        """The need in French: « par avenant »."""
        return NEED_WORDS[self.need]


_GONE = ("abroge", "deja_abroge", "fin")
"""The kinds of change after which no wording of the article stands."""

FOUNDING_ARTICLES = {"CAQES": ("CSS", "L162-30-2")}
"""The article without which another contract has no legal ground, by nature of that contract."""


def is_gone(change: ReferenceChange) -> bool:
    """True when no wording of the article stands after the change."""
    return change.kind in _GONE


def foresees_end(text: str, since: date) -> bool:
    """True when a text writes the day from which an article is gone, or the day before it."""
    days = (since, since - timedelta(days=1))
    plain = " ".join(text.split())
    return any(
        " ".join(written.split()) in plain
        for day in days
        for written in (long_date(day), short_date(day))
    )


def judge_library_text(change: ReferenceChange, *, foreseen: bool) -> ImpactVerdict:
    """What a clause version or a sheet needs that was written before the change."""
    if not is_gone(change):
        return ImpactVerdict("relire", "l’article a une autre rédaction depuis ce texte")
    if foreseen:
        return ImpactVerdict("rien", "le texte dit déjà jusqu’à quand l’article est en vigueur")
    return ImpactVerdict("reprendre", "le texte cite un article qui n’est plus en vigueur")


def judge_draft(
    change: ReferenceChange | None, *, foreseen: bool, former_law: bool = False
) -> ImpactVerdict:
    """What a draft needs; ``change`` is that since its date of effect, None without one.

    ``former_law`` as in ``judge_signed``.
    """
    if change is None:
        return _UNCHANGED
    if change.kind != "deja_abroge" and former_law:
        return ImpactVerdict("rien", "l’ancienne rédaction le régira jusqu’à son terme")
    if not is_gone(change):
        return ImpactVerdict("rien", _APPLIES)
    if foreseen:
        return ImpactVerdict("rien", _FORESEEN)
    return ImpactVerdict("reprendre", "il cite un article qui n’est plus en vigueur")


def judge_signed(
    change: ReferenceChange | None, *, foreseen: bool, former_law: bool, end: date
) -> ImpactVerdict:
    """What a contract in force needs; ``end`` is its last day.

    ``former_law``: transitional provisions leave running contracts to the former wording. A
    contract that ends within a year of the change waits for its renewal, which is asked for a
    year before the term (CSP L6114-1, version of 2020-11-20).
    """
    if change is None:
        return _UNCHANGED
    if change.kind != "deja_abroge" and former_law:
        return ImpactVerdict(
            "renouvellement",
            "l’ancienne rédaction le régit jusqu’à son terme ; le contrat suivant dira la nouvelle",
        )
    if not is_gone(change):
        return ImpactVerdict("rien", _APPLIES)
    if foreseen:
        return ImpactVerdict("rien", _FORESEEN)
    if end < last_day_of_months(change.since, 12):
        return ImpactVerdict(
            "renouvellement", f"il finit le {long_date(end)} : le contrat suivant s’en passera"
        )
    return ImpactVerdict("avenant", "il s’appuie sur un article qui n’est plus en vigueur")


_APPLIES = "la nouvelle rédaction s’applique d’elle-même"
_FORESEEN = "il dit déjà jusqu’à quand l’article est en vigueur"
_UNCHANGED = ImpactVerdict("rien", "l’article n’a pas changé depuis sa date d’effet")
