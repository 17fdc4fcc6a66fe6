"""``cpom batch --amend``: the avenants of a region at once, from what is in force in the store."""

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contract_builder.amend.amendment_json import parse_amendment
from contract_builder.batch.ledger_entry import LedgerEntry
from contract_builder.batch.plan import Folders
from contract_builder.batch.report.write import write_report
from contract_builder.batch.summary import AmendedSummary, AmendmentSummary
from contract_builder.diagnostics import Diagnostic
from contract_builder.model.amendment import Amendment
from contract_builder.render.json import render_json
from contract_builder.services.amending import AmendRequest, amend
from contract_builder.services.drafted_amendments import AmendingTerms
from contract_builder.services.keeping import (
    StatusEvent,
    change_status,
    get_contract_json,
)
from contract_builder.store.location import STORE_FILE
from tests.amended_region import (
    ACTOR,
    NOW,
    amend_region,
    contract_of,
    make_signed_region,
    notify,
    profile_of,
    sign,
)
from tests.batch_region import statuses
from tests.cluster import Cluster, needs_dask
from tests.mini_project import CommandResult, change_file

NAMES = ("amont", "bourg", "clairval")
Cpom = Callable[..., CommandResult]


@pytest.fixture
def region(mini_project: Path) -> Folders:
    """Three signed contracts; « bourg » has been notified of other credits since."""
    folders = make_signed_region(mini_project, NAMES)
    notify(folders, "bourg")
    return folders


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", ACTOR)
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


def _amendment_of(folders: Folders, entry: LedgerEntry) -> Amendment:
    (name,) = (file for file in entry.files if file.endswith("-fictif.json"))
    return parse_amendment((folders.out / name).read_bytes())


def _avenant_of(entry: LedgerEntry) -> AmendmentSummary:
    assert isinstance(entry.summary, AmendedSummary)
    assert entry.summary.amendment is not None
    return entry.summary.amendment


def _only_problem(entry: LedgerEntry) -> Diagnostic:
    (problem,) = entry.problems
    return problem


def test_an_avenant_is_made_where_something_changed_and_nowhere_else(region: Folders) -> None:
    result = amend_region(region, "docx", "json")
    assert statuses(result) == {
        "amont": "sans_objet",
        "bourg": "produit",
        "clairval": "sans_objet",
    }
    entry = result.entries["bourg"]
    amendment = _amendment_of(region, entry)
    assert (amendment.number, amendment.signed_on) == (1, date(2026, 3, 1))
    assert amendment.proof.apply_equals_new
    assert amendment.proof.parsed_sentences_equal_operations
    assert any("la ligne" in operation.sentence for operation in amendment.operations)
    assert _avenant_of(entry).credits == {2025: (Decimal("19741.00"), Decimal("20500.00"))}
    assert result.entries["amont"].files == ()


def test_what_is_up_to_date_is_left_and_a_draft_goes_with_its_reason(region: Folders) -> None:
    (json_file, _) = (region.out / name for name in amend_region(region).entries["bourg"].files)
    assert json_file.exists()
    change_file(profile_of(region, "bourg"), "20500.00", "19741.00")
    notify(region, "clairval", "1.00")
    again = amend_region(region)
    assert statuses(again) == {"amont": "a_jour", "bourg": "sans_objet", "clairval": "produit"}
    assert again.reasons == dict.fromkeys(("bourg", "clairval"), "changé : profil")
    assert not json_file.exists()


def test_a_level_that_is_chosen_has_the_avenant_drafted_again(region: Folders) -> None:
    amendment = _amendment_of(region, amend_region(region).entries["bourg"])
    row = next(item for item in amendment.operations if item.kind == "replace_row")
    with profile_of(region, "bourg").open("a", encoding="utf-8") as stream:
        stream.write(
            f"niveaux_avenant:\n  - {{ou: {row.where.label}, niveau: tableau, "
            f"tableau: '{row.where.table or ''}'}}\n"
        )
    again = amend_region(region)
    assert statuses(again)["bourg"] == "produit"
    chosen = _amendment_of(region, again.entries["bourg"])
    assert chosen.proof.apply_equals_new
    assert any(
        item.kind == "replace_table" and item.where.table == row.where.table
        for item in chosen.operations
    )


def test_recorded_and_signed_it_is_in_force_for_the_next_one(region: Folders) -> None:
    first = amend_region(region, record=True).entries["bourg"]
    reference = _avenant_of(first).version
    assert reference == "990000101@2"
    change_status(region.project, reference, StatusEvent("signe", NOW, ACTOR))
    signed = amend_region(region, record=True)
    assert signed.reasons == {"bourg": "changé : contrat en vigueur"}
    assert statuses(signed)["bourg"] == "sans_objet"
    assert (region.out / first.files[0]).exists(), "a signed avenant stays"
    waiting = amend_region(region, effect=date(2026, 2, 1))
    assert statuses(waiting)["bourg"] == "echec"
    problem = _only_problem(waiting.entries["bourg"])
    assert problem.code == "avenant-impossible"
    assert "ne prend effet que le 1er\u00a0mars\u00a02026" in problem.message
    change_file(profile_of(region, "bourg"), "20500.00", "21000.00")
    entry = amend_region(region, "html", "json").entries["bourg"]
    amendment = _amendment_of(region, entry)
    assert amendment.number == 2
    assert _avenant_of(entry).credits == {2025: (Decimal("20500.00"), Decimal("21000.00"))}
    assert isinstance(entry.summary, AmendedSummary)
    assert entry.summary.in_force == reference
    (page,) = (region.out / name for name in entry.files if name.endswith(".html"))
    assert "Vu l’avenant n°\u00a01 du 1er\u00a0mars\u00a02026" in page.read_text(encoding="utf-8")


def test_an_establishment_without_a_contract_in_force_is_named_and_left(
    mini_project: Path, cpom: Cpom
) -> None:
    folders = make_signed_region(mini_project, NAMES, unsigned=("amont",))
    notify(folders, "bourg")
    change_file(profile_of(folders, "clairval"), "code: CLAIRVAL", "code: CLAIRVAL-2")
    result = amend_region(folders)
    assert statuses(result) == {
        "amont": "sans_contrat",
        "bourg": "produit",
        "clairval": "sans_contrat",
    }
    assert "le contrat AMONT n’est pas au registre" in result.reasons["amont"]
    assert "mais CLAIRVAL" in result.reasons["clairval"]
    assert _only_problem(result.entries["amont"]).code == "contrat-a-modifier-absent"
    told = cpom(folders.root, "batch", "--amend", "--dry-run")
    assert told.exit_code == 0
    assert "3 établissements : 1 à regarder, 0 à jour, 2 sans contrat en vigueur." in told.stderr
    sign(folders, "amont")
    assert amend_region(folders).reasons["amont"] == "jamais produit"


def test_one_bad_profile_stops_nobody_else(region: Folders) -> None:
    change_file(profile_of(region, "amont"), "2025-07-01", "2025-07-41")
    profile_of(region, "clairval").write_text("[", encoding="utf-8")
    result = amend_region(region)
    assert statuses(result) == {"amont": "refuse", "bourg": "produit", "clairval": "refuse"}


def test_another_type_and_another_establishment_are_named(region: Folders) -> None:
    outlines = region.root / "clause_library" / "outlines"
    text = (outlines / "etablissement.yaml").read_text(encoding="utf-8")
    other = text.replace("type: etablissement", "type: partenaire")
    (outlines / "partenaire.yaml").write_text(other, encoding="utf-8")
    campaign = region.root / "clause_library" / "campagnes" / "demo.yaml"
    other = campaign.read_text(encoding="utf-8").replace("id: demo", "id: autre")
    other = other.replace("type: etablissement", "type: partenaire")
    (campaign.parent / "autre.yaml").write_text(other, encoding="utf-8")
    change_file(
        profile_of(region, "amont"), "type_contrat: etablissement", "type_contrat: partenaire"
    )
    change_file(profile_of(region, "amont"), "campagne: demo", "campagne: autre")
    change_file(profile_of(region, "clairval"), '"990000102"', '"990000300"')
    result = amend_region(region)
    assert statuses(result) == {"amont": "echec", "bourg": "produit", "clairval": "sans_contrat"}
    assert "ne change pas le type" in _only_problem(result.entries["amont"]).message


def test_avenants_that_do_not_apply_to_one_another_are_named(region: Folders) -> None:
    """Both were drafted from the first contract and change one line: none says the other."""
    _sign_avenant(region, "bourg")
    change_file(profile_of(region, "bourg"), "20500.00", "30.00")
    old, new = region.root / "un.json", region.root / "deux.json"
    old.write_bytes(get_contract_json(region.project, "990000101@1"))
    new.write_bytes(render_json(contract_of(region, "bourg")))
    terms = AmendingTerms(NOW.date(), ("json",), 2, date(2026, 3, 1))
    request = AmendRequest(str(old), str(new), terms, NOW, record=True, actor=ACTOR)
    version = amend(region.project, request, region.root / "output").version
    assert version is not None
    event = StatusEvent("signe", NOW, ACTOR)
    change_status(region.project, str(version.version.reference), event)
    result = amend_region(region)
    assert statuses(result) == {"amont": "sans_objet", "bourg": "echec", "clairval": "sans_objet"}
    message = _only_problem(result.entries["bourg"]).message
    assert "n°\u00a01 et n°\u00a02 ont été rédigés à partir du même texte" in message


def test_a_contract_that_was_tampered_with_in_the_store_is_named(region: Folders) -> None:
    for name in ("amont", "clairval"):
        notify(region, name)
    with closing(sqlite3.connect(region.root / STORE_FILE)) as database:
        database.execute("DROP TRIGGER cpom_version_no_update")
        database.execute(
            "UPDATE cpom_version SET body = x'00' WHERE finess_ej = '990000101'",
        )
        database.commit()
    result = amend_region(region)
    assert statuses(result) == {"amont": "produit", "bourg": "echec", "clairval": "produit"}
    assert "990000101@1" in _only_problem(result.entries["bourg"]).message


def _sign_avenant(folders: Folders, name: str) -> None:
    """The avenant of the region's day, recorded and signed."""
    entry = amend_region(folders, record=True).entries[name]
    event = StatusEvent("signe", NOW, ACTOR)
    change_status(folders.project, _avenant_of(entry).version, event)


def test_the_report_tells_every_establishment(region: Folders) -> None:
    result = amend_region(region, "docx", "json")
    paths = write_report(result, region.out, date(2026, 3, 1))
    assert [path.name for path in paths] == [
        "synthese.xlsx", "synthese.html", "synthese.json", "departement-99.zip",
    ]  # fmt: skip
    data = json.loads(paths[2].read_bytes())
    assert list(data) == [
        "schema_version",
        "date_de_reference",
        "avenants",
        "articles",
        "problemes",
    ]
    lines = {line["profil"]: line for line in data["avenants"]}
    assert lines["amont"]["production"] == "rien à modifier"
    told = lines["bourg"]
    assert (told["en_vigueur"], told["avenant"], told["effet"]) == ("990000101@1", 1, "2026-03-01")
    assert (told["credits_2025_avant"], told["credits_2025_apres"]) == ("19741.00", "20500.00")
    assert told["modifie"] == "Modification de l’annexe\u00a0A2"
    assert told["lacunes"] == "motif de la modification de l’annexe\u00a0A2"
    assert [article["profil"] for article in data["articles"]] == ["bourg"]
    page = paths[1].read_text(encoding="utf-8")
    assert "<h1>Avenants de la région</h1>" in page
    assert "sans rien à modifier" in page
    with zipfile.ZipFile(paths[3]) as archive:
        assert {Path(name).suffix for name in archive.namelist()} == {".docx", ".json"}


def test_the_command_tells_what_it_did(region: Folders, cpom: Cpom) -> None:
    out = region.root / "output" / "avenants"
    result = cpom(
        region.root, "batch", "--amend", "--date", "2026-03-01", "--formats", "json", "--record",
        "--jobs", "1", "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert data["synthese"][0] == str(out / "synthese.xlsx")
    found = {item["profil"]: item for item in data["avenants"]}
    assert found["bourg"]["resume"]["avenant"]["version"] == "990000101@2"
    again = cpom(region.root, "batch", "--amend", "--date", "2026-03-01", "--formats", "json")
    assert "3 établissements en" in again.stderr
    assert "changé : enregistrement" in again.stderr
    assert "1 inchangé, 2 sans rien à modifier." in again.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--date", "2026-03-01"),
        ("--record",),
        ("--amend", "--compare-with", "last"),
        ("--amend", "--instruction"),
        ("--amend", "--record", "--formats", "docx"),
        ("--amend", "--effect", "demain"),
    ],
)
def test_options_that_do_not_go_together_are_a_wrong_command_line(
    region: Folders, cpom: Cpom, words: tuple[str, ...]
) -> None:
    assert cpom(region.root, "batch", *words).exit_code == 2
    assert not (region.root / "output" / "avenants").exists()


@needs_dask
def test_a_cluster_drafts_what_processes_draft(region: Folders, cpom: Cpom, tmp_path: Path) -> None:
    """Its workers need no store: what they start from lies beside the documents."""
    cluster = Cluster()
    try:
        cluster.add_worker()
        command = ("batch", "--amend", "--date", "2026-03-01", "--formats", "json", "--no-report")
        there, here = tmp_path / "grappe", tmp_path / "ici"
        words = ("--out", str(there), "--scheduler", cluster.address)
        assert cpom(region.root, *command, *words).exit_code == 0
    finally:
        cluster.stop()
    assert cpom(region.root, *command, "--out", str(here)).exit_code == 0
    names = sorted(path.relative_to(here) for path in here.rglob("*-fictif.json"))
    assert [name.parts[0] for name in names] == ["BOURG"]
    assert (here / names[0]).read_bytes() == (there / names[0]).read_bytes()
