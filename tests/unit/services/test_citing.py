"""Where an article is cited: library, profiles, stored versions."""

import pytest

from contract_builder.errors import UserError
from contract_builder.services.citing import find_citing_places, find_citing_versions
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file, damage_stored_contract
from tests.unit.services.kept_contracts import keep, keep_sample, made_contract


def test_clauses_and_profiles_that_cite_an_article_are_found(project: Project) -> None:
    change_file(
        project.root / PROFILE,
        "{nature: MIG, intitule: Consultation mémoire,",
        "{nature: MIG, intitule: Consultation mémoire, references: [CSP L6114-1],",
    )
    wanted, places = find_citing_places(project, "art. L. 6114-1 du CSP")
    assert wanted == ("CSP", "L6114-1")
    assert [(item.kind, item.id, item.how) for item in places] == [
        ("clause", "duree", "direct"),
        ("clause", "objet", "direct"),
        ("profil", "valmont", "direct"),
    ]


@pytest.mark.parametrize("text", ["L6114-1", "CSP", "CSP L6114-1 et CSP L6114-2"])
def test_a_question_that_names_no_single_article_is_refused(project: Project, text: str) -> None:
    with pytest.raises(UserError, match="ne nomme pas un article"):
        find_citing_places(project, text)


def test_stored_versions_are_found_by_section_and_unreadable_ones_told(project: Project) -> None:
    assert find_citing_versions(project, "CSP", "L6114-1") == ((), ())
    version = keep(project, made_contract(project))
    keep_sample(project, "sans article")
    (found,), unread = find_citing_versions(project, "CSP", "L6114-1")
    assert found.reference == str(version.reference)
    assert found.sections == (("objet", "direct"), ("duree", "direct"))
    assert unread == ()
    project.close()
    damage_stored_contract(project.root, 1)
    nothing, unread = find_citing_versions(project, "CSP", "L6114-1")
    assert (nothing, len(unread)) == ((), 2)
