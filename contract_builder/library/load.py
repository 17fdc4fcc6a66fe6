"""All the files of a library → ``Library`` and every problem found while reading.

Problems of form (syntax, keys, types) are found here; ``library.checks`` looks at what the parts
mean together. Reading never stops at the first problem: a broken file is left out and named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from contract_builder.diagnostics import Problems, library_problems
from contract_builder.files.listing import list_folder
from contract_builder.files.paths import is_there
from contract_builder.model.clause import Clause, ClauseHeader
from contract_builder.model.fiche import Fiche, FicheHeader
from contract_builder.model.library import (
    Campaign,
    CategoryNomenclature,
    Coverage,
    Library,
    Nomenclature,
    Outline,
    SourceDocuments,
)
from contract_builder.model.record import Record
from contract_builder.model.reference import ReferenceFile
from contract_builder.reading.bounded import MAX_FILE_BYTES, read_bounded
from contract_builder.reading.files import FrontMatterFile, load_front_matter, load_yaml
from contract_builder.reading.records import read_record

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

CLAUSE_FOLDERS = ("corps", "annexes", "visas")
_RECORD_FOLDERS = ("outlines", "campagnes", "references", "couvertures")
_SINGLE_FILES = (
    "sources.yaml",
    "nomenclatures/autorisations.yaml",
    "nomenclatures/categories_finess.yaml",
)

R = TypeVar("R", bound=Record)


def load_library(root: Path) -> tuple[Library, Problems]:
    """The library in the project folder ``root``, and all problems of form.

    Missing folders give an empty part, so that a young library loads.
    """
    loader = _Loader(root)
    base = root / "clause_library"
    clauses = loader.load_clauses(base)
    fiches = {
        folder.name: loader.load_fiches(folder) for folder in _sorted_folders(root / "fiches")
    }
    plans, decided, cited, covered = (base / name for name in _RECORD_FOLDERS)
    outlines = {item.type: item for item in loader.load_folder(plans, Outline)}
    campaigns = {item.id: item for item in loader.load_folder(decided, Campaign)}
    references = tuple(loader.load_folder(cited, ReferenceFile))
    coverages = tuple(loader.load_folder(covered, Coverage))
    sources, nomenclature, categories = (base / name for name in _SINGLE_FILES)
    documents = loader.load_one(sources, SourceDocuments)
    library = Library(
        clauses=clauses,
        fiches=fiches,
        references=references,
        outlines=outlines,
        campaigns=campaigns,
        coverages=coverages,
        nomenclature=loader.load_one(nomenclature, Nomenclature),
        categories=loader.load_one(categories, CategoryNomenclature),
        documents=documents.documents if documents else {},
        version=loader.digest.hexdigest(),
    )
    return library, loader.problems


def parse_clause(file: FrontMatterFile, problems: Problems) -> Clause | None:
    """The version of a clause that a file holds; None, and told, when it cannot be read."""
    header = read_record(ClauseHeader, file.header, problems)
    if header is None:
        return None
    _check_clause_name(header, Path(file.source.name).stem, problems)
    return Clause(header, file.source, file.body, file.body_line)


def _check_clause_name(header: ClauseHeader, stem: str, problems: Problems) -> None:
    """The name is the id, or the id and the first day in force: « duree@2020-11-20 »."""
    name, dated, first_day = stem.partition("@")
    if name != header.id:
        problems.append(library_problems.nom_de_fichier(header.place_of("id"), name))
    if dated and first_day != header.en_vigueur_du.isoformat():
        place = header.place_of("en_vigueur_du")
        problems.append(library_problems.nom_de_fichier(place, first_day))


def parse_fiche(file: FrontMatterFile, catalogue: str, problems: Problems) -> Fiche | None:
    """The sheet that a file of a catalogue holds; None, and told, when it cannot be read."""
    header = read_record(FicheHeader, file.header, problems)
    if header is None:
        return None
    stem = Path(file.source.name).stem
    if header.code != stem:
        problems.append(library_problems.nom_de_fichier(header.place_of("code"), stem))
    return Fiche(header, catalogue, file.source, file.body, file.body_line)


def order_clauses(clauses: Mapping[str, Sequence[Clause]]) -> dict[str, tuple[Clause, ...]]:
    """The versions of each clause, oldest first, by the clause's id."""
    return {
        key: tuple(sorted(versions, key=lambda clause: clause.header.en_vigueur_du))
        for key, versions in sorted(clauses.items())
        if versions
    }


def find_library_version(root: Path) -> str | None:
    """The ``version`` that ``load_library`` would give, without parsing a file.

    None when it would tell of a file that cannot be read at all.
    """
    digest = sha256()
    try:
        for path in _iter_files(root):
            _add_file(digest, _name_in(root, path), read_bounded(path, MAX_FILE_BYTES))
    except OSError:
        return None
    return digest.hexdigest()


def find_catalogues(root: Path) -> list[str]:
    """The names of the catalogues of sheets, an empty one too, which no version tells of."""
    return [folder.name for folder in _sorted_folders(root / "fiches")]


def _iter_files(root: Path) -> Iterator[Path]:
    """Every file of a library, in the order in which it is loaded."""
    base = root / "clause_library"
    for folder in (*(base / name for name in CLAUSE_FOLDERS), *_sorted_folders(root / "fiches")):
        yield from _files_of(folder, ".md")
    for name in _RECORD_FOLDERS:
        yield from _files_of(base / name, ".yaml")
    yield from (base / name for name in _SINGLE_FILES if is_there(base / name))


def _files_of(folder: Path, suffix: str) -> Iterator[Path]:
    return (item for item in list_folder(folder) if item.suffix == suffix)


def _sorted_folders(folder: Path) -> list[Path]:
    return [item for item in list_folder(folder) if item.is_dir()]


def _name_in(root: Path, path: Path) -> str:
    """The file's name in messages: relative to the project folder, with slashes."""
    return path.relative_to(root).as_posix()


def _add_file(digest: "Hash", name: str, data: bytes) -> None:
    digest.update(f"{name}\0{len(data)}\0".encode())
    digest.update(data)


@dataclass(slots=True)
class _Loader:
    root: Path
    problems: Problems = field(default_factory=list)
    digest: "Hash" = field(default_factory=sha256)

    def load_clauses(self, base: Path) -> dict[str, tuple[Clause, ...]]:
        """Every clause version, grouped by id, oldest first."""
        grouped: dict[str, list[Clause]] = {}
        for folder in CLAUSE_FOLDERS:
            for file in self.iter_front_matter(base / folder):
                clause = parse_clause(file, self.problems)
                if clause is not None:
                    grouped.setdefault(clause.id, []).append(clause)
        return order_clauses(grouped)

    def load_fiches(self, folder: Path) -> dict[str, Fiche]:
        """The sheets of one catalogue by code."""
        fiches: dict[str, Fiche] = {}
        for file in self.iter_front_matter(folder):
            fiche = parse_fiche(file, folder.name, self.problems)
            if fiche is not None:
                fiches[fiche.code] = fiche
        return fiches

    def iter_front_matter(self, folder: Path) -> Iterator[FrontMatterFile]:
        """Every Markdown file of a folder, in name order."""
        for path in _files_of(folder, ".md"):
            name = _name_in(self.root, path)
            file = load_front_matter(path, name, self.problems, partial(self.record, name))
            if file is not None:
                yield file

    def load_folder(self, folder: Path, cls: type[R]) -> Iterator[R]:
        """One record for each YAML file of a folder, in name order."""
        for path in _files_of(folder, ".yaml"):
            record = self.load_one(path, cls)
            if record is not None:
                yield record

    def load_one(self, path: Path, cls: type[R]) -> R | None:
        """The record of one YAML file; None when it is absent or broken."""
        if not is_there(path):
            return None
        name = _name_in(self.root, path)
        node = load_yaml(path, name, self.problems, partial(self.record, name))
        return None if node is None else read_record(cls, node, self.problems)

    def record(self, name: str, data: bytes) -> None:
        """Adds a file's name and bytes to the library's version."""
        _add_file(self.digest, name, data)
