"""What an import would change, value by value; what officers wrote stays, to the letter."""

from datetime import date
from pathlib import Path

import pytest

from contract_builder.cli.remedies import word_remedy
from contract_builder.errors import ProblemsError, UserError
from contract_builder.profiles.load import load_profile
from contract_builder.registries.apply import apply_plans
from contract_builder.registries.formats import ImportKind
from contract_builder.registries.layer import Origin
from contract_builder.registries.plan import EntityChange, ImportPlan, ValueChange
from contract_builder.registries.plan_json import import_data
from contract_builder.registries.report import iter_import_lines
from tests.refusing_disk import largest_file
from tests.registry_workspace import (
    CLINIC,
    HOSPITAL,
    HOSPITAL_SITE,
    Workspace,
    codes,
    read_sample,
)

OWN = f"""\
# Le profil de l’hôpital, tenu à la main
type_contrat: etablissement
campagne: occitanie-2025-2029
contrat: {{code: {HOSPITAL}AA, date_effet: 2025-07-01}}   # négocié
etablissement:
  raison_sociale: Hôpital de Valmont (fictif)   # le nom que le directeur préfère
  finess_ej: "{HOSPITAL}"
  statut: public
  categorie: hopital_proximite
autorisations:
  # corrigée au vu de l’arrêté
  - {{numero_arhgos: 99-99-10, date_fin: 2029-06-30}}
  - {{numero_arhgos: 99-99-77, activite: QA007, modalite: MO000, mention: ME000, pts: PTS00,
     declaration: DE000, finess_et: "{HOSPITAL_SITE}", statut: "02"}}
"""


@pytest.fixture
def handmade(workspace: Workspace) -> Workspace:
    workspace.write("profiles/valmont.yaml", OWN)
    return workspace


def snapshot(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_plan_writes_nothing(workspace: Workspace) -> None:
    before = snapshot(workspace.root)
    plan = workspace.plan("finess", "entites.xml", "sites.xml")
    assert [entity.finess for entity in plan.entities] == [HOSPITAL, CLINIC]
    assert snapshot(workspace.root) == before


def test_the_same_import_twice_changes_nothing(workspace: Workspace) -> None:
    files = (
        ("finess", ("entites.xml", "sites.xml")),
        ("arhgos", ("arhgos.xml", "reconnaissances.xml")),
        ("sae", ("sae.csv",)),
        ("hapi", ("engagements.csv", "mensuel.csv")),
    )
    for kind, names in files:
        workspace.load(kind, *names)  # type: ignore[arg-type]
    before = snapshot(workspace.root)
    for kind, names in files:
        plan = workspace.plan(kind, *names)  # type: ignore[arg-type]
        assert plan.entities == ()
        assert list(iter_import_lines(plan, details=True)) == ["Aucun changement."]
        apply_plans([plan], workspace.profiles)
    assert snapshot(workspace.root) == before


def test_an_officers_file_stays_to_the_letter(handmade: Workspace) -> None:
    handmade.load("finess", "entites.xml", "sites.xml")
    handmade.load("arhgos", "arhgos.xml")
    assert (handmade.profiles / "valmont.yaml").read_text(encoding="utf-8") == OWN
    assert not (handmade.profiles / f"{HOSPITAL}.yaml").exists()


def test_what_an_officer_wrote_wins_and_the_rest_is_completed(handmade: Workspace) -> None:
    handmade.load("finess", "entites.xml", "sites.xml")
    handmade.load("arhgos", "arhgos.xml")
    profile = load_profile(handmade.profiles / "valmont.yaml", handmade.root, [])
    assert profile is not None
    entity = profile.etablissement
    assert entity.raison_sociale == "Hôpital de Valmont (fictif)"
    assert (entity.categorie, entity.siren) == ("hopital_proximite", "991000012")
    dates = {item.key: str(item.date_fin) for item in profile.autorisations}
    assert dates == {"99-99-10": "2029-06-30", "99-99-11": "None", "99-99-77": "None"}
    assert profile.autorisations[0].activite == "QA001"


def test_each_value_knows_the_file_it_was_written_in(handmade: Workspace) -> None:
    handmade.load("finess", "entites.xml", "sites.xml")
    profile = load_profile(handmade.profiles / "valmont.yaml", handmade.root, [])
    assert profile is not None
    entity = profile.etablissement
    assert entity.place_of("raison_sociale").file == "profiles/valmont.yaml"
    assert entity.place_of("siren").file == f"profiles/_imports/{HOSPITAL}.yaml"


def test_a_change_that_the_profile_overrides_is_marked(handmade: Workspace) -> None:
    handmade.load("arhgos", "arhgos.xml")
    text = (
        read_sample("arhgos.xml").replace("2030-12-31", "2031-12-31").replace("ME000", "ME001", 1)
    )
    plan = handmade.plan("arhgos", handmade.write("arhgos.xml", text))
    told = {
        change.path: (change.old, change.new, change.hidden) for change in plan.entities[0].changes
    }
    assert told == {
        "autorisations[99-99-10].date_fin": ("2030-12-31", "2031-12-31", True),
        "autorisations[99-99-10].mention": ("ME000", "ME001", False),
    }


def test_the_difference_names_old_new_and_origin(workspace: Workspace) -> None:
    workspace.load("finess", "entites.xml", "sites.xml")
    text = read_sample("entites.xml").replace("<voie>DU MOULIN", "<voie>DU LAVOIR")
    text = text.replace("2026-01-15", "2026-04-01").replace("<lieuditbp>CS 10001</lieuditbp>", "")
    plan = workspace.plan("finess", workspace.write("entites.xml", text), "sites.xml")
    lines = list(iter_import_lines(plan, details=True))
    assert lines == [
        f"{HOSPITAL} CENTRE HOSPITALIER DE VALMONT (FICTIF) : 1 modification, 1 retrait",
        "  ~ etablissement.adresse.voie : 12 BIS ROUTE DU MOULIN → 12 BIS ROUTE DU LAVOIR"
        " [entites.xml:10, extrait le 2026-04-01]",
        "  - etablissement.adresse.complement : CS 10001 [entites.xml:10, extrait le 2026-01-15]",
        f"{CLINIC} CLINIQUE DES LILAS (FICTIVE) : origines actualisées",
    ]


def test_a_value_read_from_two_files_names_the_lines_of_each() -> None:
    origin = Origin((("entites.xml", (10,)), ("sites.xml", (9, 26))))
    change = ValueChange("ajout", "etablissement.categorie", "", "ch", origin, hidden=False)
    entity = EntityChange(HOSPITAL, "VALMONT", is_new=False, changes=(change,), writes=())
    lines = list(iter_import_lines(ImportPlan("finess", (entity,), []), details=True))
    assert lines[1] == "  + etablissement.categorie : ch [entites.xml:10 ; sites.xml:9, 26]"


def test_the_plan_as_data_holds_the_same(workspace: Workspace) -> None:
    plan = workspace.plan("finess", "entites.xml", "sites.xml")
    data = import_data(plan, word_remedy)
    entities = data["etablissements"]
    assert isinstance(entities, list)
    assert [item["finess_ej"] for item in entities] == [HOSPITAL, CLINIC]
    assert entities[0]["nouveau"] is True
    first = entities[0]["changements"][0]
    assert (first["sorte"], first["chemin"], first["nouveau"]) == (
        "ajout",
        "etablissement.finess_ej",
        HOSPITAL,
    )
    assert first["origine"] == {
        "fichier": "entites.xml",
        "lignes": "10",
        "extrait_le": "2026-01-15",
        "a_verifier": "",
    }


def test_the_caller_dates_files_that_have_no_date(workspace: Workspace) -> None:
    workspace.load("finess", "sites.xml", extracted_on=date(2026, 2, 3))
    assert "extrait_le: 2026-02-03" in workspace.layer(HOSPITAL).read_text(encoding="utf-8")


def test_a_plan_with_an_error_is_never_applied(workspace: Workspace) -> None:
    plan = workspace.plan("finess", workspace.write("x.xml", read_sample("sites.xml")[:-40]))
    with pytest.raises(ProblemsError):
        apply_plans([plan], workspace.profiles)
    assert not (workspace.profiles / "_imports").exists()


def test_a_file_changed_since_it_was_read_stops_everything(workspace: Workspace) -> None:
    workspace.load("finess", "entites.xml", "sites.xml")
    plan = workspace.plan("arhgos", "arhgos.xml")
    layer = workspace.layer(HOSPITAL)
    layer.write_text(layer.read_text(encoding="utf-8") + "# autre import\n", encoding="utf-8")
    before = snapshot(workspace.root)
    with pytest.raises(UserError, match="a changé pendant l’import"):
        apply_plans([plan], workspace.profiles)
    assert snapshot(workspace.root) == before


def test_a_disk_that_refuses_leaves_everything_as_it_was(workspace: Workspace) -> None:
    plan = workspace.plan("finess", "entites.xml", "sites.xml")
    before = snapshot(workspace.root)
    with largest_file(200), pytest.raises(UserError, match="Impossible d’écrire"):
        apply_plans([plan], workspace.profiles)
    assert snapshot(workspace.root) == before
    workspace.load("finess", "entites.xml", "sites.xml")
    assert workspace.plan("finess", "entites.xml", "sites.xml").entities == ()


def test_plans_that_build_on_each_other_are_written_together(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The same files as when each plan is applied before the next one is made."""
    one_by_one = Workspace.make(tmp_path / "un-par-un")
    kinds: list[tuple[ImportKind, tuple[str, ...]]] = [
        ("finess", ("entites.xml", "sites.xml")),
        ("arhgos", ("arhgos.xml",)),
    ]
    plans: list[ImportPlan] = []
    for kind, files in kinds:
        one_by_one.load(kind, *files)
        plans.append(workspace.plan(kind, *files, earlier=plans))
    assert not (workspace.profiles / "_imports").exists()
    apply_plans(plans, workspace.profiles)
    assert list(snapshot(workspace.root).values()) == list(snapshot(one_by_one.root).values())


def test_a_broken_profile_stops_the_import(workspace: Workspace) -> None:
    workspace.write("profiles/abime.yaml", "etablissement: {finess_ej: \n")
    plan = workspace.plan("finess", "entites.xml", "sites.xml")
    assert "yaml-invalide" in codes(plan.problems)
    assert plan.entities == ()


def test_two_profiles_of_one_entity_share_its_layer(handmade: Workspace) -> None:
    handmade.write("profiles/valmont-avenant.yaml", OWN.replace("Hôpital de Valmont", "Autre"))
    plan = handmade.plan("finess", "entites.xml", "sites.xml")
    hospital = plan.entities[0]
    assert [write.path.name for write in hospital.writes] == [f"{HOSPITAL}.yaml"]
    hidden = {change.path for change in hospital.changes if change.hidden}
    assert "etablissement.raison_sociale" in hidden


def test_the_folder_of_profiles_may_not_exist_yet(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.load("finess", "entites.xml", "sites.xml")
    assert (tmp_path / "profiles" / f"{HOSPITAL}.yaml").is_file()
