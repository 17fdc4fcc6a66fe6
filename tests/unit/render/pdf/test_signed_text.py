"""What a signed PDF says otherwise than its contract is named with its page, and nothing else."""

import pytest

from contract_builder.render.pdf.signed_text import SignedText, compare_signed_pages

SIGNED_BY = ["Le directeur général de l’Agence"]
PAGES = [
    "CPOM 990000011AA\nArticle 1 – Objet\nLe présent contrat fixe les objectifs de l’établissement "
    "pour les années 2025 à 2029, dans les conditions qui suivent.\nPage 1 sur 4",
    "CPOM 990000011AA\nArticle 2 – Financement\nLe montant annuel du soutien est fixé à 12 500 € "
    "et versé au plus tard le 30 juin de chaque année.\nPage 2 sur 4",
    "CPOM 990000011AA\nArticle 3 – Résiliation\nLe contrat peut être résilié après une mise en "
    "demeure restée sans effet pendant deux mois.\nPage 3 sur 4",
    "CPOM 990000011AA\nSignatures\nFait en deux exemplaires.\nLe directeur général de l’Agence\n"
    "Page 4 sur 4",
]


def compare(*signed: str) -> SignedText:
    return compare_signed_pages(PAGES, signed, SIGNED_BY)


def changed(page: int, old: str, new: str) -> list[str]:
    assert old in PAGES[page - 1]
    return [text.replace(old, new, 1) if n == page else text for n, text in enumerate(PAGES, 1)]


def test_the_same_pages_agree_whatever_the_spaces() -> None:
    assert compare(*PAGES) == SignedText((), (), (), 1.0)
    assert compare(*(page.replace(" ", "\n") for page in PAGES)).differences == ()


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        (2, "12 500", "12 600"),
        (2, "au plus tard ", ""),
        (3, "deux mois", "deux mois ouvrés"),
        (1, "objectifs", "moyens"),
    ],
)
def test_a_changed_word_is_named_with_its_page(page: int, old: str, new: str) -> None:
    found = compare(*changed(page, old, new))
    (difference,) = found.differences
    assert difference.page == page
    assert old.split(maxsplit=1)[0] in difference.expected
    assert new.strip() in difference.found
    assert 0.9 < found.share <= 1.0


def test_several_changes_of_one_page_are_named_one_by_one() -> None:
    pages = changed(2, "12 500", "12 600")
    pages[1] = pages[1].replace("30 juin", "31 juillet")
    assert [item.page for item in compare(*pages).differences] == [2, 2]


def test_a_stamp_at_the_foot_of_each_page_comes_from_the_signing() -> None:
    found = compare(*(f"{page}\nRéf. 4F-{n} / 4" for n, page in enumerate(PAGES)))
    assert found.differences == ()
    assert [item.page for item in found.additions] == [1, 2, 3, 4]


def test_words_added_in_the_middle_of_pages_are_no_stamp() -> None:
    pages = [page.replace("\nPage", "\nSous réserve de signature.\nPage") for page in PAGES[:3]]
    found = compare(*pages, PAGES[3])
    assert [item.page for item in found.differences] == [1, 2, 3]


def test_what_stands_where_one_signs_comes_from_the_signing() -> None:
    found = compare(*changed(4, "l’Agence\n", "l’Agence\nlu et approuvé le 3 mars 2026\n"))
    assert found.differences == ()
    assert "lu et approuvé" in found.additions[0].found


def test_a_change_of_what_is_printed_there_does_not() -> None:
    assert compare(*changed(4, "deux exemplaires", "trois exemplaires")).differences[0].page == 4


def test_a_page_of_evidence_comes_from_the_signing_and_another_page_does_not() -> None:
    evidence = compare(*PAGES, "Certificat de réalisation de la signature électronique")
    assert (evidence.differences, evidence.additions[0].page) == ((), 5)
    inserted = compare(PAGES[0], "Article 1 bis – Un article de plus, ajouté ici.", *PAGES[1:])
    assert [item.page for item in inserted.differences] == [2]


def test_a_missing_page_is_named_where_it_should_be() -> None:
    found = compare(PAGES[0], *PAGES[2:])
    (difference,) = found.differences
    assert difference.page == 2
    assert "Article 2" in difference.expected
    assert difference.found == ""


def test_a_scanned_page_is_named_and_compared_with_nothing() -> None:
    found = compare(PAGES[0], "", *PAGES[2:])
    assert found == SignedText((), (), (2,), 1.0)


def test_a_file_without_any_text_was_not_compared() -> None:
    assert compare("", " \n", "").blank_pages == (1, 2, 3)
    assert compare("", "").share == 0


def test_another_contract_agrees_in_little() -> None:
    assert compare(*(page[::-1] for page in PAGES)).share < 0.5
