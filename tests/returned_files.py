"""What tests of returned files share: a contract that was sent, its file, what is read back."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from contract_builder.model.contract import Contract
from contract_builder.render.docx import render_docx
from contract_builder.render.json import contract_sha256
from contract_builder.returned.merging import merge_changes
from contract_builder.returned.readback import read_back
from contract_builder.returned.readback_data import ReturnedFile, readback_data
from contract_builder.returned.recognition import Candidate, Recognised
from contract_builder.returned.sent import SentVersion
from tests.documents import word_template
from tests.other_party import EDITS, OtherParty
from tests.unit.compare.redline.pairs import demonstration

_LARGEST = 2


@lru_cache(maxsize=1)
def sent_contract() -> Contract:
    """A hospital's contract with fewer sheets, so that a hundred files are read in a test."""
    contract = demonstration("ch-demonstration")
    sections = [
        replace(section, children=section.children[:_LARGEST]) for section in contract.sections
    ]
    return replace(contract, sections=tuple(sections))


@lru_cache(maxsize=1)
def sent_docx() -> bytes:
    """The Word file of that contract."""
    contract = sent_contract()
    return render_docx(contract, word_template(), identity=contract_sha256(contract))


@lru_cache(maxsize=1)
def sent_version() -> SentVersion:
    """The version as the reader knows it."""
    return SentVersion(sent_contract(), sent_docx())


def returned(seed: int, kinds: Sequence[tuple[str, bool]]) -> OtherParty:
    """The file after these edits, each (kind, tracked), where there was a place for them."""
    party = OtherParty(sent_docx(), seed)
    for kind, tracked in kinds:
        party.edit(kind, tracked=tracked)
    return party


def random_edits(seed: int) -> OtherParty:
    """The file after three to twelve edits of any kind."""
    party = OtherParty(sent_docx(), seed)
    for _ in range(party.random.randint(3, 12)):
        party.edit(party.random.choice(list(EDITS)), tracked=party.random.random() < 0.5)
    return party


def read_data(docx: bytes) -> dict[str, Any]:
    """What is told of a file, as ``cpom readback --json`` prints it."""
    contract = sent_contract()
    known = Recognised("donne", Candidate(contract, contract_sha256(contract)))
    read = read_back(docx, sent_version())
    merged = merge_changes([("retour.docx", (*read.untracked, *read.tracked))])
    return readback_data([ReturnedFile("retour.docx", known, read)], merged)
