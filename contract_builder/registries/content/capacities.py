"""SAE rows → the beds, places and emergency visits of a legal entity, year by year.

Each is the sum of what the sites of the entity say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from contract_builder.diagnostics import survey_problems
from contract_builder.reading.tree import Tree, get_lines, get_text, make_group
from contract_builder.registries.content.context import ImportContext, LeftLines, SeenLines
from contract_builder.registries.layer import ImportLayer
from contract_builder.registries.readers.sae_forms import SAE_FORMS
from contract_builder.registries.rows import (
    CapacityRow,
    EmergencyVisitsRow,
    RegistryRow,
    UnreadFormRow,
)

DISCIPLINES = ("medecine", "chirurgie", "obstetrique", "smr", "psychiatrie", "had", "usld")
_CAPACITIES, _VISITS = "capacites", "urgences"
SurveyRow = CapacityRow | EmergencyVisitsRow
_Years = dict[str, dict[int, list[SurveyRow]]]


@dataclass
class CapacityGatherer:
    """Beds, places and visits by entity and year."""

    context: ImportContext
    capacities: _Years = field(default_factory=dict)
    visits: _Years = field(default_factory=dict)
    unread: dict[str, UnreadFormRow] = field(default_factory=dict)
    left: LeftLines = field(default_factory=LeftLines)
    _entities: dict[str, str] = field(default_factory=dict)
    _orphans: list[SurveyRow] = field(default_factory=list)

    @cached_property
    def _seen(self) -> SeenLines:
        return SeenLines(self.context.problems)

    def add(self, row: RegistryRow) -> None:
        """Keeps what a site says of a year, once, when its entity has a profile."""
        if isinstance(row, UnreadFormRow):
            self.unread.setdefault(row.name, row)
        if not isinstance(row, CapacityRow | EmergencyVisitsRow):
            return
        if not row.finess_ej:
            self._orphans.append(row)
            return
        self._entities.setdefault(row.finess, row.finess_ej)
        if row.finess_ej not in self.context.profiles.entities:
            self.left.add(row, "aucun profil n’a ce numéro d’entité juridique")
            return
        if isinstance(row, EmergencyVisitsRow):
            years, kind = self.visits, ("passages", row.kind)
        else:
            years, kind = self.capacities, ("lits", row.form)
        key = (row.finess, row.annee, kind)
        if self._seen.is_new(key, row, f"Site {row.finess}, année {row.annee}"):
            years.setdefault(row.finess_ej, {}).setdefault(row.annee, []).append(row)

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
        return sorted({*self.capacities, *self.visits})

    def update(self, finess: str, layer: ImportLayer) -> ImportLayer:
        """The layer with the years of the files; other years stay as they were.

        Forms of the survey say nothing of the disciplines of the others: these stay too.
        """
        layer = self._with_years(layer, _CAPACITIES, self.capacities.get(finess, {}), _capacity)
        return self._with_years(layer, _VISITS, self.visits.get(finess, {}), _emergency_visits)

    def _with_years(
        self,
        layer: ImportLayer,
        section: str,
        years: Mapping[int, Sequence[SurveyRow]],
        make_line: Callable[[int, Sequence[SurveyRow], Mapping[str, Tree]], dict[str, Tree]],
    ) -> ImportLayer:
        """The layer with the lines of ``years`` in one of its lists, made from what stood there."""
        if not years:
            return layer
        lines = {
            int(year): line
            for line in get_lines(layer.values, section)
            if (year := get_text(line, "annee")).isdecimal()
        }
        lines |= {year: make_line(year, rows, lines.get(year, {})) for year, rows in years.items()}
        origins = {
            path: origin
            for path, origin in layer.origins.items()
            if path in {f"{section}[{year}]" for year in lines}
        } | {f"{section}[{year}]": self.context.origin(rows) for year, rows in years.items()}
        ordered: list[Tree] = [lines[year] for year in sorted(lines)]
        return layer.with_section(section, ordered, origins)

    def finish(self) -> None:
        """Tells which forms were not read, and how many lines were about other establishments."""
        if self.unread:
            first = next(iter(self.unread.values()))
            problem = survey_problems.bordereau_sans_capacite(
                first.place, sorted(self.unread), SAE_FORMS
            )
            self.context.problems.append(problem)
        self.left.report(self.context.problems)


def _capacity(
    year: int, survey: Sequence[SurveyRow], before: Mapping[str, Tree]
) -> dict[str, Tree]:
    """One year: a discipline that every site leaves blank is left out.

    A discipline that none of the forms is about stays what it was ``before``.
    """
    rows = [row for row in survey if isinstance(row, CapacityRow)]
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


def _emergency_visits(
    year: int, survey: Sequence[SurveyRow], before: Mapping[str, Tree]
) -> dict[str, Tree]:
    """One year: the general and the paediatric visits of all sites, whatever stood ``before``."""
    count = sum(row.passages for row in survey if isinstance(row, EmergencyVisitsRow))
    return make_group({"annee": year, "passages": count, "source": f"SAE {year}"})


def _total(counts: list[Mapping[str, int | None]], discipline: str) -> int | None:
    found = [value for count in counts if (value := count.get(discipline)) is not None]
    return sum(found) if found else None
