"""The avenants kept beside the versions that they make."""

from dataclasses import replace
from datetime import date

import pytest

from contract_builder.amend.amending import AmendmentTerms, draft_amendment
from contract_builder.errors import UserError
from contract_builder.services.kept_amendments import find_kept_amendment, keep_amendment
from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping
from tests.unit.services.kept_contracts import keep_sample
from tests.unit.services.test_amending import NEW, OLD
from tests.unit.store.samples import ACTOR, START

AMENDMENT = draft_amendment(OLD, NEW, AmendmentTerms(1, date(2026, 1, 1)))


def test_a_version_gives_back_the_avenant_that_makes_it(project: Project) -> None:
    version = keep_sample(project, "1")
    assert find_kept_amendment(project, version.reference) is None
    keep_amendment(project, version.reference, AMENDMENT, at=START, actor=ACTOR)
    assert find_kept_amendment(project, version.reference) == AMENDMENT


def test_the_last_one_kept_counts(project: Project) -> None:
    version = keep_sample(project, "1")
    other = replace(AMENDMENT, number=AMENDMENT.number + 1)
    for amendment in (AMENDMENT, other):
        keep_amendment(project, version.reference, amendment, at=START, actor=ACTOR)
    assert find_kept_amendment(project, version.reference) == other


def test_a_piece_that_is_no_avenant_is_told(project: Project) -> None:
    version = keep_sample(project, "1")
    piece = PieceKeeping("avenant", str(version.reference), b"{}", START, ACTOR)
    project.open_store().keep_piece(piece)
    with pytest.raises(UserError, match="est illisible"):
        find_kept_amendment(project, version.reference)
