"""Rows of our own spreadsheets → negotiated targets, starting values and financing lines.

Lines are added to, or replaced in, what earlier spreadsheets said; nothing else is touched. An
establishment or a sheet that does not exist is an error, since an officer wrote the line.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

from contract_builder.diagnostics import (
    Diagnostic,
    file_problems,
    import_problems,
    profile_problems,
    spreadsheet_problems,
)
from contract_builder.model.fiche import TargetType
from contract_builder.reading.line_keys import line_key
from contract_builder.reading.tree import Tree, get_group, get_lines, get_text, make_group
from contract_builder.registries.content.context import ImportContext, SeenLines
from contract_builder.registries.layer import ImportLayer, Origin
from contract_builder.registries.rows import (
    BaselineRow,
    NegotiatedTargetRow,
    PlannedGrantRow,
    RegistryRow,
)

_SHEETS, _FUNDING = "fiches", "financements"
_TYPES: tuple[str, ...] = get_args(TargetType)


@dataclass
class TargetGatherer:
    """The lines of spreadsheets by entity."""

    context: ImportContext
    rows: dict[str, list[NegotiatedTargetRow | BaselineRow | PlannedGrantRow]] = field(
        default_factory=dict
    )
    strangers: dict[str, RegistryRow] = field(default_factory=dict)

    @cached_property
    def _seen(self) -> SeenLines:
        return SeenLines(self.context.problems)

    @cached_property
    def _sheets(self) -> tuple[str, ...]:
        catalogues = self.context.options.library.fiches.values()
        return tuple(sorted({code for known in catalogues for code in known}))

    def add(self, row: RegistryRow) -> None:
        """Keeps a line, once, and checks what it names."""
        if not isinstance(row, NegotiatedTargetRow | BaselineRow | PlannedGrantRow):
            return
        if row.finess_ej not in self.context.profiles.entities:
            self.strangers.setdefault(row.finess_ej, row)
            return
        self._check(row)
        if self._seen.is_new((type(row), row.finess_ej, _row_key(row)), row, _row_label(row)):
            self.rows.setdefault(row.finess_ej, []).append(row)

    def entities(self) -> list[str]:
        """The entities with a line in the spreadsheets."""
        return sorted(self.rows)

    def update(self, finess: str, layer: ImportLayer) -> ImportLayer:
        """The layer with the lines of the spreadsheets put in."""
        for row in self.rows[finess]:
            if isinstance(row, PlannedGrantRow):
                layer = self._with_grant(layer, row)
            else:
                layer = self._with_sheet_value(layer, row)
        return layer

    def finish(self) -> None:
        """Tells the establishments without a profile, once each."""
        for finess, row in self.strangers.items():
            place = row.place_of("FINESS EJ")
            self._tell(row, "FINESS EJ", import_problems.entite_sans_profil(place, finess))

    def _check(self, row: NegotiatedTargetRow | BaselineRow | PlannedGrantRow) -> None:
        if isinstance(row, PlannedGrantRow):
            return
        if row.fiche not in self._sheets:
            place = row.place_of("Fiche")
            self._tell(
                row, "Fiche", profile_problems.fiche_inconnue(place, row.fiche, self._sheets)
            )
        if isinstance(row, NegotiatedTargetRow) and row.type and row.type not in _TYPES:
            place = row.place_of("Type")
            self._tell(row, "Type", file_problems.valeur_hors_liste(place, row.type, _TYPES))

    def _tell(self, row: RegistryRow, column: str, problem: Diagnostic) -> None:
        """Records a problem of one cell, which its message names."""
        sheet, cell = row.file.sheet, row.cell_name(column)
        self.context.problems.append(spreadsheet_problems.in_cell(problem, sheet, cell))

    def _with_grant(self, layer: ImportLayer, row: PlannedGrantRow) -> ImportLayer:
        lines = {get_text(line, "cle"): line for line in get_lines(layer.values, _FUNDING)}
        lines[row.cle] = _grant(row)
        ordered: list[Tree] = [lines[key] for key in sorted(lines)]
        path = f"{_FUNDING}[{row.cle}]"
        return layer.with_section(_FUNDING, ordered, self._origins(layer, _FUNDING, path, row))

    def _with_sheet_value(
        self, layer: ImportLayer, row: NegotiatedTargetRow | BaselineRow
    ) -> ImportLayer:
        lines = {_sheet_key(line): line for line in get_lines(layer.values, _SHEETS)}
        sheet = make_group({"code": row.fiche, "volet": row.volet})
        key = _sheet_key(sheet)
        sheet = dict(lines.get(key, sheet))
        if isinstance(row, BaselineRow):
            sheet["valeurs_initiales"] = {
                **get_group(sheet, "valeurs_initiales"),
                row.indicateur: _baseline(row),
            }
            path = f"{_SHEETS}[{key}].valeurs_initiales.{row.indicateur}"
        else:
            years = {get_text(line, "annee"): line for line in get_lines(sheet, "cibles")}
            years[str(row.annee)] = _target(row)
            sheet["cibles"] = [years[year] for year in sorted(years)]
            path = f"{_SHEETS}[{key}].cibles[{row.annee}]"
        lines[key] = sheet
        ordered: list[Tree] = [lines[name] for name in sorted(lines)]
        return layer.with_section(_SHEETS, ordered, self._origins(layer, _SHEETS, path, row))

    def _origins(
        self, layer: ImportLayer, section: str, path: str, row: RegistryRow
    ) -> dict[str, Origin]:
        """The origins of a section with that of one line put in."""
        kept = {
            key: origin for key, origin in layer.origins.items() if key.startswith(f"{section}[")
        }
        return {**kept, path: self.context.origin([row])}


def _row_key(row: NegotiatedTargetRow | BaselineRow | PlannedGrantRow) -> tuple[str, ...]:
    if isinstance(row, PlannedGrantRow):
        return (row.cle,)
    last = str(row.annee) if isinstance(row, NegotiatedTargetRow) else row.indicateur
    return (row.fiche, row.volet, last)


def _row_label(row: NegotiatedTargetRow | BaselineRow | PlannedGrantRow) -> str:
    return " ".join(part for part in (row.finess_ej, *_row_key(row)) if part)


def _sheet_key(line: dict[str, Tree]) -> str:
    return line_key(_SHEETS, lambda name: get_text(line, name))


def _target(row: NegotiatedTargetRow) -> dict[str, Tree]:
    return make_group(
        {
            "annee": row.annee,
            "texte": row.texte,
            "type": row.type,
            "valeur": row.valeur,
            "motif": row.motif,
            "auteur": row.auteur,
        }
    )


def _baseline(row: BaselineRow) -> dict[str, Tree]:
    return make_group({"annee": row.annee, "valeur": row.valeur, "source": row.source})


def _grant(row: PlannedGrantRow) -> dict[str, Tree]:
    order = {"numero": row.arrete_numero, "date": row.arrete_date}
    return make_group(
        {
            "cle": row.cle,
            "enveloppe": row.enveloppe,
            "sous_enveloppe": row.sous_enveloppe,
            "mode": row.mode,
            "mesure": row.mesure,
            "libelle": row.libelle,
            "niveau1": row.niveau1,
            "niveau2": row.niveau2,
            "payeur": row.payeur,
            "arrete": make_group(order) if row.arrete_numero else "",
            "montants": make_group(
                {str(year): row.montants[year] for year in sorted(row.montants)}
            ),
            "versements": row.versements,
            "fiche": row.fiche,
            "mission": row.mission,
        }
    )
