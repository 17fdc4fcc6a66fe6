"""Problems of an edited text, each at its field or at its line."""

from copy import deepcopy

from contract_builder.services.authoring import try_library
from contract_builder.services.placing import place_problems
from contract_builder.services.project import Project
from contract_builder.services.revisable import (
    BODY,
    TextWording,
    open_new_article,
    open_revised_text,
)
from contract_builder.services.revising import compose_change


def test_a_problem_is_placed_in_the_body_and_in_a_field(project: Project) -> None:
    text = open_revised_text(project, "clause", "objet", "2018-01-01")
    assert text is not None
    tree = {**text.wording.tree, "references": ["CSP L 6114-1"]}
    wording = TextWording(tree, f"{text.wording.body}\n\n{{{{ perdu }}}}")
    texts = compose_change(text, wording)
    placed = place_problems(text, texts, try_library(project, texts).problems)
    assert {(item.path, item.line) for item in placed if item.problem.severity == "erreur"} == {
        (BODY, 4),
        ("references.0", 0),
    }


def test_an_incomplete_article_is_refused_at_its_field(project: Project) -> None:
    text = open_new_article(project, "CSP L6114-2")
    texts = compose_change(text, text.wording)
    placed = place_problems(text, texts, try_library(project, texts).added)
    assert {item.problem.code for item in placed} == {"cle-manquante"}


def test_a_plan_that_names_no_clause_is_refused_at_its_part(project: Project) -> None:
    text = open_revised_text(project, "plan", "etablissement", "")
    assert text is not None
    assert open_revised_text(project, "plan", "absent", "") is None
    tree = deepcopy(dict(text.wording.tree))
    parts = tree["contenu"]
    assert isinstance(parts, list)
    part = parts[0]
    assert isinstance(part, dict)
    part["clauses"] = ["objet", "perdue"]
    texts = compose_change(text, TextWording(tree))
    placed = place_problems(text, texts, try_library(project, texts).added)
    assert [(item.path, item.problem.code) for item in placed] == [
        ("contenu.0.clauses.1", "clause-inconnue")
    ]
