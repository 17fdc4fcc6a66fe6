"""Redlines of seeded pairs, all proved, and the time of a pair of some sixty pages.

Run by name: ``python -m tests.benchmark.bench_redline [PAIRS]``. Each pair differs by one to six
edits of the kinds in ``tests/unit/compare/mutations.py``; the exit code is 1 when one is not
proved word by word.
"""

import sys
import time
from collections import Counter
from datetime import UTC, datetime

from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.redline import Redline, prove_redline
from contract_builder.compare.redline.document import Signed, Sources, write_redline
from contract_builder.errors import UserError
from contract_builder.model.contract import Contract
from contract_builder.render.docx import render_docx
from tests.contract_samples import long_contract
from tests.documents import word_template
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import redline, seeded_pair

PAIRS = 500
RUNS = 3
SIGNED = Signed("Mesure", datetime(2026, 1, 1, tzinfo=UTC))


def prove_pairs(count: int) -> Counter[str]:
    """How many pairs ended how: the width of their marks, or « refusé »."""
    outcomes: Counter[str] = Counter()
    for seed in range(count):
        try:
            made: Redline = redline(*seeded_pair(seed))
            outcomes[made.proof.width] += 1
        except UserError as error:
            outcomes["refusé"] += 1
            print(f"pair {seed}: {error}")
    return outcomes


def time_long_pair(edits: int) -> dict[str, float]:
    """The best of some runs, in seconds, step by step."""
    old = long_contract()
    new: Contract = mutate(old, 2, edits)
    template = word_template()
    best: dict[str, float] = {}
    for _ in range(RUNS):
        marks = [time.perf_counter()]
        script = compare_contracts(old, new).script
        marks.append(time.perf_counter())
        sources = Sources(render_docx(old, template), render_docx(new, template), template)
        marks.append(time.perf_counter())
        docx = write_redline(script, sources, SIGNED, "mot")
        marks.append(time.perf_counter())
        proof = prove_redline(docx, sources.old, sources.new)
        marks.append(time.perf_counter())
        assert proof.holds
        for name, start, end in zip(
            ("compare", "both plain files", "redline", "proof"), marks, marks[1:], strict=False
        ):
            best[name] = min(best.get(name, end - start), end - start)
    return best


def main() -> int:
    """Prints the outcomes and times."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    start = time.perf_counter()
    outcomes = prove_pairs(count)
    print(f"{count} pairs in {time.perf_counter() - start:.1f} s: {dict(outcomes)}")
    for edits in (5, 40):
        steps = time_long_pair(edits)
        told = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in steps.items())
        print(f"long pair, {edits} edits: {told}; total {sum(steps.values()) * 1000:.0f} ms")
    return 0 if outcomes == {"mot": count} else 1


if __name__ == "__main__":
    sys.exit(main())
