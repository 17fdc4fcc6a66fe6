"""« Cibles » : what each chosen sheet asks year by year, what is negotiated, starting values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract_builder.reading.tree import Tree
from contract_builder.services.explaining import explain_prepared_sheets
from contract_builder.web.forms.bound import (
    RANK_KEY,
    Bound,
    BoundField,
    BoundGroup,
    BoundLine,
    BoundPairs,
    BoundTable,
)
from contract_builder.web.forms.editing import SectionForm
from contract_builder.web.forms.sections import TARGETS_SECTION
from contract_builder.web.pages.section_page import Asked, SectionPage, Told

if TYPE_CHECKING:
    from contract_builder.assembly.sheet_overview import OverviewTarget, SheetOverview


@dataclass(frozen=True, slots=True)
class NegotiatedLine:
    """The controls of one negotiated target, by the key of each."""

    line: BoundLine
    fields: Mapping[str, BoundField]

    @property
    def is_given(self) -> bool:
        """True when something is agreed, or typed; False for a line to fill in."""
        named = (field for key, field in self.fields.items() if key != "annee")
        return self.line.has_messages or any(field.value for field in named)


@dataclass(frozen=True, slots=True)
class TargetYear:
    """One year of a sheet: what it prints for each row, and the targets agreed in its place."""

    year: str
    printed: "tuple[tuple[str, OverviewTarget], ...]"
    lines: tuple[NegotiatedLine, ...]


@dataclass(frozen=True, slots=True)
class TargetSheet:
    """A chosen sheet with its starting values (each with its label) and its years."""

    line: BoundLine
    told: "SheetOverview | None"
    name: str
    baselines: tuple[tuple[str, str, BoundGroup], ...]
    years: tuple[TargetYear, ...]
    ranks: tuple[BoundLine, ...]


def _tell(asked: Asked) -> Told:
    project = asked.request.hall.project
    explanation, _ = explain_prepared_sheets(project, asked.file.path, asked.prepared)
    sheets = explanation.sheets if explanation else ()
    return {"sheets_told": {sheet.code: sheet for sheet in sheets if sheet.is_chosen}}


def _tidy(tree: dict[str, Tree]) -> dict[str, Tree]:
    """The tree without the lines and the starting values that were left blank."""
    return {**tree, "fiches": [_tidy_sheet(line) for line in _lines(tree.get("fiches"))]}


def _tidy_sheet(line: Tree) -> Tree:
    if not isinstance(line, dict):
        return line
    kept = dict(line)
    agreed: list[Tree] = [item for item in _lines(line.get("cibles")) if _says(item, "annee")]
    given = line.get("valeurs_initiales")
    values: dict[str, Tree] = {}
    if isinstance(given, dict):
        values = {key: value for key, value in given.items() if _says(value, "annee")}
    for key, value in (("cibles", agreed), ("valeurs_initiales", values)):
        kept.pop(key, None)
        if value:
            kept[key] = value
    return kept


def _says(tree: Tree, but: str) -> bool:
    """True when a group says anything besides its key ``but``."""
    return not isinstance(tree, dict) or any(v for k, v in tree.items() if k not in (but, RANK_KEY))


def _pad(tree: Mapping[str, Tree], told: Told) -> dict[str, Tree]:
    """A blank target for each year that has none, a blank starting value for each that lacks."""
    sheets = told.get("sheets_told", {})
    padded = [
        _pad_sheet(line, sheets[line["code"]])
        if isinstance(line, dict) and line.get("code") in sheets
        else line
        for line in _lines(tree.get("fiches"))
    ]
    return {**tree, "fiches": padded}


def _pad_sheet(line: dict[str, Tree], sheet: "SheetOverview") -> Tree:
    agreed = _lines(line.get("cibles"))
    had = {item.get("annee") for item in agreed if isinstance(item, dict)}
    years = sorted({str(year) for row in sheet.rows for year in row.years})
    blank: list[Tree] = [{RANK_KEY: "-1", "annee": year} for year in years if year not in had]
    given = line.get("valeurs_initiales")
    values: dict[str, Tree] = dict(given) if isinstance(given, dict) else {}
    for item in sheet.missing_baselines:
        values.setdefault(item.indicator, {"annee": str(item.year)})
    return {**line, "cibles": [*agreed, *blank], "valeurs_initiales": values}


def _lay(form: SectionForm, told: Told) -> Told:
    (table,) = form.parts
    sheets = told.get("sheets_told", {})
    lines = table.lines if isinstance(table, BoundTable) else ()
    return {"table": table, "sheets": tuple(_lay_sheet(line, sheets) for line in lines)}


def _lay_sheet(line: BoundLine, sheets: "Mapping[str, SheetOverview]") -> TargetSheet:
    parts = {part.shape.key: part for part in line.parts}
    code = parts["code"].value if isinstance(parts["code"], BoundField) else ""
    told = sheets.get(code)
    agreed = parts["cibles"]
    lines = agreed.lines if isinstance(agreed, BoundTable) else ()
    return TargetSheet(
        line,
        told,
        code,
        tuple(_iter_baselines(parts["valeurs_initiales"], told)),
        tuple(_iter_years(lines, told)),
        lines,
    )


def _iter_baselines(
    part: Bound, told: "SheetOverview | None"
) -> Iterator[tuple[str, str, BoundGroup]]:
    labels: dict[str, str] = {}
    if told is not None:
        labels = {item.indicator: item.label for item in told.baselines}
        labels |= {item.indicator: item.label for item in told.missing_baselines}
    if isinstance(part, BoundPairs):
        for name, group in part.parts:
            if isinstance(group, BoundGroup):
                yield name, labels.get(name, name), group


def _iter_years(lines: tuple[BoundLine, ...], told: "SheetOverview | None") -> Iterator[TargetYear]:
    agreed: dict[str, list[NegotiatedLine]] = {}
    for line in lines:
        fields = {part.shape.key: part for part in line.parts if isinstance(part, BoundField)}
        agreed.setdefault(fields["annee"].value, []).append(NegotiatedLine(line, fields))
    rows = () if told is None else told.rows
    printed: dict[str, list[tuple[str, OverviewTarget]]] = {}
    for row in rows:
        for year, target in row.years.items():
            printed.setdefault(str(year), []).append((row.volet or row.category, target))
    for name in sorted({*agreed, *printed}):
        yield TargetYear(name, tuple(printed.get(name, ())), tuple(agreed.get(name, ())))


def _lines(tree: Tree | None) -> list[Tree]:
    return tree if isinstance(tree, list) else []


TARGETS_PAGE = SectionPage(
    TARGETS_SECTION, "web/cibles.html", tidy=_tidy, tell=_tell, pad=_pad, lay=_lay
)
