"""The grammar of citations: every case of ``tests/cases/citations`` is a test by its own name."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.library.citations import find_citations

_CASES = Path(__file__).parents[2] / "cases" / "citations"


def _load_cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['nom']}")
        for path in sorted(_CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", _load_cases())
def test_a_text_cites_exactly_what_its_case_says(case: dict[str, Any]) -> None:
    text = case["texte"]
    found = find_citations(text, case.get("code_par_defaut"))
    assert [citation.reference for citation in found] == case["citations"]
    if "extraits" in case:
        assert [text[item.start : item.end] for item in found] == case["extraits"]


def test_a_range_keeps_its_two_ends_and_its_kind() -> None:
    (found,) = find_citations("articles L. 6114-1 à L. 6114-5 du CSP")
    assert (found.code, found.article, found.last) == ("CSP", "L6114-1", "L6114-5")
    assert found.kind == "plage"


_WORDS = [
    *("L. 6114-1", "R*6123-9", "6114-2", "à", "et", ",", "suivants", "du code", "CSP", "article"),
    *("de la santé publique", "du même code", "décret n°", "2023-1374", "du 2 mai 2019", "(II)"),
    *("\n", "\n\n", "\u00a0", "3°", "de l’article", "s.", "(", ")", "1er", "**"),
]


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=4), max_size=30))
def test_any_text_gives_citations_in_order_that_lie_inside_it(words: list[str]) -> None:
    text = " ".join(words)
    found = find_citations(text)
    assert [item.start for item in found] == sorted(item.start for item in found)
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert item.article[-1].isalnum()
        assert any(character.isdigit() for character in text[item.start : item.end])


@pytest.mark.parametrize(
    "filling", [" ", "*", ", ", " I et II", "(", " (a)", " alinéas 1, 2", "\n\n"]
)
def test_a_long_gap_between_two_articles_is_read_at_once(filling: str) -> None:
    """A pattern that tried every way to cut 240 spaces took more than a minute."""
    gap = filling * (240 // len(filling))
    start = time.thread_time()  # what others do on this machine does not count
    found = find_citations(f"L. 6114-1{gap}x L. 6114-2{gap}x code de la route")
    assert time.thread_time() - start < 5
    assert [item.article for item in found] == ["L6114-1", "L6114-2"]
