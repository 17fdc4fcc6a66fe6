"""The real application in a process of its own, over a working folder, on a free port."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ADDRESS = re.compile(r"http://\S+/")


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """The address of the application; it is asked to stop at the end."""
    command = [sys.executable, "-m", "contract_builder", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--project", str(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "CPOM_ACTOR": "rédactrice", "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = _ADDRESS.search(line)
        if found is None:
            raise AssertionError(f"{line}\n{process.communicate()[1]}")
        yield found[0]
    finally:
        process.terminate()
        process.communicate()
