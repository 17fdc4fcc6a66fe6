"""The SAE as the DREES publishes it (« ; », Latin-1): one file a form and year → rows.

The forms that are read have four columns: BOR (the name of the form), AN (the year), FI and FI_EJ
(the site and its legal entity); the others are known by name, wherever they stand, for they move
from one year to the next. SMR and psychiatry give one line for each kind of care and, on another
line, their total, which is not added to them. What takes patients day and night in psychiatry (full
hospitalisation, families, flats, crisis, home) is read as beds, day and night hospitals as places,
as in the export of capacities; places of day and of night (PLAN_…) of the other disciplines too.
URGENCES2 counts the visits of a year (PASSU), general and paediatric ones on lines of their own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from contract_builder.diagnostics import Problems, import_problems, survey_problems
from contract_builder.registries.cells import CellReader, line_place
from contract_builder.registries.delimited import Layout, fold_title, iter_records
from contract_builder.registries.readers.sae_titles import FORM_COLUMNS, find_unread_titles
from contract_builder.registries.rows import (
    CapacityRow,
    EmergencyVisitsRow,
    RegistryFile,
    UnreadFormRow,
)
from contract_builder.registries.text_files import TextFile

_LAYOUT = Layout(";", FORM_COLUMNS, quoted=True)
_VISITS_FORM, _VISITS, _VISITS_KIND = "URGENCES2", "PASSU", "URG"
_COUNTS = re.compile(r"(?:LIT|PLAN?|CAP)(?:_|TOT|$)")  # columns that count beds or places


@dataclass(frozen=True, slots=True)
class _Form:
    """The columns of a form, by discipline; ``optional`` ones come and go with the years.

    ``totals`` are sums of others, which are not read. With ``kind``, that column says what a line
    is about: the ``total``, else one of ``parts``; any other kind is a share of a part.
    """

    beds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    totals: frozenset[str] = frozenset()
    kind: str = ""
    total: str = ""
    parts: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that must be there."""
        kinds = (self.kind,) if self.kind else ()
        return (*kinds, *(name for name in self.named if name not in self.optional))

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that count beds or places."""
        groups = (*self.beds.values(), *self.places.values())
        return tuple(name for names in groups for name in names)


_SMR = _Form(
    {"smr": ("LIT",)},
    {"smr": ("PLA",)},
    kind="GDE",
    total="SSR_TOT",
    parts=("SSR_A", "SSR_E"),
)
_FORMS: Mapping[str, _Form] = {
    "MCO": _Form(
        {"medecine": ("LIT_MED",), "chirurgie": ("LIT_CHI",), "obstetrique": ("LIT_OBS",)},
        {
            "medecine": ("PLA_MED", "PLAN_MED"),
            "chirurgie": ("PLA_CHI",),
            "obstetrique": ("PLA_OBS", "PLAN_OBS"),
        },
        optional=frozenset(("PLAN_MED", "PLAN_OBS")),
        totals=frozenset(("LIT_MCO", "PLA_MCO", "PLAN_MCO")),
    ),
    "SSR": _SMR,
    "SMR": _SMR,
    "PSY": _Form(
        {"psychiatrie": ("CAP_HTP", "CAP_PFT", "CAP_AAT", "CAP_ACP", "CAP_CCU", "CAP_HAD")},
        {"psychiatrie": ("CAP_HDJ", "CAP_HDN")},
        optional=frozenset(("CAP_PFT", "CAP_AAT", "CAP_ACP", "CAP_CCU", "CAP_HAD", "CAP_HDN")),
        kind="DIS",
        total="TOT",
        parts=("GEN", "INF", "PEN"),
    ),
    "HAD": _Form(places={"had": ("PLATOT",)}),
    "USLD": _Form({"usld": ("LIT",)}),
}
SAE_FORMS = (*_FORMS, _VISITS_FORM)


@dataclass(slots=True)
class _Lines:
    """The lines of one site, year and form, by what they are about."""

    form: str
    kinds: dict[str, CapacityRow] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    """What is known of a file while its lines are read."""

    file: RegistryFile
    problems: Problems
    columns: Mapping[str, str] = field(default_factory=dict)
    gathered: dict[tuple[str, int, str], _Lines] = field(default_factory=dict)
    unread: dict[str, UnreadFormRow] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)

    def is_complete(self, name: str, cells: CellReader) -> bool:
        """False, with the problem, when a column that the form must have is not there.

        Told once a form: the columns that count and that nobody here knows.
        """
        if name in self.checked:
            return True
        self.columns = {fold_title(title): title for title in cells.columns}
        form = _FORMS.get(name)
        needed = form.required if form is not None else (_VISITS,)
        missing = [title for title in needed if _fold(title) not in self.columns]
        if missing:
            place = line_place(self.file.name, 1)
            self.problems.append(import_problems.colonnes_manquantes(place, missing))
            return False
        if form is not None:
            _tell_unknown_counts(cells, form)
        self.checked.add(name)
        return True


def iter_forms(
    file: TextFile, problems: Problems
) -> Iterator[CapacityRow | EmergencyVisitsRow | UnreadFormRow]:
    """The beds and places of each site and year, and the visits to its emergency department.

    One row for each form of the file that tells neither.
    """
    source = RegistryFile(file.name)
    unread = find_unread_titles(file)
    if unread is not None:
        yield UnreadFormRow(file=source, line=unread[0], name=unread[1])
        return
    reading = _Reading(source, problems)
    for line, cells in iter_records(file, _LAYOUT, problems):
        name = cells.text("BOR").upper()
        if name not in SAE_FORMS:
            reading.unread.setdefault(name, UnreadFormRow(file=source, line=line, name=name))
        elif not reading.is_complete(name, cells):
            return
        elif name == _VISITS_FORM:
            yield from _visits(cells, reading.columns)
        else:
            _gather(cells, _FORMS[name], reading.columns, reading.gathered)
    yield from reading.unread.values()
    for lines in reading.gathered.values():
        yield _choose(lines)


def _visits(cells: CellReader, columns: Mapping[str, str]) -> Iterator[EmergencyVisitsRow]:
    """The visits of one line; none from a line that leaves them blank."""
    site, year = cells.finess("FI"), cells.year("AN")
    count = cells.whole(columns[_fold(_VISITS)])
    if site and year is not None and count is not None:
        kind = columns.get(_fold(_VISITS_KIND), "")
        yield EmergencyVisitsRow(
            file=RegistryFile(cells.name),
            line=cells.line,
            finess_ej=cells.finess("FI_EJ") if cells.text("FI_EJ") else "",
            finess=site,
            annee=year,
            passages=count,
            kind=cells.text(kind).upper() if kind else "",
        )


def _tell_unknown_counts(cells: CellReader, form: _Form) -> None:
    """Tells the columns that seem to count beds or places and that nobody here knows."""
    known = {_fold(name) for name in (*form.named, *form.totals)}
    for title in cells.columns:
        if _COUNTS.match(title.upper()) and fold_title(title) not in known:
            place = line_place(cells.name, 1)
            cells.problems.append(survey_problems.colonne_de_capacite_inconnue(place, title))


@cache
def _fold(title: str) -> str:
    """The folded name of one of the few columns that forms are read by."""
    return fold_title(title)


def _gather(
    cells: CellReader,
    form: _Form,
    columns: Mapping[str, str],
    gathered: dict[tuple[str, int, str], _Lines],
) -> None:
    """Keeps one line, unless it is a share of another or comes for the second time."""
    kind = cells.text(columns[_fold(form.kind)]).upper() if form.kind else form.total
    kind = kind.replace("SMR_", "SSR_")
    if form.kind and kind not in (form.total, *form.parts):
        return
    site, year = cells.finess("FI"), cells.year("AN")
    entity = cells.finess("FI_EJ") if cells.text("FI_EJ") else ""
    if not site or year is None:
        return
    name = "SMR" if form is _SMR else cells.text("BOR").upper()
    row = CapacityRow(
        file=RegistryFile(cells.name),
        line=cells.line,
        finess_ej=entity,
        finess=site,
        annee=year,
        lits={key: _sum(cells, columns, titles) for key, titles in form.beds.items()},
        places={key: _sum(cells, columns, titles) for key, titles in form.places.items()},
        form=name,
    )
    lines = gathered.setdefault((site, year, name), _Lines(name))
    first = lines.kinds.setdefault(kind, row)
    if first is not row:
        label = f"Site {site}, année {year}, bordereau {name} {kind}".rstrip()
        where = f"la ligne {first.line}"
        cells.problems.append(import_problems.ligne_en_double(cells.place, label, where))


def _choose(lines: _Lines) -> CapacityRow:
    """The line of the total; without one, the sum of the parts."""
    form = _FORMS[lines.form]
    total = lines.kinds.get(form.total)
    if total is not None:
        return total
    rows = list(lines.kinds.values())
    first = rows[0]
    return CapacityRow(
        file=first.file,
        line=first.line,
        finess_ej=first.finess_ej,
        finess=first.finess,
        annee=first.annee,
        lits={key: _add(row.lits[key] for row in rows) for key in first.lits},
        places={key: _add(row.places[key] for row in rows) for key in first.places},
        form=first.form,
    )


def _sum(cells: CellReader, columns: Mapping[str, str], titles: Sequence[str]) -> int | None:
    """The sum of the cells of a line that say a number; None when all are blank."""
    named = (columns.get(_fold(title)) for title in titles)
    return _add(cells.whole(title) for title in named if title is not None)


def _add(counts: Iterable[int | None]) -> int | None:
    found = [count for count in counts if count is not None]
    return sum(found) if found else None
