"""A list is narrowed by words: all of them, in any order, whatever the case."""

import pytest

from contract_builder.reading.asked_words import holds_words

TEXT = "Centre hospitalier de VALMONT – Straße 990000010"


@pytest.mark.parametrize("words", ["", "  ", "valmont", "Valmont centre", "hospi 9900", "STRASSE"])
def test_a_text_with_every_word_is_kept(words: str) -> None:
    assert holds_words(TEXT, words)


@pytest.mark.parametrize("words", ["bourg", "valmont bourg", "centrehospitalier"])
def test_a_text_without_one_of_them_is_not(words: str) -> None:
    assert not holds_words(TEXT, words)
