"""The texts that can be revised, opened as their files say them."""

import pytest

from contract_builder.services.project import Project
from contract_builder.services.revisable import list_values, open_new_article, open_revised_text


@pytest.mark.parametrize(
    ("kind", "name", "version"),
    [
        ("clause", "objet", "2018-01-01"),
        ("fiche", "DEMO_1", "demo"),
        ("reference", "CSP L6114-1", "2018-01-01"),
        ("plan", "etablissement", ""),
        ("campagne", "demo", ""),
    ],
)
def test_every_kind_of_text_is_opened_by_its_name_and_no_other(
    project: Project, kind: str, name: str, version: str
) -> None:
    text = open_revised_text(project, kind, name, version)
    assert text is not None
    assert (text.kind, text.id, text.is_new) == (kind, name, False)
    assert text.wording.tree
    assert text.is_whole_file == (kind in ("plan", "campagne"))
    assert bool(text.wording.body) == (kind in ("clause", "fiche"))
    assert open_revised_text(project, kind, "../objet", version) is None
    assert open_revised_text(project, kind, name, "x") is None
    assert open_revised_text(project, "profil", name, version) is None


def test_an_article_that_the_registry_has_not_is_new(project: Project) -> None:
    assert open_new_article(project, "CSP L6114-2").is_new


def test_every_value_that_a_clause_may_print_is_listed_with_its_name() -> None:
    values = dict(list_values())
    assert values["{{ contrat.date_effet }}"] == "date d’effet"
    assert values["{{ tableau.sites }}"] == "tableau : sites"
