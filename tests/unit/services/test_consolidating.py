"""The text in force: what the store knows of it, and what it does not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contract_builder.amend.numberless import say_the_same_but_numbers
from contract_builder.errors import UserError
from contract_builder.services.consolidating import (
    consolidate_files,
    consolidate_stored,
    list_states_of_text,
    publish_consolidation,
)
from contract_builder.services.project import Project
from tests.contract_samples import small_contract
from tests.unit.services.kept_contracts import keep
from tests.unit.services.test_amending import DAY, NEW, OLD, _draft, _file
from tests.unit.store.samples import EJ


def test_a_version_kept_without_its_avenant_is_taken_as_it_is_and_told(project: Project) -> None:
    keep(project, OLD, "signe")
    keep(project, NEW, "signe", 1)
    found = consolidate_stored(project, f"{EJ}@1", DAY)
    assert say_the_same_but_numbers(found.contract, NEW)
    assert found.consolidation.integrated == ()
    (remark,) = found.remarks
    assert "990000011@2" in remark
    assert "repris tel quel" in remark


def test_a_draft_has_no_text_in_force(project: Project) -> None:
    keep(project, small_contract())
    with pytest.raises(UserError, match="n’a pas de texte en vigueur"):
        consolidate_stored(project, f"{EJ}@1", DAY)


def test_another_contract_in_the_store_shows_a_changed_avenant(project: Project) -> None:
    """The store keeps what the avenant was drafted to make: its text is compared."""
    old, new = _file(project, "un", OLD), _file(project, "deux", NEW)
    made = _draft(project, old, new, "json")
    keep(project, OLD, "signe")
    keep(project, NEW, "signe", 1)
    (path,) = (item for item in made.files if not item.name.endswith(".preuve.json"))
    found = consolidate_files(project, f"{EJ}@1", [path])
    assert found.contract.header == replace(NEW.header, status="signe")
    assert found.remarks == ()


def test_documents_are_named_by_contract_and_day(project: Project, tmp_path: Path) -> None:
    keep(project, OLD, "signe")
    found = consolidate_stored(project, f"{EJ}@1", date(2025, 9, 1))
    published, pages = publish_consolidation(project, found, tmp_path / "texte", ("json", "html"))
    assert [path.suffix for path in published.written] == [".html", ".json"]
    assert all("-consolide-2025-09-01-" in path.name for path in published.written)
    assert pages is None


def test_the_states_of_a_text_follow_each_other(project: Project) -> None:
    keep(project, OLD, "signe")
    (only,) = list_states_of_text(project, f"{EJ}@1")
    assert (only.start, only.end) == (OLD.header.effective_date, None)


def test_a_draft_has_no_states_of_text(project: Project) -> None:
    keep(project, small_contract())
    with pytest.raises(UserError, match="n’a pas de texte en vigueur"):
        list_states_of_text(project, f"{EJ}@1")
