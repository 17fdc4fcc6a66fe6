"""The passages of a contract that cite an article, as an officer finds them again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contract_builder.library.citations import Citation, CitationKind, find_citations
from contract_builder.library.registry import covers
from contract_builder.model.blocks import Block, Table, inline_text, iter_blocks
from contract_builder.model.contract import Contract, Section, iter_tree
from contract_builder.reading.written_values import parse_written_date
from contract_builder.render.text import section_text

_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\bart)[.;]\s+(?=[A-ZÀÉÈÊÎÔ«])|\n+")
_OTHER_CONTRACTS = "autres-contrats"  # the key of the table, and of the clause that holds it


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A sentence that cites an article, and what a reader finds its section by.

    ``section`` is the id; ``text`` is empty when the section only declares the article, without
    its text naming it. ``how`` is direct, plage (range) or suivants. ``around`` is the
    whole text of the section.
    """

    section: str
    label: str
    text: str
    how: CitationKind
    around: str


def find_passages(contract: Contract, code: str, article: str) -> tuple[CitedPassage, ...]:
    """The passages of a contract that cite an article, in reading order, one a sentence."""
    return PassageFinder(code, article).find(contract)


class PassageFinder:
    """Finds the passages that cite one article in many contracts.

    Of two contracts of a region most texts are the same: what a text cites is found out once.
    """

    def __init__(self, code: str, article: str) -> None:
        self._code = code
        self._article = article
        self._known: dict[tuple[str, str | None], Mapping[str, CitationKind]] = {}
        self._texts: dict[tuple[str, int], tuple[tuple[Block, ...], str]] = {}

    def find(self, contract: Contract) -> tuple[CitedPassage, ...]:
        """The passages of a contract, in reading order, one a sentence."""
        declared: dict[str, set[str]] = {}
        direct = set()
        for cited in contract.tables.references:
            for name in cited.cited_in:
                declared.setdefault(name, set()).add(cited.code)
                if (cited.code, cited.article) == (self._code, self._article):
                    direct.add(name)
        found: list[CitedPassage] = []
        for section, label in iter_labelled(contract.sections):
            codes = declared.get(section.id, set())
            text = self._text_of(section)
            default_code = next(iter(codes)) if len(codes) == 1 else None
            kept = dict(self._find_sentences(text, default_code))
            if section.id in direct and "direct" not in kept.values():
                kept[""] = "direct"
            found.extend(
                CitedPassage(section.id, label, sentence, how, text)
                for sentence, how in kept.items()
            )
        return tuple(found)

    def _text_of(self, section: Section) -> str:
        """Its own text. Contracts read together share the blocks that they have alike."""
        key = section.heading, id(section.blocks)
        known = self._texts.get(key)
        if known is None:  # the blocks are held, so that no others take their place in memory
            text = "\n\n".join(section_text(section))
            known = self._texts[key] = section.blocks, text
        return known[1]

    def _find_sentences(self, text: str, default_code: str | None) -> Mapping[str, CitationKind]:
        """The sentences of a text that cite the article, each with how."""
        known = self._known.get((text, default_code))
        if known is None:
            kept: dict[str, CitationKind] = {}
            for sentence, citation in _iter_sentences(text, default_code, self._code):
                if covers(citation, self._article):
                    kept[sentence] = min(citation.kind, kept.get(sentence, citation.kind))
            known = self._known[text, default_code] = kept
        return known


def iter_labelled(sections: Sequence[Section], around: str = "") -> Iterator[tuple[Section, str]]:
    """Each section with its label, else its title, else what holds it is known by."""
    for section in sections:
        label = section.label or section.title or around or section.id
        yield section, label
        yield from iter_labelled(section.children, label)


def _iter_sentences(
    text: str, default_code: str | None, code: str
) -> Iterator[tuple[str, Citation]]:
    """The citations of the articles of a code, each with its sentence."""
    for citation in find_citations(text, default_code):
        if citation.code == code:
            yield find_sentence(text, citation.start), citation


def find_sentence(text: str, at: int) -> str:
    """The sentence of a text that holds the character number ``at``."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if end.start() >= at:
            return text[start : end.start() + 1].strip()
        start = end.end()
    return text[start:].strip()


def find_annex_naming(contract: Contract, nature: str, running_on: date) -> str | None:
    """The annex whose list of other contracts has one of a nature, on a day; None for none.

    As printed: « Annexe A7 ». A line without a last day counts.
    """
    for annex in contract.annexes:
        for section in iter_tree(annex):
            for block in iter_blocks(section.blocks):
                if (
                    isinstance(block, Table)
                    and block.key == _OTHER_CONTRACTS
                    and _names_running(block, nature, running_on)
                ):
                    return annex.label or annex.id
    return None


def _names_running(table: Table, nature: str, running_on: date) -> bool:
    for row in table.rows:
        texts = [inline_text(cell.content) for cell in row.cells]
        if texts[0] == nature and (not texts[-1] or _is_on_or_after(texts[-1], running_on)):
            return True
    return False


def _is_on_or_after(text: str, day: date) -> bool:
    """True too for a date that cannot be read: a contract is not overlooked."""
    try:
        found = parse_written_date(text)
    except ValueError:
        return True
    return found is None or found >= day
