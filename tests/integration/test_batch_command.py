"""``cpom batch`` as its user sees it: plan, progress, problems, report."""

import json
import os
import pty
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.batch.plan import Folders
from contract_builder.render.pdf.attachment import find_attached_contract
from contract_builder.word.package import read_parts
from tests.batch_region import NAMES, ROOT, build, make_region, products
from tests.mini_project import CommandResult, change_file

ON = ("--on", "2026-01-01")


@pytest.fixture
def region(mini_project: Path) -> Folders:
    """The mini project with four profiles; « amont » and « bourg » hold the sheet DEMO_1."""
    return make_region(mini_project, NAMES, with_sheet=("amont", "bourg"))


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
    (region.root / "templates" / "contrat.docx").write_bytes(b"no Word file")
    result = cpom(
        region.root, "batch", "--formats", "docx", "--out", str(region.out), "--no-report"
    )
    assert result.exit_code == 1
    assert result.stderr.count("templates/contrat.docx:1:1: erreur [modele-a-corriger]") == 1
    assert "production-impossible" not in result.stderr


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
    ("option", "value"),
    [("--jobs", "0"), ("--limit", "0"), ("--on", "hier"), ("--limit", "nan"), ("--memory", "511")],
)
def test_a_wrong_option_is_a_wrong_command_line(
    region: Folders, cpom: Callable[..., CommandResult], option: str, value: str
) -> None:
    assert cpom(region.root, "batch", option, value).exit_code == 2
    assert not (region.root / "output").exists()


def test_word_files_are_protected_and_pdfs_carry_nothing_when_asked(
    mini_project: Path, cpom: Callable[..., CommandResult]
) -> None:
    command = ("batch", "--formats", "docx,pdf", "--jobs", "1", "--no-report", *ON,
               "--track-changes", "--pdf-standard", "a-2a")  # fmt: skip
    assert cpom(mini_project, *command).exit_code == 0
    (word,) = (mini_project / "output" / "lot").rglob("*.docx")
    assert b"<w:documentProtection" in read_parts(word.read_bytes())["word/settings.xml"]
    (pdf,) = (mini_project / "output" / "lot").rglob("*.pdf")
    assert find_attached_contract(pdf.read_bytes()) is None


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


def test_instruction_files_are_written_on_demand_follow_their_contract_and_enter_no_archive(
    mini_project: Path, cpom: Callable[..., CommandResult]
) -> None:
    out = mini_project / "output" / "lot"
    command = ("batch", "--formats", "html,json", "--jobs", "1", *ON)
    assert cpom(mini_project, *command).exit_code == 0
    assert not list(out.rglob("*-instruction.*"))
    assert cpom(mini_project, *command, "--instruction").exit_code == 0
    (page,) = out.rglob("*-instruction.html")
    (word,) = out.rglob("*-instruction.docx")
    (archive,) = out.glob("departement-*.zip")
    names = zipfile.ZipFile(archive).namelist()
    assert (
        page.with_name(page.name.replace("-instruction", "")).relative_to(out).as_posix() in names
    )
    assert not [name for name in names if "instruction" in name]
    assert "-instruction" not in (out / "synthese.html").read_text(encoding="utf-8")
    written = page.stat().st_mtime_ns, word.stat().st_mtime_ns
    assert cpom(mini_project, *command, "--instruction").exit_code == 0
    assert (page.stat().st_mtime_ns, word.stat().st_mtime_ns) == written


def test_an_entity_and_a_site_of_two_contracts_are_told_once_and_again_when_nothing_is_made(
    mini_project: Path, cpom: Callable[..., CommandResult]
) -> None:
    profiles = mini_project / "profiles"
    text = (profiles / "valmont.yaml").read_text(encoding="utf-8")
    for name, code in (("jumeau", "990000010AB"), ("triple", "990000010AC")):
        (profiles / f"{name}.yaml").write_text(text.replace("990000010AA", code), encoding="utf-8")
    later = text.replace("990000010AA", "990000010AD").replace("2025-07-01", "2031-01-01")
    (profiles / "suivant.yaml").write_text(later, encoding="utf-8")
    command = ("batch", "--formats", "json", "--jobs", "1", "--no-report", *ON)
    for made in ("4 produits", "4 à jour"):
        told = cpom(mini_project, *command).stderr.replace("\u00a0", " ")
        assert made in told
        assert told.count("[contrats-simultanes]") == 1
        assert told.count("[site-partage]") == 1
        assert "« profiles/triple.yaml »" in told
    data = json.loads(cpom(mini_project, *command, "--json").stdout)
    codes = {
        item["profil"]: [p["code"] for p in item["problemes"] if p["code"] == "site-partage"]
        for item in data["contrats"]
    }
    assert codes == {name: ["site-partage"] for name in ("jumeau", "triple", "valmont")} | {
        "suivant": []
    }
