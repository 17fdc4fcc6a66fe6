"""``run_batch`` with real worker processes: what is built, left, refused, lost and resumed."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract_builder.batch.ledger import exclusive
from contract_builder.batch.plan import Folders
from contract_builder.batch.run import BatchOptions, BatchResult, run_batch
from contract_builder.errors import UserError
from contract_builder.pipeline import BuildOptions, profiles_of
from tests.batch_region import ROOT, SILENT, HeldContract, make_region
from tests.mini_project import CommandResult, change_file

NAMES = ("amont", "bourg", "clairval", "dunes")
ON = ("--on", "2026-01-01")


@pytest.fixture
def region(mini_project: Path) -> Folders:
    """The mini project with four profiles; « amont » and « bourg » hold the sheet DEMO_1."""
    return make_region(mini_project, NAMES, with_sheet=("amont", "bourg"))


def build(folders: Folders, seconds: float = 60.0) -> BatchResult:
    options = BatchOptions(BuildOptions(formats=("json",)), jobs=2, seconds=seconds)
    return run_batch(folders, profiles_of(folders.root / "profiles"), options, SILENT)


def statuses(result: BatchResult) -> dict[str, str]:
    return {name: result.status_of(name) for name in result.entries}


def products(out: Path) -> dict[str, int]:
    """Every document and when it was written."""
    return {
        path.relative_to(out).as_posix(): path.stat().st_mtime_ns
        for path in out.rglob("*")
        if path.is_file() and path.name[0] != "."
    }


def children() -> set[int]:
    """The worker processes that this process has started."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and b"spawn_main" in command:
            found.add(int(stat.parent.name))
    return found


@contextmanager
def watching(action: Callable[[], None], held: HeldContract, times: int) -> Iterator[list[int]]:
    """Does ``action`` each time that a worker is held, ``times`` times at most."""
    done: list[int] = []
    over = threading.Event()

    def watch() -> None:
        while len(done) < times and not over.is_set():
            if held.is_reached():
                done.append(len(done))
                action()
                held.let_go()
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield done
    finally:
        over.set()
        thread.join()


def kill_children() -> None:
    """Returns once they are dead: a pipe that they held open is closed."""
    killed = children()
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    while children() & killed:
        time.sleep(0.01)


def test_every_contract_is_built_then_nothing_is_touched(region: Folders) -> None:
    first = build(region)
    assert statuses(first) == dict.fromkeys(NAMES, "produit")
    assert set(first.reasons.values()) == {"jamais produit"}
    before = products(region.out)
    assert len(before) == 4
    second = build(region)
    assert statuses(second) == dict.fromkeys(NAMES, "a_jour")
    assert second.reasons == {}
    assert products(region.out) == before


def test_a_changed_sheet_rebuilds_only_the_contracts_that_hold_it(region: Folders) -> None:
    build(region)
    before = products(region.out)
    sheet = region.root / "fiches" / "demo" / "DEMO_1.md"
    text = sheet.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("intitule:"))
    change_file(sheet, title, f"{title} (revu)")
    result = build(region)
    assert statuses(result) == {
        "amont": "produit", "bourg": "produit", "clairval": "inchange", "dunes": "inchange",
    }  # fmt: skip
    after = products(region.out)
    assert {name for name in after if after[name] != before[name]} == {
        name for entry in ("amont", "bourg") for name in result.entries[entry].files
    }
    assert statuses(build(region)) == dict.fromkeys(NAMES, "a_jour")


def test_a_missing_document_is_built_again(region: Folders) -> None:
    first = build(region)
    (region.out / first.entries["bourg"].files[0]).unlink()
    result = build(region)
    assert result.reasons == {"bourg": "un document a disparu"}
    assert statuses(result)["bourg"] == "produit"


def test_a_broken_profile_is_refused_and_its_older_document_stays(region: Folders) -> None:
    build(region)
    before = products(region.out)
    change_file(region.root / "profiles" / "bourg.yaml", "2025-07-01", "2025-07-41")
    result = build(region)
    assert statuses(result) == {**dict.fromkeys(NAMES, "a_jour"), "bourg": "refuse"}
    entry = result.entries["bourg"]
    assert [p["ligne"] for p in entry.problems if p["code"] == "valeur-inattendue"] == [6]
    assert entry.problems[0]["fichier"] == "profiles/bourg.yaml"
    assert entry.summary["raison_sociale"] == "Centre hospitalier de Valmont (fictif)"
    assert products(region.out) == before
    change_file(region.root / "profiles" / "bourg.yaml", "2025-07-41", "2025-07-01")
    assert statuses(build(region))["bourg"] == "produit"


def test_a_cut_ledger_loses_only_its_cut_line(region: Folders) -> None:
    build(region)
    ledger = region.out / ".lot.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-200])
    result = build(region)
    assert statuses(result) == {**dict.fromkeys(NAMES, "a_jour"), "dunes": "produit"}
    assert statuses(build(region)) == dict.fromkeys(NAMES, "a_jour")


def test_two_batches_cannot_share_a_folder(region: Folders) -> None:
    with exclusive(region.out), pytest.raises(UserError, match="Une autre production est en cours"):
        build(region)
    assert statuses(build(region)) == dict.fromkeys(NAMES, "produit")


def test_two_profiles_with_one_contract_code_are_both_refused(region: Folders) -> None:
    build(region)
    before = products(region.out)
    source = region.root / "profiles" / "bourg.yaml"
    copy = region.root / "profiles" / "bourg-copie.yaml"
    copy.write_text(source.read_text(encoding="utf-8").replace("BOURG", "bourg"), encoding="utf-8")
    result = build(region)
    assert statuses(result) == {
        **dict.fromkeys(NAMES, "a_jour"), "bourg": "refuse", "bourg-copie": "refuse",
    }  # fmt: skip
    (problem,) = result.entries["bourg"].problems
    assert problem["code"] == "contrat-en-double"
    assert problem["ligne"] == 5
    assert "« profiles/bourg-copie.yaml »" in problem["message"]
    assert products(region.out) == before


def test_a_contract_over_its_time_fails_and_the_rest_goes_on(region: Folders) -> None:
    HeldContract(region.out, "CLAIRVAL")
    result = build(region, seconds=6.0)
    assert statuses(result) == {**dict.fromkeys(NAMES, "produit"), "clairval": "echec"}
    (problem,) = result.entries["clairval"].problems
    assert problem["code"] == "production-impossible"
    assert "a dépassé 6 secondes" in problem["message"]


def test_a_killed_worker_loses_nothing(region: Folders) -> None:
    held = HeldContract(region.out, "CLAIRVAL")

    def strike() -> None:
        held.remove()
        kill_children()

    with watching(strike, held, times=1) as struck:
        result = build(region)
    assert struck == [0]
    assert statuses(result) == dict.fromkeys(NAMES, "produit")


def test_a_contract_that_always_kills_its_worker_fails_alone(region: Folders) -> None:
    held = HeldContract(region.out, "CLAIRVAL")
    with watching(kill_children, held, times=2) as struck:
        result = build(region)
    assert struck == [0, 1]
    assert statuses(result) == {**dict.fromkeys(NAMES, "produit"), "clairval": "echec"}
    assert "s’est arrêté deux fois" in result.entries["clairval"].problems[0]["message"]


def test_ctrl_c_finishes_what_is_under_way_and_the_next_run_resumes(region: Folders) -> None:
    held = HeldContract(region.out, "CLAIRVAL")
    command = [sys.executable, "-m", "contract_builder", "batch", "--project", str(region.root),
               "--out", str(region.out), "--formats", "json", "--jobs", "1", *ON]  # fmt: skip
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    held.wait()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    time.sleep(0.5)
    held.let_go()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrompue à votre demande" in errors
    assert "Traceback" not in errors
    assert not (region.out / "synthese.html").exists()
    done = {json.loads(line)["profile"] for line in (region.out / ".lot.jsonl").open()}
    assert done >= {"amont", "bourg", "clairval"}
    result = build(region)
    assert statuses(result) == {name: "a_jour" if name in done else "produit" for name in NAMES}


def test_a_full_disk_is_told_and_the_next_run_resumes(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    region.out.mkdir(parents=True)
    (region.out / ".lot.jsonl").symlink_to("/dev/full")
    result = cpom(region.root, "batch", "--formats", "json", "--out", str(region.out))
    assert result.exit_code == 1
    assert "le disque est plein" in result.stderr
    (region.out / ".lot.jsonl").unlink()
    assert set(statuses(build(region)).values()) == {"produit"}


def test_the_command_lists_problems_and_writes_the_report(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    change_file(region.root / "profiles" / "dunes.yaml", "2025-07-01", "2025-07-41")
    out = region.out
    result = cpom(region.root, "batch", "--formats", "json", "--out", str(out), *ON)
    assert result.exit_code == 1
    assert "profiles/dunes.yaml:6:15: erreur [valeur-inattendue]" in result.stderr
    assert "3 produits, 1 refusé" in result.stderr
    names = ("synthese.xlsx", "synthese.html", "synthese.json", "departement-99.zip")
    assert result.stdout.split() == [str(out / name) for name in names]
    assert all((out / name).is_file() for name in names)


def test_the_report_tells_what_changed_since_the_last_batch(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    def told() -> dict[str, str]:
        cpom(region.root, "batch", "--formats", "json", "--out", str(region.out), *ON)
        report = json.loads((region.out / "synthese.json").read_bytes())
        return {line["profil"]: line["changements"] for line in report["contrats"]}

    assert told() == dict.fromkeys(NAMES, "premier contrat produit")
    assert told() == dict.fromkeys(NAMES, "")
    change_file(region.root / "profiles" / "bourg.yaml", "2025-07-01", "2025-08-01")
    changed = told()
    assert changed.pop("bourg").startswith("dates, ")
    assert changed == dict.fromkeys(("amont", "clairval", "dunes"), "")
    assert told() == dict.fromkeys(NAMES, "")


def test_one_fault_of_all_contracts_is_told_once(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    (region.root / "templates").mkdir()
    (region.root / "templates" / "contrat.docx").write_bytes(b"no Word file")
    result = cpom(
        region.root, "batch", "--formats", "docx", "--out", str(region.out), "--no-report"
    )
    assert result.exit_code == 1
    assert result.stderr.count("erreur [production-impossible]") == 1
    assert (
        "  de même à 3 autres endroits : profiles/bourg.yaml:1:1, profiles/clairval.yaml:1:1, "
        "profiles/dunes.yaml:1:1\n"
    ) in result.stderr


def test_without_report_only_contracts_are_written(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    out = region.out
    result = cpom(
        region.root, "batch", "--formats", "json", "--out", str(out), "--no-report", "--json"
    )
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["synthese"] == []
    assert [item["statut"] for item in data["contrats"]] == ["produit"] * 4
    assert not list(out.glob("synthese.*"))


@pytest.mark.parametrize(
    ("option", "value"), [("--jobs", "0"), ("--limit", "0"), ("--on", "hier"), ("--limit", "nan")]
)
def test_a_wrong_option_is_a_wrong_command_line(
    region: Folders, cpom: Callable[..., CommandResult], option: str, value: str
) -> None:
    assert cpom(region.root, "batch", option, value).exit_code == 2
    assert not (region.root / "output").exists()


def test_what_changed_is_named(region: Folders) -> None:
    build(region)
    change_file(region.root / "profiles" / "bourg.yaml", "2025-07-01", "2025-07-02")
    assert build(region).reasons == {"bourg": "changé : profil"}
    change_file(region.root / "profiles" / "bourg.yaml", "2025-07-02", "2025-07-01")
    clause = next((region.root / "clause_library").rglob("*.md"))
    clause.write_text(f"{clause.read_text(encoding='utf-8')}\n", encoding="utf-8")
    assert build(region).reasons == {
        name: "changé : profil, bibliothèque" if name == "bourg" else "changé : bibliothèque"
        for name in NAMES
    }
    (region.root / "templates").mkdir(exist_ok=True)
    (region.root / "templates" / "essai.docx").write_bytes(b"")
    assert build(region).reasons == dict.fromkeys(NAMES, "changé : modèles")


def test_the_plan_is_told_without_writing_anything(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    build(region)
    change_file(region.root / "profiles" / "bourg.yaml", "2025-07-01", "2025-07-02")
    before = {path: path.stat().st_mtime_ns for path in region.out.rglob("*")}
    command = ("batch", "--dry-run", "--formats", "json", "--out", str(region.out))
    result = cpom(region.root, *command)
    assert result.exit_code == 0
    assert result.stderr == (
        "4 contrats : 1 à regarder, 3 à jour.\n  changé : profil – 1 : bourg\n"
    )
    data = json.loads(cpom(region.root, *command, "--json").stdout)
    assert data["a_regarder"] == [{"profil": "bourg", "motif": "changé : profil"}]
    assert {path: path.stat().st_mtime_ns for path in region.out.rglob("*")} == before
    assert cpom(region.root, "batch", "--dry-run").exit_code == 0
    assert not (region.root / "output").exists()


def test_an_error_of_the_library_stops_batch_as_it_stops_build(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    build(region)
    before = products(region.out)
    sheet = region.root / "fiches" / "demo" / "DEMO_1.md"
    change_file(sheet, "code: DEMO_1", "code: DEMO_2")
    command = ("--formats", "json", "--out", str(region.out))
    batch = cpom(region.root, "batch", *command, *ON)
    one = cpom(region.root, "build", "profiles/clairval.yaml", *command)
    assert batch.exit_code == one.exit_code == 1
    told = batch.stderr.splitlines()
    assert told[-1].startswith("Commande arrêtée, rien n’a été produit")
    assert len([line for line in told if "erreur [" in line]) == 1
    assert told[:-1] == one.stderr.splitlines()[: len(told) - 1]
    assert products(region.out) == before


def test_a_pipe_is_told_the_progress_in_a_few_lines(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    for number in range(26):
        source = region.root / "profiles" / "amont.yaml"
        copy = source.read_text(encoding="utf-8").replace("AMONT", f"AMONT{number}")
        source.with_name(f"amont{number}.yaml").write_text(copy, encoding="utf-8")
    result = cpom(region.root, "batch", "--formats", "json", "--no-report")
    assert result.exit_code == 0
    lines = result.stderr.splitlines()
    assert lines[:2] == [
        "30 contrats : 30 à regarder, 0 à jour.",
        "  jamais produit – 30 : amont, amont0, amont1, …",
    ]
    steps = [line.partition(" ")[0] for line in lines if "/30 contrats" in line]
    assert steps == [f"{done}/30" for done in range(3, 31, 3)]
    assert "\r" not in result.stderr


def test_a_terminal_shows_the_progress_in_one_line_with_rate_and_time_left(
    region: Folders,
) -> None:
    command = [sys.executable, "-m", "contract_builder", "batch", "--project", str(region.root),
               "--formats", "json", "--jobs", "1", "--no-report"]  # fmt: skip
    leader, terminal = pty.openpty()
    try:
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=terminal, check=True)
        shown = os.read(leader, 100_000).decode()
    finally:
        os.close(leader)
        os.close(terminal)
    (line,) = [line for line in shown.split("\r\n") if "4/4 contrats" in line]
    states = line.split("\r")
    assert [state.partition(" ")[0] for state in states if state] == ["1/4", "2/4", "3/4", "4/4"]
    assert re.search(r"2/4 contrats, [0-9,]+ par (seconde|minute), encore \d+ s", line)


def test_removed_profiles_are_forgotten(region: Folders) -> None:
    build(region)
    (region.root / "profiles" / "dunes.yaml").unlink()
    shutil.rmtree(region.out / "DUNES")
    assert set(build(region).entries) == {"amont", "bourg", "clairval"}
    assert "dunes" not in (region.out / ".lot.jsonl").read_text(encoding="utf-8")
