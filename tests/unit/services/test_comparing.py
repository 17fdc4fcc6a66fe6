"""Two contracts in, views and their proof out."""

from dataclasses import replace
from pathlib import Path

import pytest

from contract_builder.errors import ContractFileError, UserError
from contract_builder.render.json import render_json
from contract_builder.services.as_json.texts import compared_data
from contract_builder.services.comparing import (
    CompareFormat,
    CompareRequest,
    compare_sources,
    compare_versions,
    compare_with_standard,
    comparison_stem,
    gist_of,
    load_contract,
)
from contract_builder.services.project import Project
from tests.contract_samples import small_contract
from tests.mini_project import change_file
from tests.unit.services.kept_contracts import keep, made_contract
from tests.unit.store.samples import ACTOR, EJ, START

OLD = small_contract("42")
NEW = replace(small_contract("43"), header=replace(OLD.header, version=2))


@pytest.fixture
def sides(project: Project) -> tuple[str, str]:
    """Two contracts on file."""
    for name, contract in (("un.json", OLD), ("deux.json", NEW)):
        (project.root / name).write_bytes(render_json(contract))
    return str(project.root / "un.json"), str(project.root / "deux.json")


def request(old: str | None, new: str, *formats: CompareFormat) -> CompareRequest:
    return CompareRequest(old, new, formats, ACTOR, START)


def test_a_side_is_a_file_or_a_reference_and_a_file_comes_first(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(project, OLD)
    assert load_contract(project, f"{EJ}@1") == OLD
    (tmp_path / f"{EJ}@1").write_bytes(render_json(NEW))
    monkeypatch.chdir(tmp_path)
    assert load_contract(project, f"{EJ}@1") == NEW


def test_what_is_neither_file_nor_reference_is_refused_and_named(
    project: Project, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="n’est ni un fichier de contrat"):
        load_contract(project, "absent.json")
    (tmp_path / "vide.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ContractFileError, match="ne peut pas être comparé"):
        load_contract(project, str(tmp_path / "vide.json"))


def test_only_the_wanted_views_are_written_and_those_before_them_go(
    project: Project, sides: tuple[str, str], tmp_path: Path
) -> None:
    both = compare_versions(project, request(*sides, "json", "xlsx"), tmp_path / "vues")
    assert {path.suffix for path in both.published.written} == {".json", ".xlsx"}
    assert both.proof.accept_all_equals_new
    assert both.proof.reject_all_equals_old
    again = compare_versions(project, request(*sides, "html"), tmp_path / "vues")
    assert {path.suffix for path in again.published.removed} == {".json", ".xlsx"}
    assert compared_data(again)["files"] == [str(path) for path in again.published.written]


def test_other_contracts_have_other_file_names(project: Project, sides: tuple[str, str]) -> None:
    one = compare_sources(project, *sides)
    (project.root / "un.json").write_bytes(render_json(small_contract("44")))
    assert comparison_stem(one) != comparison_stem(compare_sources(project, *sides))


def test_stored_sides_are_told_by_reference_and_a_swapped_order_is_told(project: Project) -> None:
    for minute, contract in enumerate((OLD, NEW)):
        keep(project, contract, minute=minute)
    right = compare_sources(project, f"{EJ}@1", f"{EJ}@2")
    assert comparison_stem(right) == f"comparaison-{EJ}-1-{EJ}-2"
    assert right.remarks == ()
    assert len(compare_sources(project, f"{EJ}@2", f"{EJ}@1").remarks) == 1


def test_the_line_of_a_table_counts_substance_and_leaves_versions_out(
    project: Project, sides: tuple[str, str]
) -> None:
    gist = gist_of(compare_sources(project, *sides))
    assert (gist.is_empty, gist.substance > 0, gist.money) == (False, True, 0)
    assert "42" in gist.main
    same = gist_of(compare_sources(project, sides[0], sides[0]))
    assert (same.is_empty, same.substance, same.main) == (True, 0, "")


def test_a_contract_without_negotiation_is_its_standard_text(project: Project) -> None:
    contract = made_contract(project)
    comparison = compare_with_standard(project, contract)
    assert gist_of(comparison).is_empty
    assert comparison.old_name.startswith("texte standard de la bibliothèque")
    clause = project.root / "clause_library" / "corps" / "objet.md"
    change_file(clause, "Le présent contrat lie", "Ce contrat lie")
    project.refresh()
    since = compare_with_standard(project, contract)
    assert gist_of(since).substance == 1
    assert any("a changé depuis" in remark for remark in since.remarks)


def test_the_standard_text_is_what_the_new_contract_is_compared_with_by_default(
    project: Project, tmp_path: Path
) -> None:
    keep(project, made_contract(project))
    reference = f"{made_contract(project).header.finess_ej}@1"
    compared = compare_versions(project, request(None, reference, "json"), tmp_path)
    (path,) = compared.published.written
    assert path.name == "comparaison-standard-990000010-1.json"
    assert "texte standard de la bibliothèque" in compared.summary
