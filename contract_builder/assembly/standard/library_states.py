"""What the standard text of one contract is made from, in a library: its state, as one hash.

Of two libraries that give a contract the same state, both give it the same standard text, so that
what was found beside one holds beside the other. Left out are only the clauses that no part of its
outline calls for, the versions that are not in force on its date of effect and the sheets that it
does not hold; every other file counts, looked at or not.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import chain

from contract_builder.model.clause import Clause
from contract_builder.model.contract import ContractHeader
from contract_builder.model.library import Library
from contract_builder.model.record import Record
from contract_builder.source import SourceFile


def find_text_names(library: Library) -> frozenset[str]:
    """The names of the files of all clauses and sheets."""
    clauses = (clause.source.name for clause in chain.from_iterable(library.clauses.values()))
    sheets = chain.from_iterable(catalogue.values() for catalogue in library.fiches.values())
    return frozenset((*clauses, *(fiche.source.name for fiche in sheets)))


class LibraryStates:
    """The states of one library, contract by contract; each file is looked at once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = find_text_names(library)
        self._files: dict[int, str] = {}
        self._records = _hash_of(map(self._state_of, _iter_record_files(library)))
        self._clauses: dict[tuple[str, date], str] = {}

    def find(self, header: ContractHeader, sheets: Iterable[str], files: Iterable[str]) -> str:
        """The state for a contract: its header, the codes of its sheets, the files of its texts.

        In hexadecimal. The files are those that its sections say they come from.
        """
        campaign = self._library.campaigns.get(header.campaign)
        catalogue = self._library.fiches.get(campaign.fiches, {}) if campaign else {}
        held = (
            f"{code} {self._state_of(catalogue[code].source) if code in catalogue else ''}"
            for code in sheets
        )
        gone = (name for name in files if name not in self._names)
        clauses = self._state_of_clauses(header.type, header.effective_date)
        return _hash_of((self._records, clauses, "fiches", *held, "disparus", *gone))

    def _state_of_clauses(self, kind: str, on: date) -> str:
        key = kind, on
        if key not in self._clauses:
            self._clauses[key] = _hash_of(self._iter_clauses(kind, on))
        return self._clauses[key]

    def _iter_clauses(self, kind: str, on: date) -> Iterator[str]:
        """Those that the outline calls for: the version of the day, else every version."""
        outline = self._library.outlines.get(kind)
        for entry in outline.contenu if outline else ():
            for name in entry.clauses:
                versions = self._library.clauses.get(name, ())
                current = next((item for item in versions if item.is_in_force(on)), None)
                yield name
                yield from map(self._state_of_clause, versions if current is None else (current,))

    def _state_of_clause(self, clause: Clause) -> str:
        return self._state_of(clause.source)

    def _state_of(self, source: SourceFile) -> str:
        """The hash of a file; the library holds it, so that no other one has its id."""
        if id(source) not in self._files:
            self._files[id(source)] = _hash_of((source.name, *source.lines))
        return self._files[id(source)]


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
