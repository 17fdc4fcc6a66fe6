"""Registry files about establishments that do not exist, of any size, to demonstrate and to test.

The same seed gives the same files. Numbers begin with 99, have a right key, and every name says
that it is fictitious. The files have the real formats: importing them makes profiles that build.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contract_builder.model.identifiers import has_luhn_key
from contract_builder.registries.generated_files import (
    write_authorisations,
    write_capacities,
    write_engagements,
    write_legal_entities,
    write_open_sites,
    write_sites,
)
from contract_builder.registries.generated_region import (
    KIND_MODELS,
    Entity,
    KindModel,
    Licence,
    SitePlace,
)

_EXTRACTED_ON = "2026-01-15"
_FIRST_NUMBER = 500_000  # lower numbers are those of the demonstration profiles
_CITIES = (
    "Valmont", "Rocheclaire", "Montfleuri", "Bellerive", "Sauveterre-le-Pont", "Fontbrune",
    "Castelnoir", "Villedieu-sur-Orme", "Peyrelade", "Saint-Alban-des-Prés", "Lacombe-Haute",
    "Grandval-le-Haut", "Mirecombe", "Pont-d’Arcy", "Vieillecour", "Tilleraies",
)  # fmt: skip
_STREETS = ("DES LILAS", "DE LA GARE", "DU MOULIN", "DES ACACIAS", "DU STADE", "DES FONTAINES")
_STREET_KINDS = ("R", "AV", "BD", "RTE", "PL")


@dataclass(frozen=True, slots=True)
class GeneratedRegion:
    """The files of a generated region, and how many establishments they hold."""

    legal_entities: Path
    sites: Path
    open_sites: Path
    authorisations: Path
    capacities: Path
    engagements: Path
    establishments: int


def generate_region(folder: Path, establishments: int = 279, seed: int = 1) -> GeneratedRegion:
    """Writes the registry files of a fictitious region into ``folder`` and names them."""
    (folder / "ouvert").mkdir(parents=True, exist_ok=True)  # the same sites, as open data
    entities = list(iter_entities(establishments, seed))
    region = GeneratedRegion(
        legal_entities=folder / "finess_cs1400101.xml",
        sites=folder / "finess_cs1400102.xml",
        open_sites=folder / "ouvert" / "etalab-cs1100502.csv",
        authorisations=folder / "amm_arhgos.xml",
        capacities=folder / "sae_capacites.csv",
        engagements=folder / "hapi_engagements.csv",
        establishments=len(entities),
    )
    write_legal_entities(region.legal_entities, entities, _EXTRACTED_ON)
    write_sites(region.sites, entities, _EXTRACTED_ON)
    write_open_sites(region.open_sites, entities, _EXTRACTED_ON)
    write_authorisations(region.authorisations, entities, _EXTRACTED_ON)
    write_capacities(region.capacities, entities)
    write_engagements(region.engagements, entities)
    return region


def iter_entities(count: int, seed: int) -> Iterator[Entity]:
    """``count`` fictitious legal entities with their sites, capacities, licences and grants."""
    chance = random.Random(seed)  # noqa: S311  # plausible data, nothing to protect
    numbers = _iter_numbers()
    licences = iter(range(1, 10_000_000))
    weights = [model.weight for model in KIND_MODELS]
    for rank in range(count):
        model = chance.choices(KIND_MODELS, weights)[0]
        yield _make_entity(model, rank, chance, numbers, licences)


def _make_entity(
    model: KindModel,
    rank: int,
    chance: random.Random,
    numbers: Iterator[str],
    licences: Iterator[int],
) -> Entity:
    city = _CITIES[rank % len(_CITIES)]
    suffix = "" if rank < len(_CITIES) else f" {rank // len(_CITIES) + 1}"
    name = f"{model.name} DE {city.upper()}{suffix} (FICTIF)"
    size = chance.uniform(0.4, 1.6)
    finess = next(numbers)
    sites = tuple(
        _make_site(model, name, number, next(numbers), city, chance)
        for number in range(chance.randint(1, model.sites))
    )
    chosen = chance.sample(
        model.licences, chance.randint(len(model.licences) // 2 + 1, len(model.licences))
    )
    return Entity(
        finess=finess,
        siren=_with_key(f"99{int(finess[2:8]):06d}"),
        name=name,
        model=model,
        sites=sites,
        beds={
            name: round(low + (high - low) * size / 1.6) for name, (low, high) in model.beds.items()
        },
        licences=tuple(
            Licence(
                f"99-99-{next(licences)}",
                codes,
                chance.choice(sites).finess,
                chance.randint(2019, 2023),
                is_started=chance.random() > 0.1,
            )
            for codes in sorted(chosen)
        ),
        grants=tuple(round(chance.uniform(5_000, 400_000), 2) for _ in range(chance.randint(1, 5))),
    )


def _make_site(
    model: KindModel, name: str, rank: int, finess: str, city: str, chance: random.Random
) -> SitePlace:
    return SitePlace(
        finess=finess,
        name=name if rank == 0 else name.replace(" (FICTIF)", f" - SITE {rank + 1} (FICTIF)"),
        category=model.category if rank == 0 else chance.choice(model.other_categories),
        number=str(chance.randint(1, 90)),
        street_kind=chance.choice(_STREET_KINDS),
        street=chance.choice(_STREETS),
        postal_code=f"99{chance.randint(1, 9)}00",
        city=city.upper(),
    )


def _iter_numbers() -> Iterator[str]:
    """FINESS numbers of the fictitious department 99, with their key."""
    for rank in range(_FIRST_NUMBER, 1_000_000):
        yield _with_key(f"99{rank:06d}")


def _with_key(digits: str) -> str:
    """The digits followed by their Luhn key."""
    return next(f"{digits}{key}" for key in "0123456789" if has_luhn_key(f"{digits}{key}"))
