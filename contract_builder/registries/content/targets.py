"""Rows of our own spreadsheets → targets, starting values, financing lines, lines of a profile.

Lines are added to, or replaced in, what earlier spreadsheets said; nothing else is touched. An
establishment or a sheet that does not exist is an error, since an officer wrote the line.
"""

from collections.abc import Mapping, Sequence
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
from contract_builder.registries.content.notifications import (
    NoLine,
    find_fixed_amount,
    find_notified_line,
)
from contract_builder.registries.content.profile_lines import (
    find_unknown_codes,
    key_of_line,
    merge_line,
    put_line,
    says,
)
from contract_builder.registries.layer import ImportLayer, Origin
from contract_builder.registries.rows import (
    BaselineRow,
    NegotiatedTargetRow,
    NotifiedGrantRow,
    PlannedGrantRow,
    ProfileLineRow,
    RegistryRow,
    SpreadsheetRow,
)

_SHEETS, _FUNDING = "fiches", "financements"
_TYPES: tuple[str, ...] = get_args(TargetType)


@dataclass
class TargetGatherer:
    """The lines of spreadsheets by entity."""

    context: ImportContext
    rows: dict[str, list[SpreadsheetRow]] = field(default_factory=dict)
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
        if not isinstance(row, SpreadsheetRow):
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
        own = _latest_profile(self.context.profiles.entities[finess].own)
        for row in self.rows[finess]:
            if isinstance(row, NotifiedGrantRow):
                layer = self._with_notification(layer, row, own)
            elif isinstance(row, ProfileLineRow):
                layer = put_line(layer, row, self.context.origin([row]), own)
            elif any(_is_said(tree, row) for tree in (layer.values, *own)):
                continue
            elif isinstance(row, PlannedGrantRow):
                layer = self._with_grant(layer, row)
            else:
                layer = self._with_sheet_value(layer, row)
        return layer

    def finish(self) -> None:
        """Tells the establishments without a profile, once each."""
        for finess, row in self.strangers.items():
            place = row.place_of("FINESS EJ")
            self._tell(row, "FINESS EJ", import_problems.entite_sans_profil(place, finess))

    def _check(self, row: SpreadsheetRow) -> None:
        if isinstance(row, PlannedGrantRow | NotifiedGrantRow):
            return
        if isinstance(row, ProfileLineRow):
            nomenclature = self.context.options.library.nomenclature
            for column, problem in find_unknown_codes(row, nomenclature):
                self._tell(row, column, problem)
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

    def _with_notification(
        self, layer: ImportLayer, row: NotifiedGrantRow, own: Sequence[Mapping[str, Tree]]
    ) -> ImportLayer:
        """The layer with a notified amount in its line; a row without a line is an error."""
        line = find_notified_line(row, (layer.values, *own))
        if isinstance(line, NoLine):
            self._tell(row, line.column, line.problem)
            return layer
        fixed = find_fixed_amount(row, line, own)
        if fixed is not None:
            self._tell(row, "Montant", fixed)
        return put_line(layer, line, self.context.origin([row]), own)

    def _with_grant(self, layer: ImportLayer, row: PlannedGrantRow) -> ImportLayer:
        lines = {get_text(line, "cle"): line for line in get_lines(layer.values, _FUNDING)}
        lines[row.cle] = merge_line(lines.get(row.cle, {}), _grant(row))
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
            targets = {_target_key(line): line for line in get_lines(sheet, "cibles")}
            target = _target(row)
            targets[_target_key(target)] = target
            sheet["cibles"] = [targets[name] for name in sorted(targets)]
            path = f"{_SHEETS}[{key}].cibles[{_target_key(target)}]"
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


def _latest_profile(own: Sequence[Mapping[str, Tree]]) -> Sequence[Mapping[str, Tree]]:
    """Of the files of an establishment, the one whose contract takes effect last: templates are
    filled from it, and what an earlier contract says is no reason to leave a line out.
    """
    return sorted(own, key=lambda tree: get_text(tree, "contrat", "date_effet"))[-1:]


def _is_said(
    tree: Mapping[str, Tree], row: NegotiatedTargetRow | BaselineRow | PlannedGrantRow
) -> bool:
    """True when the layer or a file of the officer's says what the row says, and where it does."""
    if isinstance(row, PlannedGrantRow):
        lines = get_lines(tree, _FUNDING)
        return any(get_text(line, "cle") == row.cle and says(line, _grant(row)) for line in lines)
    wanted = _sheet_key(make_group({"code": row.fiche, "volet": row.volet}))
    for sheet in get_lines(tree, _SHEETS):
        if _sheet_key(sheet) != wanted:
            continue
        if isinstance(row, BaselineRow):
            given = get_group(get_group(sheet, "valeurs_initiales"), row.indicateur)
            return says(given, _baseline(row))
        target = _target(row)
        return any(
            _target_key(line) == _target_key(target) and says(line, target)
            for line in get_lines(sheet, "cibles")
        )
    return False


def _row_key(row: SpreadsheetRow) -> tuple[str, ...]:
    if isinstance(row, ProfileLineRow):
        return (row.section, key_of_line(row))
    if isinstance(row, PlannedGrantRow):
        return (row.cle,)
    if isinstance(row, NotifiedGrantRow):
        return (row.cle or row.mesure, str(row.annee))
    if isinstance(row, NegotiatedTargetRow):
        return (row.fiche, row.volet, str(row.annee), row.indicateur)
    return (row.fiche, row.volet, row.indicateur)


def _row_label(row: SpreadsheetRow) -> str:
    return " ".join(part for part in (row.finess_ej, *_row_key(row)) if part)


def _sheet_key(line: dict[str, Tree]) -> str:
    return line_key(_SHEETS, lambda name: get_text(line, name))


def _target_key(line: dict[str, Tree]) -> str:
    return line_key("cibles", lambda name: get_text(line, name))


def _target(row: NegotiatedTargetRow) -> dict[str, Tree]:
    return make_group(
        {
            "annee": row.annee,
            "indicateur": row.indicateur,
            "texte": row.texte,
            "type": row.type,
            "valeur": row.valeur,
            "motif": row.motif,
            "auteur": row.auteur,
            "derogation": row.derogation,
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
