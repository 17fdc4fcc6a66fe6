"""An avenant between two contracts at hand, without a store or a profile."""

from datetime import date
from pathlib import Path

from contract_builder.amend.document import EarlierAmendment
from contract_builder.services.amendable import Lineage, side_of_contract
from contract_builder.services.drafted_amendments import (
    AmendingTerms,
    AmendmentSides,
    publish_amendment,
)
from contract_builder.services.project import Project
from tests.unit.services.test_amending import DAY, NEW, OLD

SIDES = AmendmentSides(
    side_of_contract(OLD, "un"),
    side_of_contract(NEW, "deux"),
    Lineage(OLD.header, 3, (EarlierAmendment(2, date(2026, 1, 2)),)),
    {"6": "le dialogue est annuel"},
)


def test_what_is_known_is_said_and_the_rest_is_left_to_complete(
    project: Project, tmp_path: Path
) -> None:
    draft = publish_amendment(project.root, SIDES, AmendingTerms(DAY, ("html",)), tmp_path / "a")
    assert draft.amendment is not None
    assert (draft.amendment.number, draft.amendment.effective_on) == (3, DAY)
    assert draft.articles == ("Modification de l’article\u00a06",)
    assert draft.gaps == ("date de l’avenant n°\u00a01",)
    page = draft.files[0].read_text(encoding="utf-8")
    assert "Vu l’avenant n°\u00a02 du 2\u00a0janvier\u00a02026" in page
    assert "le dialogue est annuel." in page


def test_an_earlier_draft_makes_room_even_where_nothing_is_to_amend(
    project: Project, tmp_path: Path
) -> None:
    out, terms = tmp_path / "a", AmendingTerms(DAY, ("json",))
    names = [path.name for path in publish_amendment(project.root, SIDES, terms, out).files]
    same = AmendmentSides(SIDES.old, SIDES.old, SIDES.lineage)
    assert publish_amendment(project.root, same, terms, out, names).files == ()
    assert [path.name for path in out.iterdir() if not path.name.startswith(".")] == []
