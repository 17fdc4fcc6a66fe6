"""The plan of a contract: its parts with their clauses, and a place that is taken or left."""

from contract_builder.services.planning import (
    PlanPlace,
    get_plan_entry,
    list_plan_parts,
    open_plan,
    put_in_plan,
    take_out_of_plan,
)
from contract_builder.services.project import Project

PLACE = PlanPlace("etablissement", "article-objet", "objet")


def test_the_parts_that_hold_clauses_are_listed_with_their_titles(project: Project) -> None:
    parts = list_plan_parts(project)
    assert [part.id for part in parts] == ["article-objet", "duree", "signatures"]
    assert parts[0].clauses == (("objet", "Objet du contrat"),)
    assert (parts[0].kind, parts[0].title) == ("article", "Objet")


def test_a_clause_comes_into_a_plan_and_leaves_it_and_comments_stay(project: Project) -> None:
    path = project.root / "clause_library/outlines/etablissement.yaml"
    path.write_text(f"# L’ordre est celui du document.\n{path.read_text('utf-8')}", "utf-8")
    project.refresh()
    plan = open_plan(project, "etablissement")
    assert get_plan_entry(project, PLACE).titre == "Objet"
    with_it = put_in_plan(project, plan, PLACE, "nouvelle")
    assert "clauses: [objet, nouvelle]" in with_it
    assert with_it.startswith("# L’ordre est celui du document.\n")
    assert take_out_of_plan(plan, "objet").count("clauses: []") == 1
