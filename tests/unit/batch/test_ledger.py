"""What a folder of products remembers survives cuts, damage and odd texts."""

from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.batch.ledger import Ledger, exclusive
from contract_builder.batch.ledger_entry import FIRST, LedgerEntry
from contract_builder.batch.summary import AmendedSummary
from contract_builder.diagnostics import Diagnostic
from contract_builder.errors import Remedy, UserError
from contract_builder.source import Place, SourceFile

PLACE = Place(SourceFile("a.yaml", ()), 3, 7)
AMENDED = AmendedSummary("C", "990000010", "Hôpital", "31", "projet", 4, "990000010@1", None)


def entry(name: str, status: str = "produit") -> LedgerEntry:
    problem = Diagnostic("x", "erreur", "Faux.", PLACE, "relisez", Remedy("choose_name"))
    return LedgerEntry(
        name, status, {"profil": "in"}, "con", (f"{name}.pdf",), (problem,), AMENDED, 0.5
    )


def loaded(folder: Path) -> dict[str, LedgerEntry]:
    """The entries, the one place of their problems being the same as before it was written."""
    ledger = Ledger(folder)
    ledger.load()
    for item in ledger.entries.values():
        assert [str(problem.place) for problem in item.problems] == ["a.yaml:3:7"]
    return {
        name: replace(item, problems=tuple(replace(p, place=PLACE) for p in item.problems))
        for name, item in ledger.entries.items()
    }


def test_an_entry_is_on_disk_as_soon_as_it_is_told(tmp_path: Path) -> None:
    Ledger(tmp_path).append(entry("a"))
    assert loaded(tmp_path) == {"a": entry("a")}


def test_the_last_line_of_a_profile_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(entry("a", "echec"))
    ledger.append(entry("a"))
    assert loaded(tmp_path) == {"a": entry("a")}


def test_a_cut_line_does_not_spoil_the_next_one(tmp_path: Path) -> None:
    first = Ledger(tmp_path)
    first.append(entry("a"))
    first.append(entry("b"))
    file = tmp_path / ".lot.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    again = Ledger(tmp_path)
    again.load()
    assert set(again.entries) == {"a"}
    again.append(entry("c"))
    assert set(loaded(tmp_path)) == {"a", "c"}


@pytest.mark.parametrize("line", [b"[]", b"{}", b"null", b'{"profile": "a"}', b"\xff\xfe", b"{"])
def test_a_damaged_line_is_skipped(tmp_path: Path, line: bytes) -> None:
    Ledger(tmp_path).append(entry("b"))
    file = tmp_path / ".lot.jsonl"
    file.write_bytes(line + b"\n" + file.read_bytes())
    assert set(loaded(tmp_path)) == {"b"}


def test_line_separators_inside_a_text_do_not_cut_it(tmp_path: Path) -> None:
    odd = replace(entry("a"), summary=replace(AMENDED, legal_name="un\u2028deux\u0085trois"))
    Ledger(tmp_path).append(odd)
    assert loaded(tmp_path) == {"a": odd}


def test_closing_keeps_one_line_for_each_profile_that_exists(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for name in ("b", "a", "b", "gone"):
        ledger.append(entry(name))
    ledger.close({"a", "b"}, at_the_end=False)
    lines = (tmp_path / ".lot.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert set(loaded(tmp_path)) == {"a", "b"}


def test_before_is_kept_until_a_batch_goes_to_its_end(tmp_path: Path) -> None:
    changed = replace(entry("a"), before=replace(AMENDED, pages=7))
    ledger = Ledger(tmp_path)
    ledger.append(changed)
    assert loaded(tmp_path) == {"a": changed}, "after a crash"
    ledger.close({"a"}, at_the_end=False)
    assert loaded(tmp_path) == {"a": changed}, "after Ctrl-C"
    ledger.close({"a"}, at_the_end=True)
    assert loaded(tmp_path) == {"a": entry("a")}


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="n’est pas un dossier"):  # noqa: SIM117
        with exclusive(tmp_path / "file" / "lot"):
            pytest.fail("held")


def test_a_folder_is_free_again_after_a_batch(tmp_path: Path) -> None:
    with exclusive(tmp_path), pytest.raises(UserError), exclusive(tmp_path):
        pytest.fail("held twice")
    with exclusive(tmp_path):
        assert (tmp_path / ".lot.verrou").exists()


def test_a_text_that_several_contracts_share_stands_in_memory_once(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for name in ("a", "b"):
        ledger.append(replace(entry(name), summary=replace(AMENDED, legal_name="Hôpital du Lac")))
    first, second = (found.summary for found in loaded(tmp_path).values())
    assert first is not None
    assert second is not None
    assert first.legal_name == "Hôpital du Lac"
    assert first.legal_name is second.legal_name


def test_a_first_contract_is_not_one_that_was_not_built_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(replace(entry("a"), before=FIRST))
    ledger.append(entry("b"))
    assert {name: found.before for name, found in loaded(tmp_path).items()} == {
        "a": FIRST, "b": None,
    }  # fmt: skip
