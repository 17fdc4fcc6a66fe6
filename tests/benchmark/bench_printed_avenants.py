"""Many avenants printed in Word and read by a reader that shares nothing with the program.

Run by name: ``python -m tests.benchmark.bench_printed_avenants [SEEDS]``. Seeded pairs of the
sample contracts (``SEEDS`` of each, one edit and several), ordered pairs of demonstration
contracts, single edits of profile and library, and pairs that try an avenant, all of them both
ways. Prints how many of each kind are right; the exit code is 1 when one is not. Seeds whose
mutation leaves a clause without a name at the top are told apart: no outline makes one.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from contract_builder.amend.failures import NotAmendableError
from contract_builder.errors import UserError
from contract_builder.model.contract import Contract
from tests.contract_samples import long_contract, small_contract
from tests.independent_avenant.odd_pairs import PAIRS
from tests.independent_avenant.trial import find_faults
from tests.integration.single_edits import library_edits, profile_edits
from tests.integration.single_edits.workbench import Workbench
from tests.integration.test_amended_contracts import NAMES
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration

SEEDS = 250
_OTHER_SEEDS = 10**6
_Case = tuple[str, str, Contract, Contract]


def _iter_seeded(seeds: int) -> Iterator[_Case]:
    samples = {"petit": small_contract(), "long": long_contract(sheets=2)}
    for seed in range(seeds):
        for name, old in samples.items():
            count = 2 + seed % 8
            yield "one edit", f"{name} {seed}", old, mutate(old, seed, 1)
            new = mutate(old, _OTHER_SEEDS + seed, count)
            yield f"{count} edits", f"{name} {seed}", old, new
    for name, (old, new) in PAIRS.items():
        yield "odd pairs", name, old, new
        yield "odd pairs", f"{name}, back", new, old


def _iter_demonstrations() -> Iterator[_Case]:
    contracts = {name: demonstration(name) for name in NAMES}
    for before, after in permutations(NAMES, 2):
        yield "demonstrations", f"{before} → {after}", contracts[before], contracts[after]


def _iter_single_edits(folder: Path) -> Iterator[_Case]:
    workbench = Workbench(folder)
    old = workbench.contract
    for edits in (profile_edits.ONE_CHANGE, profile_edits.SEVERAL_YEARS, profile_edits.MOVES):
        for name, edit in edits.items():
            new = workbench.with_profile(edit)
            yield "profile", name, old, new
            yield "profile", f"{name}, back", new, old
    for texts in (library_edits.ONE_CHANGE, library_edits.MOVES):
        for name, passages in texts.items():
            new = workbench.with_library(passages)
            yield "library", name, old, new
            yield "library", f"{name}, back", new, old


def _has_nameless_top(contract: Contract) -> bool:
    return any(s.kind == "clause" and not s.heading for s in contract.sections)


def _judge(case: _Case) -> str:
    """« right », « none », « nameless », « refused » or « wrong », told when it is the last two."""
    kind, name, old, new = case
    try:
        faults = find_faults(old, new)
    except (NotAmendableError, UserError) as error:
        print(f"{kind}, {name}: refused, {error}")
        return "refused"
    if not faults:
        return "none" if faults is None else "right"
    if _has_nameless_top(new) or _has_nameless_top(old):
        return "nameless"
    print(f"{kind}, {name}: {faults[0][:300]}")
    return "wrong"


def main(seeds: int) -> int:
    """Judges every pair; 1 when an avenant is refused or read as ordering something else."""
    told: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for cases in (
            _iter_seeded(seeds),
            _iter_demonstrations(),
            _iter_single_edits(Path(folder)),
        ):
            for case in cases:
                told.setdefault(case[0], Counter())[_judge(case)] += 1
    for kind, counts in sorted(told.items()):
        print(f"{kind}: {', '.join(f'{n} {verdict}' for verdict, n in counts.most_common())}")
    return 1 if any(counts["wrong"] + counts["refused"] for counts in told.values()) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS))
