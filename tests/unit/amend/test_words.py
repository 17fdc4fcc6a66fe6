"""Words are quoted whole, as few as needed, and found where they are told."""

import pytest

from contract_builder.amend.units import quoted_text
from contract_builder.amend.word_changes import apply_words
from contract_builder.amend.words import draft_words
from contract_builder.model.blocks import Footnote, Inlines, LineBreak, Text


def _line(text: str) -> Inlines:
    return (Text(text),)


CASES: dict[str, tuple[str, str, tuple[tuple[object, ...], ...]]] = {
    "one word": (
        "Le comité siège ici.",
        "Le conseil siège ici.",
        (("replace_words", "comité", "conseil", None, None),),
    ),
    "an article that is elided": (
        "Avec l’accord de l’Agence.",
        "Avec la décision de l’Agence.",
        (("replace_words", "l’accord", "la décision", None, None),),
    ),
    "an amount": (
        "Soit 1\u00a0234,00\u00a0€ par an.",
        "Soit 2\u00a0234,00\u00a0€ par an.",
        (("replace_words", "1\u00a0234,00\u00a0€", "2\u00a0234,00\u00a0€", None, None),),
    ),
    "an article of a code": (
        "Vu les articles L. 6114-1, L. 6114-2 et L. 6114-3 ;",
        "Vu les articles L. 6114-1, L. 6114-4 et L. 6114-3 ;",
        (("replace_words", "L. 6114-2", "L. 6114-4", None, None),),
    ),
    "a number that others end with": (
        "De 2 à 12 mois, puis 2 jours.",
        "De 3 à 12 mois, puis 2 jours.",
        (("replace_words", "2 à", "3 à", None, None),),
    ),
    "a small word with its neighbour": (
        "La qualité de vie au travail des agents.",
        "La qualité de vie hors du travail des agents.",
        (("replace_words", "vie au", "vie hors du", None, None),),
    ),
    "words that come": (
        "L’Agence décide seule ;",
        "L’Agence décide seule, sauf accord ;",
        (("insert_words", "seule", ", sauf accord", "after", None),),
    ),
    "words that come first": (
        "Établissement",
        "L’Établissement",
        (("insert_words", "Établissement", "L’", "before", None),),
    ),
    "words that complete": (
        "L’Agence décide seule.",
        "L’Agence décide seule et sans délai.",
        (("insert_words", None, "et sans délai", "end", None),),
    ),
    "a sentence that completes": (
        "L’Agence décide seule.",
        "L’Agence décide seule. Elle informe.",
        (("insert_words", None, "Elle informe.", "end", None),),
    ),
    "words that go": (
        "L’Agence, sauf accord, décide.",
        "L’Agence décide.",
        (("delete_words", ", sauf accord,", None, None, None),),
    ),
    "typography beside words": (
        "La date «\u00a0x\u00a0» est un jour ouvré.",
        "La date « x » est un jour férié.",
        (("replace_words", "ouvré", "férié", None, None),),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_change_is_quoted_as_a_lawyer_would(name: str) -> None:
    old, new, expected = CASES[name]
    changes = draft_words(_line(old), _line(new))
    assert changes is not None
    told = tuple((c.kind, c.old, c.new, c.side, c.occurrence) for c in changes)
    assert told == expected
    made = quoted_text(apply_words(_line(old), changes))
    assert made.replace("\u00a0", " ") == new.replace("\u00a0", " ")


def test_a_remark_or_a_line_end_that_changes_cannot_be_said_in_words() -> None:
    note = Footnote("doute", (Text("vu"),))
    assert draft_words((Text("Un"),), (Text("Un"), note)) is None
    assert draft_words((Text("Un deux"),), (Text("Un"), LineBreak(), Text("deux"))) is None


def test_a_remark_stays_behind_the_word_that_calls_it() -> None:
    note = Footnote("doute", (Text("vu"),))
    old: Inlines = (Text("Trois ans"), note, Text(" au plus."))
    new: Inlines = (Text("Quatre ans"), note, Text(" au plus, sauf accord."))
    changes = draft_words(old, new)
    assert changes is not None
    assert apply_words(old, changes) == new
