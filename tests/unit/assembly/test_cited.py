"""Cited references against the registry at the date of effect."""

from datetime import date

import pytest

from contract_builder.assembly.cited import check_citations, reference_lines
from contract_builder.model.reference import ReferenceFile, ReferenceVersion
from contract_builder.source import NOWHERE
from tests.profile_samples import (
    make_campaign,
    make_context,
    make_library,
    make_outline,
    make_profile,
)


def version(article: str, since: date, until: date | None = None, status: str = "en_vigueur",
            ) -> ReferenceVersion:  # fmt: skip
    return ReferenceVersion(
        article=article,
        objet="Objet",
        statut=status,  # type: ignore[arg-type]
        depuis=since,
        jusqu_au=until,
        verifie_le=date(2023, 12, 6),
    )


REGISTRY = (
    ReferenceFile(
        code="CSP",
        intitule="Code de la santé publique",
        etat_au=date(2023, 12, 6),
        references=(
            version("L6114-1", date(2020, 11, 20)),
            version("L6114-3", date(2010, 1, 1), date(2020, 11, 19)),
            version("L6114-3", date(2020, 11, 20), status="abroge"),
            version("L6114-9", date(2010, 1, 1), date(2015, 1, 1)),
        ),
    ),
)
LIBRARY = make_library((make_campaign(),), (make_outline(),), references=REGISTRY)


@pytest.mark.parametrize(
    ("text", "on", "status", "problems"),
    [
        ("CSP L6114-1", date(2025, 7, 1), "en_vigueur", []),
        ("CSP L6114-1", date(2020, 11, 20), "en_vigueur", []),
        (
            "CSP L6114-1",
            date(2020, 11, 19),
            "redaction_inconnue",
            ["redaction-anterieure-inconnue"],
        ),
        ("CSP L6114-3", date(2020, 11, 19), "en_vigueur", []),
        ("CSP L6114-3", date(2020, 11, 20), "abroge", ["reference-abrogee"]),
        ("CSP L6114-9", date(2025, 7, 1), "pas_en_vigueur", ["reference-pas-en-vigueur"]),
        ("CSP L9999-1", date(2025, 7, 1), "inconnu", []),
        ("CSS L6114-1", date(2025, 7, 1), "inconnu", []),
    ],
)
def test_an_article_is_judged_at_the_date_of_effect(
    text: str, on: date, status: str, problems: list[str]
) -> None:
    context = make_context(make_profile(terms={"date_effet": on}), LIBRARY)
    (cited,) = check_citations([(text, "duree", NOWHERE)], context)
    assert f"{cited.code} {cited.article}" == text
    assert cited.status == status
    assert [problem.code for problem in context.problems] == problems


def test_an_article_cited_twice_is_one_record_told_once_with_its_sections_in_order() -> None:
    context = make_context(make_profile(), LIBRARY)
    citations = [
        ("CSP L6114-3", "b", NOWHERE),
        ("CSP L6114-1", "a", NOWHERE),
        ("CSP L6114-3", "a", NOWHERE),
        ("CSP L6114-3", "b", NOWHERE),
    ]
    records = check_citations(citations, context)
    assert [(record.article, record.cited_in) for record in records] == [
        ("L6114-1", ("a",)),
        ("L6114-3", ("b", "a")),
    ]
    assert [problem.code for problem in context.problems] == ["reference-abrogee"]


def test_references_are_printed_by_code_as_readers_write_them() -> None:
    references = ("CSP L6114-1", "DECRET 2025-180", "CSP R6123-9", "CSS L162-22-5")
    assert reference_lines(references, LIBRARY) == (
        "Code de la santé publique : L. 6114-1, R. 6123-9",
        "Décret n° 2025-180",
        "CSS : L. 162-22-5",
    )
