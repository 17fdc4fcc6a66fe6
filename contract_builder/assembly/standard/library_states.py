"""What the standard text of one contract is made from, in a library: its state, as one hash.

Of two libraries that give a contract the same state, both give it the same standard text, so that
what was found beside one holds beside the other. Left out are only the clauses that its outline
does not call for, the versions that are not in force on its date of effect, the words of clauses
whose condition keeps them out, and the sheets that it does not hold; everything else counts.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import chain

from contract_builder.frozen import dataclass
from contract_builder.model.contract import ContractHeader
from contract_builder.model.library import Library
from contract_builder.model.record import Record
from contract_builder.source import SourceFile


def find_text_names(library: Library) -> frozenset[str]:
    """The names of the files of all clauses and sheets."""
    clauses = (clause.source.name for clause in chain.from_iterable(library.clauses.values()))
    sheets = chain.from_iterable(catalogue.values() for catalogue in library.fiches.values())
    return frozenset((*clauses, *(fiche.source.name for fiche in sheets)))


@dataclass(frozen=True, slots=True)
class TextsOfContract:
    """What leads from a contract to the texts of a library.

    ``clauses`` are the ids of those in its standard text, ``sheets`` the codes of those it holds,
    ``files`` the names of those that its own texts say they come from.
    """

    clauses: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class LibraryStates:
    """The states of one library, contract by contract; each file is looked at once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = find_text_names(library)
        self._files: dict[tuple[int, int | None], str] = {}
        self._records = _hash_of(self._state_of(file) for file in _iter_record_files(library))
        self._called: dict[tuple[str, date], tuple[_CalledClause, ...]] = {}

    def find(self, header: ContractHeader, texts: TextsOfContract) -> str:
        """The state for a contract, in hexadecimal."""
        campaign = self._library.campaigns.get(header.campaign)
        catalogue = self._library.fiches.get(campaign.fiches, {}) if campaign else {}
        held = (
            f"{code} {self._state_of(catalogue[code].source) if code in catalogue else ''}"
            for code in texts.sheets
        )
        chosen = frozenset(texts.clauses)
        called = (
            clause.whole if clause.id in chosen else clause.header
            for clause in self._find_called(header.type, header.effective_date)
        )
        gone = (name for name in texts.files if name not in self._names)
        return _hash_of((self._records, *called, "fiches", *held, "disparus", *gone))

    def _find_called(self, kind: str, on: date) -> tuple["_CalledClause", ...]:
        """The clauses that the outline of a type of contract calls for, on a day."""
        key = kind, on
        if key not in self._called:
            outline = self._library.outlines.get(kind)
            entries = outline.contenu if outline else ()
            names = chain.from_iterable(entry.clauses for entry in entries)
            self._called[key] = tuple(self._called_clause(name, on) for name in names)
        return self._called[key]

    def _called_clause(self, name: str, on: date) -> "_CalledClause":
        """The version of the day, else every version."""
        versions = self._library.clauses.get(name, ())
        current = next((item for item in versions if item.is_in_force(on)), None)
        seen = versions if current is None else (current,)
        return _CalledClause(
            name,
            header=_hash_of((name, *(self._state_of(c.source, c.body_line - 1) for c in seen))),
            whole=_hash_of((name, *(self._state_of(clause.source) for clause in seen))),
        )

    def _state_of(self, source: SourceFile, lines: int | None = None) -> str:
        """The hash of a file, or of its first lines; it is the library's, which keeps its id."""
        key = id(source), lines
        if key not in self._files:
            self._files[key] = _hash_of((source.name, *source.lines[:lines]))
        return self._files[key]


@dataclass(frozen=True, slots=True)
class _CalledClause:
    """A clause with the state of its header alone and that of its whole file."""

    id: str
    header: str
    whole: str


def _iter_record_files(library: Library) -> Iterator[SourceFile]:
    """Every file of the library that is neither a clause nor a sheet, once."""
    single = (library.nomenclature, library.categories)
    records: Iterable[Record] = (
        *library.outlines.values(),
        *library.campaigns.values(),
        *library.references,
        *library.coverages,
        *(item for item in single if item is not None),
        *library.documents.values(),
    )
    yield from {id(item.place.source): item.place.source for item in records}.values()


def _hash_of(parts: Iterable[str]) -> str:
    """No two lists of parts have the same: each is told with its length."""
    digest = sha256()
    for part in parts:
        data = part.encode()
        digest.update(b"%d\0%b" % (len(data), data))
    return digest.hexdigest()
