"""The text in force away from the store: packed by one process, opened by another."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contract_builder.amend.numberless import say_the_same_but_numbers
from contract_builder.errors import UserError
from contract_builder.render.json import contract_sha256
from contract_builder.services.in_force import (
    AmendingStart,
    find_amending_start,
    open_amending_start,
)
from contract_builder.services.keeping import list_versions
from contract_builder.services.project import Project
from tests.unit.services.kept_contracts import keep
from tests.unit.services.test_amending import DAY, NEW, OLD, _amend, _file
from tests.unit.store.samples import ACTOR, EJ

SIGNED = date(2026, 3, 3)


def _start(project: Project, on: date = DAY) -> AmendingStart:
    return find_amending_start(project, list_versions(project, EJ), on)


def _sign_first_avenant(project: Project) -> None:
    keep(project, OLD, "signe")
    new = replace(NEW, header=replace(NEW.header, status="signe"))
    _amend(
        project, f"{EJ}@1", _file(project, "deux", new), record=True, actor=ACTOR, signed_on=SIGNED
    )


def test_a_contract_alone_is_its_own_text_in_force(project: Project, tmp_path: Path) -> None:
    keep(project, OLD, "signe")
    path = tmp_path / "texte.zip"
    path.write_bytes(_start(project).pack(project))
    old, lineage = open_amending_start(path)
    assert (old.contract, old.identity, old.reference) == (OLD, contract_sha256(OLD), f"{EJ}@1")
    assert (lineage.initial, lineage.next_number, lineage.signed) == (OLD.header, 1, ())


def test_signed_avenants_are_in_the_text_and_their_dates_known(
    project: Project, tmp_path: Path
) -> None:
    _sign_first_avenant(project)
    path = tmp_path / "texte.zip"
    path.write_bytes(_start(project).pack(project))
    old, lineage = open_amending_start(path)
    assert say_the_same_but_numbers(old.contract, NEW)
    assert (old.status, old.reference) == ("signe", f"{EJ}@2")
    assert lineage.initial == OLD.header
    assert [(item.number, item.signed_on) for item in lineage.earlier_than(3)] == [
        (1, SIGNED),
        (2, None),
    ]


def test_an_avenant_waits_for_its_day(project: Project) -> None:
    _sign_first_avenant(project)
    before = _start(project, date(2026, 3, 2))
    assert [amendment.number for amendment in before.text.waiting] == [1]
    assert before.text.last.reference.number == 1


def test_its_key_changes_with_what_is_signed(project: Project) -> None:
    keep(project, OLD, "signe")
    first = _start(project).key
    assert _start(project).key == first
    new = replace(NEW, header=replace(NEW.header, status="signe"))
    _amend(project, f"{EJ}@1", _file(project, "deux", new), record=True, actor=ACTOR)
    assert _start(project).key != first


def test_the_same_text_is_packed_into_the_same_bytes(project: Project) -> None:
    _sign_first_avenant(project)
    assert _start(project).pack(project) == _start(project).pack(project)


@pytest.mark.parametrize("data", [b"", b"no archive"])
def test_a_damaged_file_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "texte.zip"
    path.write_bytes(data)
    with pytest.raises(UserError, match="est abîmé"):
        open_amending_start(path)
