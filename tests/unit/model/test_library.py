"""Looking up in a library: references at a date, labels of authorisations, clauses in force."""

from datetime import date

import pytest

from contract_builder.model.clause import Clause, ClauseHeader
from contract_builder.model.library import Nomenclature
from contract_builder.model.reference import ReferenceFile, ReferenceVersion, find_version
from contract_builder.source import SourceFile
from tests.profile_samples import make_library


def version(since: date, until: date | None, status: str = "en_vigueur") -> ReferenceVersion:
    return ReferenceVersion(
        article="L6114-3",
        objet="Objectifs",
        statut=status,  # type: ignore[arg-type]
        depuis=since,
        jusqu_au=until,
        verifie_le=date(2023, 12, 6),
    )


OLD = version(date(2010, 1, 1), date(2020, 11, 19))
ABROGATED = version(date(2020, 11, 20), None, "abroge")
LIBRARY = make_library(
    references=(
        ReferenceFile(
            code="CSP",
            intitule="Code de la santé publique",
            etat_au=date(2023, 12, 6),
            references=(OLD, ABROGATED),
        ),
    )
)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2009, 12, 31), None),
        (date(2010, 1, 1), OLD),
        (date(2020, 11, 19), OLD),
        (date(2020, 11, 20), ABROGATED),
        (date(2090, 1, 1), ABROGATED),
    ],
)
def test_a_reference_is_a_code_an_article_and_a_date(
    on: date, expected: ReferenceVersion | None
) -> None:
    assert find_version(LIBRARY.reference_versions("CSP", "L6114-3"), on) == expected
    assert find_version(LIBRARY.reference_versions("CSS", "L6114-3"), on) is None
    assert find_version(LIBRARY.reference_versions("CSP", "L6114-4"), on) is None


@pytest.mark.parametrize(
    ("until", "on", "in_force"),
    [
        (None, date(2019, 12, 31), False),
        (None, date(2020, 1, 1), True),
        (date(2020, 6, 30), date(2020, 6, 30), True),
        (date(2020, 6, 30), date(2020, 7, 1), False),
    ],
)
def test_both_days_of_a_clause_are_in_force(until: date | None, on: date, in_force: bool) -> None:
    header = ClauseHeader(id="a", en_vigueur_du=date(2020, 1, 1), en_vigueur_au=until)
    assert Clause(header, SourceFile.of_text("a.md", ""), "", 1).is_in_force(on) is in_force


def test_a_code_may_have_one_label_for_each_activity() -> None:
    nomenclature = Nomenclature(
        intitule="N",
        version="1",
        en_vigueur_du=date(2023, 6, 1),
        activites={"QA012": "Cardiologie", "QA019": "Génétique"},
        modalites={"MO000": "Aucune"},
        modalites_par_activite={"QA012": {"MO026": "Socle"}, "QA019": {"MO026": "Cytogénétique"}},
        mentions={"ME000": "Aucune"},
        pratiques={"PTS00": "Aucune"},
        declarations={},
        lignes=(),
    )
    rest = ("ME000", "PTS00", "DE000")
    labels = ("Aucune", "Aucune", "DE000")
    assert nomenclature.labels(("QA012", "MO026", *rest)) == ("Cardiologie", "Socle", *labels)
    assert nomenclature.labels(("QA019", "MO026", *rest)) == (
        "Génétique",
        "Cytogénétique",
        *labels,
    )
    assert nomenclature.labels(("QA012", "MO000", *rest))[1] == "Aucune"
    assert nomenclature.labels(("QA999", "MO026", *rest))[:2] == ("QA999", "MO026")
