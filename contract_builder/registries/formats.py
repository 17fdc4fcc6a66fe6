"""Which registry a file is, by its content; and its rows, whichever the format.

The name of a file says nothing reliable: the first tag, key or title that only one format has
decides. A known file given to the wrong import is named as such.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from contract_builder.diagnostics import Diagnostic, Problems, file_problems, import_problems
from contract_builder.errors import system_reason
from contract_builder.profiles.load import display_name
from contract_builder.registries.delimited import find_declared_separator, fold_title
from contract_builder.registries.readers import (
    arhgos_xml,
    finess_json,
    finess_open_csv,
    finess_xml,
    hapi,
    sae,
    sae_forms,
    sae_titles,
    targets,
)
from contract_builder.registries.rows import RegistryRow
from contract_builder.registries.text_files import TextFile, inspect_text, iter_chunks
from contract_builder.registries.workbooks import is_workbook
from contract_builder.source import whole_file

ImportKind = Literal["finess", "arhgos", "hapi", "sae", "targets"]
IMPORT_KINDS: tuple[ImportKind, ...] = get_args(ImportKind)

_CHUNK = 64 * 1024
_OVERLAP = 64
_FIRST_LINES = 20  # among which a registry has its titles
_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)")


@dataclass(frozen=True, slots=True)
class RegistryFormat:
    """A format of registry: the import it belongs to, its French name, its reader."""

    kind: ImportKind
    label: str
    read: Callable[[TextFile, Problems], Iterator[RegistryRow]]


_LEGAL_ENTITIES = RegistryFormat(
    "finess", "les entités juridiques FINESS (flux 1400101)", finess_xml.iter_legal_entities
)
_SITES = RegistryFormat(
    "finess", "les établissements FINESS (flux 1400102)", finess_xml.iter_flow_sites
)
_OPEN_SITES = RegistryFormat(
    "finess",
    "les établissements FINESS (fichier ouvert 1100502 ou 1100507)",
    finess_open_csv.iter_open_sites,
)
_STRUCTURES = RegistryFormat(
    "finess", "les structures FINESS (fichier ouvert JSON)", finess_json.iter_structures
)
_ACTIVITIES = RegistryFormat(
    "arhgos", "les activités FINESS (fichier ouvert JSON)", finess_json.iter_activities
)
_AUTHORISATIONS = RegistryFormat(
    "arhgos", "les autorisations ARHGOS", arhgos_xml.iter_authorisations
)
_FORMER = RegistryFormat(
    "arhgos",
    "les activités de soins d’avant la réforme (flux 1400103)",
    arhgos_xml.iter_former_authorisations,
)
_EQUIPMENT = RegistryFormat(
    "arhgos",
    "les équipements lourds d’avant la réforme (flux 1400104)",
    arhgos_xml.iter_heavy_equipment,
)
_RECOGNITIONS = RegistryFormat(
    "arhgos", "les reconnaissances contractuelles (flux 1600102)", arhgos_xml.iter_recognitions
)
_ENGAGEMENTS = RegistryFormat("hapi", "les engagements HAPI", hapi.iter_engagements)
_MONTHLY = RegistryFormat("hapi", "les montants mensuels HAPI", hapi.iter_monthly)
_CAPACITIES = RegistryFormat("sae", "les capacités SAE", sae.iter_capacities)
_SAE_FORMS = RegistryFormat("sae", "un bordereau de la SAE (fichier ouvert)", sae_forms.iter_forms)
_SPREADSHEET_LABEL = "un classeur ou un CSV écrit par un modèle (cibles, sites, financements…)"

# Tags and keys that only one format has. Flows 1400103 and 1400104 begin with bare legal entities:
# these are told from flow 1400101 by the legal status that only the latter gives.
_XML_MARKS: Mapping[str, RegistryFormat] = {
    "<statutjuridique": _LEGAL_ENTITIES,
    "<structureet": _SITES,
    "<activiteamm": _AUTHORISATIONS,
    "<activiteoffresoin": _FORMER,
    "<equipmateriellourd": _EQUIPMENT,
    "<activitesoumiseareco": _RECOGNITIONS,
}
_JSON_MARKS: Mapping[str, RegistryFormat] = {
    '"informationsGeneralesPMEJ"': _STRUCTURES,
    '"gccId"': _STRUCTURES,
    '"typeGco"': _STRUCTURES,
    '"activitesAutorisees"': _ACTIVITIES,
    '"activitesExercees"': _ACTIVITIES,
}
_TITLE_MARKS: Mapping[str, RegistryFormat] = {
    "CODE_PEP": _ENGAGEMENTS,
    "Année Campagne HAPI": _MONTHLY,
    "Nombre de lits de médecine": _CAPACITIES,
}
_OPEN_CSV_START = re.compile(r"finess[;|,\t]etalab[;|,\t]")
_FORMATS = tuple(
    dict.fromkeys(
        (
            *_XML_MARKS.values(),
            _OPEN_SITES,
            *_JSON_MARKS.values(),
            *_TITLE_MARKS.values(),
            _SAE_FORMS,
        )
    )
)


def read_registry(
    kind: ImportKind, files: Sequence[Path], root: Path, problems: Problems
) -> Iterator[RegistryRow]:
    """The rows of all the files, one after the other; ``root`` shortens names in messages.

    Problems are added while the rows are consumed.
    """
    for path in files:
        name = display_name(path, root)
        if kind == "targets":
            yield from targets.iter_spreadsheet(path, name, problems)
        else:
            yield from _iter_rows(kind, path, name, problems)


def recognise_kind(path: Path, problems: Problems) -> ImportKind | None:
    """The import that a file is for, by its content; None when it is no registry that we know.

    ``problems`` receives why a file cannot be read at all.
    """
    try:
        if is_workbook(path):
            return "targets"
    except OSError as error:
        problems.append(_unreadable(path.name, error))
        return None
    file = inspect_text(path, path.name, problems)
    found = find_format(file) if file is not None else None
    return found.kind if found is not None else None


def expected_formats(kind: ImportKind) -> tuple[str, ...]:
    """The French names of the formats that an import reads."""
    if kind == "targets":
        return (_SPREADSHEET_LABEL,)
    return tuple(item.label for item in _FORMATS if item.kind == kind)


def find_format(file: TextFile) -> RegistryFormat | None:
    """The format of the file, by the first mark met; None when it has none."""
    head = next(iter_chunks(file, _CHUNK), "").lstrip()
    if head.startswith("<"):
        return _find_mark(file, _XML_MARKS)
    if head.startswith("{"):
        return _find_mark(file, _JSON_MARKS)
    lines = head.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    if find_declared_separator(lines[0]):
        lines = lines[1:]
    if lines and _OPEN_CSV_START.match(lines[0]):
        return _OPEN_SITES
    if sae_titles.is_form(lines):
        return _SAE_FORMS
    folded = fold_title(" ".join(lines))
    return next((item for mark, item in _TITLE_MARKS.items() if fold_title(mark) in folded), None)


def _iter_rows(
    kind: ImportKind, path: Path, name: str, problems: Problems
) -> Iterator[RegistryRow]:
    whole = whole_file(name)
    try:
        workbook = is_workbook(path)
    except OSError as error:
        problems.append(_unreadable(name, error))
        return
    if workbook:
        problems.append(import_problems.format_non_reconnu(whole, expected_formats(kind)))
        return
    file = inspect_text(path, name, problems)
    if file is None:
        return
    if _DECLARATION.search(next(iter_chunks(file, _CHUNK), "")):
        problems.append(import_problems.entites_xml_refusees(whole))
        return
    found = find_format(file)
    if found is None:
        problems.append(import_problems.format_non_reconnu(whole, expected_formats(kind)))
    elif found.kind != kind:
        problems.append(import_problems.autre_registre(whole, found.label, found.kind))
    else:
        yield from found.read(file, problems)


def _unreadable(name: str, error: OSError) -> Diagnostic:
    return file_problems.fichier_illisible(whole_file(name), system_reason(error))


def _find_mark(file: TextFile, marks: Mapping[str, RegistryFormat]) -> RegistryFormat | None:
    """The format of the mark that comes first, however far in the file."""
    pattern = re.compile("|".join(f"{re.escape(mark)}(?![a-z])" for mark in marks))
    tail = ""
    for chunk in iter_chunks(file, _CHUNK):
        match = pattern.search(tail + chunk)
        if match is not None:
            return marks[match.group()]
        tail = chunk[-_OVERLAP:]
    return None
