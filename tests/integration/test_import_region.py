"""A whole fictitious region, from its registry files to contracts."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.diagnostics import has_errors
from contract_builder.profiles.load import iter_profile_paths
from contract_builder.registries.generator import generate_region
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.mini_project import CommandResult
from tests.registry_workspace import ROOT, Workspace, real_library

ESTABLISHMENTS = 279  # contracts of the region in 2025-2029


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The region imported: identity, authorisations, beds and grants."""
    workspace = Workspace.make(tmp_path_factory.mktemp("region"))
    shutil.copy(ROOT / "profiles" / "_region.yaml", workspace.profiles / "_region.yaml")
    files = generate_region(workspace.root / "registres", ESTABLISHMENTS)
    for kind, paths in (
        ("finess", (files.legal_entities, files.sites)),
        ("arhgos", (files.authorisations,)),
        ("sae", (files.capacities,)),
        ("hapi", (files.engagements,)),
    ):
        plan = workspace.load(kind, *paths)  # type: ignore[arg-type]
        assert plan.problems == []
        assert len(plan.entities) == ESTABLISHMENTS
    return workspace


def test_every_establishment_has_a_profile_without_error(region: Workspace) -> None:
    paths = iter_profile_paths(region.profiles)
    assert len(paths) == ESTABLISHMENTS
    for path in paths:
        profile = region.profile(path.stem)
        assert profile.etablissement.finess_ej == path.stem
        assert profile.sites
        assert profile.autorisations
        assert profile.capacites
        assert profile.financements


def test_contracts_are_assembled_with_what_was_imported(region: Workspace) -> None:
    library = real_library()
    for path in iter_profile_paths(region.profiles)[::20]:
        prepared = prepare(Project(region.root, library=library), path)
        assert not has_errors(prepared.problems), prepared.problems
        assert prepared.assembly is not None
        profile = prepared.profile
        assert profile is not None
        tables = prepared.assembly.contract.tables
        assert {item.key for item in profile.autorisations} == {
            record.key for record in tables.authorisations
        }
        assert {line.cle for line in profile.financements} == {
            record.key for record in tables.fundings
        }


def test_an_officers_correction_outlives_the_next_import(region: Workspace, tmp_path: Path) -> None:
    first = iter_profile_paths(region.profiles)[0]
    text = first.read_text(encoding="utf-8")
    corrected = text.replace(
        "  representant:",
        "  raison_sociale: Nom corrigé (fictif)   # courrier du 3 mars\n  representant:",
    )
    first.write_text(corrected, encoding="utf-8")
    moved = region.root / "registres" / "finess_cs1400101.xml"
    other = tmp_path / "finess.xml"
    other.write_text(
        moved.read_text(encoding="utf-8").replace("<rslongue>", "<rslongue>GROUPE "),
        encoding="utf-8",
    )
    plan = region.load("finess", other)
    assert len(plan.entities) == ESTABLISHMENTS
    assert first.read_text(encoding="utf-8") == corrected
    assert region.profile(first.stem).etablissement.raison_sociale == "Nom corrigé (fictif)"
    second = iter_profile_paths(region.profiles)[1]
    assert region.profile(second.stem).etablissement.raison_sociale.startswith("GROUPE ")


def test_the_commands_make_a_region_that_its_seed_decides(
    tmp_path: Path, cpom: Callable[..., CommandResult]
) -> None:
    assert cpom(tmp_path, "init", "dossier").exit_code == 0
    project = tmp_path / "dossier"
    for folder, seed in (("un", "7"), ("deux", "7"), ("trois", "8")):
        command = ("generate", folder, "--establishments", "2", "--seed", seed)
        assert cpom(project, *command).exit_code == 0
    one, two, three = (
        {path.name: path.read_bytes() for path in (project / folder).rglob("*.*")}
        for folder in ("un", "deux", "trois")
    )
    assert one == two
    assert one != three
    imported = cpom(project, "import", "tout", "un", "--into", "region")
    assert imported.exit_code == 0, imported.stderr
    assert len(iter_profile_paths(project / "region")) == 2
    assert all(path.stem.startswith("99") for path in iter_profile_paths(project / "region"))
