"""The SAE as the DREES publishes it (« ; », Latin-1): one file a form and year → rows of capacity.

All forms have four columns: BOR (the name of the form), AN (the year), FI and FI_EJ (the site and
its legal entity); the others are known by name, wherever they stand, for they move from one year to
the next. SMR and psychiatry give one line for each kind of care and, on another line, their total,
which is not added to them. What takes patients day and night in psychiatry (full hospitalisation,
families, flats, crisis, home) is read as beds, day and night hospitals as places, as in the export
of capacities.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.registries.cells import CellReader, line_place
from contract_builder.registries.delimited import Layout, fold_title, iter_records
from contract_builder.registries.rows import CapacityRow, RegistryFile
from contract_builder.registries.text_files import TextFile

COLUMNS = ("BOR", "AN", "FI", "FI_EJ")
_LAYOUT = Layout(";", COLUMNS, quoted=True)


@dataclass(frozen=True, slots=True)
class _Form:
    """The columns of a form, by discipline; ``optional`` ones come and go with the years.

    With ``kind``, that column says what a line is about: the ``total``, else one of ``parts``;
    any other kind is a share of a part.
    """

    beds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    kind: str = ""
    total: str = ""
    parts: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that must be there."""
        named = [name for names in (*self.beds.values(), *self.places.values()) for name in names]
        kinds = (self.kind,) if self.kind else ()
        return (*kinds, *(name for name in named if name not in self.optional))


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
        {"medecine": ("PLA_MED",), "chirurgie": ("PLA_CHI",), "obstetrique": ("PLA_OBS",)},
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
SAE_FORMS = tuple(_FORMS)


@dataclass(slots=True)
class _Lines:
    """The lines of one site, year and form, by what they are about."""

    form: str
    kinds: dict[str, CapacityRow] = field(default_factory=dict)


def is_form(lines: Sequence[str]) -> bool:
    """True when one of the first lines of a file has the columns of every form."""
    wanted = {fold_title(title) for title in COLUMNS}
    return any(
        wanted <= {fold_title(title.strip('"')) for title in line.split(";")} for line in lines
    )


def iter_forms(file: TextFile, problems: Problems) -> Iterator[CapacityRow]:
    """The beds and places of each site and year; a form that counts none is told, and left."""
    gathered: dict[tuple[str, int, str], _Lines] = {}
    columns: Mapping[str, str] | None = None
    others: dict[str, int] = {}
    for line, cells in iter_records(file, _LAYOUT, problems):
        if columns is None:
            columns = {fold_title(title): title for title in cells.columns}
        name = cells.text("BOR").upper()
        form = _FORMS.get(name)
        if form is None:
            others.setdefault(name, line)
            continue
        missing = [title for title in form.required if _fold(title) not in columns]
        if missing:
            problems.append(import_problems.colonnes_manquantes(line_place(file.name, 1), missing))
            return
        _gather(cells, form, columns, gathered)
    for name, line in others.items():
        place = line_place(file.name, line)
        problems.append(import_problems.bordereau_sans_capacite(place, name, SAE_FORMS))
    for lines in gathered.values():
        yield _choose(lines)


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
