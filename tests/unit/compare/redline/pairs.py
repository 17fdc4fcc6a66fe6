"""Pairs of contracts for the tests of redlines, and what is made of them."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from lxml import etree

from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.redline import Redline, render_redline
from contract_builder.compare.redline.document import Signed, Sources
from contract_builder.compare.redline.redline import prove_widening
from contract_builder.model.contract import Contract
from contract_builder.render.docx import render_docx
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from contract_builder.word.ooxml import w
from tests.contract_samples import small_contract
from tests.documents import main_part, word_template
from tests.unit.compare.mutations import mutate, mutate_and_tell

ROOT = Path(__file__).parents[4]
AUTHOR = "Agence régionale de santé"
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def redline(old: Contract, new: Contract) -> Redline:
    """The redline of two contracts in the default template."""
    return render_redline(old, new, word_template(), AUTHOR, AT)


def redline_and_plain(old: Contract, new: Contract) -> tuple[Redline, Sources]:
    """The redline, and both plain files that it was made from."""
    template = word_template()
    sources = Sources(render_docx(old, template), render_docx(new, template), template)
    script = compare_contracts(old, new).script
    return prove_widening(script, sources, Signed(AUTHOR, AT)), sources


def seeded_pair(seed: int) -> tuple[Contract, Contract]:
    """A contract, and the same after one to six more edits."""
    return seeded_edits(seed)[:2]


def seeded_edits(seed: int) -> tuple[Contract, Contract, list[str]]:
    """The same pair with the kinds of edits that lie between."""
    old = mutate(small_contract(), seed, 2)
    return old, *mutate_and_tell(old, seed + 10_000, 1 + seed % 6)


@lru_cache(maxsize=4)
def demonstration(profile: str) -> Contract:
    """The contract of a demonstration profile."""
    assembly = prepare(Project(ROOT), ROOT / "profiles" / f"{profile}.yaml").assembly
    assert assembly is not None
    return assembly.contract


def marks(docx: bytes, *names: str) -> list[etree._Element]:
    """The elements of these names in the text of a Word file, in order."""
    return list(main_part(docx).iter(*(w(name) for name in names)))


def texts(docx: bytes, name: str) -> list[str]:
    """What each mark of a kind holds as text, marks of paragraphs left out."""
    held = (
        "".join(t.text or "" for t in mark.iter(w("t"), w("delText"))) for mark in marks(docx, name)
    )
    return [text for text in held if text]
