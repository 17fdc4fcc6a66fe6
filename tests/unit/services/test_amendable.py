"""The two sides of an avenant, and what went before the old one."""

from dataclasses import replace

import pytest

from contract_builder.errors import UserError
from contract_builder.model.amendment import NotCarried
from contract_builder.model.blocks import Footnote, Paragraph, Text
from contract_builder.model.contract import Contract
from contract_builder.render.json import contract_sha256, render_json
from contract_builder.services.amendable import AlikeSides, alike_in_margin, find_lineage, load_side
from contract_builder.services.keeping import RecordRequest, record_contract
from contract_builder.services.project import Project
from tests.contract_samples import small_contract
from tests.unit.amend.operation_samples import old_contract
from tests.unit.services.kept_contracts import keep
from tests.unit.store.samples import ACTOR, EJ, START

OLD = replace(small_contract("42"), header=replace(small_contract().header, status="signe"))

BARE = old_contract()


def _version(number: int) -> Contract:
    return replace(small_contract(str(number)), header=replace(OLD.header, version=number))


def test_a_side_knows_what_the_store_says_of_it_even_as_a_file(project: Project) -> None:
    draft = small_contract("42")
    path = project.root / "un.json"
    path.write_bytes(render_json(draft))
    assert (load_side(project, str(path)).status, load_side(project, str(path)).reference) == (
        "projet",
        "",
    )
    keep(project, draft, "signe")
    side = load_side(project, str(path))
    assert (side.status, side.reference) == ("signe", f"{EJ}@1")
    assert side.identity == contract_sha256(draft)
    assert load_side(project, f"{EJ}@1").contract == draft


def test_what_is_no_contract_is_told(project: Project) -> None:
    with pytest.raises(UserError, match=r"« rien\.json » n’est ni"):
        load_side(project, "rien.json")
    damaged = project.root / "abime.json"
    damaged.write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="ne peut pas donner un avenant"):
        load_side(project, str(damaged))


def test_the_next_avenant_follows_the_signed_ones(project: Project) -> None:
    path = project.root / "un.json"
    path.write_bytes(render_json(OLD))
    assert find_lineage(project, load_side(project, str(path))).next_number == 1
    keep(project, OLD, "signe")
    for number in (2, 3):
        request = RecordRequest(START, ACTOR, "signe", kind="avenant")
        record_contract(project, _version(number), request)
    keep(project, _version(4), "projet", minute=9)
    lineage = find_lineage(project, load_side(project, f"{EJ}@3"))
    assert lineage.next_number == 3
    assert lineage.initial == OLD.header


def _noted(key: str) -> Contract:
    note = Paragraph((Text("Texte"), Footnote(key, (Text("Remarque."),))))
    first = replace(BARE.sections[0], blocks=(note,))
    return replace(BARE, sections=(first, *BARE.sections[1:]))


def test_remarks_of_drafts_count_only_when_both_sides_have_some() -> None:
    draft, other, sent = _noted("source.x"), _noted("doute.x"), _noted("clause.x")
    assert alike_in_margin(draft, other) == AlikeSides(draft, other)
    assert alike_in_margin(sent, BARE) == AlikeSides(sent, BARE)
    sides = alike_in_margin(sent, draft)
    assert sides.old == sent
    assert sides.new.sections[0].blocks == (Paragraph((Text("Texte"),)),)
    assert sides.left == (
        NotCarried("statut", "0\u00a0remarque de travail", "1\u00a0remarque de travail"),
    )
