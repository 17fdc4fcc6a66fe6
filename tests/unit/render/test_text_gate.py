"""The comparison of texts: every character counts, in order; white space is layout."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.render.text import CalledNote, TextLine
from contract_builder.render.text_gate import (
    PageFurniture,
    TextDifference,
    find_page_difference,
    find_text_difference,
    literal_pattern,
    squeeze,
)

NONE = PageFurniture(opening="(?!)", closing="(?!)")
TEXTS = ["Article 1 – Objet", "Le délai est de 35 jours.", "Cible", "12", "13"]
WORDS = st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=8), max_size=6)


def lines(*texts: str) -> list[TextLine]:
    return [TextLine(text) for text in texts]


def on_pages(
    expected: list[TextLine], *pages: str, furniture: PageFurniture = NONE
) -> TextDifference | None:
    return find_page_difference(expected, pages, furniture, 1)


def test_equal_texts_do_not_differ() -> None:
    assert find_text_difference(TEXTS, TEXTS) is None


def test_white_space_and_the_cutting_into_paragraphs_do_not_count() -> None:
    assert (
        find_text_difference(
            ["Le délai\u00a0est", "de 35\tjours"], ["Ledélai\u202fest de\n35 jours"]
        )
        is None
    )


def test_soft_hyphens_and_joiners_do_not_count() -> None:
    assert find_text_difference(["docu\u00adment\u200b"], ["\u2060document"]) is None


@pytest.mark.parametrize(
    ("actual", "expected_part", "found_part"),
    [
        (
            ["Article 1 – Objet", "Le délai est 35 jours.", "Cible", "12", "13"],
            "de35jours",
            "35jours",
        ),
        (
            ["Article 1 – Objet", "Le délai est de 36 jours.", "Cible", "12", "13"],
            "5jours",
            "6jours",
        ),
        ([*TEXTS[:2], TEXTS[1], *TEXTS[2:]], "Cible1213", "Ledélai"),
        ([*TEXTS[:3], "13", "12"], "213", "312"),
        (TEXTS[:-1], "13", ""),
        ([*TEXTS, "x"], "", "x"),
        ([TEXTS[1], TEXTS[0], *TEXTS[2:]], "Article1", "Ledélai"),
        ([text.replace("é", "e") for text in TEXTS], "élai", "elai"),
        ([text.replace("–", "-") for text in TEXTS], "–Objet", "-Objet"),
    ],
    ids=[
        "lost word",
        "digit",
        "twice",
        "swapped",
        "lost end",
        "added end",
        "moved",
        "accent",
        "dash",
    ],
)
def test_a_difference_is_shown_where_it_begins(
    actual: list[str], expected_part: str, found_part: str
) -> None:
    difference = find_text_difference(TEXTS, actual)
    assert difference is not None
    assert expected_part in difference.expected
    assert found_part in difference.found


@given(WORDS, WORDS)
def test_texts_differ_exactly_when_their_characters_do(first: list[str], second: list[str]) -> None:
    assert (find_text_difference(first, second) is None) == (squeeze(first) == squeeze(second))


@given(WORDS)
def test_a_text_never_differs_from_itself(texts: list[str]) -> None:
    assert find_text_difference(texts, texts) is None
    assert on_pages(lines(*texts), "".join(texts)) is None


def test_pages_may_cut_the_text_anywhere() -> None:
    text = "".join(TEXTS)
    for cut in range(len(text) + 1):
        assert on_pages(lines(*TEXTS), text[:cut], text[cut:]) is None


@pytest.mark.parametrize(
    "pages",
    [
        ("Article 1 – Objet Le délai est de 35 jours.", "Cible 12"),
        ("Article 1 – Objet Le délai est de 35 jours.", "Cible 12 13 13"),
        ("Article 1 – Objet Le délai est de 53 jours.", "Cible 12 13"),
        ("Cible 12 13", "Article 1 – Objet Le délai est de 35 jours."),
        ("Article 1 – Objet Le délai est de 35 jours.",),
        (),
    ],
    ids=["lost", "twice", "swapped digits", "swapped pages", "lost page", "no page"],
)
def test_a_page_that_says_something_else_is_found(pages: tuple[str, ...]) -> None:
    assert on_pages(lines(*TEXTS), *pages) is not None


def test_the_difference_names_its_page() -> None:
    difference = find_page_difference(lines("un", "deux"), ["un", "trois"], NONE, 5)
    assert str(difference) == "page 6 : attendu « undeux », trouvé « trois »"


FURNITURE = PageFurniture(
    opening=f"(?:PROJET)?(?:{literal_pattern('CPOM 99 – CH')})?(?:PROJET)?",
    closing=r"ARSversion1Page\d+sur\d+",
)


def test_what_runs_on_every_page_is_left_out() -> None:
    pages = [
        f"PROJET CPOM 99 – CH PROJET {text} ARS version 1 Page {n} sur 2"
        for n, text in enumerate(TEXTS, 3)
    ]
    assert on_pages(lines(*TEXTS), *pages, furniture=FURNITURE) is None


@pytest.mark.parametrize(
    "page",
    [
        "CPOM 99 – CH Texte. CPOM 99 – CH ARS version 1 Page 1 sur 2",
        "CPOM 99 – CH Texte. ARS version 1 Page 1 sur 2 ARS version 1 Page 1 sur 2",
        "CPOM 99 – CH Texte. ARS version 2 Page 1 sur 2",
        "CPOM 98 – CH Texte. ARS version 1 Page 1 sur 2",
        "CPOM 99 – CH PROJET PROJET Texte. ARS version 1 Page 1 sur 2",
    ],
    ids=["header twice", "footer twice", "other footer", "other header", "mark twice"],
)
def test_only_the_furniture_itself_is_left_out(page: str) -> None:
    assert on_pages(lines("Texte."), page, furniture=FURNITURE) is not None


TABLE = [
    *lines("Avant.", "Nom", "Lits"),
    *(TextLine(cell, "NomLits") for cell in ("Site A", "10", "Site B", "")),
    TextLine("Après."),
]


@pytest.mark.parametrize(
    "pages",
    [
        ("Avant. Nom Lits Site A 10", "Nom Lits Site B Après."),
        ("Avant. Nom Lits Site A", "Nom Lits 10 Site B Après."),
        ("Avant. Nom Lits Site", "Nom Lits A 10 Site B Après."),
        ("Avant. Nom Lits", "Nom Lits Site A 10 Site B Après."),
        ("Avant. Nom Lits Site A 10 Site B", "Nom Lits Après."),
        ("Avant.", "Nom Lits Site A 10 Site B Après."),
        ("Avant. Nom Lits Site A 10", "Site B Après."),
    ],
    ids=[
        "row",
        "cell",
        "within a cell",
        "under the header",
        "empty last row",
        "no cut",
        "not repeated",
    ],
)
def test_a_page_may_repeat_the_header_of_the_table_that_goes_on(pages: tuple[str, ...]) -> None:
    assert on_pages(TABLE, *pages) is None


@pytest.mark.parametrize(
    "pages",
    [
        ("Avant. Nom Lits Site A Nom Lits 10 Site B Après.",),
        ("Avant. Nom Lits Site A 10", "Nom Lits Nom Lits Site B Après."),
        ("Avant. Nom Lits Site A 10 Site B Ap", "Nom Lits rès."),
        ("Ava", "Nom Lits nt. Nom Lits Site A 10 Site B Après."),
        ("Avant. Nom Lits Site A 10 Nom Lits", "Site B Après."),
        ("Avant. Nom Lits Site A 10", "Lits Nom Site B Après."),
    ],
    ids=["in a page", "twice", "after the table", "before the table", "page's end", "other order"],
)
def test_a_header_repeated_anywhere_else_is_found(pages: tuple[str, ...]) -> None:
    assert on_pages(TABLE, *pages) is not None


def test_only_the_header_of_that_very_table_may_be_repeated() -> None:
    two = [*TABLE, TextLine("Nom"), TextLine("Site A", "Nom"), TextLine("Site B", "Nom")]
    first = "Avant. Nom Lits Site A 10 Site B Après. Nom Site A"
    assert on_pages(two, first, "Nom Site B") is None
    assert on_pages(two, first, "Nom Lits Site B") is not None


def test_a_ligature_is_read_as_its_letters() -> None:
    assert on_pages(lines("ﬁnancement"), "financement") is None
    assert on_pages(lines("financement"), "ﬁnancement") is None
    assert find_text_difference(["ﬁnancement"], ["financement"]) is not None


def called(text: str, *notes: str, first: int = 1, header: str = "") -> TextLine:
    """« prix(1) net(2) » with the texts of its notes."""
    ends = [at for at, character in enumerate(text, start=1) if character == ")"]
    numbered = zip(count(first), notes, ends, strict=False)
    return TextLine(text, header, tuple(CalledNote(n, note, at) for n, note, at in numbered))


PRICES = [called("prix(1)", "hors taxes"), TextLine("suite"), called("net(2)", "à payer", first=2)]


@pytest.mark.parametrize(
    "pages",
    [
        ("prix(1) suite net(2) 1 hors taxes 2 à payer",),
        ("prix(1) suite 1 hors taxes", "net(2) 2 à payer"),
        ("prix(1) suite 1 hors", "net(2) taxes 2 à payer"),
        ("prix(1)", "suite 1 hors taxes", "net(2) 2 à payer"),
        ("prix(1) su 1 hors taxes", "ite net(2)", "2 à payer"),
        ("prix(1) suite 1 hors taxes 2 à payer", "net(2)"),
        ("prix(1) suite 1 hors taxes 2 à", "net(2) payer"),
    ],
    ids=[
        "one page",
        "each on its page",
        "cut",
        "on the next page",
        "at the very end",
        "the row of the call went to the next page",
        "and its note was cut",
    ],
)
def test_footnotes_stand_at_the_foot_of_the_page_that_calls_them_or_one_page_away(
    pages: tuple[str, ...],
) -> None:
    assert on_pages(PRICES, *pages) is None


@pytest.mark.parametrize(
    ("pages", "page"),
    [
        (("prix(1) suite net(2) 1 hors taxes",), 0),
        (("prix(1) suite net(2) 2 à payer 1 hors taxes",), 1),
        (("prix(1) suite net(2) 1 hors taxe 2 à payer",), 1),
        (("prix(1) suite net(2) 2 hors taxes 1 à payer",), 1),
        (("prix(1) 1 hors taxes 2 à payer", "suite", "net(2)"), 2),
        (("prix(1) suite", "net(2) 2 à payer 1 hors taxes"), 2),
        (("prix(1)", "suite", "1 hors taxes", "net(2) 2 à payer"), 2),
        (("prix(1) suite net(2) 1 hors taxes 2 à payer 2 à payer",), 1),
        (("prix(2) suite net(1) 1 hors taxes 2 à payer",), 1),
    ],
    ids=[
        "lost",
        "swapped",
        "letter lost",
        "numbers swapped",
        "two pages early",
        "out of order",
        "two pages late",
        "twice",
        "calls swapped",
    ],
)
def test_a_footnote_that_is_lost_moved_or_changed_is_found(
    pages: tuple[str, ...], page: int
) -> None:
    found = on_pages(PRICES, *pages)
    assert found is not None
    assert found.page == page


def test_a_difference_in_a_footnote_is_shown_there() -> None:
    found = on_pages(PRICES, "prix(1) suite net(2) 1 hors taxe 2 à payer")
    assert found is not None
    assert "1horstaxes" in found.expected
    assert "1horstaxe2àpayer" in found.found


def test_a_table_that_goes_on_repeats_its_header_above_its_own_footnotes() -> None:
    table = [
        TextLine("Année"),
        called("a(1)", "un", header="Année"),
        called("b(2)", "deux", first=2, header="Année"),
    ]
    assert on_pages(table, "Année a(1) 1 un", "Année b(2) 2 deux") is None
    assert on_pages(table, "Année a(1) 1", "Année b(2) un 2 deux") is None
    assert on_pages(table, "Année a(1) 1 un", "Année b(2) 2 dix") is not None
