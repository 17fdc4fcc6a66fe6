"""A process that records versions, for the tests of several writers and of killed ones.

``python -m tests.unit.store.writer PROJECT NAME COUNT`` prints each reference once it is kept.
"""

import os
import sys
from pathlib import Path

from contract_builder.store.opening import open_store
from tests.unit.store.samples import record


def main(project: Path, name: str, count: int) -> None:
    with open_store(project, os.environ) as store:
        for number in range(count):
            print(record(store, f"{name} {number}"), flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
