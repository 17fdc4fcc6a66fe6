"""The library searched as its files are now."""

from contract_builder.services.browsing import LibrarySearch, SearchRequest, list_audiences
from contract_builder.services.project import Project


def test_clauses_sheets_and_references_are_found_by_what_they_print(project: Project) -> None:
    search = LibrarySearch(project)
    assert {item.kind for item in search.search(SearchRequest()).found} >= {"clause", "fiche"}
    found = search.search(SearchRequest("objet")).found
    assert found[0].id == "objet"


def test_a_change_of_the_files_is_found_at_once(project: Project) -> None:
    search = LibrarySearch(project)
    assert search.search(SearchRequest("hippocampe")).found == ()
    clause = next(project.root.glob("clause_library/corps/*.md"))
    clause.write_text(f"{clause.read_text('utf-8')}\nUn hippocampe.\n", "utf-8")
    project.refresh()
    assert [item.kind for item in search.search(SearchRequest("hippocampes")).found] == ["clause"]


def test_a_broken_file_does_not_stop_the_search(project: Project) -> None:
    clause = next(project.root.glob("clause_library/corps/*.md"))
    clause.write_text("---\ntitre: [", "utf-8")
    assert LibrarySearch(project).search(SearchRequest()).found


def test_the_kinds_of_contract_bear_the_name_of_their_party(project: Project) -> None:
    assert list_audiences(project)["etablissement"] == "Établissement"
