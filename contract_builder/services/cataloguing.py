"""The catalogue of problems, as its documentation tells it: what each means, and what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from contract_builder.files.resources import get_data_folder
from contract_builder.reading.asked_words import holds_words
from contract_builder.reading.bounded import read_bounded
from contract_builder.reading.documentation import render_documentation

_CHAPTER = re.compile(r"^## (?P<title>.+)$")
_ENTRY = re.compile(r"^### `(?P<code>[a-z0-9-]+)` — (?P<severity>.+)$")


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    """One problem: its code, its gravity in French, the chapter it stands in, its Markdown text."""

    code: str
    severity: str
    chapter: str
    text: str

    @property
    def page(self) -> str:
        """The text as a piece of a page (HTML)."""
        return render_documentation(self.text)

    def answers(self, words: str) -> bool:
        """True when the entry holds every word, whatever the case."""
        whole = f"{self.code} {self.code.replace('-', ' ')} {self.text}"
        return holds_words(whole, words)


@cache
def list_problem_entries() -> tuple[ProblemEntry, ...]:
    """Every entry of ``docs/erreurs.md``, in its order: what a page shows is that very text."""
    path = get_data_folder() / "docs" / "erreurs.md"
    return tuple(_iter_entries(read_bounded(path).decode().splitlines()))


def _iter_entries(lines: list[str]) -> Iterator[ProblemEntry]:
    chapter, current, body = "", None, list[str]()
    for line in [*lines, "## "]:
        found, title = _ENTRY.match(line), _CHAPTER.match(line)
        if (found or line.startswith("## ")) and current is not None:
            text = "\n".join(body).strip()
            yield ProblemEntry(current["code"], current["severity"], chapter, text)
            current = None
        if title is not None:
            chapter = title["title"]
        if found is not None:
            current, body = found, []
        else:
            body.append(line)
