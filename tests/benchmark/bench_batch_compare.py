"""What ``cpom batch --compare-with last`` adds to a batch that makes every contract again.

Run by name: ``python -m tests.benchmark.bench_batch_compare [CONTRACTS]`` (20 by default). Every
contract gets a new version before each run, so that both make all of them; Word, PDF and JSON with
every gate, then the page of the changes and the proved redline.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from contract_builder.profiles.load import iter_profile_paths
from tests.benchmark.bench_batch import make_region


def give_version(root: Path, version: int) -> None:
    """Every contract says another version than before."""
    for path in iter_profile_paths(root / "profiles"):
        text = path.read_text(encoding="utf-8")
        changed = text.replace(f"version: {version - 1}", f"version: {version}", 1)
        assert changed != text
        path.write_text(changed, encoding="utf-8")


def time_batch(root: Path, *options: str) -> float:
    """Seconds of one batch, its start included."""
    command = [sys.executable, "-m", "contract_builder", "batch", "--project", str(root)]
    start = time.perf_counter()
    subprocess.run([*command, "--no-report", *options], check=True, capture_output=True)
    return time.perf_counter() - start


def main(contracts: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "region"
        make_region(root, contracts)
        time_batch(root)
        give_version(root, 2)
        without = time_batch(root)
        give_version(root, 3)
        compared = time_batch(root, "--compare-with", "last", "--author", "Agence")
        redlines = len(list((root / "output" / "lot").glob("*/comparaison-*.docx")))
        standing = time_batch(root, "--compare-with", "last", "--author", "Agence")
    print(f"{contracts} contracts made again: {without:.1f} s")
    print(
        f"made again and compared: {compared:.1f} s, {compared / without:.2f} times as long, "
        f"{(compared - without) / contracts * 1000:.0f} ms a contract, {redlines} redlines"
    )
    print(f"nothing changed: {standing:.1f} s")
    assert redlines == contracts


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
