"""FINESS rows → the identity of legal entities and their sites.

Only sites of the categories that the library knows (health establishments) are kept: a hospital's
retirement home or school is no party to its contract. Closed sites are left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from contract_builder.diagnostics import identity_problems
from contract_builder.model.french import long_date
from contract_builder.reading.tree import Tree, Value, get_group, get_text, make_group
from contract_builder.registries.content.context import ImportContext, LeftLines, SeenLines
from contract_builder.registries.content.finess_codes import (
    ESTABLISHMENT_KINDS,
    LEGAL_STATUS,
    NOT_ESPIC,
    PUBLIC_SERVICE_ESPIC,
    PUBLIC_SERVICE_PUBLIC,
    department_code,
    sector_of,
    street_word,
)
from contract_builder.registries.content.site_engagements import SiteEngagements
from contract_builder.registries.layer import ImportLayer, Origin
from contract_builder.registries.rows import LegalEntityRow, PostalFields, RegistryRow, SiteRow

_ROUTING = re.compile(r"(\d{5}) +(.+)")
_CLOSED_MARK = re.compile(r"^\[Fermé\] *")
_DEDUCED = "déduit des sites, faute du fichier des entités juridiques"


@dataclass
class FinessGatherer:
    """Legal entities and sites, by number."""

    context: ImportContext
    rows: dict[str, LegalEntityRow] = field(default_factory=dict)
    sites: dict[str, list[SiteRow]] = field(default_factory=dict)
    left: LeftLines = field(default_factory=LeftLines)
    deduced: list[SiteRow] = field(default_factory=list)
    engagements: SiteEngagements = field(default_factory=SiteEngagements)
    has_entities_file: bool = False

    @cached_property
    def _seen(self) -> SeenLines:
        return SeenLines(self.context.problems)

    @cached_property
    def _categories(self) -> frozenset[str]:
        labels = self.context.options.library.categories
        return frozenset(labels.categories) if labels else frozenset(ESTABLISHMENT_KINDS)

    def add(self, row: RegistryRow) -> None:
        """Keeps a legal entity in scope, or an open site of a health category."""
        if isinstance(row, SiteRow):
            self.engagements.add(row)
        if isinstance(row, LegalEntityRow):
            self.has_entities_file = True
            known = row.nofiness in self.context.profiles.entities
            label = f"Entité juridique {row.nofiness}"
            if (known or self._in_scope(row.nofiness, row.departement)) and self._seen.is_new(
                row.nofiness, row, label
            ):
                self.rows[row.nofiness] = row
        elif isinstance(row, SiteRow) and row.categetab in self._categories:
            if self._seen.is_new(("site", row.nofinesset), row, f"Site {row.nofinesset}"):
                self.sites.setdefault(row.nofinessej, []).append(row)
        elif isinstance(row, SiteRow) and row.nofinessej in self.context.profiles.entities:
            self.left.add(row, "ces sites ne sont pas de catégorie sanitaire")

    def entities(self) -> list[str]:
        """The entities with a profile, then those that deserve a new one."""
        found = dict.fromkeys((*self.rows, *self.sites))
        known = self.context.profiles.entities
        return sorted(finess for finess in found if finess in known or self.deserves_one(finess))

    def deserves_one(self, finess: str) -> bool:
        """True for an open health establishment in the scope of the import."""
        row = self.rows.get(finess)
        if row is None and (self.has_entities_file or not self._sites_in_scope(finess)):
            return False
        is_open = row is None or row.datefermeture is None
        return is_open and bool(self._open_sites(finess)) and bool(self._kind(finess))

    def update(self, finess: str, layer: ImportLayer) -> ImportLayer:
        """The layer with the identity and the open sites of the entity."""
        row = self.rows.get(finess)
        if row is not None and row.datefermeture is not None:
            self.context.problems.append(
                identity_problems.entite_fermee(row.place, finess, long_date(row.datefermeture))
            )
        if row is not None:
            layer = self._with_entity(layer, row)
        elif not get_group(layer.values, "etablissement"):
            layer = self._with_deduced_entity(layer, finess)
        sites = self._open_sites(finess)
        if sites:
            lines: list[Tree] = [_site_line(site) for site in sites]
            origins = {f"sites[{site.nofinesset}]": self.context.origin([site]) for site in sites}
            layer = layer.with_section("sites", lines, origins)
        return layer

    def finish(self) -> None:
        """Tells the sites without an entity, the deduced identities and what was left aside."""
        known = self.context.profiles.entities
        for finess, sites in self.sites.items():
            if self.has_entities_file and finess not in self.rows and finess not in known:
                for site in sites:
                    if site.datefermeture is None and self._in_scope(finess, site.departement):
                        self.context.problems.append(
                            identity_problems.site_sans_entite(site.place, site.nofinesset, finess)
                        )
        if self.deduced:
            self.context.problems.append(
                identity_problems.identites_deduites(self.deduced[0].place, len(self.deduced))
            )
        self.engagements.report(self.entities(), self.context.problems)
        self.left.report(self.context.problems)

    def _in_scope(self, finess: str, department: str) -> bool:
        options = self.context.options
        by_place = not options.departments or department_code(department) in options.departments
        return by_place and (not options.entities or finess in options.entities)

    def _sites_in_scope(self, finess: str) -> bool:
        return any(self._in_scope(finess, site.departement) for site in self.sites.get(finess, ()))

    def _open_sites(self, finess: str) -> list[SiteRow]:
        """The open sites, the most telling category first, then by number."""
        order = list(ESTABLISHMENT_KINDS)
        return sorted(
            (site for site in self.sites.get(finess, ()) if site.datefermeture is None),
            key=lambda site: (
                order.index(site.categetab)
                if site.categetab in ESTABLISHMENT_KINDS
                else len(order),
                site.nofinesset,
            ),
        )

    def _kind(self, finess: str) -> str:
        row = self.rows.get(finess)
        categories = [row.categetab] if row else []
        categories += [site.categetab for site in self._open_sites(finess)]
        return next(
            (ESTABLISHMENT_KINDS[code] for code in categories if code in ESTABLISHMENT_KINDS), ""
        )

    def _with_entity(self, layer: ImportLayer, row: LegalEntityRow) -> ImportLayer:
        finess = row.nofiness
        sites = self._open_sites(finess)
        before = get_group(layer.values, "etablissement")
        status = _status(row.statutjuridique, sites)
        if not sites:  # without the sites, what they told before still holds
            status = get_text(before, "statut") or status
        kind = self._kind(finess) or get_text(before, "categorie")
        for value, label in ((status, "le statut (public, privé)"), (kind, "la catégorie")):
            if not value:
                self.context.problems.append(
                    identity_problems.donnee_indeterminee(row.place, finess, label)
                )
        name = _name(row.rslongue or row.rs)
        short = _name(row.rs)
        values: dict[str, Value | Tree] = {
            "finess_ej": finess,
            "siren": row.siren,
            "raison_sociale": name,
            "nom_court": short if short != name else "",
            "statut": status,
            "statut_juridique": row.libstatutjuridique or LEGAL_STATUS.get(row.statutjuridique, ""),
            "categorie": kind,
            "adresse": _address(row.adresse),
            "departement": department_code(row.departement),
            "service_public": _public_service(status),
        }
        origins = {"etablissement": self.context.origin([row])}
        if sites:
            shared = self.context.origin([row, sites[0]])
            told = {"statut": status, "categorie": kind}
            origins |= {f"etablissement.{key}": shared for key, value in told.items() if value}
        return layer.with_section("etablissement", make_group(values), origins)

    def _with_deduced_entity(self, layer: ImportLayer, finess: str) -> ImportLayer:
        sites = self._open_sites(finess)
        if not sites:
            return layer
        main = sites[0]
        self.deduced.append(main)
        status = _status("", sites)
        if not status:
            self.context.problems.append(
                identity_problems.donnee_indeterminee(main.place, finess, "le statut")
            )
        values: dict[str, Value | Tree] = {
            "finess_ej": finess,
            "raison_sociale": _name(main.rslongue or main.rs),
            "statut": status,
            "categorie": self._kind(finess),
            "adresse": _address(main.adresse),
            "departement": department_code(main.departement),
            "service_public": _public_service(status),
        }
        origin: Origin = self.context.origin([main], _DEDUCED)
        return layer.with_section("etablissement", make_group(values), {"etablissement": origin})


def _status(legal_status: str, sites: Iterable[SiteRow]) -> str:
    """public, espic, prive_non_lucratif or prive_lucratif; empty when nothing tells.

    The participation in the public service that a site declares makes the ESPIC (CSP L6112-3).
    """
    codes = {site.codesph for site in sites}
    sector = sector_of(legal_status)
    if sector == "public" or (not sector and PUBLIC_SERVICE_PUBLIC in codes):
        return "public"
    if PUBLIC_SERVICE_ESPIC in codes:
        return "espic"
    if not sector and NOT_ESPIC in codes:
        return "prive_non_lucratif"
    return sector


def _public_service(status: str) -> bool | None:
    """True for public establishments and ESPIC, which ensure the public service (CSP L6112-3)."""
    return True if status in ("public", "espic") else None


def _site_line(site: SiteRow) -> dict[str, Tree]:
    values: Mapping[str, Value | Tree] = {
        "finess_et": site.nofinesset,
        "nom": _name(site.rslongue or site.rs),
        "categorie": site.categetab,
        "adresse": _address(site.adresse),
    }
    return make_group(values)


def _address(fields: PostalFields) -> dict[str, Tree]:
    street = (fields.numvoie, fields.compvoie, street_word(fields.typvoie), fields.voie)
    more = (fields.complrs, fields.compldistrib, fields.lieuditbp)
    match = _ROUTING.fullmatch(fields.ligneacheminement)
    return make_group(
        {
            "voie": " ".join(part for part in street if part),
            "complement": ", ".join(part for part in more if part),
            "code_postal": match.group(1) if match else fields.codepostal,
            "commune": match.group(2) if match else fields.ligneacheminement,
        }
    )


def _name(text: str) -> str:
    return _CLOSED_MARK.sub("", text)
