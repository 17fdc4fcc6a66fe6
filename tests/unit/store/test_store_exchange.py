"""The store as files: everything moves, on any engine; a changed export is refused."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contract_builder.errors import ContractFileError, UserError
from contract_builder.store.errors import StoreError, TamperedDataError
from contract_builder.store.events import (
    JournalEntry,
    canonical_json,
    event_text,
    parse_event,
    seal_entry,
)
from contract_builder.store.records import Anchor, FileHash, Imported, VersionReference
from tests.unit.store.engines import ENGINES, Engine, make_engine
from tests.unit.store.samples import EJ, contract_json, record, recording, status_event

if TYPE_CHECKING:
    from contract_builder.store.store import Store

Files = tuple[bytes, dict[VersionReference, bytes]]


def fill(store: "Store") -> None:
    record(store, "1")
    store.record(contract_json(finess_ej="990000029", code="990000029AA"), recording())
    store.change_status(VersionReference(EJ, 1), status_event("signe", 3))
    record(store, "2", files=(FileHash("document", "contrat.pdf", "c" * 64),))


def export(store: "Store") -> Files:
    exported = store.export()
    return exported.journal, dict(exported.contracts)


def import_(store: "Store", files: Files) -> Imported:
    return store.import_(files[0], files[1].__getitem__)


def counts(imported: Imported) -> tuple[int, int]:
    """How many entries were added, and known."""
    return imported.added, imported.known


@pytest.fixture
def source(tmp_path: Path) -> Files:
    """The export of a store of three versions and four entries."""
    with make_engine("sqlite", tmp_path / "source").open() as store:
        fill(store)
        return export(store)


def entries_of(journal: bytes) -> list[JournalEntry]:
    return [JournalEntry(**json.loads(line)) for line in journal.decode().splitlines()[1:]]


def journal_of(entries: list[JournalEntry], head: Anchor | None = None) -> bytes:
    """A journal in the form of an export, with a true first line unless ``head`` is given."""
    end = head or entries[-1].anchor
    first = {"format": "cpom-store", "version": 1, "sequence": end.sequence, "hash": end.hash}
    lines = [first, *({name: getattr(e, name) for name in JournalEntry.__slots__} for e in entries)]
    return "".join(f"{canonical_json(line)}\n" for line in lines).encode()


def forged(source: Files, number: int, change: Callable[[str], str]) -> Files:
    """The export with one event changed, the chain sealed again and the contracts renamed alike."""
    last, entries = Anchor(0, "0" * 64), []
    for entry in entries_of(source[0]):
        event = change(entry.event) if entry.sequence == number else entry.event
        entries.append(seal_entry(last, entry.at, entry.actor, event))
        last = entries[-1].anchor
    by_hash = {sha256(data).hexdigest(): data for data in source[1].values()}
    contracts = {
        VersionReference(found[1], int(found[2])): by_hash[found[3]]
        for entry in entries
        if (found := re.search(r'"(\w+)@(\d+)".*"sha256":"(\w+)","type"', entry.event))
    }
    return journal_of(entries), contracts


@pytest.mark.parametrize("first", ENGINES)
@pytest.mark.parametrize("second", ENGINES)
def test_everything_moves_from_one_engine_to_another(
    tmp_path: Path, first: str, second: str
) -> None:
    with make_engine(first, tmp_path / "a").open() as old:
        fill(old)
        files = export(old)
        history, head = old.history(EJ), old.verify().head
    with make_engine(second, tmp_path / "b").open() as new:
        assert counts(import_(new, files)) == (4, 0)
        assert new.history(EJ) == history
        assert export(new) == files
        found = new.verify(head)
        assert (found.head, found.faults) == (head, ())


def test_importing_again_adds_nothing(store: "Store", source: Files) -> None:
    import_(store, source)
    assert counts(import_(store, source)) == (0, 4)
    assert export(store) == source


def test_an_export_adds_what_is_new_to_an_earlier_import(tmp_path: Path, store: "Store") -> None:
    with make_engine("sqlite", tmp_path / "a").open() as old:
        fill(old)
        import_(store, export(old))
        record(old, "3")
        assert counts(import_(store, export(old))) == (1, 4)
        assert store.history(EJ) == old.history(EJ)


def test_an_older_export_is_already_known(store: "Store", source: Files) -> None:
    import_(store, source)
    record(store, "3")
    assert counts(import_(store, source)) == (0, 4)


def test_a_store_goes_on_after_an_import(store: "Store", source: Files) -> None:
    import_(store, source)
    assert record(store, "3") == VersionReference(EJ, 3)
    assert store.verify().faults == ()


def test_an_empty_store_is_exported_and_imported(tmp_path: Path, store: "Store") -> None:
    with make_engine("sqlite", tmp_path / "a").open() as empty:
        assert counts(import_(store, export(empty))) == (0, 0)


def test_stores_that_went_different_ways_are_not_mixed(store: "Store", source: Files) -> None:
    record(store, "autre")
    before = export(store)
    with pytest.raises(StoreError, match="divergent à partir de l’écriture n° 1"):
        import_(store, source)
    assert export(store) == before


def swap_last_lines(journal: bytes) -> bytes:
    lines = journal.splitlines(keepends=True)
    return b"".join([*lines[:-2], lines[-1], lines[-2]])


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "an actor": (
        lambda text: text.replace("chargée".encode(), b"x", 1),
        "écriture n° 1 a été modi",
    ),
    "a status": (lambda text: text.replace(b"signe", b"echus"), "écriture n° 3 a été modifiée"),
    "the last entry cut": (lambda text: text[: text[:-1].rindex(b"\n") + 1], "manque la fin"),
    "the first entry cut": (
        lambda text: b"".join(text.splitlines(keepends=True)[:1] + text.splitlines(True)[2:]),
        "écriture n° 2 ne suit pas",
    ),
    "two entries swapped": (swap_last_lines, "écriture n° 4 ne suit pas la précédente"),
    "half a line": (lambda text: text[:-40], "journal est illisible"),
    "not UTF-8": (lambda text: text + b"\xff", "journal est illisible"),
    "an unknown field": (lambda text: text.replace(b'"actor"', b'"acteur"'), "est illisible"),
    "nothing": (lambda _: b"", "journal est illisible"),
    "another file": (lambda _: b"[]\n", "journal est illisible"),
    "another format": (
        lambda text: text.replace(b'"version":1', b'"version":2', 1),
        "autre format",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_journal_is_refused_whole(store: "Store", source: Files, damage: str) -> None:
    change, message = DAMAGES[damage]
    journal = change(source[0])
    assert journal != source[0]
    with pytest.raises(StoreError, match=message):
        import_(store, (journal, source[1]))
    assert store.verify().entries == 0


def test_a_changed_contract_is_refused_whole(store: "Store", source: Files) -> None:
    contracts = {**source[1], VersionReference(EJ, 2): contract_json("montant changé")}
    with pytest.raises(TamperedDataError, match="contrat « 990000011@2 » n’est pas celui"):
        import_(store, (source[0], contracts))
    assert store.verify().entries == 0


def replacing(old: str, new: str) -> Callable[[str], str]:
    def change(event: str) -> str:
        assert old in event
        return event.replace(old, new)

    return change


FORGERIES: dict[str, tuple[int, Callable[[str], str], str]] = {
    "a contract named otherwise": (1, replacing("990000011AA", "990000011ZZ"), "nomme mal"),
    "a version of another entity": (1, replacing("990000011@1", "990000037@1"), "nomme mal"),
    "a hole in the numbers": (4, replacing("990000011@2", "990000011@3"), "n’est pas la suivante"),
    "a parent that is not there": (4, replacing("990000011@1", "990000011@8"), "n’existe pas"),
    "a status of no version": (3, replacing("990000011@1", "990000011@5"), "n’existe pas"),
    "a status out of order": (3, replacing("signe", "echu"), "ne peut devenir que"),
    "an unknown status": (3, replacing("signe", "perdu"), "écriture n° 3 n’en est pas une"),
    "an unknown kind": (1, replacing('"kind":"projet"', '"kind":"x"'), "n’en est pas une"),
    "a hash of no file": (4, replacing("c" * 64, "c" * 63), "n’en est pas une"),
    "spaces": (1, replacing(":", ": "), "n’en est pas une"),
    "nothing": (2, lambda _: "{}", "n’en est pas une"),
    "no JSON": (2, lambda _: "bonjour", "n’en est pas une"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_export_is_refused_whole(store: "Store", source: Files, forgery: str) -> None:
    number, change, message = FORGERIES[forgery]
    journal, contracts = forged(source, number, change)
    with pytest.raises(StoreError, match=message):
        import_(store, (journal, contracts))
    assert store.verify().entries == 0


@pytest.mark.parametrize(
    ("at", "actor"),
    [
        ("hier", "x"),
        ("2025-07-01", "x"),
        ("2025-07-01T10:30:00.000000+02:00", "x"),
        (7, "x"),
        ("2025-07-01T08:30:00.000000+00:00", ""),
        ("2025-07-01T08:30:00.000000+00:00", "a\nb"),
        ("2025-07-01T08:30:00.000000+00:00", 7),
    ],
)
def test_a_forged_time_or_actor_is_refused(
    store: "Store", source: Files, at: str, actor: str
) -> None:
    entry = seal_entry(Anchor(0, "0" * 64), at, actor, entries_of(source[0])[0].event)
    with pytest.raises(TamperedDataError, match="écriture n° 1 n’en est pas une"):
        import_(store, (journal_of([entry]), source[1]))
    assert store.verify().entries == 0


def test_a_contract_of_a_later_schema_is_refused(store: "Store", source: Files) -> None:
    data = source[1][VersionReference(EJ, 1)].replace(b'"schema_version":2', b'"schema_version":9')
    old = parse_event(entries_of(source[0])[0].event)
    assert old.facts is not None
    facts = replace(old.facts, sha256=sha256(data).hexdigest(), schema_version=9)
    entry = seal_entry(
        Anchor(0, "0" * 64),
        "2025-07-01T08:30:00.000000+00:00",
        "x",
        event_text(replace(old, facts=facts)),
    )
    with pytest.raises(ContractFileError, match="format n° 9"):
        store.import_(journal_of([entry]), lambda _: data)
    assert store.verify().entries == 0


def test_a_file_that_cannot_be_read_stops_the_import_whole(store: "Store", source: Files) -> None:
    def read(reference: VersionReference) -> bytes:
        if reference == VersionReference(EJ, 2):
            raise UserError("illisible")
        return source[1][reference]

    with pytest.raises(UserError, match="illisible"):
        store.import_(source[0], read)
    assert store.verify().entries == 0


def test_a_contract_that_was_changed_in_the_store_is_not_exported(
    engine: Engine, store: "Store"
) -> None:
    fill(store)
    engine.drop_guards("cpom_version")
    engine.execute("UPDATE cpom_version SET body = ? WHERE number = 2", parameters=[b"rien"])
    with pytest.raises(TamperedDataError, match="990000011@2"):
        export(store)
