"""What a change of law reaches, asked of a project without and with a store."""

from datetime import date

import pytest

from contract_builder.errors import UserError
from contract_builder.services.impacting import ImpactRequest, find_impact
from contract_builder.services.project import Project
from tests.mini_project import change_file

TODAY = date(2026, 3, 1)


def announce_abrogation(project: Project) -> None:
    """Makes the registry say that the article is abrogated on 2027-01-01."""
    change_file(
        project.root / "clause_library/references/csp.yaml",
        "    depuis: 2018-01-01\n    verifie_le: 2023-12-06\n    source: Légifrance\n",
        "    depuis: 2018-01-01\n    jusqu_au: 2026-12-31\n    verifie_le: 2023-12-06\n"
        "  - article: L6114-1\n    objet: Contrat\n    statut: abroge\n    depuis: 2027-01-01\n"
        "    modifie_par: Loi n° 1\n    verifie_le: 2023-12-06\n",
    )


def test_without_a_day_the_next_announced_change_is_looked_at(project: Project) -> None:
    announce_abrogation(project)
    impact = find_impact(project, ImpactRequest("CSP L6114-1", TODAY))
    assert impact.on == date(2027, 1, 1)
    assert impact.change is not None
    assert impact.change.kind == "abroge"
    assert {(item.id, item.verdict.need) for item in impact.texts} == {
        ("objet", "reprendre"),
        ("duree", "reprendre"),
    }
    assert [(item.name, item.verdict.need) for item in impact.drafts] == [
        ("profiles/valmont.yaml", "reprendre")
    ]
    assert impact.contracts == ()


def test_an_article_that_does_not_change_asks_nothing_of_drafts(project: Project) -> None:
    impact = find_impact(project, ImpactRequest("CSP L6114-1", TODAY))
    assert impact.on == TODAY
    assert impact.texts == ()
    assert [item.verdict.need for item in impact.drafts] == ["rien"]


def test_what_names_no_article_is_refused(project: Project) -> None:
    with pytest.raises(UserError, match="ne nomme pas un article"):
        find_impact(project, ImpactRequest("un décret", TODAY))
