"""Time to write one contract of sixty pages as a Word file, three ways, in one run.

Run by name: ``python -m tests.benchmark.bench_docx``. Ours: the frame by docxtpl, the body spliced
in as markup. The others: docxtpl with loops in the template for the whole document, python-docx
with the cells of a row taken once. All start from the same template in memory and must give the
same text. CPU time, in turn, medians.
"""

import statistics
import time
from collections.abc import Callable, Mapping

from contract_builder.render.docx import render_docx
from tests.benchmark.other_writers import (
    body_texts,
    by_docxtpl,
    by_python_docx,
    finished_cover,
    flatten,
    loop_template,
    sixty_pages,
)
from tests.documents import make_pdf, word_template

RUNS = 9
GOALS = {"docxtpl": 1.5, "python-docx": 8.0}


def measure(ways: Mapping[str, Callable[[], bytes]]) -> dict[str, list[float]]:
    """The CPU seconds of each run of each way; the ways take turns, after one warm-up each."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for run in range(RUNS + 1):
        for name, write in ways.items():
            start = time.process_time()
            write()
            if run:
                seconds[name].append(time.process_time() - start)
    return seconds


def main() -> None:
    """Prints one line for each way, and the ratios with their goals."""
    contract = sixty_pages()
    pdf = make_pdf(contract)
    items = flatten(contract)
    template, looped, cover = word_template(), loop_template(items), finished_cover(contract)
    ways: dict[str, Callable[[], bytes]] = {
        "ours": lambda: render_docx(contract, template, pdf.pages),
        "docxtpl": lambda: by_docxtpl(looped, contract, items),
        "python-docx": lambda: by_python_docx(cover, items),
    }
    texts = {name: body_texts(write(), items[0].text) for name, write in ways.items()}
    assert texts["docxtpl"] == texts["ours"]
    assert texts["python-docx"] == texts["ours"]
    cells = sum(len(row) for item in items for row in item.rows)
    print(f"{pdf.page_count} pages, {len(items)} paragraphs and tables, {cells} cells, {RUNS} runs")
    medians = {}
    for name, seconds in measure(ways).items():
        medians[name] = statistics.median(seconds)
        print(f"{name:12} {1000 * medians[name]:7.1f} ms (best {1000 * min(seconds):.1f})")
    for name, goal in GOALS.items():
        ratio = medians[name] / medians["ours"]
        print(f"{ratio:.1f} times as fast as {name} (goal {goal})")


if __name__ == "__main__":
    main()
