"""What must hold of any follow-up: values are never lost, ratings do not depend on order."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from contract_builder.follow.act_json import parse_act, render_act
from contract_builder.follow.evaluation import EvaluationFacts
from contract_builder.follow.line_states import LineState, find_states
from contract_builder.follow.plan import FollowPlan, plan_follow_up
from contract_builder.follow.rating import rate_value
from contract_builder.follow.report import assemble_report
from contract_builder.follow.values import show_declared_value
from contract_builder.model.blocks import Table, inline_text, iter_blocks
from contract_builder.model.evaluation import EvaluationFile
from contract_builder.model.follow_up import NOT_APPLICABLE, FollowAct, FollowEntry
from contract_builder.services.declaring import declare_entries
from contract_builder.services.project import Project
from tests.followed_contracts import (
    CONTRACT,
    LINES,
    ON,
    RULES,
    declaration,
    followed_contract,
    line_of_2025,
)

ROOT = Path(__file__).parents[2]
ITEMS = ("RATE", "COUNT", "LESS", "GROWTH", "THIRDS")
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=3).map(lambda n: f"{n.normalize():f}")
ENTRIES = st.lists(
    st.builds(declaration, st.sampled_from(ITEMS), NUMBERS, st.just(ON)), max_size=12
)


def latest(entries: list[FollowEntry]) -> dict[str, str]:
    return {entry.key.item: entry.value for entry in entries}


@given(ENTRIES, st.randoms())
def test_ratings_do_not_depend_on_the_order_of_lines(
    entries: list[FollowEntry], chance: random.Random
) -> None:
    plan = plan_follow_up(followed_contract())
    shuffled = list(plan.lines)
    chance.shuffle(shuffled)
    acts = [FollowAct(CONTRACT, "saisie", tuple(entries))]
    one = find_states(plan, acts, RULES, ON)
    other = find_states(FollowPlan(tuple(shuffled)), acts, RULES, ON)
    assert {s.line.key: s.rated for s in one.states} == {s.line.key: s.rated for s in other.states}


@given(ENTRIES, st.integers(1, 12))
def test_how_values_are_grouped_changes_nothing_and_none_is_lost(
    entries: list[FollowEntry], size: int
) -> None:
    plan = plan_follow_up(followed_contract())
    groups = [entries[start : start + size] for start in range(0, len(entries), size)]
    acts = [
        parse_act(render_act(FollowAct(CONTRACT, "classeur", tuple(group)))) for group in groups
    ]
    states = find_states(plan, acts, RULES, ON)
    assert sum(len(state.entries) for state in states.states) == len(entries)
    assert {s.line.key.item: s.value for s in states.states if s.value} == latest(entries)


@given(st.sampled_from(ITEMS), NUMBERS, NUMBERS)
def test_a_better_value_is_never_rated_worse(item: str, first: str, second: str) -> None:
    ranks = {"non_atteint": 0, "partiellement_atteint": 1, "atteint": 2}
    line = LINES[item]
    worse, better = sorted((first, second), key=Decimal, reverse=item == "LESS")
    low, high = (rate_value(line, value, RULES).rating for value in (worse, better))
    assert ranks[str(low)] <= ranks[str(high)]


@given(ENTRIES)
def test_the_figures_of_a_report_are_those_of_the_states(entries: list[FollowEntry]) -> None:
    contract = followed_contract()
    acts = [FollowAct(CONTRACT, "saisie", tuple(entries))]
    states = find_states(plan_follow_up(contract), acts, RULES, ON).states
    file = EvaluationFile(contrat=CONTRACT.code, genre="finale")
    facts = EvaluationFacts(contract.header, "990000010@1", states, file, ON, states)
    report = assemble_report(facts)
    shown = {
        block.key: inline_text(block.rows[0].cells[2].content)
        for section in report.iter_sections()
        for block in iter_blocks(section.blocks)
        if isinstance(block, Table) and block.caption == "Trajectoire"
    }
    for item, value in latest(entries).items():
        expected = show_declared_value(line_of_2025(item).measure, value)
        assert shown[f"evaluation-{item.lower()}-"] == expected
    drawn = {figure.key: figure.plot.years[0] for figure in report.iter_figures()}
    for state in states:
        key = f"evaluation-dessin-{state.line.key.item.lower()}-"
        if key in drawn:
            assert drawn[key].target == state.line.target
            assert drawn[key].retained == (Decimal(state.value) if _is_number(state) else None)


def _is_number(state: LineState) -> bool:
    return state.value not in ("", NOT_APPLICABLE)


def start_writer(project: Path, name: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.follow_writer", str(project), name, str(count)],
        cwd=ROOT,
        env={**os.environ, "CPOM_DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kept_values(project: Path) -> list[str]:
    with Project(project, {}) as opened:
        assert opened.get_store().verify().faults == ()
        return [
            entry.comment
            for _, data in opened.get_store().iter_piece_bytes("suivi")
            for entry in parse_act(data).entries
        ]


def test_two_writers_that_start_together_lose_no_value(tmp_path: Path) -> None:
    (tmp_path / "clause_library").mkdir()
    writers = [start_writer(tmp_path, name, 20) for name in ("un", "deux")]
    told = []
    for writer in writers:
        output, error = writer.communicate(timeout=120)
        assert error == ""
        told += output.split()
    assert sorted(kept_values(tmp_path)) == sorted(told)
    assert len(told) == 40


def test_a_writer_killed_at_any_moment_loses_no_value_that_it_told(tmp_path: Path) -> None:
    chance = random.Random(20260301)  # noqa: S311 - the same moments at each run
    (tmp_path / "clause_library").mkdir()
    told: list[str] = []
    for round_ in range(4):
        writer = start_writer(tmp_path, f"tué{round_}", 10_000)
        assert writer.stdout is not None
        told += [writer.stdout.readline().strip() for _ in range(chance.randint(1, 8))]
        time.sleep(chance.random() * 0.02)
        os.kill(writer.pid, signal.SIGKILL)
        told += writer.stdout.read().split()
        writer.communicate()
        kept = kept_values(tmp_path)
        assert set(told) <= set(kept)
        assert len(kept) - len(told) <= round_ + 1, "kept, and killed before it could tell"
        with Project(tmp_path, {}) as project:
            act = FollowAct(CONTRACT, "saisie", (declaration("RATE", "1", comment=f"r{round_}"),))
            declare_entries(project, act, at=datetime.now(UTC), actor="la cellule")
        told.append(f"r{round_}")
