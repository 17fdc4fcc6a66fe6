"""ARHGOS and FINESS rows → the authorisations and the contractual recognitions of a profile.

The flows replace what they said before (« annule et remplace »): an establishment that a file
speaks of gets the lines of that file alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from contract_builder.diagnostics import import_problems
from contract_builder.model.status import AUTHORISATION_STATUSES
from contract_builder.reading.tree import Tree, line_paths, make_group
from contract_builder.registries.content.context import ImportContext, LeftLines, SeenLines
from contract_builder.registries.layer import ImportLayer, Origin
from contract_builder.registries.rows import (
    AuthorisationRow,
    FormerAuthorisationRow,
    HeavyEquipmentRow,
    RecognitionRow,
    RegistryRow,
)

_SUPPRESSED = "26"
_NO_PROFILE = "aucun profil n’a ce numéro d’entité juridique"


@dataclass
class AuthorisationGatherer:
    """Authorisations and recognitions of the entities that have a profile."""

    context: ImportContext
    granted: dict[str, list[AuthorisationRow]] = field(default_factory=dict)
    recognised: dict[str, list[RecognitionRow]] = field(default_factory=dict)
    former: dict[str, tuple[int, RegistryRow]] = field(default_factory=dict)
    left: LeftLines = field(default_factory=LeftLines)

    @cached_property
    def _seen(self) -> SeenLines:
        return SeenLines(self.context.problems)

    def add(self, row: RegistryRow) -> None:
        """Keeps a line about a known entity, once; counts those in the former nomenclature."""
        if isinstance(row, FormerAuthorisationRow | HeavyEquipmentRow):
            count, first = self.former.get(row.file.name, (0, row))
            self.former[row.file.name] = (count + 1, first)
        elif isinstance(row, AuthorisationRow):
            if self._concerns_a_profile(row, row.nofinessej) and self._is_new_authorisation(row):
                self._check(row)
                self.granted.setdefault(row.nofinessej, []).append(row)
        elif isinstance(row, RecognitionRow) and self._concerns_a_profile(row, row.nofinessej):
            self._add_recognition(row)

    def entities(self) -> list[str]:
        """The entities with a line in the files."""
        return sorted({*self.granted, *self.recognised})

    def update(self, finess: str, layer: ImportLayer) -> ImportLayer:
        """The layer with the authorisations, or the recognitions, that the files give."""
        if finess in self.granted:
            rows = sorted(self.granted[finess], key=_order)
            lines = [_authorisation(row) for row in rows]
            layer = self._with_lines(layer, "autorisations", lines, rows)
        if finess in self.recognised:
            recognised = sorted(self.recognised[finess], key=lambda row: row.codeautorarhgos)
            lines = [_recognition(row) for row in recognised]
            layer = self._with_lines(layer, "reconnaissances", lines, recognised)
        return layer

    def finish(self) -> None:
        """Tells what the files held that no profile has a place for."""
        for count, first in self.former.values():
            self.context.problems.append(
                import_problems.autorisations_anciennes(first.place, count)
            )
        self.left.report(self.context.problems)

    def _concerns_a_profile(self, row: RegistryRow, entity: str) -> bool:
        if entity in self.context.profiles.entities:
            return True
        self.left.add(row, _NO_PROFILE)
        return False

    def _is_new_authorisation(self, row: AuthorisationRow) -> bool:
        codes = (row.activite, row.modalite, row.mention, row.pts, row.declaration)
        label = f"Autorisation {row.codeautorarhgos or ' '.join(codes)}, site {row.nofinesset}"
        key = (row.nofinessej, row.nofinesset, row.codeautorarhgos, codes)
        return self._seen.is_new(key, row, label)

    def _add_recognition(self, row: RecognitionRow) -> None:
        if row.etatautorisation == _SUPPRESSED:
            self.left.add(row, "ces reconnaissances sont supprimées")
        elif not (row.libactivite and row.codeautorarhgos):
            self.left.add(row, "ces reconnaissances n’ont pas d’activité ou pas de numéro")
        elif self._seen.is_new(
            ("reconnaissance", row.codeautorarhgos), row, f"Reconnaissance {row.codeautorarhgos}"
        ):
            self.recognised.setdefault(row.nofinessej, []).append(row)

    def _check(self, row: AuthorisationRow) -> None:
        """Codes are in the nomenclature, and the site is one of the entity's."""
        for column, code, known in self._codes(row):
            if code and known and code not in known:
                self.context.problems.append(
                    import_problems.code_de_registre_inconnu(row.place, column, code, known)
                )
        entity = self.context.profiles.entities[row.nofinessej]
        if row.nofinesset not in entity.sites:
            self.context.problems.append(
                import_problems.site_non_rattache(row.place, row.nofinesset, row.nofinessej)
            )

    def _codes(self, row: AuthorisationRow) -> list[tuple[str, str, tuple[str, ...]]]:
        statuses = ("statut_autorisation_code", row.statut, tuple(AUTHORISATION_STATUSES))
        nomenclature = self.context.options.library.nomenclature
        if nomenclature is None:
            return [statuses]
        own = (nomenclature.modalites_par_activite or {}).get(row.activite, {})
        return [
            ("activite", row.activite, tuple(nomenclature.activites)),
            ("modalite", row.modalite, (*nomenclature.modalites, *own)),
            ("mention", row.mention, tuple(nomenclature.mentions)),
            ("pts", row.pts, tuple(nomenclature.pratiques)),
            ("declaration", row.declaration, tuple(nomenclature.declarations)),
            statuses,
        ]

    def _with_lines(
        self,
        layer: ImportLayer,
        section: str,
        lines: list[dict[str, Tree]],
        rows: list[AuthorisationRow] | list[RecognitionRow],
    ) -> ImportLayer:
        paths = line_paths(section, section, lines)
        origins: Mapping[str, Origin] = {
            path: self.context.origin([row]) for path, row in zip(paths, rows, strict=True)
        }
        return layer.with_section(section, list(lines), origins)


def _order(row: AuthorisationRow) -> tuple[str, ...]:
    codes = (row.activite, row.modalite, row.mention, row.pts, row.declaration)
    return (*codes, row.nofinesset, row.codeautorarhgos)


def _authorisation(row: AuthorisationRow) -> dict[str, Tree]:
    return make_group(
        {
            "numero_arhgos": row.codeautorarhgos,
            "activite": row.activite,
            "modalite": row.modalite,
            "mention": row.mention,
            "pts": row.pts,
            "declaration": row.declaration,
            "finess_et": row.nofinesset,
            "statut": row.statut,
            "date_autorisation": row.dateautor,
            "date_renouvellement": row.daterenouv,
            "date_effet": row.dateeffet,
            "date_limite": row.datelimite,
            "date_mise_en_oeuvre": row.datemeo,
            "date_fin": row.datefin,
            "date_caducite": row.datecaducite,
            "equipements": make_group(dict(row.devices)),
        }
    )


def _recognition(row: RecognitionRow) -> dict[str, Tree]:
    return make_group(
        {
            "code": row.codeautorarhgos,
            "activite": row.libactivite,
            "modalite": row.libmodalite,
            "forme": row.libforme,
            "capacite": row.capaciteautorisee,
            "date_debut": row.dateeffetcpom,
            "date_fin": row.datefincpom,
        }
    )
