"""A clause and a sheet that the library had not: tried, written with their place, taken away."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.reading.tree import Tree
from contract_builder.services.adding import (
    check_new_text,
    compose_addition,
    find_sheet_setting,
    list_sheet_settings,
    name_new_text,
    open_new_clause,
    open_new_sheet,
    propose_clause_id,
    propose_sheet_code,
    save_addition,
    withdraw_addition,
)
from contract_builder.services.authoring import try_contract, try_library
from contract_builder.services.checking import check_project
from contract_builder.services.holding import SignedHoldings
from contract_builder.services.making import prepare
from contract_builder.services.planning import PlanPlace
from contract_builder.services.project import Project
from contract_builder.services.revisable import RevisedText, TextWording, open_revised_text
from contract_builder.services.revising import SavedBy
from tests.mini_project import PROFILE
from tests.unit.services.kept_contracts import keep, made_contract

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
BY = SavedBy("administratrice", AT, "")
PLACE = PlanPlace("etablissement", "article-objet", "objet")
CLAUSE: dict[str, Tree] = {
    "id": "engagement-telesante",
    "titre": "Télésanté",
    "en_vigueur_du": "2025-01-01",
    "references": ["CSP L6114-1"],
}
BODY = "{{ etablissement.raison_sociale }} développe la télésanté (article L. 6114-1 du CSP)."
SHEET: dict[str, Tree] = {
    "code": "DEMO_2",
    "intitule": "Nombre de téléconsultations",
    "objectifs": ["Développer la télésanté"],
    "indicateur": {"type": "quantitatif", "definition": "Nombre de téléconsultations"},
    "cibles": [
        {
            "categorie": category,
            "valeurs": {
                year: {"texte": "10", "type": "nombre", "valeur": "10"} for year in ("2025", "2026")
            },
        }
        for category in ("grands", "petits")
    ],
    "source": {"document": "modele"},
}


def _clause(
    project: Project, tree: dict[str, Tree] = CLAUSE, body: str = BODY
) -> tuple[RevisedText, TextWording]:
    wording = TextWording(tree, body)
    text = open_new_clause(project, PLACE, date(2025, 1, 1))
    return name_new_text(project, text, wording), wording


def _sheet(project: Project, tree: dict[str, Tree] = SHEET) -> tuple[RevisedText, TextWording]:
    wording = TextWording(tree, "Le contexte.")
    return name_new_text(project, open_new_sheet(project, "demo"), wording), wording


def _printed(project: Project) -> str:
    assembly = prepare(project, project.root / PROFILE).assembly
    assert assembly is not None
    return str([section.title for section in assembly.contract.iter_sections()])


def test_a_clause_is_added_with_its_place_and_a_contract_prints_it(project: Project) -> None:
    text, wording = _clause(project)
    assert text.is_new
    assert check_new_text(project, text, wording) == {}
    texts = compose_addition(project, text, wording, PLACE)
    assert try_contract(project, texts, project.root / PROFILE).changes
    assert "Télésanté" not in _printed(project)
    save_addition(project, text, wording, BY, PLACE)
    assert "Télésanté" in _printed(project)
    assert not [item for item in check_project(project) if item.severity == "erreur"]
    plan = project.get_library().outlines["etablissement"]
    assert plan.contenu[0].clauses == ("objet", "engagement-telesante")
    file = (project.root / "clause_library/corps/engagement-telesante.md").read_text("utf-8")
    assert file.startswith("---\nid: engagement-telesante\ntitre: Télésanté\nen_vigueur_du: 2025")
    with pytest.raises(UserError, match="a déjà"):
        save_addition(project, text, wording, BY, PLACE)


@pytest.mark.parametrize(("after", "found"), [("", ("nouvelle", "objet")), ("objet", None)])
def test_a_clause_comes_where_one_says(
    project: Project, after: str, found: tuple[str, ...] | None
) -> None:
    text, wording = _clause(project, {**CLAUSE, "id": "nouvelle"})
    save_addition(project, text, wording, BY, PlanPlace("etablissement", "article-objet", after))
    plan = project.get_library().outlines["etablissement"]
    assert plan.contenu[0].clauses == (found or ("objet", "nouvelle"))


@pytest.mark.parametrize(
    "place",
    [
        PlanPlace("perdu", "article-objet"),
        PlanPlace("etablissement", "strategie"),
        PlanPlace("etablissement", "../objet"),
        PlanPlace("etablissement", "article-objet", "perdue"),
    ],
)
def test_a_place_that_is_not_in_the_plan_is_refused(project: Project, place: PlanPlace) -> None:
    text, wording = _clause(project)
    with pytest.raises(UserError):
        compose_addition(project, text, wording, place)


@pytest.mark.parametrize(
    ("changed", "body", "field"),
    [
        ({"id": "Télé santé"}, BODY, "id"),
        ({"id": "../../x"}, BODY, "id"),
        ({"id": "objet"}, BODY, "id"),
        ({"id": "article-objet"}, BODY, "id"),
        ({"en_vigueur_du": ""}, BODY, "en_vigueur_du"),
        ({}, "  \n", "texte"),
    ],
)
def test_what_a_clause_lacks_is_told_at_its_field(
    project: Project, changed: dict[str, Tree], body: str, field: str
) -> None:
    text, wording = _clause(project, {**CLAUSE, **changed}, body)
    assert list(check_new_text(project, text, wording)) == [field]


def test_a_clause_that_would_break_the_library_is_not_written(project: Project) -> None:
    text, wording = _clause(project, body="{{ contrat.perdu }}")
    with pytest.raises(ProblemsError):
        save_addition(project, text, wording, BY, PLACE)
    assert not text.file.path.exists()
    assert len(project.get_library().outlines["etablissement"].contenu[0].clauses) == 1


def test_names_and_codes_are_proposed_and_never_taken_twice(project: Project) -> None:
    assert propose_clause_id(project, "Engagement : télésanté") == "engagement-telesante"
    assert propose_clause_id(project, "Objet") == "objet-2"
    assert propose_sheet_code(project, "demo") == "DEMO_2"
    assert propose_sheet_code(project, "perdu") == ""
    (setting,) = list_sheet_settings(project)
    assert (setting.years, dict(setting.categories)["grands"]) == ((2025, 2026), "Plus de 500 lits")
    assert find_sheet_setting(project, "perdu") is None


def test_a_sheet_is_added_and_opens_in_its_catalogue(project: Project) -> None:
    text, wording = _sheet(project)
    assert check_new_text(project, text, wording) == {}
    trial = try_library(project, compose_addition(project, text, wording))
    assert trial.added == ()
    save_addition(project, text, wording, BY)
    assert project.get_library().fiches["demo"]["DEMO_2"].header.cibles[0].categorie == "grands"
    blank, wording = _sheet(project, {"code": "demo 2", "objectifs": []})
    assert list(check_new_text(project, blank, wording)) == [
        "code",
        "intitule",
        "objectifs",
        "indicateur.definition",
        "source.document",
    ]
    with pytest.raises(UserError, match="catalogue"):
        open_new_sheet(project, "../demo")


def test_a_blank_target_of_a_new_sheet_is_told_by_the_checks_of_the_library(
    project: Project,
) -> None:
    row: Tree = {"categorie": "grands", "valeurs": {"2025": {"texte": "10", "type": "nombre"}}}
    text, wording = _sheet(project, {**SHEET, "cibles": [row]})
    added = try_library(project, compose_addition(project, text, wording)).added
    assert {problem.code for problem in added} == {"cible-incoherente", "cible-manquante"}


def test_what_nobody_signed_or_chose_is_taken_away_with_its_place(project: Project) -> None:
    holdings = SignedHoldings(project)
    for text, wording in (_clause(project), _sheet(project)):
        place = PLACE if text.kind == "clause" else None
        save_addition(project, text, wording, BY, place)
        added = open_revised_text(project, text.kind, text.id, text.version)
        assert added is not None
        assert added.is_only
        withdraw_addition(project, added, SavedBy("a", AT, added.file.sha256), holdings)
        assert open_revised_text(project, text.kind, text.id, text.version) is None
        assert not text.file.path.exists()
    assert project.get_library().outlines["etablissement"].contenu[0].clauses == ("objet",)


def test_what_is_signed_chosen_or_named_elsewhere_is_not_taken_away(project: Project) -> None:
    holdings = SignedHoldings(project)
    sheet = open_revised_text(project, "fiche", "DEMO_1", "demo")
    duration = open_revised_text(project, "clause", "duree", "2020-11-20")
    assert sheet is not None
    assert duration is not None
    with pytest.raises(UserError, match="a choisi cette fiche"):
        withdraw_addition(project, sheet, SavedBy("a", AT, sheet.file.sha256), holdings)
    keep(project, made_contract(project), "signe")
    with pytest.raises(UserError, match="contrat signé"):
        withdraw_addition(project, duration, SavedBy("a", AT, duration.file.sha256), holdings)


def test_nothing_is_ever_written_outside_the_folders_of_the_library(project: Project) -> None:
    text, _ = _clause(project, {**CLAUSE, "id": "x"})
    assert text.file.path.parent == project.root / "clause_library" / "corps"
    annex = open_new_clause(project, PlanPlace("etablissement", "signatures"), date(2025, 1, 1))
    assert Path(annex.file.name).parts[:2] == ("clause_library", "corps")
