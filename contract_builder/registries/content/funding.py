"""HAPI rows → financing lines, one for each grant, with its amounts by campaign year.

Keys begin with « hapi- », so that lines of our own spreadsheets are never touched. A file replaces
the amounts of the campaign years that it holds, for each establishment that it speaks of. The
export by month tells the same money without the measures: it only serves where no engagement is
known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from contract_builder.diagnostics import import_problems
from contract_builder.model.french import MONTHS, format_amount
from contract_builder.reading.tree import (
    Tree,
    Value,
    get_group,
    get_lines,
    get_text,
    make_group,
)
from contract_builder.registries.content.context import ImportContext, LeftLines, SeenLines
from contract_builder.registries.content.profile_lines import make_line_key
from contract_builder.registries.layer import ImportLayer, Origin
from contract_builder.registries.rows import GrantRow, MonthlyGrantRow, RegistryRow
from contract_builder.registries.sheets import MODES

_SECTION = "financements"
_PREFIX = "hapi-"
_MONTHLY_PREFIX = "hapi-mensuel-"
# A FIR intervention is granted for the current year (« Ex. cour. »): it is not renewed by itself.
_CURRENT_YEAR = "Intervention (Ex. cour.)"
_NOT_RENEWED = "CNR"
_MEASURE = re.compile(r"([A-Z]{2}\d+(?:-\d+)*) : (.+)")

Money = GrantRow | MonthlyGrantRow


@dataclass
class FundingGatherer:
    """Grants by entity; a beneficiary may be the entity or one of its sites."""

    context: ImportContext
    grants: dict[str, list[GrantRow]] = field(default_factory=dict)
    monthly: dict[str, list[MonthlyGrantRow]] = field(default_factory=dict)
    left: LeftLines = field(default_factory=LeftLines)
    odd_modes: dict[str, RegistryRow] = field(default_factory=dict)

    @cached_property
    def _seen(self) -> SeenLines:
        return SeenLines(self.context.problems)

    def add(self, row: RegistryRow) -> None:
        """Keeps a grant, once, when its beneficiary has a profile."""
        key: tuple[object, ...]
        if isinstance(row, GrantRow):
            holder = self._holder(row.id_beneficiaire)
            key = (row.pep_engagement, row.mesure_niv3, row.num_arrete, row.montant_notifie)
            label = f"Engagement {row.pep_engagement}"
        elif isinstance(row, MonthlyGrantRow):
            holder = self._holder(row.finess_ej)
            key = (row.finess_ej, row.annee, row.mois, *_family(row), row.montant_notifie)
            label = f"{row.enveloppe} {row.sous_enveloppe}, {row.mois}/{row.annee}"
        else:
            return
        if not holder:
            self.left.add(row, "aucun profil n’a ce bénéficiaire")
        elif self._seen.is_new((row.campagne, *key), row, label):
            if isinstance(row, GrantRow):
                self.grants.setdefault(holder, []).append(row)
            else:
                self.monthly.setdefault(holder, []).append(row)

    def entities(self) -> list[str]:
        """The entities with a grant in the files."""
        return sorted({*self.grants, *self.monthly})

    def update(self, finess: str, layer: ImportLayer) -> ImportLayer:
        """The layer with the grants of the files' campaign years."""
        grants = self.grants.get(finess, [])
        lines = {get_text(line, "cle"): line for line in get_lines(layer.values, _SECTION)}
        known = _known_engagements(lines) | {_coverage(row) for row in grants}
        monthly = [row for row in self.monthly.get(finess, []) if _coverage(row) not in known]
        _forget(lines, _PREFIX, {row.campagne for row in grants})
        _forget(lines, _MONTHLY_PREFIX, {row.campagne for row in self.monthly.get(finess, [])})
        _forget_covered(lines, known)
        origins = {
            path: origin
            for path, origin in layer.origins.items()
            if any(path == f"{_SECTION}[{key}]" for key in lines)
        }
        for key, rows in _grouped(grants, monthly).items():
            line = self._line(key, rows)
            before = get_group(lines.get(key, {}), "montants")
            amounts = {**before, **get_group(line, "montants")}
            lines[key] = {**line, "montants": dict(sorted(amounts.items()))}
            path = f"{_SECTION}[{key}]"
            origins[path] = self._origin(origins.get(path), rows)
        ordered: list[Tree] = [lines[key] for key in sorted(lines)]
        return layer.with_section(_SECTION, ordered, origins)

    def finish(self) -> None:
        """Tells how unknown modes were read, and what was left aside."""
        for mode, row in self.odd_modes.items():
            self.context.problems.append(
                import_problems.mode_interprete(row.place, mode, _NOT_RENEWED)
            )
        self.left.report(self.context.problems)

    def _holder(self, beneficiary: str) -> str:
        profiles = self.context.profiles
        if beneficiary in profiles.entities:
            return beneficiary
        return profiles.holders.get(beneficiary, "")

    def _origin(self, before: Origin | None, rows: list[Money]) -> Origin:
        """The rows of these files; a file of other years keeps its place before them."""
        mode = rows[0].mode_delegation
        doubt = "" if mode in (*MODES, _CURRENT_YEAR) else f"mode « {mode} » lu comme CNR"
        origin = self.context.origin(rows, doubt)
        names = {name for name, _ in origin.sources}
        others = tuple(
            source for source in (before.sources if before else ()) if source[0] not in names
        )
        return replace(origin, sources=(*others, *origin.sources))

    def _line(self, key: str, rows: list[Money]) -> dict[str, Tree]:
        first = rows[0]
        amounts: dict[int, Decimal] = {}
        for row in rows:
            amounts[row.campagne] = amounts.get(row.campagne, Decimal(0)) + row.montant_notifie
        values: dict[str, Value | Tree] = {
            "cle": key,
            "enveloppe": first.enveloppe,
            "sous_enveloppe": first.sous_enveloppe,
            "mode": self._mode(first),
        }
        if isinstance(first, GrantRow):
            values |= _grant_values(first)
        else:
            values["libelle"] = f"{first.enveloppe} {first.sous_enveloppe}".strip()
        values["montants"] = make_group({str(year): amounts[year] for year in sorted(amounts)})
        values["versements"] = _instalments(rows)
        return make_group(values)

    def _mode(self, row: Money) -> str:
        if row.mode_delegation.upper() in MODES:
            return row.mode_delegation.upper()
        if row.mode_delegation != _CURRENT_YEAR:
            self.odd_modes.setdefault(row.mode_delegation, row)
        return _NOT_RENEWED


def _grouped(
    grants: Iterable[GrantRow], monthly: Iterable[MonthlyGrantRow]
) -> dict[str, list[Money]]:
    """The rows of each line, by its key."""
    groups: dict[str, list[Money]] = {}
    for row in grants:
        measure, _ = _measure(row)
        parts = (*_family(row), measure, row.num_arrete)
        groups.setdefault(_PREFIX + make_line_key(*parts), []).append(row)
    for payment in monthly:
        groups.setdefault(_MONTHLY_PREFIX + make_line_key(*_family(payment)), []).append(payment)
    return groups


def _family(row: Money) -> tuple[str, str, str]:
    mode = "" if row.mode_delegation == _CURRENT_YEAR else row.mode_delegation
    return (row.enveloppe, row.sous_enveloppe, mode)


def _coverage(row: Money) -> tuple[int, str, str]:
    """What engagements and months have in common: year, envelope, sub-envelope."""
    return (row.campagne, row.enveloppe, row.sous_enveloppe)


def _known_engagements(lines: dict[str, dict[str, Tree]]) -> set[tuple[int, str, str]]:
    return {
        (int(year), get_text(line, "enveloppe"), get_text(line, "sous_enveloppe"))
        for key, line in lines.items()
        if key.startswith(_PREFIX) and not key.startswith(_MONTHLY_PREFIX)
        for year in get_group(line, "montants")
        if year.isdecimal()
    }


def _forget(lines: dict[str, dict[str, Tree]], prefix: str, years: set[int]) -> None:
    """Takes the amounts of ``years`` out of the lines of one sort; a line left empty goes."""
    unwanted = {str(year) for year in years}
    for key in list(lines):
        is_monthly = key.startswith(_MONTHLY_PREFIX)
        if key.startswith(prefix) and is_monthly == (prefix == _MONTHLY_PREFIX):
            _drop_years(lines, key, unwanted)


def _forget_covered(lines: dict[str, dict[str, Tree]], known: set[tuple[int, str, str]]) -> None:
    """Takes out of the lines by month the years that engagements tell."""
    for key in list(lines):
        if key.startswith(_MONTHLY_PREFIX):
            family = (get_text(lines[key], "enveloppe"), get_text(lines[key], "sous_enveloppe"))
            _drop_years(lines, key, {str(year) for year, *rest in known if tuple(rest) == family})


def _drop_years(lines: dict[str, dict[str, Tree]], key: str, unwanted: set[str]) -> None:
    amounts = get_group(lines[key], "montants")
    kept = {year: amount for year, amount in amounts.items() if year not in unwanted}
    if not kept:
        del lines[key]
    elif len(kept) < len(amounts):
        lines[key] = {**lines[key], "montants": kept}


def _grant_values(row: GrantRow) -> dict[str, Value | Tree]:
    code, label = _measure(row)
    order = {"numero": row.num_arrete, "date": row.date_document}
    return {
        "mesure": code if _MEASURE.match(row.mesure_niv3) else "",
        "libelle": row.libelle_action or label,
        "niveau1": row.mesure_niv1,
        "niveau2": row.mesure_niv2,
        "payeur": row.payeur,
        "arrete": make_group(order) if row.num_arrete else "",
    }


def _measure(row: GrantRow) -> tuple[str, str]:
    """Code and label of the finest measure given: « MI2-3-5 : Pratique de soins… »."""
    finest = row.mesure_niv3 or row.mesure_niv2 or row.mesure_niv1 or row.enveloppe
    match = _MEASURE.fullmatch(finest)
    return (match.group(1), match.group(2)) if match else (finest, finest)


def _instalments(rows: list[Money]) -> str:
    """« janvier 2019 : 53 643,00 € ; … » for payments by month."""
    payments = sorted(
        (row.annee, row.mois, row.montant_notifie)
        for row in rows
        if isinstance(row, MonthlyGrantRow)
    )
    return " ; ".join(
        f"{MONTHS[month - 1]} {year} : {format_amount(amount)}" for year, month, amount in payments
    )
