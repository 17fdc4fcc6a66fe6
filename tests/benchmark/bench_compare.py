"""Comparison and redline against the strongest open comparer of Word files, side by side.

Run by name: ``python -m tests.benchmark.bench_compare [SEEDS]``. The other comparer is PyPI
« python-redlines » with its two engines; without it ours is measured alone. It is no dependency of
the project: install it in an environment of its own, and lend it to the run:

    python -m venv other && other/bin/pip install 'python-redlines[all]'
    PYTHONPATH=$(echo other/lib/python*/site-packages) python -m tests.benchmark.bench_compare

Ours is given two contracts and writes both plain Word files, the comparison, the redline and its
proof; the other is given the plain files. ``tests.independent_reader`` judges both: everything
accepted must read as the new file, everything refused as the old one. The exit code is 1 when one
of ours does not, or when ours is not ``GOAL`` times faster in the median.
"""

import importlib
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import zip_longest
from math import isnan, nan
from typing import Any

from contract_builder.compare.redline import render_redline
from contract_builder.model.contract import Contract
from contract_builder.render.docx import render_docx
from tests.benchmark.other_writers import sixty_pages
from tests.documents import word_template
from tests.independent_reader import read_settled
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration
from tests.unit.compare.tree_edits import map_text

SEEDS = 1
GOAL = 5
AT = datetime(2026, 1, 1, tzinfo=UTC)
OTHERS: Mapping[str, tuple[str, Mapping[str, bool]]] = {
    "Docxodus": ("DocxodusEngine", {}),
    "Docxodus, all spaces": ("DocxodusEngine", {"conflate_spaces": False}),
    "Open-XML-PowerTools": ("XmlPowerToolsEngine", {}),
}
"""Each other program: its class in « python_redlines » and its settings."""

OURS = "ours"
_STRUCTURE = frozenset({"<table>", "</table>", "<row>", "<cell>"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One program on one pair: seconds that passed, seconds of processor, and what is not right.

    ``accepted`` and ``refused`` tell the first difference, blank when there is none;
    ``same_words``: both ways, the words at least are right and in their order. Processor
    time counts the processes that were started; it is the one to trust on a busy machine.
    """

    program: str
    seconds: float
    processor: float
    accepted: str
    refused: str
    same_words: bool

    @property
    def is_right(self) -> bool:
        """True when both readings are those of the plain files."""
        return not (self.accepted or self.refused)


def iter_pairs(seeds: int) -> Iterator[tuple[str, Contract, Contract]]:
    """Pairs of some sixty pages with more and more edits, and two generations of a contract."""
    old = sixty_pages()
    for seed in range(seeds):
        for edits in (5, 40):
            yield f"60 pages, {edits} edits, seed {seed}", old, mutate(old, seed, edits)
    held = map_text(old, lambda text: text.replace(" à ", " à\u00a0"))
    assert held != old
    yield "60 pages, no-break spaces", old, held
    header = replace(old.header, legal_name="Centre hospitalier d’Aubrac (fictif)", version=2)
    yield "60 pages, another header", old, replace(old, header=header)
    yield (
        "two generations",
        demonstration("hopital-de-proximite-2019-demonstration"),
        demonstration("hopital-de-proximite-demonstration"),
    )


def find_others() -> dict[str, Callable[[bytes, bytes], bytes]]:
    """The other comparers; none, and how to install them, when they are not there."""
    try:
        package = importlib.import_module("python_redlines")
    except ImportError:
        print(f"Ours alone.\n{__doc__}")
        return {}
    return {
        name: partial(_run_other, getattr(package, engine)(), settings)
        for name, (engine, settings) in OTHERS.items()
    }


def _run_other(engine: Any, settings: Mapping[str, bool], old: bytes, new: bytes) -> bytes:
    docx: bytes = engine.run_redline("Mesure", old, new, **settings)[0]
    return docx


def measure(program: str, make: Callable[[], bytes], old: bytes, new: bytes) -> Outcome:
    """The time of one run, and the judgement of the file."""
    start, used = time.perf_counter(), _processor_time()
    try:
        docx = make()
    except Exception as error:
        return Outcome(program, nan, nan, type(error).__name__, "", same_words=False)
    seconds, processor = time.perf_counter() - start, _processor_time() - used
    accepted, refused = read_settled(docx, "accept"), read_settled(docx, "reject")
    wanted_new, wanted_old = read_settled(new, "accept"), read_settled(old, "accept")
    return Outcome(
        program,
        seconds,
        processor,
        _first_difference(accepted, wanted_new),
        _first_difference(refused, wanted_old),
        _says_the_same(accepted, wanted_new) and _says_the_same(refused, wanted_old),
    )


def _processor_time() -> float:
    """Of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _first_difference(found: Mapping[str, list[str]], wanted: Mapping[str, list[str]]) -> str:
    """Where the readings differ; parts that came in without a word, such as notes, do not count."""
    for part in sorted({*found, *wanted}):
        ours, theirs = found.get(part, []), wanted.get(part, [])
        if part not in wanted and not any(ours):
            continue
        for rank, (one, other) in enumerate(zip_longest(ours, theirs, fillvalue="(nothing)"), 1):
            if one != other:
                return f"{part}, line {rank}: {one[-60:]!r} instead of {other[-60:]!r}"
    return ""


def _says_the_same(found: Mapping[str, list[str]], wanted: Mapping[str, list[str]]) -> bool:
    """True when the same words come in the same order, whatever paragraphs and tables do."""
    return all(
        "".join(line for line in lines if line not in _STRUCTURE)
        == "".join(line for line in wanted.get(part, []) if line not in _STRUCTURE)
        for part, lines in found.items()
    )


def compare_programs(
    others: Mapping[str, Callable[[bytes, bytes], bytes]], old: Contract, new: Contract
) -> Iterator[Outcome]:
    """Ours, then each of the others, on one pair."""
    template = word_template()
    plain_old, plain_new = render_docx(old, template), render_docx(new, template)
    ours = partial(render_redline, old, new, template, "Mesure", AT)
    yield measure(OURS, lambda: ours().docx, plain_old, plain_new)
    for name, run in others.items():
        yield measure(name, partial(run, plain_old, plain_new), plain_old, plain_new)


def main() -> int:
    """Prints each pair, then the sums; see the module for the exit code."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    others = find_others()
    outcomes: list[Outcome] = []
    for name, old, new in iter_pairs(seeds):
        print(name)
        for found in compare_programs(others, old, new):
            outcomes.append(found)
            right = "right both ways" if found.is_right else "not right"
            right = right if found.same_words else "WORDS LOST OR ADDED"
            print(
                f"  {found.program:26} {found.seconds * 1000:7.0f} ms, processor "
                f"{found.processor * 1000:7.0f} ms  {right}",
                flush=True,
            )
            for way in ("accepted", "refused"):
                if getattr(found, way):
                    print(f"      {way}: {getattr(found, way)}")
    return _print_sums(outcomes)


def _print_sums(outcomes: list[Outcome]) -> int:
    groups = {
        program: [found for found in outcomes if found.program == program]
        for program in dict.fromkeys(found.program for found in outcomes)
    }
    ours = groups.pop(OURS)
    medians = []
    print(f"ours: right both ways {sum(found.is_right for found in ours)} of {len(ours)}")
    for program, group in groups.items():
        ratios = [
            found.processor / mine.processor
            for found, mine in zip(group, ours, strict=True)
            if not isnan(found.processor)
        ]
        medians.append(statistics.median(ratios) if ratios else nan)
        print(
            f"{program}: {medians[-1]:.1f} times the processor time of ours in the median, "
            f"{min(ratios, default=nan):.1f} at least; right both ways "
            f"{sum(found.is_right for found in group)}, words right "
            f"{sum(found.same_words for found in group)}, of {len(group)}"
        )
    faithful = all(found.is_right for found in ours)
    return 0 if faithful and all(median >= GOAL for median in medians) else 1


if __name__ == "__main__":
    sys.exit(main())
