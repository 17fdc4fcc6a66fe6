"""A library as it would be if some of its files said something else: for trials, nothing written.

Only the files that change are parsed; the others are taken as they were read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TypeVar

from contract_builder.diagnostics import Problems
from contract_builder.library.load import order_clauses, parse_clause, parse_fiche
from contract_builder.model.clause import Clause
from contract_builder.model.fiche import Fiche
from contract_builder.model.library import Campaign, Library, Outline
from contract_builder.model.record import Record
from contract_builder.model.reference import ReferenceFile
from contract_builder.reading.files import (
    FrontMatterFile,
    parse_front_matter,
    parse_typed_text,
)
from contract_builder.reading.records import read_record
from contract_builder.reading.yaml_nodes import parse_yaml

LibraryTexts = Mapping[str, str | None]
"""Files of a library by name, relative to the project: their text, None for one that is removed."""

SHEETS_FOLDER, REFERENCES_FOLDER = "fiches", "references"
PLANS_FOLDER, CAMPAIGNS_FOLDER = "outlines", "campagnes"

R = TypeVar("R", bound=Record)


def change_library(library: Library, texts: LibraryTexts) -> tuple[Library, Problems]:
    """The library with these texts, and the problems of their form.

    They are those of clauses, sheets, references, plans and campaigns. One that cannot be read is
    left out and told, as when a library is loaded.
    """
    problems: Problems = []
    clauses = {name: list(versions) for name, versions in library.clauses.items()}
    fiches = {catalogue: dict(sheets) for catalogue, sheets in library.fiches.items()}
    references = list(library.references)
    outlines, campaigns = dict(library.outlines), dict(library.campaigns)
    digest = sha256(library.version.encode())
    for name, text in sorted(texts.items()):
        digest.update(f"\0{name}\0{text}".encode("utf-8", "surrogatepass"))
        path = PurePosixPath(name)
        if path.parts[0] == SHEETS_FOLDER:
            _put_sheet(fiches.setdefault(path.parent.name, {}), name, text, problems)
        elif path.parent.name == REFERENCES_FOLDER:
            _put_references(references, name, text, problems)
        elif path.parent.name == PLANS_FOLDER:
            _put_record(outlines, "type", name, _read(Outline, name, text, problems))
        elif path.parent.name == CAMPAIGNS_FOLDER:
            _put_record(campaigns, "id", name, _read(Campaign, name, text, problems))
        else:
            _put_clause(clauses, name, text, problems)
    changed = replace(
        library,
        clauses=order_clauses(clauses),
        fiches=fiches,
        references=tuple(references),
        outlines=outlines,
        campaigns=campaigns,
        version=digest.hexdigest(),
    )
    return changed, problems


def iter_library_files(library: Library) -> Iterable[str]:
    """The names of the files that hold clauses, sheets, references, plans and campaigns."""
    yield from (clause.source.name for held in library.clauses.values() for clause in held)
    yield from (sheet.source.name for held in library.fiches.values() for sheet in held.values())
    yield from (file.place.file for file in library.references)
    yield from (outline.place.file for outline in library.outlines.values())
    yield from (campaign.place.file for campaign in library.campaigns.values())


def _put_clause(
    clauses: dict[str, list[Clause]], name: str, text: str | None, problems: Problems
) -> None:
    for versions in clauses.values():
        versions[:] = [clause for clause in versions if clause.source.name != name]
    file = None if text is None else _parse(name, text, problems)
    clause = None if file is None else parse_clause(file, problems)
    if clause is not None:
        clauses.setdefault(clause.id, []).append(clause)


def _put_sheet(sheets: dict[str, Fiche], name: str, text: str | None, problems: Problems) -> None:
    for code in [code for code, sheet in sheets.items() if sheet.source.name == name]:
        del sheets[code]
    file = None if text is None else _parse(name, text, problems)
    sheet = None if file is None else parse_fiche(file, PurePosixPath(name).parent.name, problems)
    if sheet is not None:
        sheets[sheet.code] = sheet


def _put_references(
    references: list[ReferenceFile], name: str, text: str | None, problems: Problems
) -> None:
    rank = next((i for i, file in enumerate(references) if file.place.file == name), None)
    if rank is not None:
        del references[rank]
    file = _read(ReferenceFile, name, text, problems)
    if file is not None:
        references.insert(len(references) if rank is None else rank, file)


def _put_record(records: dict[str, R], key: str, name: str, record: R | None) -> None:
    """The record of a file in the place of the one that the file held, in the order of files."""
    for old in [old for old, held in records.items() if held.place.file == name]:
        del records[old]
    if record is not None:
        records[getattr(record, key)] = record
    ordered = sorted(records.items(), key=lambda item: item[1].place.file)
    records.clear()
    records.update(ordered)


def _read(cls: type[R], name: str, text: str | None, problems: Problems) -> R | None:
    node = None if text is None else parse_yaml(parse_typed_text(name, text, problems), problems)
    return None if node is None else read_record(cls, node, problems)


def _parse(name: str, text: str, problems: Problems) -> FrontMatterFile | None:
    return parse_front_matter(parse_typed_text(name, text, problems), problems)
