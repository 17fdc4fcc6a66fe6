"""Two contracts in, an avenant out: what it refuses, writes, tells and records."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from contract_builder.errors import UsageError, UserError
from contract_builder.files.publish import amendment_stem
from contract_builder.model.contract import Contract, Section
from contract_builder.render.json import contract_sha256, render_json
from contract_builder.services.amending import Amended, AmendRequest, amend
from contract_builder.services.as_json.texts import drafted_amendment_data
from contract_builder.services.drafted_amendments import AmendingTerms, DraftedAmendment
from contract_builder.services.making import Format
from contract_builder.services.project import Project
from tests.contract_samples import paragraph
from tests.mini_project import PROFILE
from tests.unit.amend.operation_samples import old_contract
from tests.unit.services.kept_contracts import keep
from tests.unit.store.samples import ACTOR, EJ, START

DRAFT = old_contract()
OLD = replace(DRAFT, header=replace(DRAFT.header, status="signe"))
DAY = date(2026, 5, 4)


def _with_paragraph(contract: Contract, clause: str, *texts: str) -> Contract:
    """The contract with other paragraphs in one clause."""

    def change(section: Section) -> Section:
        blocks = tuple(paragraph(text) for text in texts)
        children = tuple(change(child) for child in section.children)
        found = section.id == clause
        return replace(section, blocks=blocks if found else section.blocks, children=children)

    return replace(contract, sections=tuple(change(section) for section in contract.sections))


NEW = replace(
    _with_paragraph(OLD, "clause-6.1", "Un.", "Deux mots.", "Trois."),
    header=replace(DRAFT.header, version=2),
)


@pytest.fixture
def sides(project: Project) -> tuple[str, str]:
    """The old and the new contract on file."""
    return _file(project, "un", OLD), _file(project, "deux", NEW)


def _file(project: Project, name: str, contract: Contract) -> str:
    path = project.root / f"{name}.json"
    path.write_bytes(render_json(contract))
    return str(path)


def _amend(
    project: Project,
    old: str,
    new: str,
    *formats: Format,
    record: bool = False,
    actor: str = "",
    **values: object,
) -> Amended:
    terms = replace(AmendingTerms(DAY, formats or ("json",)), **values)  # type: ignore[arg-type]
    request = AmendRequest(old, new, terms, START, record, actor)
    return amend(project, request, project.root / "avenants")


def _draft(
    project: Project, old: str, new: str, *formats: Format, **values: object
) -> DraftedAmendment:
    return _amend(project, old, new, *formats, **values).draft  # type: ignore[arg-type]


def _written(project: Project) -> list[Path]:
    folder = project.root / "avenants"
    return list(folder.iterdir()) if folder.exists() else []


def test_an_avenant_is_written_with_its_proof(project: Project, sides: tuple[str, str]) -> None:
    amended = _draft(project, *sides, "docx", "pdf", "html", "json")
    assert amended.amendment is not None
    assert [operation.sentence for operation in amended.amendment.operations] == [
        "Le deuxième alinéa de l’article\u00a06.1 est complété par le mot\u00a0: "
        "«\u00a0mots\u00a0»."
    ]
    stem = amendment_stem(NEW.header, 1)
    assert [path.name for path in amended.files] == [
        f"{stem}{ending}" for ending in (".docx", ".pdf", ".html", ".json", ".preuve.json")
    ]
    proof = json.loads(amended.files[-1].read_bytes())
    assert proof["applique_egale_nouveau"]
    assert proof["phrases_relues_egalent_operations"]
    assert proof["ancien"] == contract_sha256(OLD)
    assert proof["fichiers"] == {
        path.name: sha256(path.read_bytes()).hexdigest() for path in amended.files[:-1]
    }
    assert json.loads(amended.files[3].read_bytes()) == drafted_amendment_data(amended)


def test_the_same_request_gives_the_same_bytes(project: Project, sides: tuple[str, str]) -> None:
    first = [path.read_bytes() for path in _draft(project, *sides, "docx", "json").files]
    assert [path.read_bytes() for path in _draft(project, *sides, "docx", "json").files] == first


def test_a_file_that_somebody_changed_is_kept(project: Project, sides: tuple[str, str]) -> None:
    first = _draft(project, *sides)
    first.files[0].write_text("annoté", encoding="utf-8")
    ((original, copy),) = _draft(project, *sides).kept
    assert original == first.files[0]
    assert copy.read_text(encoding="utf-8") == "annoté"


def test_nothing_to_say_writes_no_file(project: Project) -> None:
    old = _file(project, "un", OLD)
    status_alone = replace(OLD, header=replace(DRAFT.header, version=3))
    typography = _with_paragraph(OLD, "clause-6.1", "Un.", "Deux.", "Trois\u00a0.")
    for name, new in (("pareil", OLD), ("version", status_alone), ("espaces", typography)):
        amended = _draft(project, old, _file(project, name, new), "docx", "json")
        assert (amended.amendment, drafted_amendment_data(amended)) == (None, {})
    assert _written(project) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"finess_ej": "990000029"}, "de la même entité juridique"),
        ({"type": "partenaire"}, "ne change pas le type"),
    ],
)
def test_two_contracts_without_an_avenant_between_them_are_refused(
    project: Project, sides: tuple[str, str], changes: dict[str, str], message: str
) -> None:
    other = replace(NEW, header=replace(NEW.header, **changes))  # type: ignore[arg-type]
    with pytest.raises(UserError, match=message):
        _draft(project, sides[0], _file(project, "autre", other))
    assert _written(project) == []


def test_the_old_contract_must_be_signed_in_the_store_or_by_itself(project: Project) -> None:
    draft, new = _file(project, "projet", DRAFT), _file(project, "deux", NEW)
    with pytest.raises(UserError, match="Un avenant modifie un contrat signé") as raised:
        _draft(project, draft, new)
    assert raised.value.remedy is None
    keep(project, DRAFT, "envoye")
    with pytest.raises(UserError, match="au statut « envoyé »") as raised:
        _draft(project, f"{EJ}@1", new)
    assert raised.value.remedy is not None
    keep(project, DRAFT, "signe", minute=1)
    assert _draft(project, draft, new).amendment is not None


def test_gaps_are_for_drafts_alone(project: Project, sides: tuple[str, str]) -> None:
    lacunes = Section("lacunes", "lacunes", "Données à compléter", blocks=(paragraph("Date."),))
    gapped = replace(NEW, sections=(*NEW.sections, lacunes))
    assert _draft(project, sides[0], _file(project, "trous", gapped)).amendment is not None
    sent = replace(gapped, header=replace(NEW.header, status="envoye"))
    with pytest.raises(UserError, match="a des données à compléter"):
        _draft(project, sides[0], _file(project, "envoye", sent))


def test_an_impossible_number_or_date_is_refused(project: Project, sides: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="de 1 à 999, pas 0"):
        _draft(project, *sides, number=0)
    with pytest.raises(UserError, match="avant le contrat qu’il modifie"):
        _draft(project, *sides, effective_on=date(2024, 1, 1))
    with pytest.raises(UserError, match="n’est pas au registre"):
        _draft(project, *sides, record=True)
    assert _written(project) == []


@pytest.mark.parametrize(
    ("values", "effect"),
    [
        ({}, DAY),
        ({"signed_on": date(2026, 3, 3)}, date(2026, 3, 3)),
        ({"signed_on": date(2026, 3, 3), "effective_on": date(2026, 4, 1)}, date(2026, 4, 1)),
    ],
)
def test_the_effect_is_the_day_that_is_known(
    project: Project, sides: tuple[str, str], values: dict[str, Any], effect: date
) -> None:
    amendment = _draft(project, *sides, "json", **values).amendment
    assert amendment is not None
    assert (amendment.effective_on, amendment.signed_on) == (effect, values.get("signed_on"))


def test_reasons_come_from_the_profile_and_what_lacks_is_told(project: Project) -> None:
    own = {"finess_ej": "990000010", "code": "990000010AA"}
    old, new = (
        _file(project, name, replace(side, header=replace(side.header, **own)))  # type: ignore[arg-type]
        for name, side in (("un", OLD), ("deux", NEW))
    )
    assert _draft(project, old, new, number=2).gaps == (
        "date de l’avenant n°\u00a01",
        "motif de la modification de l’article\u00a06",
    )
    with (project.root / PROFILE).open("a", encoding="utf-8") as profile:
        profile.write(
            "\nmotifs_avenant:\n  6.1: le dialogue de gestion est précisé\n"
            "  6: il est annuel.\n  A55: rien.\n"
        )
    with Project(project.root) as reopened:
        amended = _draft(reopened, old, new, "html", "json")
    assert amended.gaps == ()
    assert "le dialogue de gestion est précisé. il est annuel." in amended.files[0].read_text()
    (remark,) = amended.remarks
    assert "un motif pour « A55 »" in remark


def test_another_code_is_told_for_a_renewal_is_no_avenant(
    project: Project, sides: tuple[str, str]
) -> None:
    renewed = replace(NEW, header=replace(NEW.header, code="990000011AB"))
    (remark,) = _draft(project, sides[0], _file(project, "suite", renewed)).remarks
    assert "n’ont pas le même code" in remark


def test_recorded_it_is_the_avenant_of_the_old_version(project: Project) -> None:
    keep(project, OLD, "signe")
    new = _file(project, "deux", NEW)
    amended = _amend(project, f"{EJ}@1", new, record=True, actor=ACTOR)
    assert amended.version is not None
    facts = amended.version.version.facts
    assert (facts.kind, facts.amendment, [str(parent) for parent in facts.parents]) == (
        "avenant",
        1,
        [f"{EJ}@1"],
    )
    assert {file.name for file in amended.version.version.files} == {
        path.name for path in amended.draft.files
    }


def test_avenants_may_have_a_word_template_of_their_own(
    project: Project, sides: tuple[str, str]
) -> None:
    plain = _draft(project, *sides, "docx").files[0].read_bytes()
    own = project.root / "templates" / "avenant.docx"
    own.write_bytes((project.root / "templates" / "contrat.docx").read_bytes())
    assert _draft(project, *sides, "docx").files[0].read_bytes() == plain
    own.write_bytes(b"abime")
    with pytest.raises(UserError):
        _draft(project, *sides, "docx")
