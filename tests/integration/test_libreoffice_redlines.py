"""Redlines in LibreOffice, which many agencies have alone: it settles and shows what is marked."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.model.contract import Contract
from tests.contract_samples import small_contract
from tests.documents import convert_with_libreoffice
from tests.libreoffice_changes import Choice, settle_with_libreoffice
from tests.unit.compare.redline.pairs import (
    demonstration,
    redline,
    redline_and_plain,
    seeded_pair,
)

SEEDS = (1, 2, 3, 5, 8, 33, 47, 55, 109, 112, 130, 134)
_FILLER = "\u200d"
"""What LibreOffice puts into the empty cells of rows that come or go: nothing is seen of it."""

PAIRS: dict[str, Callable[[], tuple[Contract, Contract]]] = {
    "generations": lambda: (
        demonstration("hopital-de-proximite-2019-demonstration"),
        demonstration("hopital-de-proximite-demonstration"),
    ),
    "signed": lambda: (small_contract(), small_contract("43", draft=False)),
    **{f"seed{seed}": lambda seed=seed: seeded_pair(seed) for seed in SEEDS},
}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The words of each redline settled both ways, and of both plain files, without blank lines.

    LibreOffice leaves an empty paragraph where one that went stood before a table.
    """
    files: dict[str, tuple[bytes, Choice]] = {}
    for name, pair in PAIRS.items():
        made, sources = redline_and_plain(*pair())
        files[f"{name}-accept"] = made.docx, "accept"
        files[f"{name}-reject"] = made.docx, "reject"
        files[f"{name}-new"] = sources.new, "none"
        files[f"{name}-old"] = sources.old, "none"
    read = settle_with_libreoffice(files, tmp_path_factory.mktemp("libreoffice"))
    return {
        name: [line.rstrip() for line in lines if line.strip(f" \t\xa0{_FILLER}")]
        for name, lines in read.items()
    }


@pytest.mark.parametrize("name", PAIRS)
def test_libreoffice_gives_both_contracts_back(name: str, settled: dict[str, list[str]]) -> None:
    assert settled[f"{name}-accept"] == settled[f"{name}-new"]
    assert settled[f"{name}-reject"] == settled[f"{name}-old"]
    assert settled[f"{name}-new"] != settled[f"{name}-old"]


def test_libreoffice_marks_both_values_where_a_value_changes(tmp_path: Path) -> None:
    path = tmp_path / "changements.docx"
    path.write_bytes(redline(small_contract("quatre mille"), small_contract("six cents")).docx)
    shown = convert_with_libreoffice(path, "fodt", tmp_path).read_text(encoding="utf-8")
    kinds = dict(re.findall(r'text:id="(ct\d+)">\s*<text:(deletion|insertion)>', shown))
    spans = re.findall(r'<text:change-start text:change-id="(ct\d+)"/>(.*?)<text:change-end', shown)
    found = [(kinds[mark], re.sub("<[^>]*>", "", text)) for mark, text in spans]
    both = [("deletion", "quatre mille"), ("insertion", "six cents")]
    assert found == [*both, *both]
    assert (shown.count("quatre mille"), shown.count("six cents")) == (2, 2)
