"""One contract's time and memory are bounded, in a process and in a thread."""

import resource
import signal
import subprocess
import sys
import threading
import time

import pytest

from contract_builder.batch.limits import TimeLimitError, limited
from tests.batch_region import ROOT


def spin(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(100))


def test_too_much_time_raises_in_the_main_thread() -> None:
    with pytest.raises(TimeLimitError), limited(0.2, 1_000_000):
        spin(600)


def test_too_much_time_raises_in_another_thread() -> None:
    raised: list[bool] = []

    def work() -> None:
        try:
            with limited(4, 1_000_000):  # after eight seconds, deaf to the clock, we would be ended
                spin(600)
        except TimeLimitError:
            raised.append(True)
        spin(0.3)  # nothing comes late

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(600)
    assert raised == [True]


def test_limits_are_lifted_afterwards() -> None:
    timers = (signal.ITIMER_REAL, signal.ITIMER_PROF)
    before = resource.getrlimit(resource.RLIMIT_AS)
    handler = signal.getsignal(signal.SIGALRM)
    with limited(30, 1_000_000):
        assert resource.getrlimit(resource.RLIMIT_AS) != before
        assert all(signal.getitimer(timer)[0] > 0 for timer in timers)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert signal.getsignal(signal.SIGALRM) is handler
    assert [signal.getitimer(timer) for timer in timers] == [(0.0, 0.0), (0.0, 0.0)]


def run_apart(body: str) -> "subprocess.CompletedProcess[str]":
    """A program of its own: its limits are not ours."""
    program = f"from contract_builder.batch.limits import limited\n{body}"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
        timeout=600,
    )


def test_too_much_memory_raises() -> None:
    result = run_apart(
        "try:\n"
        "    with limited(30, 300):\n"
        "        block = bytearray(1_000_000_000)\n"
        "except MemoryError:\n"
        "    print('refused')\n"
        "print(len(bytearray(1_000_000_000)))"
    )
    assert result.stdout.split() == ["refused", "1000000000"]


def test_compiled_code_that_does_not_hear_the_clock_is_stopped_by_the_kernel() -> None:
    result = run_apart(
        "from itertools import repeat\n"
        "with limited(0.2, 1_000_000):\n"
        "    sum(repeat(1, 10**12))  # one call of compiled code, for hours"
    )
    assert result.returncode == -signal.SIGPROF
