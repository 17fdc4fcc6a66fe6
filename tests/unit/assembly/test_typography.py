"""French typography: what is bound, what is left alone, never twice."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contract_builder.assembly.typeset_tree import typeset_blocks
from contract_builder.assembly.typography import typeset
from contract_builder.model.blocks import (
    Cell,
    Column,
    CrossReference,
    Field,
    Gap,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
    inline_text,
)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Attention : oui", "Attention~: oui"),
        ("Attention: oui", "Attention~: oui"),
        ("Vraiment ? Oui ! Ou non ; tant pis", "Vraiment~? Oui~! Ou non~; tant pis"),
        ("« mot »", "«~mot~»"),
        ("«mot»", "«~mot~»"),
        ("l'agence d'Occitanie", "l’agence d’Occitanie"),
        ("1 234 567 lits", "1~234~567 lits"),
        ("+ 5 % et 12 €", "+~5~% et 12~€"),
        ("≥ 2 actions", "≥~2 actions"),
        ("n° 2025-180", "n°~2025-180"),
        ("n°2025-180", "n°~2025-180"),
        ("L. 6114-1", "L.~6114-1"),
        ("L.6114-1", "L.~6114-1"),
        ("article 4.2", "article~4.2"),
        ("l’article L. 6114-1", "l’article~L.~6114-1"),
        ("annexe A5", "annexe~A5"),
        ("le 1er juillet 2025", "le 1er~juillet 2025"),
        ("le 14 juillet", "le 14~juillet"),
        ("(voir : ici)", "(voir~: ici)"),
        ("N° 12, § 3, p. 4", "N°~12, §~3, p.~4"),
        ("12 M€ et 3 k€", "12~M€ et 3~k€"),
        ("de 8 h 30 à 18 h", "de 8~h~30 à 18~h"),
        ("M. Durand et Mme Élan", "M.~Durand et Mme~Élan"),
    ],
)
def test_signs_numbers_and_references_are_held_together(written: str, printed: str) -> None:
    assert typeset(written).replace(NBSP, "~") == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("la mise en oeuvre, au coeur des voeux", "la mise en œuvre, au cœur des vœux"),
        ("Oeuvre, noeud, soeurs, choeur", "Œuvre, nœud, sœurs, chœur"),
        ("la main-d'oeuvre", "la main-d’œuvre"),
        ("coexister, la moelle, un coefficient", "coexister, la moelle, un coefficient"),
        ("médecins, soignants...", "médecins, soignants…"),
        ("la 1ère et la 2ème année", "la 1re et la 2e année"),
    ],
)
def test_words_are_spelled_with_their_letters(written: str, printed: str) -> None:
    assert typeset(written) == printed


@pytest.mark.parametrize(
    "text",
    [
        "https://www.legifrance.gouv.fr/codes/id/LEGIARTI000042546798/?page=1&x=2#art",
        "http://example.org:8080/a;b!c",
        "CPOM_OS_12",
        "MI2-3-5",
        "99-99-0001",
        "QA001 MO000 ME000 PTS00 DE015",
        "990000011AA",
        "12:30",
        "contact@example.org",
        "3/3",
        "",
        "mise_en_oeuvre",
        "https://example.org/l'oeuvre/a-coeur...b",
        "coeur@example.org",
        "www.coeur.example",
        "coeur.example",
        "X-2eme",
        "../oeuvre",
    ],
)
def test_addresses_and_codes_are_never_touched(text: str) -> None:
    assert typeset(text) == text
    assert text in typeset(f"Voir {text} pour la suite.")


@given(st.text(st.sampled_from("abc://.?=&#;!-_%0129"), max_size=30))
def test_an_address_inside_a_sentence_stays_whole(tail: str) -> None:
    address = f"https://example.org/{tail}a"
    assert address in typeset(f"Voir {address} et la suite.")


@given(
    st.text(
        st.sampled_from("abcLRéoeurhM1234567890 '’«»:;?!%€n°.,()-+≥<\u00a0\n")
        | st.characters(exclude_categories=["Cs"]),
        max_size=40,
    )
)
@example("a  : b")
@example("« « a » »")
@example("1 234 567 %")
@example("8 h 30")
@example("1eme2eme")
def test_typesetting_twice_changes_nothing_more(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


PIECES = st.sampled_from(["coeur", "Oeuvre", "voeux", "1ère", "2ème", "...", " ", "'", "-", "a"])


@given(
    st.lists(PIECES, max_size=10).map("".join) | st.text(st.characters(exclude_categories=["Cs"]))
)
def test_only_spaces_apostrophes_and_spelling_change(text: str) -> None:
    def bare(value: str) -> str:
        value = value.replace("'", "’").replace("œ", "oe").replace("Œ", "Oe").replace("…", "...")
        return re.sub("[ \u00a0]|(?<=\\d)(?:i?[èe]me|[èe]re|re|e)", "", value)

    assert bare(typeset(text)) == bare(text)


def test_prose_is_typeset_in_every_block_and_values_never() -> None:
    value = Field("a", "l'Agence : x")
    link, gap = CrossReference("b", "l'article : 1"), Gap("c", "l'avis : daté")
    content = (Text("l'avis"), value, link, gap)
    typeset_content = (Text("l’avis"), value, link, gap)
    blocks = (
        Paragraph(content),
        ListBlock(((Paragraph(content),),)),
        Note((Paragraph(content),)),
        SubHeading(content),
    )
    assert typeset_blocks(blocks) == (
        Paragraph(typeset_content),
        ListBlock(((Paragraph(typeset_content),),)),
        Note((Paragraph(typeset_content),)),
        SubHeading(typeset_content),
    )


def test_the_cells_of_a_table_are_left_alone() -> None:
    table = Table("t", "c", (Column("l'x"),), (Row("1", (Cell((Text("l'y : z"),)),)),))
    assert typeset_blocks((table,)) == (table,)


@pytest.mark.parametrize(
    ("before", "after", "printed"),
    [
        ("Le taux de ", " % est atteint", "Le taux de 5~% est atteint"),
        ("« ", " »", "«~5~»"),
        ("le décret n° ", " : oui", "le décret n°~5~: oui"),
        ("Est-ce ", " ?", "Est-ce 5~?"),
        ("les ", " lits", "les 5 lits"),
    ],
)
def test_signs_are_bound_to_the_value_beside_them(before: str, after: str, printed: str) -> None:
    (block,) = typeset_blocks((Paragraph((Text(before), Field("a", "5"), Text(after))),))
    assert isinstance(block, Paragraph)
    assert inline_text(block.content).replace(NBSP, "~") == printed


def test_a_text_that_ends_its_paragraph_keeps_its_last_space() -> None:
    (block,) = typeset_blocks((Paragraph((Text("n° "),)),))
    assert block == Paragraph((Text("n° "),))
