"""``cpom readback`` as typed: what it prints, what it writes, what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.word.extraction import extract_text
from contract_builder.word.package import read_parts
from tests.mini_project import CommandResult
from tests.other_party import OtherParty

Cpom = Callable[..., CommandResult]


@pytest.fixture
def sent(mini_project: Path, cpom: Cpom) -> Path:
    assert cpom(mini_project, "build", "valmont", "--formats", "docx,json").exit_code == 0
    return next(p for p in (mini_project / "output").glob("*.docx") if "instruction" not in p.name)


def edit(sent: Path) -> OtherParty:
    party = OtherParty(sent.read_bytes(), 3)
    assert party.edit("words", tracked=True)
    assert party.edit("words", tracked=False)
    assert party.edit("comment", tracked=False)
    (sent.parent.parent / "retour.docx").write_bytes(party.render())
    return party


def test_untracked_changes_stand_first(mini_project: Path, cpom: Cpom, sent: Path) -> None:
    party = edit(sent)
    result = cpom(mini_project, "readback", "retour.docx")
    assert (result.exit_code, result.stderr) == (0, "")
    tracked, untracked, comment = party.edits
    places = [result.stdout.index(item.new) for item in (untracked, tracked, comment)]
    assert places == sorted(places)
    assert "sans suivi, à lire en premier" in result.stdout
    assert tracked.author is not None
    assert tracked.author in result.stdout


def test_json_alone_is_printed_when_it_is_asked_for(
    mini_project: Path, cpom: Cpom, sent: Path
) -> None:
    party = edit(sent)
    against = str(sent.with_suffix(".json"))
    result = cpom(mini_project, "readback", "retour.docx", "--against", against, "--json")
    data = json.loads(result.stdout)
    assert set(data) == {"files", "changes", "comments", "conflicts", "unmapped", "proof"}
    assert [change["tracked"] for change in data["changes"]] == [False, True]
    assert set(data["changes"][0]) == {
        "id", "file", "tracked", "author", "date", "kind", "class", "where", "old", "new", "value",
    }  # fmt: skip
    assert data["comments"][0]["text"] == party.edits[2].new


def test_the_settled_files_are_written_even_for_a_file_that_is_not_ours(
    mini_project: Path, cpom: Cpom, sent: Path
) -> None:
    edit(sent)
    sent.with_suffix(".json").unlink()
    result = cpom(
        mini_project, "readback", "retour.docx", "--accepted", "a.docx", "--rejected", "r.docx"
    )
    assert result.exit_code == 0
    assert "est inconnue ici" in result.stderr
    assert extract_text((mini_project / "a.docx").read_bytes()) != extract_text(
        (mini_project / "r.docx").read_bytes()
    )


def test_settled_files_are_asked_for_one_file_at_a_time(
    mini_project: Path, cpom: Cpom, sent: Path
) -> None:
    result = cpom(mini_project, "readback", str(sent), "autre.docx", "--accepted", "a.docx")
    assert result.exit_code == 2
    assert "un seul fichier" in result.stderr


def test_what_nobody_tracked_is_written_as_marks_when_asked_for(
    mini_project: Path, cpom: Cpom, sent: Path
) -> None:
    edit(sent)
    result = cpom(mini_project, "readback", "retour.docx", "--out", "retours")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "retours/retour-marque.docx"
    marked = read_parts((mini_project / "retours" / "retour-marque.docx").read_bytes())
    assert "Modification non suivie" in marked["word/document.xml"].decode()
