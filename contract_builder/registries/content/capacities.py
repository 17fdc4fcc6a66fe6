"""SAE rows → the beds and places of a legal entity, year by year: the sum of its sites."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from contract_builder.reading.tree import Tree, get_lines, get_text, make_group
from contract_builder.registries.content.context import ImportContext, LeftLines, SeenLines
from contract_builder.registries.layer import ImportLayer
from contract_builder.registries.rows import CapacityRow, RegistryRow

DISCIPLINES = ("medecine", "chirurgie", "obstetrique", "smr", "psychiatrie", "had", "usld")
_SECTION = "capacites"


@dataclass
class CapacityGatherer:
    """Beds and places by entity and year."""

    context: ImportContext
    years: dict[str, dict[int, list[CapacityRow]]] = field(default_factory=dict)
    left: LeftLines = field(default_factory=LeftLines)
    _entities: dict[str, str] = field(default_factory=dict)
    _orphans: list[CapacityRow] = field(default_factory=list)

    @cached_property
    def _seen(self) -> SeenLines:
        return SeenLines(self.context.problems)

    def add(self, row: RegistryRow) -> None:
        """Keeps a site's year, once, when its entity has a profile."""
        if not isinstance(row, CapacityRow):
            return
        if not row.finess_ej:
            self._orphans.append(row)
            return
        self._entities.setdefault(row.finess, row.finess_ej)
        if row.finess_ej not in self.context.profiles.entities:
            self.left.add(row, "aucun profil n’a ce numéro d’entité juridique")
        elif self._seen.is_new(
            (row.finess, row.annee, row.form), row, f"Site {row.finess}, année {row.annee}"
        ):
            self.years.setdefault(row.finess_ej, {}).setdefault(row.annee, []).append(row)

    def entities(self) -> list[str]:
        """The entities with a line in the files.

        A line that does not say its entity is of the one that another line gives to its site.
        """
        orphans, self._orphans = self._orphans, []
        for row in orphans:
            entity = self._entities.get(row.finess, "")
            if entity:
                self.add(replace(row, finess_ej=entity))
            else:
                self.left.add(row, "aucune ligne ne dit l’entité juridique de ces sites")
        return sorted(self.years)

    def update(self, finess: str, layer: ImportLayer) -> ImportLayer:
        """The layer with the years of the files; other years stay as they were.

        Forms of the survey say nothing of the disciplines of the others: these stay too.
        """
        years = self.years[finess]
        lines = {
            int(year): line
            for line in get_lines(layer.values, _SECTION)
            if (year := get_text(line, "annee")).isdecimal()
        }
        lines |= {year: _capacity(year, rows, lines.get(year, {})) for year, rows in years.items()}
        origins = {
            path: origin
            for path, origin in layer.origins.items()
            if path in {f"{_SECTION}[{year}]" for year in lines}
        } | {f"{_SECTION}[{year}]": self.context.origin(rows) for year, rows in years.items()}
        ordered: list[Tree] = [lines[year] for year in sorted(lines)]
        return layer.with_section(_SECTION, ordered, origins)

    def finish(self) -> None:
        """Tells how many lines were about other establishments."""
        self.left.report(self.context.problems)


def _capacity(year: int, rows: list[CapacityRow], before: Mapping[str, Tree]) -> dict[str, Tree]:
    """One year: a discipline that every site leaves blank is left out.

    A discipline that none of the forms is about stays what it was ``before``.
    """
    line: dict[str, Tree] = make_group({"annee": year})
    by_forms = all(row.form for row in rows)
    told = {name for row in rows for name in (*row.lits, *row.places)}
    for discipline in DISCIPLINES:
        if by_forms and discipline not in told:
            if discipline in before:
                line[discipline] = before[discipline]
            continue
        beds = _total([row.lits for row in rows], discipline)
        places = _total([row.places for row in rows], discipline)
        if beds is not None or places is not None:
            line[discipline] = make_group({"lits": beds or 0, "places": places or 0})
    line["source"] = f"SAE {year}"
    return line


def _total(counts: list[Mapping[str, int | None]], discipline: str) -> int | None:
    found = [value for count in counts if (value := count.get(discipline)) is not None]
    return sum(found) if found else None
