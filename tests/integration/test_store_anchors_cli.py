"""A register that lost its end, or was replaced, is told by the anchor kept outside of it."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.store.location import STORE_FILE
from tests.mini_project import CommandResult
from tests.refusing_disk import make_read_only, shared_folder, without_rights
from tests.unit.store.samples import contract_json

Cpom = Callable[..., CommandResult]
ANCHOR_FILE = Path(f"{STORE_FILE}.repere")


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


def fill(folder: Path, cpom: Cpom) -> Path:
    """A working folder with three versions recorded, an older copy and an export of two."""
    (folder / "clause_library").mkdir(parents=True)
    for number in (1, 2, 3, 4):
        (folder / f"{number}.json").write_bytes(contract_json(str(number)))
    for number in (1, 2):
        assert cpom(folder, "record", f"{number}.json").exit_code == 0
    shutil.copy(folder / STORE_FILE, folder / "ancien.sqlite3")
    assert cpom(folder, "store", "export", "ancien").exit_code == 0
    assert cpom(folder, "record", "3.json").exit_code == 0
    return folder


@pytest.fixture
def project(tmp_path: Path, cpom: Cpom) -> Path:
    return fill(tmp_path / "projet", cpom)


def cut_the_tail(project: Path) -> None:
    """Takes away the last entry and what it announced; the guards are put back after."""
    database = sqlite3.connect(project / STORE_FILE)
    triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    kept = triggers.fetchall()
    for name, _ in kept:
        database.execute(f"DROP TRIGGER {name}")
    for table in ("status", "version", "file"):
        database.execute(f"DELETE FROM cpom_{table} WHERE entry_id = 3")  # noqa: S608
    database.execute("DELETE FROM cpom_journal WHERE sequence = 3")
    for _, statement in kept:
        database.execute(statement)
    database.commit()
    database.close()


def put_the_older_copy_back(project: Path) -> None:
    shutil.copy(project / "ancien.sqlite3", project / STORE_FILE)


SHORTENED = {"the tail is cut": cut_the_tail, "an older copy": put_the_older_copy_back}


@pytest.mark.parametrize("damage", SHORTENED)
def test_a_register_that_lost_its_end_is_told_and_not_written_on(
    project: Path, cpom: Cpom, damage: str
) -> None:
    SHORTENED[damage](project)
    verified = cpom(project, "store", "verify")
    assert (verified.exit_code, verified.stdout) == (1, "")
    fault, advice = verified.stderr.splitlines()
    assert fault.startswith("Le journal s’arrête à l’écriture n° 2, et le repère noté dans")
    assert "n° 3 : le registre a été raccourci, ou une copie plus ancienne" in fault
    assert "reprenez une sauvegarde" in advice
    for command in ("record 4.json", "store status 990000011@1 signe"):
        refused = cpom(project, *command.split())
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "Rien n’a été enregistré." in refused.stderr
        assert "« cpom store verify »" in refused.stderr


def test_nothing_inside_a_database_whose_tail_was_cut_betrays_it(project: Path, cpom: Cpom) -> None:
    """What the help says is not proven without an anchor."""
    cut_the_tail(project)
    (project / ANCHOR_FILE).unlink()
    verified = cpom(project, "store", "verify")
    assert verified.exit_code == 0
    assert "rien ne dit si des écritures manquent à la fin" in verified.stderr


@pytest.mark.parametrize("lost", ["truncated", "removed"])
def test_a_register_that_is_empty_or_gone_is_told_by_every_command(
    project: Path, cpom: Cpom, lost: str
) -> None:
    store = project / STORE_FILE
    store.write_bytes(b"") if lost == "truncated" else store.unlink()
    what = "est vide" if lost == "truncated" else "n’est plus là"
    for command in ("store verify", "record 4.json", "history 990000011", "store export x"):
        refused = cpom(project, *command.split())
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert f"{what}, alors que des versions y ont été enregistrées" in refused.stderr
        assert not store.exists() or store.stat().st_size == 0


def test_an_empty_register_without_an_anchor_is_not_called_intact(
    project: Path, cpom: Cpom
) -> None:
    (project / ANCHOR_FILE).unlink()
    (project / STORE_FILE).write_bytes(b"")
    verified = cpom(project, "store", "verify")
    assert verified.stderr.startswith("Registre vide : aucune version, et aucun repère noté")
    assert "intact" not in verified.stderr


def test_a_register_of_before_has_its_anchor_noted_at_the_first_verification(
    project: Path, cpom: Cpom
) -> None:
    noted = (project / ANCHOR_FILE).read_bytes()
    (project / ANCHOR_FILE).unlink()
    first = cpom(project, "store", "verify")
    assert "Aucun repère n’était noté à côté" in first.stderr
    assert (project / ANCHOR_FILE).read_bytes() == noted == first.stdout.encode()
    second = cpom(project, "store", "verify")
    assert "qui passe par le repère noté à côté (écriture n° 3)" in second.stderr


def test_the_anchor_kept_elsewhere_tells_a_register_and_an_anchor_replaced_together(
    project: Path, cpom: Cpom
) -> None:
    kept_elsewhere = (project / ANCHOR_FILE).read_text("utf-8").strip()
    put_the_older_copy_back(project)
    (project / ANCHOR_FILE).unlink()
    blind = cpom(project, "store", "verify")
    assert blind.exit_code == 0
    assert "rien ne dit si des écritures manquent à la fin" in blind.stderr
    seeing = cpom(project, "store", "verify", "--anchor", kept_elsewhere)
    assert seeing.exit_code == 1
    assert "et le repère donné est celui de l’écriture n° 3" in seeing.stderr


def test_another_register_in_the_place_of_this_one_is_told(
    project: Path, cpom: Cpom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "un autre service")
    other = fill(tmp_path / "autre", cpom)
    shutil.copy(other / STORE_FILE, project / STORE_FILE)
    verified = cpom(project, "store", "verify")
    assert verified.exit_code == 1
    assert "l’écriture n° 3 n’est plus la même" in verified.stderr


@pytest.mark.parametrize("content", ["", "3:abc", "3\n", "\udcff"])
def test_an_anchor_that_is_none_is_told(project: Path, cpom: Cpom, content: str) -> None:
    (project / ANCHOR_FILE).write_bytes(content.encode(errors="surrogateescape"))
    for command in ("store verify", "record 4.json"):
        refused = cpom(project, *command.split())
        assert refused.exit_code == 1
        assert "ne contient pas de repère du journal" in refused.stderr


def test_a_lost_register_comes_back_from_an_export_that_goes_as_far(
    project: Path, cpom: Cpom
) -> None:
    assert cpom(project, "store", "export", "tout").exit_code == 0
    (project / STORE_FILE).unlink()
    short = cpom(project, "store", "import", "ancien")
    assert short.exit_code == 1
    assert "Le journal s’arrête à l’écriture n° 2" in short.stderr
    assert cpom(project, "store", "import", "tout").exit_code == 0
    assert cpom(project, "store", "verify").exit_code == 0


def shorten(export: Path) -> None:
    """The export without its last entry and contract, its first line true to what is left."""
    lines = (export / "journal.jsonl").read_text("utf-8").splitlines()
    first, last = json.loads(lines[0]), json.loads(lines[-2])
    first.update(sequence=last["sequence"], hash=last["hash"])
    text = "".join(f"{line}\n" for line in (json.dumps(first), *lines[1:-1]))
    (export / "journal.jsonl").write_text(text, encoding="utf-8")


def test_a_shortened_export_is_told_by_the_anchor_that_the_export_printed(
    project: Path, cpom: Cpom, tmp_path: Path
) -> None:
    exported = cpom(project, "store", "export", "tout")
    anchor = exported.stderr.split()[-1]
    assert anchor == (project / ANCHOR_FILE).read_text("utf-8").strip()
    other = tmp_path / "ailleurs"
    (other / "clause_library").mkdir(parents=True)
    folder = project / "tout"
    shorten(folder)
    unlisted = cpom(other, "store", "import", str(folder))
    assert unlisted.exit_code == 1
    assert f"son journal ne connaît pas « {folder / 'versions/990000011/3.json'} »" in (
        unlisted.stderr
    )
    (folder / "versions" / "990000011" / "3.json").unlink()
    refused = cpom(other, "store", "import", str(folder), "--anchor", anchor)
    assert refused.exit_code == 1
    assert "Rien n’a été importé." in refused.stderr
    taken = cpom(other, "store", "import", str(folder))
    assert taken.stderr.splitlines()[-1].startswith(
        "Repère du journal, à garder aussi ailleurs : 2:"
    )


@pytest.mark.parametrize("name", ["versions/990000011/9.json", "versions/note.txt", "lisez.txt"])
def test_a_file_that_the_journal_of_an_export_does_not_name_is_refused(
    project: Path, cpom: Cpom, tmp_path: Path, name: str
) -> None:
    cpom(project, "store", "export", "tout")
    (project / "tout" / name).write_bytes(b"{}")
    other = tmp_path / "ailleurs"
    (other / "clause_library").mkdir(parents=True)
    refused = cpom(other, "store", "import", str(project / "tout"))
    assert refused.exit_code == 1
    assert "Rien n’a été importé." in refused.stderr
    (project / "tout" / name).rename(project / "tout" / ".caché")
    assert cpom(other, "store", "import", str(project / "tout")).exit_code == 0


def test_a_changed_contract_of_an_export_is_refused_even_when_it_is_known(
    project: Path, cpom: Cpom
) -> None:
    cpom(project, "store", "export", "tout")
    (project / "tout" / "versions" / "990000011" / "1.json").write_bytes(contract_json("autre"))
    refused = cpom(project, "store", "import", "tout")
    assert refused.exit_code == 1
    assert "n’est pas celui du journal" in refused.stderr


def test_an_anchor_that_cannot_be_noted_is_told_and_stops_nothing(cpom: Cpom) -> None:
    """As when the database is on a server and the working folder belongs to somebody else."""
    with shared_folder() as root:
        project = fill(root / "projet", cpom)
        (project / ANCHOR_FILE).unlink()
        make_read_only(project / "output")
        with without_rights():
            verified = cpom(project, "store", "verify")
        assert verified.exit_code == 0
        assert "À savoir : Le repère du journal n’a pas été noté" in verified.stderr
