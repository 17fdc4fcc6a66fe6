"""``cpom batch --compare-with``: what changed in each contract since an earlier one."""

import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract_builder.batch.compared import ComparisonResult
from contract_builder.batch.earlier import Comparing, Wanted
from contract_builder.batch.plan import Folders
from contract_builder.batch.run import BatchOptions, BatchResult, foresee_batch, run_batch
from contract_builder.services.keeping import RecordRequest, record_file
from contract_builder.services.making import BuildOptions
from tests.batch_region import SILENT, make_region
from tests.mini_project import CommandResult, change_file

NAMES = ("amont", "bourg")
AT = datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.fixture
def region(mini_project: Path) -> Folders:
    """The mini project with two contracts."""
    return make_region(mini_project, NAMES, with_sheet=NAMES)


def options(wanted: Wanted | None) -> BatchOptions:
    comparing = None if wanted is None else Comparing(wanted, "Agence", AT)
    return BatchOptions(BuildOptions(formats=("json",)), jobs=1, comparing=comparing)


def build(folders: Folders, wanted: Wanted | None = None) -> BatchResult:
    profiles = folders.project.profile_paths()
    return run_batch(folders, profiles, options(wanted), SILENT)


def to_compare(folders: Folders, wanted: Wanted) -> dict[str, str]:
    """Which contracts a batch would look at, and why."""
    return foresee_batch(folders, folders.project.profile_paths(), options(wanted)).reasons


def record(folders: Folders, result: BatchResult, name: str, status: str) -> None:
    path = folders.out / result.entries[name].files[0]
    request = RecordRequest(AT, "Agence", status=status)  # type: ignore[arg-type]
    record_file(folders.project, path, request)


def edit(folders: Folders, name: str, old: str, new: str) -> None:
    change_file(folders.root / "profiles" / f"{name}.yaml", old, new)


def comparison(result: BatchResult, name: str) -> ComparisonResult:
    found = result.entries[name].comparison
    assert found is not None
    return found


def test_without_any_stored_version_the_production_before_is_the_last_one(region: Folders) -> None:
    first = build(region, "last")
    assert [first.entries[name].comparison for name in NAMES] == [None, None]
    edit(region, "bourg", "2025-07-01", "2025-08-01")
    result = build(region, "last")
    assert result.entries["amont"].comparison is None
    told = comparison(result, "bourg")
    assert told.label == "production précédente"
    assert told.substance > 0
    assert told.main.endswith(".")
    assert told.refusal == ""
    assert {Path(name).parent.as_posix() for name in told.files} == {"BOURG"}
    suffixes = {Path(name).suffix for name in told.files}
    assert suffixes == {".html", ".docx", ".json"}
    (redline,) = (name for name in told.files if name.endswith(".docx"))
    with zipfile.ZipFile(region.out / redline) as package:
        assert 'w:author="Agence"' in package.read("word/document.xml").decode()


def test_the_last_signed_version_is_found_behind_later_drafts(region: Folders) -> None:
    first = build(region)
    record(region, first, "amont", "signe")
    edit(region, "amont", "2025-07-01", "2025-08-01")
    record(region, build(region), "amont", "projet")
    assert to_compare(region, "signed") == {"amont": "comparaison à faire"}
    signed = comparison(build(region, "signed"), "amont")
    assert signed.label == "version 1 (signé)"
    assert signed.substance > 0
    last = comparison(build(region, "last"), "amont")
    assert (last.label, last.identical, last.files) == ("version 2 (projet)", True, ())


def test_the_next_comparison_leaves_no_file_of_the_one_before(region: Folders) -> None:
    build(region)
    edit(region, "bourg", "2025-07-01", "2025-08-01")
    first = comparison(build(region, "last"), "bourg").files
    edit(region, "bourg", "2025-08-01", "2025-09-01")
    second = comparison(build(region, "last"), "bourg").files
    assert set(first).isdisjoint(second)
    found = {path.relative_to(region.out).as_posix() for path in region.out.glob("*/compar*")}
    assert found == set(second)


def test_a_renewed_contract_is_compared_with_the_one_that_it_follows(region: Folders) -> None:
    record(region, build(region), "bourg", "signe")
    edit(region, "bourg", "code: BOURG", "code: BOURGB")
    result = build(region, "signed")
    assert comparison(result, "bourg").label == "contrat BOURG, version 1 (signé)"
    edit(region, "bourg", "code: BOURGB", "code: BOURG")
    assert build(region, "signed").entries["amont"].comparison is None, "another contract's version"


def test_a_comparison_is_made_again_only_when_one_side_or_a_file_changed(region: Folders) -> None:
    build(region)
    edit(region, "bourg", "2025-07-01", "2025-08-01")
    made = comparison(build(region, "last"), "bourg")
    written = {name: (region.out / name).stat().st_mtime_ns for name in made.files}
    assert to_compare(region, "last") == {}
    assert comparison(build(region, "last"), "bourg") == made
    assert {name: (region.out / name).stat().st_mtime_ns for name in written} == written
    (region.out / made.files[0]).unlink()
    assert to_compare(region, "last") == {"bourg": "comparaison à faire"}
    again = build(region, "last")
    assert again.status_of("bourg") == "inchange"
    assert comparison(again, "bourg") == made
    assert (region.out / made.files[0]).is_file()
    edit(region, "bourg", "2025-08-01", "2025-09-01")
    assert comparison(build(region, "last"), "bourg").key != made.key


def test_a_redline_that_cannot_be_given_is_told_and_the_contract_stays(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    (region.root / "templates" / "contrat.docx").write_bytes(b"no Word file")
    build(region)
    edit(region, "bourg", "2025-07-01", "2025-08-01")
    command = ("batch", "--formats", "json", "--out", str(region.out), "--compare-with", "last",
               "--author", "Agence", "--on", "2026-03-01")  # fmt: skip
    assert cpom(region.root, *command).exit_code == 0
    report = json.loads((region.out / "synthese.json").read_bytes())
    amont, bourg = report["contrats"]
    assert amont["compare_a"] == "aucune version antérieure"
    assert bourg["production"] == "produit"
    assert bourg["changements_docx"] is None
    assert (region.out / bourg["changements_html"]).is_file()
    assert "document Word refusé" in bourg["changement_principal"]
    assert ("bourg", "changements-non-montres") in {
        (problem["profil"], problem["code"]) for problem in report["problemes"]
    }


def test_the_day_of_the_report_dates_the_marks(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    build(region)
    edit(region, "bourg", "2025-07-01", "2025-08-01")
    command = ("batch", "--formats", "json", "--out", str(region.out), "--compare-with", "last",
               "--author", "Agence", "--on", "2026-03-01")  # fmt: skip
    assert cpom(region.root, *command).exit_code == 0
    report = json.loads((region.out / "synthese.json").read_bytes())
    redline = region.out / report["contrats"][1]["changements_docx"]
    with zipfile.ZipFile(redline) as package:
        text = package.read("word/document.xml").decode()
    assert set(re.findall(r'w:date="([^"]*)"', text)) == {"2026-03-01T00:00:00Z"}


def test_an_earlier_contract_that_cannot_be_read_is_told_and_tried_again(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    build(region)
    edit(region, "bourg", "2025-07-01", "2025-08-01")
    build(region)
    earlier = region.out / "BOURG" / ".production-precedente.json"
    whole = earlier.read_bytes()
    earlier.write_bytes(b"{")
    command = ("batch", "--formats", "json", "--out", str(region.out), "--compare-with", "last",
               "--author", "Agence", "--on", "2026-03-01")  # fmt: skip
    result = cpom(region.root, *command, "--json")
    assert result.exit_code == 0
    printed = [item["comparaison"] for item in json.loads(result.stdout)["contrats"]]
    assert [item and item["label"] for item in printed] == [None, "production précédente"]
    report = json.loads((region.out / "synthese.json").read_bytes())
    bourg = report["contrats"][1]
    assert bourg["compare_a"] == "production précédente"
    assert bourg["changement_principal"] == "comparaison impossible : voir « Problèmes »"
    (told,) = (item for item in report["problemes"] if item["code"] == "changements-non-montres")
    assert "ne peut pas être comparé" in told["message"]
    earlier.write_bytes(whole)
    assert comparison(build(region, "last"), "bourg").substance > 0


def test_a_refused_profile_keeps_its_comparison(region: Folders) -> None:
    build(region)
    edit(region, "bourg", "2025-07-01", "2025-08-01")
    made = comparison(build(region, "last"), "bourg")
    edit(region, "bourg", "2025-08-01", "2025-13-01")
    refused = build(region, "last")
    assert refused.status_of("bourg") == "refuse"
    assert comparison(refused, "bourg") == made


def test_comparing_needs_the_contract_files(
    region: Folders, cpom: Callable[..., CommandResult]
) -> None:
    result = cpom(region.root, "batch", "--formats", "docx", "--compare-with", "last")
    assert result.exit_code == 2
    assert "demande le format json" in result.stderr
