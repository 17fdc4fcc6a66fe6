"""What a batch remembers of a contract or an avenant is written as JSON and read back whole."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from contract_builder.batch.summary import (
    AmendedSummary,
    AmendmentSummary,
    ArticleSummary,
    BatchSummary,
    ContractSummary,
    PartFingerprint,
    SummaryAuthorisation,
    SummaryReference,
    SummaryTarget,
)
from contract_builder.batch.summary_json import parse_summary, summary_data
from contract_builder.services.overlaps import ProfileClaims
from contract_builder.source import Place, SourceFile

PLACE = Place(SourceFile("profiles/a.yaml", ()), 4, 12)
CONTRACT = ContractSummary(
    code="C-1",
    finess_ej="990000010",
    legal_name="Hôpital\u2028d’ici",
    type="etablissement",
    department="31",
    category="ch",
    effective_date=date(2025, 7, 1),
    end_date=date(2030, 6, 30),
    version=2,
    status="projet",
    pages=None,
    gaps=1,
    warnings=2,
    objectives=("F_2", "F_10"),
    fundings={"FIR": {2025: Decimal("1500.50"), 2026: Decimal("-3")}},
    amounts={"fir-1 2025": Decimal("1500.50")},
    parts={"objet": PartFingerprint("Article 1", "aa"), "f": PartFingerprint("fiche F_2", "bb")},
    targets=(SummaryTarget("F_2", "Pharmacie", "Tous", 2026, "≥ 10 %", "pourcentage", "10", "x"),),
    authorisations=(
        SummaryAuthorisation("A-1", "Médecine", "990000028", date(2027, 3, 1)),
        SummaryAuthorisation("A-2", "Chirurgie", "990000028", None),
    ),
    references=(SummaryReference("CSP", "R6123-9", "abroge"),),
    identity="f" * 64,
    claims=ProfileClaims(
        "profiles/a.yaml",
        date(2025, 7, 1),
        date(2030, 6, 30),
        ("990000010", PLACE),
        (("990000028", PLACE),),
    ),
)
AMENDED = AmendedSummary(
    code="C-1",
    finess_ej="990000010",
    legal_name="Hôpital",
    department="",
    status="signe",
    pages=3,
    in_force="990000010@1",
    amendment=AmendmentSummary(
        number=2,
        signed_on=None,
        effective_on=date(2026, 1, 1),
        articles=(ArticleSummary("1", "Annexe A5", 3),),
        gaps=("Article 2",),
        remarks=("Un visa ne suit pas.",),
        not_carried=1,
        credits={2026: (Decimal("0"), Decimal("10.00"))},
        version="990000010@2",
    ),
)
SUMMARIES = (
    CONTRACT,
    replace(CONTRACT, pages=40, parts={}),
    AMENDED,
    replace(AMENDED, amendment=None),
)


@pytest.mark.parametrize("summary", SUMMARIES)
def test_what_is_read_back_is_what_was_written(summary: BatchSummary) -> None:
    data = summary_data(summary)
    read = parse_summary(data)
    assert summary_data(read) == data
    if isinstance(read, ContractSummary) and isinstance(summary, ContractSummary):
        assert str(read.claims.sites[0][1]) == "profiles/a.yaml:4:12"
        read = replace(read, claims=summary.claims)  # places are told apart by their files
    assert read == summary


def test_nothing_made_is_empty() -> None:
    assert summary_data(None) == {}
    assert parse_summary({}) is None


@pytest.mark.parametrize("key", sorted(summary_data(CONTRACT)))
def test_what_another_program_wrote_without_a_key_is_left_out(key: str) -> None:
    data = {name: value for name, value in summary_data(CONTRACT).items() if name != key}
    assert parse_summary(data) is None
