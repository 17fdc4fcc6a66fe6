"""Words as a French reader sees them."""

import pytest

from contract_builder.compare.tokens import split_tokens
from contract_builder.compare.typography import differ_in_typography_only, normal_form


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (
            "de 1\u00a0234\u00a0567,00\u00a0€ par an",
            ["de", " ", "1\u00a0234\u00a0567,00\u00a0€", " ", "par", " ", "an"],
        ),
        ("l’agence", ["l’", "agence"]),
        ("jusqu'au", ["jusqu'", "au"]),
        ("aujourd’hui", ["aujourd’hui"]),
        ("a\u00a0\u202f b", ["a", "\u00a0", "\u202f", " ", "b"]),
        ("L. 6114-1 du", ["L", ".", " ", "6114-1", " ", "du"]),
        ("mi-parcours", ["mi-parcours"]),
        ("le 01/07/2025", ["le", " ", "01/07/2025"]),
        ("+ 6,4\u00a0%", ["+", " ", "6,4\u00a0%"]),
        ("−12,00\u202f€", ["−", "12,00\u202f€"]),
        ("−1\u00a0200,50", ["−1\u00a0200,50"]),
        ("", [""]),
    ],
)
def test_a_text_is_cut_into_the_words_of_a_french_reader(text: str, tokens: list[str]) -> None:
    assert split_tokens(text) == tokens


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1\u00a0234,00\u00a0€", "1\u202f234,00\u202f€"),
        ("1234,00\u00a0€", "1\u00a0234,00 €"),
        ("l’agence", "l'agence"),
        ("«\u00a0mot\u00a0»", "“mot”"),
        ("fin :", "fin\u00a0:"),
        ("fin:", "fin\u00a0:"),
        ("mi-parcours", "mi\u2011parcours"),
        ("2025-2029", "2025–2029"),
        ("e\u0301te\u0301", "été"),
        ("et caetera…", "et caetera..."),
    ],
)
def test_spaces_apostrophes_quotes_and_dashes_are_typography(old: str, new: str) -> None:
    assert differ_in_typography_only(old, new)
    assert normal_form(normal_form(old)) == normal_form(old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("trois ans", "cinq ans"),
        ("Agence", "agence"),
        ("lots 1 et 234", "lots 1234"),
        ("la santé", "lasanté"),
        ("le lot 1 234", "le lot 1234"),
        ("< 5 %", "≥ 5 %"),
        ("fin.", "fin"),
        ("même", "meme"),
        ("même texte", "même texte"),
    ],
)
def test_words_case_accents_and_figures_are_not_typography(old: str, new: str) -> None:
    assert not differ_in_typography_only(old, new)
