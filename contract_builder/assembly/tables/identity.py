"""Tables that tell who the establishment is: identity, sites, capacities, boards."""

from datetime import date

from contract_builder.assembly.context import Context
from contract_builder.assembly.fields import one_line
from contract_builder.assembly.tables.cells import (
    date_text,
    field_cell,
    printed_line_keys,
    text_cell,
    two_columns,
)
from contract_builder.model.activities import Capacity
from contract_builder.model.blocks import Cell, Column, Row, Table
from contract_builder.model.french import format_number, long_date, without_article

_DISCIPLINES = {
    "medecine": "Médecine",
    "chirurgie": "Chirurgie",
    "obstetrique": "Gynécologie-obstétrique",
    "smr": "Soins médicaux et de réadaptation",
    "psychiatrie": "Psychiatrie",
    "had": "Hospitalisation à domicile",
    "usld": "Soins de longue durée",
}
# Décret n° 2022-24 of 11 January 2022: « soins de suite » become « soins médicaux » on that day.
_REHABILITATION_SINCE = date(2023, 6, 1)
_LEGAL_STATUSES = {
    "public": "établissement public de santé",
    "espic": "établissement de santé privé d’intérêt collectif",
    "prive_lucratif": "établissement de santé privé à but lucratif",
    "prive_non_lucratif": "établissement de santé privé à but non lucratif",
}
_ROLES = {"support": "établissement support", "membre": "établissement partie"}


def identity_table(context: Context) -> Table | None:
    """The identity card of the legal entity."""
    profile = context.profile
    entity = profile.etablissement
    rows: list[tuple[str, str, Cell]] = []

    def add(key: str, heading: str, text: str) -> None:
        if text:
            rows.append((key, heading, field_cell(f"etablissement.{key}", text)))

    add("raison_sociale", "Raison sociale", entity.raison_sociale)
    add(
        "statut_juridique",
        "Statut juridique",
        entity.statut_juridique or _LEGAL_STATUSES[entity.statut],
    )
    add("finess_ej", "FINESS de l’entité juridique", entity.finess_ej)
    add("siren", "SIREN", entity.siren)
    add("siret", "SIRET", entity.siret)
    add("adresse", "Siège", one_line(entity.adresse) or "")
    add("departement", "Département", entity.departement)
    if entity.representant:
        add("representant", "Représentant", entity.representant.fonction)
    if profile.ght:
        role = _ROLES[profile.ght.role]
        rows.append(
            ("ght", "Groupement hospitalier de territoire",
             text_cell(f"{profile.ght.nom} ({role})"))
        )  # fmt: skip
    if entity.universite:
        add("universite", "Université", without_article(entity.universite.nom))
    beds = context.facts.get("lits")
    if beds is not None and beds.value:
        add("lits", f"Lits ({beds.origin})", format_number(beds.value))  # type: ignore[arg-type]
    visits = context.facts.get("passages_urgences")
    if visits is not None:
        value = format_number(visits.value)  # type: ignore[arg-type]
        add("passages_urgences", f"Urgences ({visits.origin})", value)
    add("sites", "Nombre de sites", str(len(profile.sites) or ""))
    rows.append(("code", "Code du contrat", field_cell("contrat.code", profile.contrat.code)))
    period = f"du {long_date(context.on)} au {long_date(context.end)}"
    rows.append(("periode", "Période du contrat", field_cell("contrat.periode", period)))
    return two_columns("fiche-signaletique", "Identité de l’établissement", rows)


def sites_table(context: Context) -> Table | None:
    """The geographic sites for which the entity acts."""
    sites = context.profile.sites
    if not sites:
        return None
    labels = context.library.categories.categories if context.library.categories else {}
    return Table(
        "sites",
        "Sites de l’établissement",
        (
            Column("FINESS du site", 2),
            Column("Nom", 4),
            Column("Catégorie", 4),
            Column("Adresse", 4),
        ),
        tuple(
            Row(
                site.finess_et,
                (
                    text_cell(site.finess_et),
                    text_cell(site.nom),
                    text_cell(
                        f"{site.categorie} – {labels[site.categorie]}"
                        if site.categorie in labels
                        else site.categorie
                    ),
                    text_cell(one_line(site.adresse) or ""),
                ),
            )
            for site in sites
        ),
    )


def capacities_table(context: Context) -> Table | None:
    """Beds and places by discipline of the last known year."""
    if not context.profile.capacites:
        return None
    capacity = max(context.profile.capacites, key=lambda item: item.annee)
    rows = tuple(_capacity_rows(capacity, context.profile.contrat.date_effet))
    if not rows:
        return None
    source = f" (source : {capacity.source})" if capacity.source else ""
    return Table(
        "capacites",
        f"Capacités en {capacity.annee}{source}",
        (Column("Discipline", 6), Column("Lits", 2, "right"), Column("Places", 2, "right")),
        rows,
    )


def _discipline_label(name: str, on: date) -> str:
    """The name of a discipline in the law of ``on``: rehabilitation changed its own in 2023."""
    if name == "smr" and on < _REHABILITATION_SINCE:
        return "Soins de suite et de réadaptation"
    return _DISCIPLINES[name]


def _capacity_rows(capacity: Capacity, on: date) -> list[Row]:
    """One row for each discipline that has beds or places, and their totals."""
    rows: list[Row] = []
    beds_total = places_total = 0
    for name in _DISCIPLINES:
        beds = getattr(capacity, name)
        if beds is None or (not beds.lits and not beds.places):
            continue
        beds_total += beds.lits
        places_total += beds.places
        rows.append(_capacity_row(name, _discipline_label(name, on), beds.lits, beds.places))
    if rows:
        total = _capacity_row("total", "Total", beds_total, places_total)
        rows.append(Row(total.key, total.cells, "total"))
    return rows


def _capacity_row(name: str, label: str, beds: int, places: int) -> Row:
    return Row(
        name,
        (
            text_cell(label),
            field_cell(f"capacite.{name}.lits", format_number(beds)),
            field_cell(f"capacite.{name}.places", format_number(places)),
        ),
    )


def deliberations_table(context: Context) -> Table | None:
    """The opinions and decisions of the establishment's boards."""
    items = context.profile.etablissement.deliberations
    if not items:
        return None
    keys = printed_line_keys(("", f"{item.instance} {item.nature}") for item in items)
    return Table(
        "deliberations",
        "Avis et délibérations",
        (Column("Instance", 5), Column("Nature", 3), Column("Date", 2)),
        tuple(
            Row(
                key,
                (text_cell(item.instance), text_cell(item.nature), text_cell(date_text(item.date))),
            )
            for key, item in zip(keys, items, strict=True)
        ),
        row_identity="content",
    )


def called_parties_table(context: Context) -> Table | None:
    """The bodies called to the contract for some of its clauses (CSP L6114-1)."""
    items = context.profile.appeles_au_contrat
    if not items:
        return None
    keys = printed_line_keys(("", item.nom) for item in items)
    return Table(
        "appeles-au-contrat",
        "Organismes appelés au contrat",
        (Column("Organisme", 4), Column("Qualité", 3), Column("Représentant", 3),
         Column("Clauses", 3)),
        tuple(
            Row(
                key,
                (
                    text_cell(item.nom),
                    text_cell(item.qualite),
                    text_cell(item.representant),
                    text_cell("\n".join(item.clauses)),
                ),
            )
            for key, item in zip(keys, items, strict=True)
        ),
        row_identity="content",
    )  # fmt: skip
