"""What a report of evaluation shows of the lines: objectives, commitments, money."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from contract_builder.follow.evaluation import EvaluationFacts
from contract_builder.follow.line_states import LineState
from contract_builder.follow.money import sum_money
from contract_builder.follow.rating import combine_ratings
from contract_builder.follow.report_blocks import report_table, text_block
from contract_builder.follow.trajectories import report_trajectories
from contract_builder.follow.values import show_declared_value, show_number_with_unit
from contract_builder.model.blocks import Align, Block, Drawing, SubHeading, Text
from contract_builder.model.follow_rules import RATING_WORDS, Rating
from contract_builder.model.french import NBSP, format_amount
from contract_builder.model.trajectory import Trajectory
from contract_builder.tables.trajectory import TRAJECTORY_FRAME

_DRAWN_WIDTH: Final = 448
"""In points: that of the text on a page in portrait."""
_NOT_RATED: Final = "non apprécié"
_CENTER: Final[Align] = "center"
_LEFT: Final[Align] = "left"
_RIGHT: Final[Align] = "right"


def group_by_sheet(facts: EvaluationFacts) -> list[tuple[str, list[LineState]]]:
    """The states of objectives by sheet, in the order of the contract."""
    found: dict[str, list[LineState]] = {}
    for state in facts.states:
        if state.line.key.kind == "objectif":
            found.setdefault(state.line.key.item, []).append(state)
    return list(found.items())


def word_rating_of_year(states: Sequence[LineState], year: int) -> str:
    """The rating of a sheet in one year, of all its indicators; empty without a line."""
    own = [state for state in states if state.line.key.year == year]
    if not own:
        return ""
    return _rating_words(combine_ratings(s.rated.rating if s.rated else None for s in own))


def _rating_words(rating: Rating | None) -> str:
    return _NOT_RATED if rating is None else RATING_WORDS[rating]


def iter_objective_blocks(facts: EvaluationFacts) -> Iterator[Block]:
    """Each sheet: its trajectory, drawn and in figures, then what both parties say of it."""
    drawn = report_trajectories(facts)
    for code, states in group_by_sheet(facts):
        yield SubHeading((Text(f"{code} – {states[0].line.title}"),))
        for part, own in groupby(states, key=lambda state: state.line.key.part):
            if (code, part) in drawn:
                yield _drawing(code, part, drawn[code, part])
            yield _trajectory(code, part, list(own))
        remarks = [item for item in facts.file.observations if item.sur == code]
        if remarks:
            rows = [
                (f"{rank}", [item.etablissement, item.agence])
                for rank, item in enumerate(remarks, start=1)
            ]
            yield report_table(
                f"evaluation-observations-{code.lower()}",
                "Observations",
                [("L’établissement", 5, _LEFT), ("L’agence", 5, _LEFT)],
                rows,
            )


def _drawing(code: str, part: str, trajectory: Trajectory) -> Drawing:
    """The trajectory drawn over the width of a page."""
    return Drawing(
        _key(f"evaluation-dessin-{code}-{part}"),
        f"Cible et valeurs par année – {part}" if part else "Cible et valeurs par année",
        trajectory,
        width=_DRAWN_WIDTH,
        height=_DRAWN_WIDTH * TRAJECTORY_FRAME.height // TRAJECTORY_FRAME.width,
    )


def _key(text: str) -> str:
    return text.lower().replace(" ", "-")


def _trajectory(code: str, part: str, states: Sequence[LineState]) -> Block:
    rows = [(str(state.line.key.year), _trajectory_cells(state)) for state in states]
    return report_table(
        _key(f"evaluation-{code}-{part}"),
        f"Trajectoire – {part}" if part else "Trajectoire",
        [
            ("Année", 2, _LEFT),
            ("Attendu", 5, _LEFT),
            ("Déclaré", 3, _CENTER),
            ("Validé", 3, _CENTER),
            ("Écart", 2, _RIGHT),
            ("Appréciation et critère", 6, _LEFT),
        ],
        rows,
    )


def _trajectory_cells(state: LineState) -> list[str]:
    line, rated = state.line, state.rated
    achievement = rated.achievement if rated else None
    gap = ""
    if achievement is not None and achievement.gap is not None:
        gap = show_number_with_unit(line.measure, achievement.gap)
    words = "non déclaré" if rated is None else _rating_words(rated.rating)
    criterion = f"\n{rated.criterion}" if rated else ""
    provisional = " (provisoire)" if state.is_provisional else ""
    comment = state.declared.comment if state.declared else ""
    explained = f"\nExplication{NBSP}: {comment}" if comment else ""
    return [
        str(line.key.year),
        line.expected,
        show_declared_value(line.measure, state.declared.value) if state.declared else "",
        show_declared_value(line.measure, state.validated.value) if state.validated else "",
        gap,
        f"{words}{provisional}{criterion}{explained}",
    ]


def iter_commitment_blocks(facts: EvaluationFacts) -> Iterator[Block]:
    """The last thing said of each commitment within the years evaluated."""
    last: dict[tuple[str, str], LineState] = {}
    for state in facts.states:
        key = (state.line.key.part, state.line.key.item)
        if state.line.key.kind == "engagement" and (state.value or key not in last):
            last[key] = state
    if not last:
        return
    for doubt in facts.doubts:
        yield text_block(doubt.words)
    rows = [
        (
            f"{part}-{item}",
            [
                state.line.title,
                state.line.expected,
                show_declared_value(state.line.measure, state.value) or "non déclaré",
                str(state.line.key.year) if state.value else "",
                _rating_words(state.rated.rating) if state.rated else "",
            ],
        )
        for (part, item), state in last.items()
    ]
    yield report_table(
        "evaluation-engagements",
        "Engagements de l’établissement",
        [
            ("Engagement", 6, _LEFT),
            ("Échéance et indicateur", 4, _LEFT),
            ("Réalisé", 2, _CENTER),
            ("Déclaré pour", 2, _CENTER),
            ("Appréciation", 3, _CENTER),
        ],
        rows,
    )


def iter_money_blocks(facts: EvaluationFacts) -> Iterator[Block]:
    """What was granted, spent and justified over the years evaluated."""
    sums = sum_money(facts.states)
    if not sums:
        return
    rows = [
        (
            item.key,
            [
                item.title,
                item.mode,
                format_amount(item.granted),
                format_amount(item.spent) if item.spent is not None else "",
                format_amount(item.justified) if item.justified is not None else "",
                format_amount(item.to_recover) if item.to_recover is not None else "",
            ],
        )
        for item in sums
    ]
    yield report_table(
        "evaluation-financements",
        "Financements des années évaluées, en euros",
        [
            ("Financement", 5, _LEFT),
            ("Mode", 2, _CENTER),
            ("Accordé", 3, _RIGHT),
            ("Dépensé", 3, _RIGHT),
            ("Justifié", 3, _RIGHT),
            ("À récupérer", 3, _RIGHT),
        ],
        rows,
        [
            f"À récupérer{NBSP}: ce qui a été accordé et que rien ne justifie, pour les modes qui "
            "le demandent, dans les années déclarées."
        ],
    )
