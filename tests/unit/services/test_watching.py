"""The articles that the library cites and that ask for a look."""

from datetime import date

from contract_builder.services.presenting import LibraryReview
from contract_builder.services.project import Project
from contract_builder.services.watching import WatchedArticle, list_watched_articles
from tests.mini_project import change_file

CODE = "clause_library/references/csp.yaml"
OBJECT = "clause_library/corps/objet.md"


def _watched(project: Project, on: date) -> dict[str, WatchedArticle]:
    problems = LibraryReview(project).problems(on)
    return {item.name: item for item in list_watched_articles(project, on, problems)}


def test_an_article_that_was_read_lately_asks_for_nothing(project: Project) -> None:
    assert _watched(project, date(2024, 6, 1)) == {}


def test_an_article_not_read_for_two_years_is_told_with_the_texts_that_cite_it(
    project: Project,
) -> None:
    (found,) = _watched(project, date(2026, 6, 1)).values()
    assert (found.name, found.is_known, found.is_gone) == ("CSP L6114-1", True, False)
    assert found.reasons == ("Lu pour la dernière fois dans l’état du 6\u00a0décembre\u00a02023.",)
    assert {text.id for text in found.texts} == {"objet", "duree"}


def test_an_article_that_is_gone_or_unknown_comes_first(project: Project) -> None:
    change_file(project.root / OBJECT, "[CSP L6114-1]", "[CSP L6114-1, CSP L6114-7]")
    change_file(
        project.root / CODE,
        "    verifie_le: 2023-12-06\n",
        "    jusqu_au: 2026-12-31\n    fin_constatee: 2026-01-01\n    verifie_le: 2026-01-01\n",
    )
    names = list(_watched(project, date(2027, 1, 1)))
    assert names == ["CSP L6114-1", "CSP L6114-7"]
    today = _watched(project, date(2026, 6, 1))
    assert not today["CSP L6114-1"].is_gone
    assert today["CSP L6114-1"].reasons == ("Change le 1er\u00a0janvier\u00a02027.",)
    assert (today["CSP L6114-7"].is_known, today["CSP L6114-7"].is_gone) == (False, True)
