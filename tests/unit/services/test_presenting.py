"""An item of the library with all that is known of it."""

from datetime import date

from contract_builder.services.presenting import (
    LibraryItem,
    LibraryReview,
    compare_texts,
    find_item,
)
from contract_builder.services.project import Project
from tests.mini_project import change_file

DAY = date(2026, 3, 1)


def _find(project: Project, kind: str, name: str) -> LibraryItem | None:
    return find_item(project, kind, name, DAY, LibraryReview(project).problems(DAY))


def test_a_clause_tells_its_text_its_condition_its_articles_and_its_source(
    project: Project,
) -> None:
    item = _find(project, "clause", "duree")
    assert item is not None
    assert item.audience == "contrats conclus avec : établissement"
    (version,) = item.versions
    assert version.days == "depuis le 20\u00a0novembre\u00a02020"
    assert "[date d’effet]" in version.text
    words = "Public ou Privé d’intérêt collectif (ESPIC)"
    assert version.condition == f"statut de l’établissement : {words}"
    assert [(article.name, article.is_sound) for article in version.articles] == [
        ("CSP L6114-1", True)
    ]
    assert version.file == "clause_library/corps/duree@2020-11-20.md"


def test_the_versions_of_a_clause_come_in_time_and_one_is_in_force(project: Project) -> None:
    path = project.root / "clause_library/corps/duree@2020-11-20.md"
    later = path.read_text("utf-8").replace("2020-11-20", "2026-07-01")
    path.with_name("duree@2026-07-01.md").write_text(later, "utf-8")
    change_file(
        path,
        "en_vigueur_du: 2020-11-20\n",
        "en_vigueur_du: 2020-11-20\nen_vigueur_au: 2026-06-30\n",
    )
    item = _find(project, "clause", "duree")
    assert item is not None
    assert [(version.name, version.holds) for version in item.versions] == [
        ("2020-11-20", True),
        ("2026-07-01", False),
    ]
    assert item.versions[0].days == "du 20\u00a0novembre\u00a02020 au 30\u00a0juin\u00a02026"


def test_a_sheet_is_shown_in_its_catalogue_with_its_campaign(project: Project) -> None:
    item = _find(project, "fiche", "DEMO_1")
    assert item is not None
    assert item.versions[0].name == "demo"
    assert item.versions[0].sheet is not None
    assert item.audience.startswith("campagnes : ")


def test_an_article_tells_the_texts_that_cite_it_and_its_own_problems(project: Project) -> None:
    item = _find(project, "reference", "CSP L6114-1")
    assert item is not None
    assert {(text.kind, text.id) for text in item.cited_in} == {
        ("clause", "duree"),
        ("clause", "objet"),
    }
    assert [problem.code for problem in item.versions[0].problems] == ["reference-a-reverifier"]


def test_what_is_not_in_the_library_is_not_found(project: Project) -> None:
    for kind, name in (("clause", "../objet"), ("reference", "CSP L1"), ("modele", "objet")):
        assert _find(project, kind, name) is None


def test_two_texts_are_compared_word_by_word() -> None:
    words = compare_texts("Conclu pour cinq ans.", "Conclu pour trois ans.")
    assert ("delete", "cinq") in words
    assert ("insert", "trois") in words


def test_the_review_follows_the_files(project: Project) -> None:
    review = LibraryReview(project)
    before = review.problems(DAY)
    change_file(project.root / "clause_library/corps/objet.md", "[](#duree)", "[](#perdu)")
    project.refresh()
    added = [problem.code for problem in review.problems(DAY) if problem not in before]
    assert "renvoi-inconnu" in added
