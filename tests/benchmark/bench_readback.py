"""How much of what the other party did is told, and what is invented, by kind; and how fast.

Run by name: ``python -m tests.benchmark.bench_readback [FILES] [SAVED] [EDITED]``: so many files
edited in XML as Word writes it, so many of them then saved by LibreOffice, so many edited by
LibreOffice itself; 0 leaves them out. The exit code is 1 below the recall or precision wanted.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from contract_builder.model.contract import Contract
from contract_builder.render.docx import render_docx
from contract_builder.returned.readback import read_back
from contract_builder.returned.sent import SentVersion
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import read_parts, serialise, write_package
from tests.benchmark.other_writers import sixty_pages
from tests.documents import MAIN, word_template
from tests.libreoffice_editing import Task, edit_with_libreoffice, plan_edits
from tests.other_party import OtherParty
from tests.returned_files import random_edits, read_data, sent_docx
from tests.returned_matching import Matching, match_edits
from tests.word_editor import Edit, make_run

FILES, SAVED, EDITED = 300, 40, 40
RECALL, PRECISION = 0.99, 0.97
RUNS = 3
_SHOWN = 12


class Tally:
    """What was found, missed and invented over many files."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.found: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.invented: Counter[str] = Counter()
        self.examples: list[str] = []

    def add(self, name: str, matching: Matching) -> None:
        self.found.update(_label(edit) for edit in matching.found)
        self.missed.update(_label(edit) for edit in matching.missed)
        self.invented.update(str(change.get("kind", "comment")) for change in matching.invented)
        self.examples += [f"  {name} missed {edit}" for edit in matching.missed]
        self.examples += [f"  {name} invented {change}" for change in matching.invented]

    @property
    def recall(self) -> float:
        made = self.found.total() + self.missed.total()
        return self.found.total() / made if made else 1.0

    @property
    def precision(self) -> float:
        told = self.found.total() + self.invented.total()
        return self.found.total() / told if told else 1.0

    def show(self) -> bool:
        """Prints the figures; True when they are good enough."""
        print(f"\n{self.title}: recall {self.recall:.4f}, precision {self.precision:.4f}")
        for label in sorted({*self.found, *self.missed}):
            made = self.found[label] + self.missed[label]
            print(f"  {label:30} {self.found[label]:5} of {made}")
        if self.invented:
            print(f"  invented: {dict(self.invented)}")
        print("\n".join(self.examples[:_SHOWN]))
        return self.recall >= RECALL and self.precision >= PRECISION


def _label(edit: Edit) -> str:
    return f"{edit.kind}, {'tracked' if edit.tracked else 'untracked'}"


def measure_xml(count: int) -> Tally:
    tally = Tally(f"{count} files edited in XML")
    for seed in range(count):
        party = random_edits(seed)
        tally.add(f"file {seed}", match_edits(party.edits, read_data(party.render())))
    return tally


def measure_saved(count: int) -> Tally:
    """Edited in XML, then opened and saved by LibreOffice."""
    parties = {f"saved{seed}": random_edits(seed) for seed in range(count)}
    tasks = {name: Task(party.render()) for name, party in parties.items()}
    tally = Tally(f"{count} of them saved by LibreOffice")
    for name, docx in _through_libreoffice(tasks):
        tally.add(name, match_edits(parties[name].edits, read_data(docx)))
    return tally


def measure_edited(count: int) -> Tally:
    """Edited by LibreOffice, with its own tracking."""
    tasks = {f"edited{n}": Task(sent_docx(), plan_edits(sent_docx(), n)) for n in range(count)}
    tally = Tally(f"{count} files edited by LibreOffice")
    for name, docx in _through_libreoffice(tasks):
        edits = [item.edit for item in tasks[name].edits]
        tally.add(name, match_edits(edits, read_data(docx)))
    return tally


def _through_libreoffice(tasks: dict[str, Task]) -> Iterable[tuple[str, bytes]]:
    with TemporaryDirectory(prefix="cpom-") as folder:
        yield from edit_with_libreoffice(tasks, Path(folder)).items()


def time_revisions(contract: Contract, count: int) -> float:
    """The best of some runs, in seconds of the processor, on so many tracked insertions."""
    docx = render_docx(contract, word_template())
    edited = with_revisions(docx, count)
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        read = read_back(edited, SentVersion(contract, docx))
        best = min(best, time.process_time() - start)
    told = len(read.tracked)
    print(f"{count} revisions in {len(docx) >> 10} kB: {told} changes told in {best:.2f} s")
    return best


def with_revisions(docx: bytes, count: int) -> bytes:
    """The file with words inserted after so many of its runs, round after round, by two authors."""
    party = OtherParty(docx, 1)
    parts = read_parts(docx)
    root = parse_xml(parts[MAIN])
    body = root.find(w("body"))
    assert body is not None
    runs = [run for run in body.iter(w("r")) if run.find(w("t")) is not None]
    for number in range(count):
        run = runs[number * 7 % len(runs)]
        mark = party.mark("ins", f"Relecteur {number % 2}")
        mark.append(make_run(f" ajout {number}", run))
        place: etree._Element = run
        place.addnext(mark)
        if number % 3 == 0:
            gone = party.mark("del", f"Relecteur {number % 2}")
            gone.append(_deleted(run))
            mark.addnext(gone)
    parts[MAIN] = serialise(root)
    return write_package(parts)


def _deleted(run: etree._Element) -> etree._Element:
    copy = deepcopy(run)
    for text in copy.iter(w("t")):
        text.tag = w("delText")
    return copy


def main() -> int:
    """Prints the figures and times."""
    given = [int(value) for value in sys.argv[1:]]
    files, saved, edited = (*given, *(FILES, SAVED, EDITED)[len(given) :])
    tallies = [measure_xml(files)] if files else []
    if saved:
        tallies.append(measure_saved(saved))
    if edited:
        tallies.append(measure_edited(edited))
    is_good = [tally.show() for tally in tallies]
    print()
    time_revisions(sixty_pages(), 200)
    time_revisions(sixty_pages(), 10_000)
    return 0 if all(is_good) else 1


if __name__ == "__main__":
    sys.exit(main())
