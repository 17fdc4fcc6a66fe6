"""``run_batch`` with real worker processes: what is built, left alone, refused."""

import shutil
from pathlib import Path

import pytest

from contract_builder.batch.plan import Folders
from tests.batch_region import NAMES, build, make_region, products, statuses
from tests.mini_project import change_file


@pytest.fixture
def region(mini_project: Path) -> Folders:
    """The mini project with four profiles; « amont » and « bourg » hold the sheet DEMO_1."""
    return make_region(mini_project, NAMES, with_sheet=("amont", "bourg"))


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
    assert [p.place.line for p in entry.problems if p.code == "valeur-inattendue"] == [6]
    assert entry.problems[0].place.file == "profiles/bourg.yaml"
    assert entry.summary.legal_name == "Centre hospitalier de Valmont (fictif)"
    assert products(region.out) == before
    change_file(region.root / "profiles" / "bourg.yaml", "2025-07-41", "2025-07-01")
    assert statuses(build(region))["bourg"] == "produit"


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
    assert problem.code == "contrat-en-double"
    assert problem.place.line == 5
    assert "« profiles/bourg-copie.yaml »" in problem.message
    assert products(region.out) == before


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
    (region.root / "templates" / "essai.docx").write_bytes(b"")
    assert build(region).reasons == dict.fromkeys(NAMES, "changé : modèles")


def test_removed_profiles_are_forgotten(region: Folders) -> None:
    build(region)
    (region.root / "profiles" / "dunes.yaml").unlink()
    shutil.rmtree(region.out / "DUNES")
    assert set(build(region).entries) == {"amont", "bourg", "clairval"}
    assert "dunes" not in (region.out / ".lot.jsonl").read_text(encoding="utf-8")
