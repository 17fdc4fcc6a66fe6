"""Commitments that an avenant may have reworded: told as a doubt, never taken for one another.

A commitment that bears a code in the profile stays the same line whatever its words become. One
without is known by its words: reworded, it is another line, and what was said of it stands apart.
"""

from difflib import SequenceMatcher

from contract_builder.follow.line_states import ContractStates, LineState
from contract_builder.frozen import dataclass
from contract_builder.model.french import NBSP, counted, enumerate_words

_ALIKE = 0.4
"""The share of words that two commitments have alike, from which they may be the same."""


@dataclass(frozen=True, slots=True)
class CommitmentDoubt:
    """What was said under ``gone``, the key of a commitment that the contract no longer has.

    ``years`` are those it was said of, ``count`` how many values. ``key`` and ``title`` are those
    of the commitment that may be the same.
    """

    gone: str
    years: tuple[int, ...]
    count: int
    key: str
    title: str

    @property
    def words(self) -> str:
        """The doubt in French, and what to do about it."""
        values = counted(self.count, "valeur gardée", "valeurs gardées")
        years = enumerate_words([str(year) for year in self.years])
        return (
            f"Engagement peut-être réécrit par un avenant{NBSP}: {values} pour {years} sous "
            f"«{NBSP}{self.gone}{NBSP}», que le contrat n’a plus, et rien sous «{NBSP}{self.title}"
            f"{NBSP}». Si c’est le même, déclarez-les de nouveau sous celui-ci. Un engagement "
            "qui a une clé dans le profil reste la même ligne d’un avenant à l’autre."
        )


def find_doubts(states: ContractStates) -> tuple[CommitmentDoubt, ...]:
    """Each commitment that is gone with the likest one of its theme of which nothing was said."""
    said: dict[tuple[str, str], list[int]] = {}
    for entry in states.strays:
        if entry.key.kind == "engagement":
            said.setdefault((entry.key.part, entry.key.item), []).append(entry.key.year)
    untold = _find_untold(states.states)
    return tuple(
        CommitmentDoubt(gone, tuple(sorted(set(years))), len(years), *found)
        for (theme, gone), years in said.items()
        if (found := _find_likest(gone, untold.get(theme, {}))) is not None
    )


def _find_untold(states: tuple[LineState, ...]) -> dict[str, dict[str, str]]:
    """By theme, the title of each commitment of which nothing was ever said, by its key."""
    own = [state for state in states if state.line.key.kind == "engagement"]
    told = {(state.line.key.part, state.line.key.item) for state in own if state.entries}
    untold: dict[str, dict[str, str]] = {}
    for state in own:
        key = state.line.key
        if (key.part, key.item) not in told:
            untold.setdefault(key.part, {})[key.item] = state.line.title
    return untold


def _find_likest(gone: str, titles: dict[str, str]) -> tuple[str, str] | None:
    alike = [(_likeness(gone, key), key) for key in titles]
    best = max(alike, key=lambda item: item[0], default=(0.0, ""))
    return (best[1], titles[best[1]]) if best[0] >= _ALIKE else None


def _likeness(one: str, other: str) -> float:
    """The share of words alike, in order: keys are drawn from words."""
    return SequenceMatcher(None, one.split("-"), other.split("-"), autojunk=False).ratio()
