"""The plan of a contract: its parts with their clauses, and a place that is taken or left."""

from dataclasses import replace

import pytest

from contract_builder.errors import UserError
from contract_builder.library.rewriting import read_tree
from contract_builder.services.planning import (
    PlanPlace,
    add_part,
    compose_plan,
    get_plan_entry,
    list_campaigns,
    list_clause_titles,
    list_plan_parts,
    open_plan,
    put_in_plan,
    read_planned_parts,
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


def test_a_plan_put_in_another_order_keeps_what_is_not_shown_of_each_part(
    project: Project,
) -> None:
    tree = read_tree(open_plan(project, "etablissement").text)
    first, duration, *others = read_planned_parts(tree)
    assert compose_plan(tree, (first, duration, *others)) == tree
    moved = compose_plan(tree, (duration, replace(first, title="Objet et portée"), *others))
    parts = moved["contenu"]
    assert isinstance(parts, list)
    assert [part["id"] for part in parts if isinstance(part, dict)][:2] == [
        "duree",
        "article-objet",
    ]
    assert isinstance(parts[1], dict)
    assert parts[1]["titre"] == "Objet et portée"
    assert isinstance(parts[3], dict)
    assert parts[3]["contenu"] == "fiches"
    assert not others[1].holds_clauses


def test_a_new_part_comes_after_those_of_its_kind_with_a_name_and_a_number(
    project: Project,
) -> None:
    tree = read_tree(open_plan(project, "etablissement").text)
    parts = add_part(read_planned_parts(tree), "article", "Durée")
    assert [part.title for part in parts][2] == "Durée"
    parts = add_part(parts, "annexe", "Glossaire")
    composed = compose_plan(tree, parts)["contenu"]
    assert isinstance(composed, list)
    assert composed[2] == {"partie": "article", "id": "duree-2", "titre": "Durée"}
    assert isinstance(composed[-1], dict)
    assert (composed[-1]["numero"], composed[-1]["id"]) == ("A2", "glossaire")
    with pytest.raises(UserError, match="titre"):
        add_part(parts, "article", "")
    with pytest.raises(UserError, match="article"):
        add_part(parts, "chapitre", "Titre")


def test_campaigns_and_clauses_are_listed(project: Project) -> None:
    assert [(item.id, count) for item, count in list_campaigns(project)] == [("demo", 1)]
    assert list_clause_titles(project)["objet"] == "Objet du contrat"
