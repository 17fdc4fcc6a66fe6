"""Twenty people at work in the pages of a region for two minutes: times, memory, what was saved.

Run by name: ``python -m tests.benchmark.bench_web [CONTRACTS] [USERS] [SECONDS]`` (279, 20 and 120
by default). The real ``cpom serve`` over a generated region; each user opens a page, looks at it
for a moment, opens another, saves a value now and then. The clients share the processor with the
server: the figures are what a machine of that size gives when it also plays the browsers. Goals
are printed beside the figures; at the end every saved value must stand in its file, and nothing
else may have changed there.
"""

import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from contract_builder.services.editing import list_states
from contract_builder.services.project import Project
from tests.benchmark.bench_batch import make_region
from tests.web_server import WebClient, running

SEED = 16
LEAST_LOOK, LONGEST_LOOK = 1.0, 5.0
"""Seconds for which a person looks at a page before asking for another."""
SAVES = 0.2
"""The share of the visits that save something."""
GOAL_MEDIAN, GOAL_SLOW = 0.2, 0.8
SLOW_SHARE = 0.95
SAMPLING = 5.0
_SHORT_NAME = "etablissement.nom_court"
_VISITS = (
    ("À faire", "/", 3),
    ("liste", "/etablissements/?tri=manques", 3),
    ("liste cherchée", "/etablissements/?q=centre&etat=manques", 3),
    ("établissement", "/etablissements/{name}/", 6),
    ("identité", "/etablissements/{name}/identite", 4),
    ("financements", "/etablissements/{name}/financements", 3),
    ("autorisations", "/etablissements/{name}/autorisations", 2),
    ("fiches", "/etablissements/{name}/fiches", 2),
    ("projet", "/etablissements/{name}/projet", 2),
    ("texte du projet", "/etablissements/{name}/projet/texte", 1),
    ("versions", "/etablissements/{name}/versions", 1),
    ("bibliothèque", "/bibliotheque?q=autorisation", 2),
    ("journal", "/journal", 1),
)


@dataclass(slots=True)
class Seen:
    """What the users saw: seconds of each answer by kind of page, faults, what they saved."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    saved: dict[str, str] = field(default_factory=dict)
    saves: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, seconds: float, status: int, wanted: int) -> None:
        """One answer."""
        with self.lock:
            self.seconds.setdefault(kind, []).append(seconds)
            if status != wanted:
                self.faults[f"{kind}: {status}"] += 1


class User:
    """One person, with establishments that are theirs alone."""

    def __init__(self, number: int, address: str, names: list[str], seen: Seen) -> None:
        self._draw = random.Random(f"{SEED} {number}")  # noqa: S311 - a rehearsal
        self._number, self._names, self._seen = number, names, seen
        self._client = WebClient(address)
        self._count = 0

    def work(self, until: float) -> None:
        """Pages and saves until then, by the clock of the process."""
        self._look()
        while time.monotonic() < until:
            name = self._draw.choice(self._names)
            if self._draw.random() < SAVES:
                self._save(name)
            else:
                self._visit(name)
            self._look()

    def _look(self) -> None:
        time.sleep(self._draw.uniform(LEAST_LOOK, LONGEST_LOOK))

    def _visit(self, name: str) -> None:
        weights = [weight for _, _, weight in _VISITS]
        ((kind, path, _),) = self._draw.choices(_VISITS, weights)
        self._ask(kind, path.format(name=name))

    def _ask(self, kind: str, path: str, form: dict | None = None, wanted: int = 200) -> None:
        start = time.perf_counter()
        answer = self._client.ask(path, form)
        self._seen.add(kind, time.perf_counter() - start, answer.status, wanted)

    def _save(self, name: str) -> None:
        path = f"/etablissements/{name}/identite"
        start = time.perf_counter()
        form = self._client.fields_of(path)
        self._seen.add("identité", time.perf_counter() - start, 200, 200)
        self._count += 1
        value = f"Nom {self._count} de la personne {self._number}"
        form[_SHORT_NAME] = [value]
        self._ask("enregistrement", path, {**form, "_action": "enregistrer"}, wanted=302)
        with self._seen.lock:
            self._seen.saved[name] = value
            self._seen.saves += 1
        self._ask("identité", path)


def load(address: str, names: list[str], users: int, seconds: float) -> Seen:
    """What the users saw in that time."""
    seen = Seen()
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=User(number, address, names[number::users], seen).work, args=(until,)
        )
        for number in range(users)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


class Memory:
    """The memory of a process, looked at while something else is done."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._over = threading.Event()
        self.megabytes: list[float] = []

    def __enter__(self) -> "Memory":
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(SAMPLING):
            status = Path(f"/proc/{self._pid}/status").read_text()
            line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            self.megabytes.append(int(line.split()[1]) / 1024)


def processor_seconds(pid: int) -> float:
    """The processor time that a process has used: what does not depend on others at work."""
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def find_wrong_files(root: Path, before: dict[str, str], seen: Seen) -> list[str]:
    """The profiles that do not say what was saved last, or that say something else anew."""
    project = Project(root)
    wrong = []
    for name, text in before.items():
        now = (root / "profiles" / f"{name}.yaml").read_text("utf-8")
        lines = [line for line in now.splitlines() if "nom_court:" not in line]
        rest = [line for line in text.splitlines() if "nom_court:" not in line]
        states = list_states(project, name)
        value = seen.saved.get(name)
        is_kept = not value or (bool(states) and f"nom_court: {value}" in now)
        if (
            lines != rest
            or not is_kept
            or project.find_profile(project.profiles_folder / f"{name}.yaml", []) is None
        ):
            wrong.append(name)
    project.close()
    return wrong


def wait_for_states(address: str, names: list[str]) -> float:
    """Seconds until the states of all profiles are known."""
    client, start = WebClient(address), time.perf_counter()
    while "Lecture des établissements en cours" in client.ask("/etablissements/").text:
        time.sleep(1)
    return time.perf_counter() - start


def iter_lines(seen: Seen, memory: list[float]) -> Iterator[str]:
    """The figures, a line each."""
    yield f"{'page':20} {'number':>7} {'median':>7} {'p95':>7} {'most':>7}  ms"
    everything = [value for values in seen.seconds.values() for value in values]
    for kind, values in (*sorted(seen.seconds.items()), ("all", everything)):
        yield (
            f"{kind:20} {len(values):7} {1000 * statistics.median(values):7.0f}"
            f" {1000 * slow(values):7.0f} {1000 * max(values):7.0f}"
        )
    yield f"goals: median < {1000 * GOAL_MEDIAN:.0f}, p95 < {1000 * GOAL_SLOW:.0f}, no fault"
    yield f"faults: {dict(seen.faults) or 'none'}; saves: {seen.saves}"
    yield "memory, MB: " + " ".join(f"{value:.0f}" for value in memory)


def slow(values: list[float]) -> float:
    """What 95 % of the values do not exceed."""
    return sorted(values)[max(0, round(SLOW_SHARE * len(values)) - 1)]


def main(contracts: int, users: int, seconds: float) -> None:
    """Prints the figures of one run."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "region"
        make_region(root, contracts)
        before = {p.stem: p.read_text("utf-8") for p in Project(root).profile_paths()}
        with running(root) as server:
            print(f"states read in {wait_for_states(server.address, list(before)):.0f} s")
            with Memory(server.pid) as memory:
                start = processor_seconds(server.pid)
                seen = load(server.address, list(before), users, seconds)
                busy = processor_seconds(server.pid) - start
        for line in iter_lines(seen, memory.megabytes):
            print(line)
        answers = sum(map(len, seen.seconds.values()))
        print(f"processor, ms an answer: {1000 * busy / answers:.0f}")
        print(f"load of the machine: {os.getloadavg()[0]:.1f}")
        print(f"wrong files: {find_wrong_files(root, before, seen) or 'none'}")


if __name__ == "__main__":
    given = [float(text) for text in sys.argv[1:]]
    contracts, users, seconds = (*given, *(279.0, 20.0, 120.0)[len(given) :])
    main(int(contracts), int(users), seconds)
