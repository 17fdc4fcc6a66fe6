"""Numbers of articles, clauses and annexes, and the words of cross-references."""

import pytest

from contract_builder.assembly.conditions import ALWAYS
from contract_builder.assembly.numbering import (
    SectionLabel,
    has_own_heading,
    number_sections,
)
from contract_builder.assembly.selection import PartDecision, SelectedPart
from contract_builder.model.clause import Clause, ClauseHeader
from contract_builder.model.library import OutlineEntry, Part
from contract_builder.source import NOWHERE, SourceFile
from tests.profile_samples import ON

YES = PartDecision("clause", "x", "", True, ALWAYS, NOWHERE)


def part(kind: Part, id_: str, *clauses: str, number: str = "") -> SelectedPart:
    """A part; a clause called with a star, « a* », has no title."""
    entry = OutlineEntry(partie=kind, id=id_, titre=f"Titre {id_}", numero=number)
    held = tuple(
        Clause(
            ClauseHeader(
                id=name.rstrip("*"), titre="" if name.endswith("*") else "T", en_vigueur_du=ON
            ),
            SourceFile.of_text("x.md", ""),
            "",
            1,
        )
        for name in clauses
    )
    return SelectedPart(entry, tuple((clause, YES) for clause in held), YES)


def references(*parts: SelectedPart) -> dict[str, str]:
    return {name: label.reference for name, label in number_sections(parts).items()}


def test_articles_are_numbered_in_the_order_of_those_that_are_kept() -> None:
    found = references(
        part("parties", "parties"), part("article", "objet"), part("visas", "v"),
        part("article", "duree"), part("signatures", "s"), part("article", "fin"),
    )  # fmt: skip
    assert [found[name] for name in ("objet", "duree", "fin")] == [
        "article 1",
        "article 2",
        "article 3",
    ]
    assert found["parties"] == "partie « Titre parties »"


def test_several_titled_clauses_divide_their_article() -> None:
    labels = number_sections((part("article", "a", "x"), part("article", "b", "p", "q", "r*")))
    assert labels["b"] == SectionLabel("2", "Article 2", "article 2")
    assert labels["p"] == SectionLabel("2.1", "2.1", "article 2.1")
    assert labels["q"] == SectionLabel("2.2", "2.2", "article 2.2")


@pytest.mark.parametrize(
    ("clauses", "referred", "expected"),
    [
        (("x",), "x", "article 1"),
        (("x*",), "x", "article 1"),
        (("a",), "a", "article 1"),
        (("x", "y*"), "y", "article 1"),
        (("x*", "y"), "y", "article 1.1"),
        (("a", "y"), "y", "article 1.1"),
    ],
)
def test_a_clause_without_number_of_its_own_is_called_by_its_article(
    clauses: tuple[str, ...], referred: str, expected: str
) -> None:
    assert references(part("article", "a", *clauses))[referred] == expected


def test_an_annex_keeps_the_number_of_the_outline() -> None:
    labels = number_sections((part("annexe", "finances", "intro", "suite", number="A5"),))
    assert labels["finances"] == SectionLabel("A5", "Annexe A5", "annexe A5")
    assert labels["suite"] == SectionLabel("", "", "annexe A5")


@pytest.mark.parametrize(
    ("kind", "clauses", "expected"),
    [
        ("article", ("x",), False),
        ("article", ("x", "y"), True),
        ("article", ("x*", "y"), False),
        ("annexe", ("x",), True),
        ("annexe", ("x*",), False),
    ],
)
def test_the_title_of_a_clause_is_printed_when_it_stands_beside_others_or_in_an_annex(
    kind: Part, clauses: tuple[str, ...], expected: bool
) -> None:
    held = part(kind, "a", *clauses)
    assert has_own_heading(held, held.clauses[0][0].header.titre) is expected
