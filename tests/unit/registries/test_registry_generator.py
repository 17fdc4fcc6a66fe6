"""Generated registries are fictitious, valid and always the same for one seed."""

from pathlib import Path

import pytest

from contract_builder.model.identifiers import has_luhn_key, is_finess
from contract_builder.registries.formats import ImportKind
from contract_builder.registries.generated_region import KIND_MODELS
from contract_builder.registries.generator import GeneratedRegion, generate_region, iter_entities
from tests.registry_workspace import read_all, real_library


@pytest.fixture
def region(tmp_path: Path) -> GeneratedRegion:
    return generate_region(tmp_path / "region", establishments=60, seed=4)


def files(region: GeneratedRegion) -> tuple[tuple[ImportKind, Path], ...]:
    return (
        ("finess", region.legal_entities),
        ("finess", region.sites),
        ("finess", region.open_sites),
        ("arhgos", region.authorisations),
        ("sae", region.capacities),
        ("hapi", region.engagements),
    )


def test_each_file_is_read_without_a_problem(region: GeneratedRegion) -> None:
    for kind, path in files(region):
        rows, problems = read_all(kind, path)
        assert problems == []
        assert len(rows) >= region.establishments


def test_the_same_seed_gives_the_same_bytes(region: GeneratedRegion, tmp_path: Path) -> None:
    again = generate_region(tmp_path / "encore", establishments=60, seed=4)
    other = generate_region(tmp_path / "autre", establishments=60, seed=5)
    for (_, first), (_, second) in zip(files(region), files(again), strict=True):
        assert first.read_bytes() == second.read_bytes()
    assert region.authorisations.read_bytes() != other.authorisations.read_bytes()


def test_numbers_and_names_are_fictitious_and_unique() -> None:
    entities = list(iter_entities(300, seed=1))
    sites = [site for entity in entities for site in entity.sites]
    numbers = [entity.finess for entity in entities] + [site.finess for site in sites]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert is_finess(number)
        assert has_luhn_key(number)
        assert number.startswith("99")
    assert all(has_luhn_key(entity.siren) for entity in entities)
    assert all("FICTIF" in thing.name for thing in (*entities, *sites))
    assert len({entity.name for entity in entities}) == 300


def test_every_kind_of_establishment_comes_up() -> None:
    entities = list(iter_entities(300, seed=1))
    assert {entity.model.name for entity in entities} == {model.name for model in KIND_MODELS}


def test_licences_are_in_the_nomenclature() -> None:
    nomenclature = real_library().nomenclature
    assert nomenclature is not None
    known = set(nomenclature.lignes)
    assert {codes for model in KIND_MODELS for codes in model.licences} <= known
