"""The field of financing of an establishment, and what its other contracts rest on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contract_builder.model.activities import Beds, Capacity
from contract_builder.model.profile import OtherContract
from contract_builder.model.reference import ReferenceFile, ReferenceVersion
from contract_builder.profiles.care_fields import find_care_fields
from contract_builder.profiles.other_contracts import check_other_contracts
from tests.profile_samples import make_authorisation, make_library, make_profile


@pytest.mark.parametrize(
    ("category", "activities", "beds", "expected"),
    [
        ("chu", [], {}, {"mco"}),
        ("ch", ["QA004"], {"smr": Beds(lits=20)}, {"mco", "psychiatrie", "smr"}),
        ("chs", [], {}, {"psychiatrie"}),
        ("chs", ["QEML1", "QA007"], {}, {"psychiatrie"}),
        ("smr", ["QA050"], {}, {"smr"}),
        ("had", ["QA020"], {}, {"mco"}),
        ("clinique", [], {}, {"mco"}),
        ("clinique", ["QA004"], {}, {"psychiatrie"}),
        ("clinique", ["QA050", "QA002"], {}, {"smr", "mco"}),
        ("clinique", [], {"psychiatrie": Beds(places=12)}, {"psychiatrie"}),
        ("clinique", ["QA050"], {"chirurgie": Beds(lits=0, places=0)}, {"smr"}),
        ("clinique", ["QA007"], {}, {"mco"}),
    ],
)
def test_the_field_comes_from_category_authorisations_and_beds(
    category: str, activities: list[str], beds: dict[str, Beds], expected: set[str]
) -> None:
    profile = make_profile(
        entity={"categorie": category},
        capacites=(Capacity(annee=2024, **beds),) if beds else (),
    )
    held = [make_authorisation(activity) for activity in activities]
    assert find_care_fields(profile, held) == expected


def test_only_the_last_known_capacities_count() -> None:
    capacities = (
        Capacity(annee=2025, smr=Beds(lits=30)),
        Capacity(annee=2024, chirurgie=Beds(lits=30)),
    )
    profile = make_profile(entity={"categorie": "clinique"}, capacites=capacities)
    assert find_care_fields(profile, ()) == {"smr"}


CAQES_LAW = ReferenceFile(
    code="CSS",
    intitule="Code de la sécurité sociale",
    etat_au=date(2026, 3, 14),
    references=(
        ReferenceVersion(
            article="L162-30-2",
            objet="CAQES",
            statut="abroge",
            depuis=date(2027, 1, 1),
            verifie_le=date(2026, 3, 14),
        ),
    ),
)


@pytest.mark.parametrize(
    ("line", "effect", "told"),
    [
        ({"nature": "CAQES", "date_fin": date(2027, 1, 1)}, date(2025, 7, 1), True),
        ({"nature": "CAQES", "date_fin": date(2026, 12, 31)}, date(2027, 1, 1), False),
        ({"nature": "CAQES"}, date(2026, 12, 31), False),
        ({"nature": "CAQES"}, date(2027, 1, 1), True),
        ({"nature": "performance", "date_fin": date(2030, 1, 1)}, date(2027, 1, 1), False),
    ],
)
def test_a_caqes_that_runs_past_the_end_of_its_article_is_told(
    line: dict[str, Any], effect: date, told: bool
) -> None:
    profile = make_profile(
        terms={"date_effet": effect}, autres_contrats=(OtherContract(intitule="Autre", **line),)
    )
    library = replace(make_library(), references=(CAQES_LAW,))
    codes = [problem.code for problem in check_other_contracts(profile, library)]
    assert codes == (["autre-contrat-sans-base"] if told else [])


def test_a_registry_without_the_article_says_nothing_of_a_caqes() -> None:
    line = OtherContract(nature="CAQES", intitule="CAQES", date_fin=date(2040, 1, 1))
    assert not list(check_other_contracts(make_profile(autres_contrats=(line,)), make_library()))
