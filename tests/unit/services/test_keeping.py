"""Versions kept and told."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from contract_builder.errors import ContractFileError, UsageError, UserError
from contract_builder.render.json import render_json
from contract_builder.services.keeping import (
    RecordRequest,
    StatusEvent,
    change_status,
    find_actor,
    get_contract_json,
    get_version,
    list_all_versions,
    list_versions,
    record_contract,
    record_file,
)
from contract_builder.services.project import Project
from tests.contract_samples import small_contract
from tests.mini_project import PROFILE, change_file
from tests.unit.services.kept_contracts import keep, keep_sample, made_contract
from tests.unit.store.samples import ACTOR, EJ, START

REQUEST = RecordRequest(START, ACTOR)


def test_the_same_contract_again_is_the_same_version(project: Project) -> None:
    contract = small_contract()
    first = record_contract(project, contract, REQUEST)
    again = record_contract(project, contract, replace(REQUEST, at=START + timedelta(days=1)))
    assert (first.is_new, again.is_new) == (True, False)
    assert again.version == first.version
    assert get_contract_json(project, f"{EJ}@1") == render_json(contract)


def test_the_hashes_of_documents_and_templates_are_kept_with_the_version(
    project: Project, tmp_path: Path
) -> None:
    document = tmp_path / "contrat.docx"
    document.write_bytes(b"contenu")
    template = project.root / "templates" / "contrat.docx"
    request = replace(REQUEST, documents=(document,), templates=(template,))
    files = record_contract(project, small_contract(), request).version.files
    assert [(file.role, file.name) for file in files] == [
        ("document", "contrat.docx"),
        ("modele", "contrat.docx"),
    ]


def test_a_recorded_file_follows_what_its_profile_says(project: Project, tmp_path: Path) -> None:
    earlier = {"effective_date": date(2020, 7, 1), "end_date": date(2025, 6, 30)}
    valmont = {"finess_ej": "990000010", "code": "990000010ZA"}
    before = keep_sample(project, "avant", "signe", **valmont, **earlier)
    change_file(
        project.root / PROFILE,
        "  date_demande: 2024-06-15\n",
        f"  date_demande: 2024-06-15\n  suite_de: {before.reference}\n",
    )
    path = tmp_path / "contrat.json"
    path.write_bytes(render_json(made_contract(project)))
    facts = record_file(project, path, REQUEST).version.facts
    assert (facts.parent, facts.kind) == (before.reference, "renouvellement")


def test_a_file_that_is_no_contract_is_named_in_the_refusal(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "autre.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ContractFileError, match=r"autre\.json\W+ne peut pas être enregistré"):
        record_file(project, path, REQUEST)
    assert list_all_versions(project) == ()


def test_a_contract_with_data_to_complete_is_neither_sent_nor_signed(project: Project) -> None:
    contract = small_contract()
    lacking = replace(contract.sections[-1], id="lacunes", kind="lacunes", children=())
    hollow = replace(contract, sections=(*contract.sections, lacking))
    with pytest.raises(UserError, match="contrat-incomplet"):
        keep(project, hollow, "signe")
    version = keep(project, hollow)
    with pytest.raises(UserError, match="contrat-incomplet"):
        change_status(project, str(version.reference), StatusEvent("envoye", START, ACTOR))
    assert get_version(project, str(version.reference)).status == "projet"


def test_a_status_is_taken_once_and_kept_with_those_before(project: Project) -> None:
    keep_sample(project, "1")
    for _ in range(2):
        outcome = change_status(project, f"{EJ}@1", StatusEvent("signe", START, ACTOR))
    assert [event.status for event in outcome.version.statuses] == ["projet", "signe"]
    assert outcome.printed_status == "projet", "the contract itself still prints what it printed"


def test_versions_are_listed_for_a_number_that_can_be_one(project: Project) -> None:
    first = keep_sample(project, "1")
    assert list_versions(project, f" {EJ} ") == (first,)
    with pytest.raises(UsageError, match="n’est pas un n° FINESS"):
        list_versions(project, "99000001")
    with pytest.raises(UserError, match="Aucun contrat"):
        list_versions(project, "990000119")


def test_the_one_who_acts_is_named_by_the_settings_first() -> None:
    assert find_actor({"CPOM_ACTOR": " cellule "}) == "cellule"
    assert find_actor({"CPOM_ACTOR": " "}) != ""
