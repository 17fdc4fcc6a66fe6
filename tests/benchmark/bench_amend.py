"""One avenant of the university hospital, over the comparison of the same two contracts.

Run by name: ``python -m tests.benchmark.bench_amend [TIMES]``. Both are measured in seconds of
processor, best of ``TIMES``. The exit code is 1 when the avenant (operations, their application,
their proof, what they leave, the JSON) takes ``GOAL`` seconds more than the comparison, or is not
proven.
"""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from contract_builder.amend.amending import AmendmentTerms, draft_amendment
from contract_builder.amend.amendment_json import render_amendment_json
from contract_builder.compare.comparison import compare_contracts
from contract_builder.model.blocks import Field, Inlines, Text
from contract_builder.model.contract import Contract
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration
from tests.unit.compare.tree_edits import map_inlines, map_sections

GOAL = 0.5
TIMES = 5
TERMS = AmendmentTerms(1, date(2026, 1, 1))


def _notified(contract: Contract) -> Contract:
    """The contract after a notification of credits: every whole amount is another one."""

    def raised(content: Inlines) -> Inlines:
        return tuple(
            replace(item, text=item.text.replace("00,00\u00a0€", "50,00\u00a0€"))
            if isinstance(item, Field | Text)
            else item
            for item in content
        )

    return map_sections(
        contract, lambda section: replace(section, blocks=map_inlines(section.blocks, raised))
    )


PAIRS: Mapping[str, Callable[[Contract], Contract]] = {
    "yearly credits": _notified,
    "20 edits": lambda contract: mutate(contract, 3, 20),
    "another establishment": lambda _: demonstration("ch-demonstration"),
}


def _best(times: int, action: Callable[[], object]) -> float:
    """The least processor time of some runs, in seconds."""
    spent = []
    for _ in range(times):
        started = time.process_time()
        action()
        spent.append(time.process_time() - started)
    return min(spent)


def _write(old: Contract, new: Contract) -> bytes:
    return render_amendment_json(draft_amendment(old, new, TERMS))


def main(times: int) -> int:
    """Measures every pair; 1 when one is too slow or not proven."""
    old = demonstration("chu-demonstration")
    failed = 0
    for name, make in PAIRS.items():
        new = make(old)
        compared = _best(times, partial(compare_contracts, old, new))
        amended = _best(times, partial(_write, old, new))
        amendment = draft_amendment(old, new, TERMS)
        is_right = amendment.proof.apply_equals_new and amended - compared < GOAL
        failed += not is_right
        print(
            f"{name}: comparison {compared:.3f} s, avenant {amended:.3f} s, "
            f"{len(amendment.operations)} operations{'' if is_right else ', FAILED'}"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES))
