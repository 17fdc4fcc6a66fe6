"""Stored contracts beside their standard text and the law of a day."""

from dataclasses import replace
from datetime import date

import pytest

from contract_builder.errors import UserError
from contract_builder.services.departing import DepartureRequest, examine_contracts
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file, damage_stored_contract
from tests.unit.services.kept_contracts import keep, made_contract

DAY = date(2026, 6, 1)
NEGOTIATED = (
    "{code: DEMO_1, cibles: [{annee: 2025, texte: '4', type: nombre, valeur: '4', "
    "motif: Ouverture en mars, auteur: le chargé de contractualisation}]}"
)


def test_a_contract_as_the_library_makes_it_does_not_depart(project: Project) -> None:
    keep(project, made_contract(project))
    (examined,) = examine_contracts(project, DepartureRequest(DAY)).contracts
    assert (examined.clauses, examined.targets, examined.references) == ((), (), ())
    assert examined.sheets == ("DEMO_1",)


def test_a_reworded_clause_and_a_negotiated_target_are_told(project: Project) -> None:
    change_file(project.root / PROFILE, "{code: DEMO_1}", NEGOTIATED)
    keep(project, made_contract(project))
    change_file(
        project.root / "clause_library" / "corps" / "duree@2020-11-20.md",
        "prend fin le",
        "s’achève le",
    )
    project.refresh()
    (examined,) = examine_contracts(project, DepartureRequest(DAY)).contracts
    (clause,) = examined.clauses
    assert (clause.section, clause.kind) == ("duree", "retouchee")
    (target,) = examined.targets
    assert (target.sheet, target.year, target.text) == ("DEMO_1", 2025, "4")
    assert target.standard.replace("\u00a0", " ") == "1 programme"


def test_an_article_that_changed_since_the_date_of_effect_is_told_with_its_places(
    project: Project,
) -> None:
    keep(project, made_contract(project))
    registry = project.root / "clause_library" / "references" / "csp.yaml"
    change_file(
        registry, "    depuis: 2018-01-01\n", "    depuis: 2018-01-01\n    jusqu_au: 2026-03-31\n"
    )
    with registry.open("a", encoding="utf-8") as file:
        file.write(
            "  - article: L6114-1\n    objet: Conclusion\n    statut: en_vigueur\n"
            "    depuis: 2026-04-01\n    modifie_par: Loi de démonstration\n"
            "    verifie_le: 2026-05-01\n    source: Légifrance\n"
        )
    project.refresh()
    (examined,) = examine_contracts(project, DepartureRequest(DAY)).contracts
    (cited,) = examined.references
    assert (cited.code, cited.article) == ("CSP", "L6114-1")
    assert cited.cited_in == ("Article 1", "Article 2")
    earlier = examine_contracts(project, DepartureRequest(date(2026, 3, 31)))
    assert earlier.contracts[0].references == ()


def test_the_last_version_of_each_contract_is_examined_or_the_last_of_a_status(
    project: Project,
) -> None:
    contract = made_contract(project)
    keep(project, contract, "signe")
    keep(project, replace(contract, header=replace(contract.header, version=2)))
    assert [
        item.reference for item in examine_contracts(project, DepartureRequest(DAY)).contracts
    ] == ["990000010@2"]
    signed = examine_contracts(project, DepartureRequest(DAY, status="signe"))
    assert [item.reference for item in signed.contracts] == ["990000010@1"]
    assert examine_contracts(project, DepartureRequest(DAY, campaign="autre")).contracts == ()


def test_what_cannot_be_examined_is_told(project: Project) -> None:
    with pytest.raises(UserError, match="Aucune version"):
        examine_contracts(project, DepartureRequest(DAY))
    keep(project, made_contract(project))
    project.close()
    damage_stored_contract(project.root, 1)
    found = examine_contracts(project, DepartureRequest(DAY))
    assert found.contracts == ()
    assert "« 990000010@1 » n’a pas été examinée" in found.unread[0].replace("\u00a0", " ")
