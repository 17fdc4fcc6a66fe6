"""ARHGOS gives a profile its authorisations and recognitions; wrong codes stop the import."""

from datetime import date

import pytest

from tests.registry_workspace import CLINIC, HOSPITAL, HOSPITAL_SITE, Workspace, codes, read_sample


@pytest.fixture
def imported(workspace: Workspace) -> Workspace:
    workspace.load("finess", "entites.xml", "sites.xml")
    return workspace


def test_authorisations_come_with_their_dates_and_equipment(imported: Workspace) -> None:
    plan = imported.load("arhgos", "arhgos.xml")
    assert codes(plan.problems) == ["etablissements-absents"]
    first, second = imported.profile(HOSPITAL).autorisations
    assert (first.key, first.finess_et, first.statut) == ("99-99-10", HOSPITAL_SITE, "02")
    assert first.quintuplet == ("QA001", "MO000", "ME000", "PTS00", "DE015")
    assert (first.date_effet, first.date_fin) == (date(2023, 7, 1), date(2030, 12, 31))
    assert first.date_caducite == date(2031, 1, 1)
    assert (second.statut, second.equipements) == ("01", {"irm": 1})


def test_the_open_activities_give_the_same_lines(imported: Workspace) -> None:
    imported.load("arhgos", "activites.json")
    (only,) = imported.profile(HOSPITAL).autorisations
    assert (only.key, only.date_limite) == ("99-99-10", date(2026, 6, 15))


def test_a_new_flow_replaces_the_lines_of_the_old_one(imported: Workspace) -> None:
    imported.load("arhgos", "arhgos.xml")
    text = read_sample("arhgos.xml").replace("99-99-11", "99-99-12")
    plan = imported.load("arhgos", imported.write("arhgos.xml", text))
    keys = [item.key for item in imported.profile(HOSPITAL).autorisations]
    assert keys == ["99-99-10", "99-99-12"]
    kinds = {(change.kind, change.path.split("]")[0]) for change in plan.entities[0].changes}
    assert kinds == {("ajout", "autorisations[99-99-12"), ("retrait", "autorisations[99-99-11")}


def test_authorisations_do_not_touch_recognitions_nor_the_other_way(imported: Workspace) -> None:
    imported.load("arhgos", "arhgos.xml")
    imported.load("arhgos", "reconnaissances.xml")
    profile = imported.profile(HOSPITAL)
    assert len(profile.autorisations) == 2
    (recognition,) = profile.reconnaissances
    assert (recognition.code, recognition.activite, recognition.capacite) == (
        "99-00-RC00001",
        "Soins palliatifs",
        4,
    )
    assert (recognition.date_debut, recognition.date_fin) == (date(2019, 4, 1), date(2023, 12, 31))


def test_suppressed_recognitions_are_set_aside_and_counted(imported: Workspace) -> None:
    plan = imported.load("arhgos", "reconnaissances.xml")
    notes = [problem.message for problem in plan.problems if problem.code == "lignes-laissees"]
    assert notes == ["1 ligne laissée de côté : ces reconnaissances sont supprimées."]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("<activite>QA001", "<activite>QA999", "activite"),
        ("<modalite>MO000", "<modalite>MO999", "modalite"),
        ("<mention>ME000", "<mention>ME999", "mention"),
        ("<pts>PTS00", "<pts>PTS99", "pts"),
        ("<declaration>DE015", "<declaration>DE999", "declaration"),
        ("_code>02", "_code>07", "statut_autorisation_code"),
    ],
)
def test_an_unknown_code_is_an_error_at_its_line(
    old: str, new: str, column: str, imported: Workspace
) -> None:
    path = imported.write("arhgos.xml", read_sample("arhgos.xml").replace(old, new, 1))
    plan = imported.plan("arhgos", path)
    (problem,) = [item for item in plan.problems if item.severity == "erreur"]
    assert (problem.code, problem.place.line) == ("code-de-registre-inconnu", 9)
    assert f"« {column} »" in problem.message


def test_a_code_that_is_right_for_its_activity_alone_is_known(imported: Workspace) -> None:
    text = read_sample("arhgos.xml").replace("QA001", "QA012", 1).replace("MO000", "MO026", 1)
    plan = imported.plan("arhgos", imported.write("arhgos.xml", text))
    assert "code-de-registre-inconnu" not in codes(plan.problems)


def test_a_site_outside_the_profile_is_told_and_imported(imported: Workspace) -> None:
    text = read_sample("arhgos.xml").replace(HOSPITAL_SITE, "991000050", 1)
    plan = imported.load("arhgos", imported.write("arhgos.xml", text))
    (warning,) = [item for item in plan.problems if item.code == "site-non-rattache"]
    assert (warning.severity, warning.place.line) == ("avertissement", 9)
    assert imported.profile(HOSPITAL).autorisations[0].finess_et == "991000050"


def test_a_line_given_twice_is_an_error(imported: Workspace) -> None:
    plan = imported.plan("arhgos", "arhgos.xml", imported.write("b.xml", read_sample("arhgos.xml")))
    errors = [item for item in plan.problems if item.severity == "erreur"]
    assert codes(errors) == ["ligne-en-double", "ligne-en-double"]
    assert "arhgos.xml, ligne 9" in errors[0].message


def test_a_number_shared_by_two_sites_is_kept_twice(imported: Workspace) -> None:
    """An authorisation granted to an entity may be set up on several sites."""
    text = read_sample("arhgos.xml").replace("99-99-11", "99-99-10")
    imported.load("arhgos", imported.write("arhgos.xml", text))
    layer = imported.layer(HOSPITAL).read_text(encoding="utf-8")
    assert '"autorisations[99-99-10]"' in layer
    assert '"autorisations[99-99-10 n° 2]"' in layer
    assert len(imported.profile(HOSPITAL).autorisations) == 2


def test_other_establishments_lines_are_counted_not_imported(imported: Workspace) -> None:
    text = read_sample("arhgos.xml").replace(f"<nofinessej>{HOSPITAL}", "<nofinessej>991000084")
    plan = imported.plan("arhgos", imported.write("arhgos.xml", text))
    assert plan.entities == ()
    notes = [item.message for item in plan.problems if item.code == "lignes-laissees"]
    assert notes == ["2 lignes laissées de côté : aucun profil n’a ce numéro d’entité juridique."]


def test_the_former_nomenclature_is_told_not_imported(imported: Workspace) -> None:
    plan = imported.plan("arhgos", "activites-anciennes.xml", "equipements.xml")
    assert codes(plan.problems).count("autorisations-anciennes") == 2
    assert plan.entities == ()


def test_profiles_that_a_flow_forgets_keep_their_lines(imported: Workspace) -> None:
    imported.load("arhgos", "arhgos.xml")
    text = read_sample("arhgos.xml").replace(f"<nofinessej>{HOSPITAL}", f"<nofinessej>{CLINIC}")
    plan = imported.load("arhgos", imported.write("arhgos.xml", text))
    assert "etablissements-absents" in codes(plan.problems)
    assert len(imported.profile(HOSPITAL).autorisations) == 2
