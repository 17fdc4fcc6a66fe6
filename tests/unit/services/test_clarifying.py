"""What is known of one part of a contract."""

from dataclasses import replace
from datetime import date

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.clarifying import clarify_part
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file

TODAY = date(2026, 11, 30)
NEWER = """\
  - article: L6114-1
    objet: Conclusion, durée et évaluation du contrat
    statut: en_vigueur
    depuis: 2026-06-01
    verifie_le: 2026-06-02
    source: Légifrance
"""
VARIANT = """\
variantes:
  - {clause: objet, texte: Autre objet., auteur: Direction, le: 2025-05-02}
"""


def test_a_clause_says_why_since_when_from_what_and_what_it_cites(project: Project) -> None:
    facts = clarify_part(project, prepare(project, project.root / PROFILE), "duree", TODAY)
    assert (facts.kind, facts.is_retained) == ("clause", True)
    assert "public" in facts.reason
    assert facts.conditions[0].outcome is True
    assert [(item.since, item.is_used) for item in facts.states] == [(date(2020, 11, 20), True)]
    assert facts.document
    (cited,) = facts.cited
    assert (cited.article, cited.standing, cited.is_in_force) == ("CSP L6114-1", "en vigueur", True)
    assert "{{ contrat.date_effet" in facts.standard
    assert facts.negotiated == ""


def test_a_change_of_law_since_the_effect_is_told(project: Project) -> None:
    law = project.root / "clause_library" / "references" / "csp.yaml"
    change_file(law, "depuis: 2018-01-01", "depuis: 2018-01-01\n    jusqu_au: 2026-05-31")
    with law.open("a", encoding="utf-8") as stream:
        stream.write(NEWER)
    facts = clarify_part(project, prepare(project, project.root / PROFILE), "duree", TODAY)
    assert [item.change for item in facts.cited] == ["modifié le 1er\u00a0juin\u00a02026"]


def test_a_negotiated_clause_says_it_and_so_do_the_others(project: Project) -> None:
    plain = prepare(project, project.root / PROFILE)
    with (project.root / PROFILE).open("a", encoding="utf-8") as stream:
        stream.write(VARIANT)
    project.refresh()
    prepared = prepare(project, project.root / PROFILE)
    facts = clarify_part(project, prepared, "objet", TODAY)
    assert facts.negotiated.startswith("négociée le 2")
    assert facts.standard.strip().startswith("Le présent contrat")
    assert prepared.profile is not None
    terms = replace(prepared.profile.contrat, code="990000119AA")
    others = {"ailleurs": replace(prepared.profile, contrat=terms)}
    (other,) = clarify_part(project, plain, "objet", TODAY, others).elsewhere
    assert (other.profile, "Direction" in other.told) == ("ailleurs", True)


def test_a_sheet_is_known_by_its_section_and_an_unknown_part_is_told(project: Project) -> None:
    prepared = prepare(project, project.root / PROFILE)
    assert clarify_part(project, prepared, "demo-1", TODAY).kind == "fiche"
    assert clarify_part(project, prepared, "strategie", TODAY).kind == "partie"
    with pytest.raises(UserError, match="n’est pas une partie"):
        clarify_part(project, prepared, "../objet", TODAY)


def test_a_profile_with_errors_has_no_part(project: Project) -> None:
    change_file(project.root / PROFILE, "2025-07-01", "jamais")
    with pytest.raises(ProblemsError):
        clarify_part(project, prepare(project, project.root / PROFILE), "objet", TODAY)
