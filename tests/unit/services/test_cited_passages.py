"""The sentences of a contract that cite an article."""

import pytest

from contract_builder.services.cited_passages import find_sentence

TEXT = (
    "Vu l’article L. 6114-1 du code ;\n\nL’Établissement s’engage. Le contrat, prévu à l’article "
    "L. 162-30-2 du code de la sécurité sociale, est annexé. Il prend fin le 31 décembre."
)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("L. 6114-1", "Vu l’article L. 6114-1 du code ;"),
        ("s’engage", "L’Établissement s’engage."),
        (
            "162-30-2",
            "Le contrat, prévu à l’article L. 162-30-2 du code de la sécurité sociale, est annexé.",
        ),
        ("fin", "Il prend fin le 31 décembre."),
    ],
)
def test_a_sentence_is_not_cut_at_the_point_of_an_article(word: str, sentence: str) -> None:
    assert find_sentence(TEXT, TEXT.index(word)) == sentence
