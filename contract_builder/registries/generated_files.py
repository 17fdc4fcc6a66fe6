"""Fictitious establishments → registry files in the real formats (layouts: see ``readers``)."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from contract_builder.registries.generated_region import Entity, Licence, SitePlace
from contract_builder.registries.readers.hapi import ENGAGEMENT_TITLES
from contract_builder.registries.readers.sae import BEDS, PLACES

_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_YEARS = (2023, 2024)
_MEASURES = (
    "MI2-3-5 : Pratique de soins en cancérologie",
    "MI2-3-7 : Psychologues et assistants sociaux hors plan cancer",
    "MI3-2-1 : Permanence des soins ambulatoires, en particulier les maisons médicales de garde",
    "MI2-4-6 : Groupe d'entraide mutuelle (GEM)",
)
_LEVEL_1 = "2 : Organisation et promotion de parcours de santé coordonnés (657342)"


def write_legal_entities(path: Path, entities: Iterable[Entity], day: str) -> None:
    """Flow 1400101."""
    _write_flow(path, "fluxfiness", _stamp("finess", day), map(_entity_element, entities))


def write_sites(path: Path, entities: Iterable[Entity], day: str) -> None:
    """Flow 1400102."""
    elements = (_site_element(site, entity) for entity in entities for site in entity.sites)
    _write_flow(path, "fluxfiness", _stamp("finess", day), elements)


def write_authorisations(path: Path, entities: Iterable[Entity], day: str) -> None:
    """The ARHGOS flow."""
    elements = (
        _licence_element(licence, entity) for entity in entities for licence in entity.licences
    )
    _write_flow(path, "fluxarhgos", _stamp("arhgos", day), elements)


def write_open_sites(path: Path, entities: Iterable[Entity], day: str) -> None:
    """The open CSV of sites, 1100502."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"finess;etalab;111;{day}\n")
        for entity in entities:
            for site in entity.sites:
                file.write(";".join(_open_fields(site, entity)) + "\n")


def write_capacities(path: Path, entities: Iterable[Entity]) -> None:
    """The SAE export: the beds of each entity stand on its first site."""
    titles = ("Finess EJ", "Finess", "Année", *BEDS.values(), *PLACES.values())
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(";".join(titles) + "\r\n")
        for entity in entities:
            for year in _YEARS:
                beds = [str(entity.beds.get(name, "")) for name in BEDS]
                places = [_places(entity.beds, name) for name in PLACES]
                fields = (entity.finess, entity.sites[0].finess, str(year), *beds, *places)
                file.write(";".join(fields) + "\r\n")


def write_engagements(path: Path, entities: Iterable[Entity]) -> None:
    """The HAPI export of engagements of the year 2025."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("|".join(ENGAGEMENT_TITLES) + "\n")
        for number, entity in enumerate(entities, start=1):
            for rank, amount in enumerate(entity.grants):
                values = _grant_values(entity, rank, amount, f"E2025{number:06d}_{rank + 1:02d}")
                file.write("|".join(values.get(title, "") for title in ENGAGEMENT_TITLES) + "\n")


def _places(beds: Mapping[str, int], discipline: str) -> str:
    """Home care has places alone; elsewhere one place comes with eight beds."""
    if discipline not in beds:
        return ""
    return str(beds[discipline] if discipline == "had" else beds[discipline] // 8)


def _write_flow(path: Path, root: str, stamp: str, elements: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_XSI}>\n{stamp}')
        file.writelines(elements)
        file.write(f"</{root}>\n")


def _stamp(sender: str, day: str) -> str:
    return _element(
        "horodatage",
        {"emetteur": sender, "destinataire": "finess", "versionmessage": "1", "datemaj": day},
    )


def _element(tag: str, values: Mapping[str, str]) -> str:
    """One record; a blank value is ``xsi:nil``, as in the flows."""
    lines = (
        f"    <{key}>{escape(value)}</{key}>\n" if value else f'    <{key} xsi:nil="true"/>\n'
        for key, value in values.items()
    )
    return f"  <{tag}>\n{''.join(lines)}  </{tag}>\n"


def _entity_element(entity: Entity) -> str:
    model = entity.model
    return _element(
        "structureej",
        {
            "nofiness": entity.finess,
            "rs": entity.name[:38],
            "rslongue": entity.name,
            **_address(entity.sites[0]),
            "statutjuridique": model.legal_status,
            "libstatutjuridique": model.legal_label,
            "categetab": model.entity_category,
            "siren": entity.siren,
            "datecrea": "2001-01-01",
            "datefermeture": "",
        },
    )


def _site_element(site: SitePlace, entity: Entity) -> str:
    return _element(
        "structureet",
        {
            "nofinesset": site.finess,
            "nofinessej": entity.finess,
            "rs": site.name[:38],
            "rslongue": site.name,
            **_address(site),
            "categetab": site.category,
            "codesph": entity.model.public_service,
            "dateouv": "2001-01-01",
            "datefermeture": "",
        },
    )


def _address(site: SitePlace) -> dict[str, str]:
    return {
        "numvoie": site.number,
        "typvoie": site.street_kind,
        "voie": site.street,
        "ligneacheminement": f"{site.postal_code} {site.city}",
        "departement": "99",
        "libdepartement": "DEPARTEMENT FICTIF",
        "codepostal": site.postal_code,
    }


def _licence_element(licence: Licence, entity: Entity) -> str:
    activity, modality, mention, practice, declaration = licence.codes
    started = f"{licence.year + 1}-01-01" if licence.is_started else ""
    return _element(
        "activiteamm",
        {
            "nofinessej": entity.finess,
            "rsej": entity.name,
            "activite": activity,
            "modalite": modality,
            "mention": mention,
            "pts": practice,
            "declaration": declaration,
            "statut_autorisation_code": "02" if licence.is_started else "01",
            "codeautorarhgos": licence.number,
            "dateautor": f"{licence.year}-06-15",
            "daterenouv": "",
            "nofinesset": licence.site,
            "datelimite": "" if licence.is_started else "2028-06-14",
            "datemeo": started,
            "dateeffet": f"{licence.year + 1}-01-01",
            "datefin": f"{licence.year + 8}-12-31",
            "scanner": "1" if activity.startswith("QEML") else "",
        },
    )


def _open_fields(site: SitePlace, entity: Entity) -> list[str]:
    """The 32 positions of a « structureet » line."""
    model = entity.model
    return [
        "structureet", site.finess, entity.finess, site.name[:38], site.name, "", "", site.number,
        site.street_kind, site.street, "", "", "001", "99", "DEPARTEMENT FICTIF",
        f"{site.postal_code} {site.city}", "", "", site.category, "", "", "", "", "8610Z", "03",
        "", model.public_service, "", "2001-01-01", "2001-01-01", "2025-12-01", "",
    ]  # fmt: skip


def _grant_values(entity: Entity, rank: int, amount: float, number: str) -> dict[str, str]:
    return {
        "NOM_ARS": "Agence régionale de santé de démonstration",
        "CODE_ARS": "99",
        "CAMPAGNE": "2025",
        "ID_BENEFICIAIRE": entity.finess,
        "RAISON_SOCIALE": entity.name,
        "SIREN": entity.siren,
        "CODE_DEPARTEMENT": "99",
        "ENVELOPPE": "FIR",
        "SOUS_ENVELOPPE": "Sanitaire",
        "MODE_DELEGATION_DELEGUE": "Intervention (Ex. cour.)",
        "MESURE_NIV1": _LEVEL_1,
        "MESURE_NIV3": _MEASURES[rank % len(_MEASURES)],
        "PAYEUR": "Agence régionale de santé de démonstration",
        "NUM_ARRETE_DA": f"DEMO-2025-{number}",
        "TYPE_ARRETE": "DA",
        "DATE_DOCUMENT": "03/03/2025 00:00:00",
        "MONTANT_SAISI": "0.00",
        "MONTANT_NOTIFIE": f"{amount:.2f}",
        "PEP_ENGAGEMENT": number,
    }
