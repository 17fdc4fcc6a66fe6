"""Terms, last days to ask, tacit renewals, and where a contract stands on a day."""

from dataclasses import replace
from datetime import date

import pytest

from contract_builder.renewal.deadline_text import deadline_data, describe_deadline
from contract_builder.renewal.deadlines import (
    DeadlineState,
    RunningContract,
    find_deadline,
    in_order_of_urgency,
)

OF_2025 = RunningContract(
    reference="990000011@2",
    code="990000011AB",
    finess_ej="990000011",
    legal_name="CH de Valmont (fictif)",
    type="etablissement",
    effective_date=date(2025, 7, 1),
    end_date=date(2030, 6, 30),
)
OF_2019 = replace(
    OF_2025, code="990000011AA", effective_date=date(2019, 7, 1), end_date=date(2024, 6, 30)
)
PARTNER = replace(OF_2025, type="partenaire")


def asked(contract: RunningContract, on: date) -> RunningContract:
    return replace(contract, requested_on=on)


@pytest.mark.parametrize(
    ("term", "last"),
    [
        (date(2030, 6, 30), date(2029, 6, 30)),
        (date(2029, 12, 31), date(2028, 12, 31)),
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2029, 2, 28), date(2028, 2, 28)),
    ],
)
def test_the_renewal_is_asked_for_one_year_before_the_term(term: date, last: date) -> None:
    assert find_deadline(replace(OF_2025, end_date=term), date(2026, 1, 1)).last_day_to_request == (
        last
    )


@pytest.mark.parametrize(
    ("effective", "tacit"),
    [
        (date(2020, 11, 19), None),
        (date(2020, 11, 20), date(2024, 3, 1)),
        (date(2025, 7, 1), date(2024, 3, 1)),
    ],
)
def test_silence_renews_a_contract_under_the_law_of_its_date_of_effect_only(
    effective: date, tacit: date | None
) -> None:
    contract = asked(replace(OF_2025, effective_date=effective), date(2023, 10, 31))
    found = find_deadline(contract, date(2024, 1, 1))
    assert found.last_day_to_answer == date(2024, 2, 29)
    assert found.renewed_tacitly_from == tacit


@pytest.mark.parametrize(
    ("contract", "on", "state", "due"),
    [
        (OF_2025, date(2029, 6, 30), "a-demander", date(2029, 6, 30)),
        (OF_2025, date(2029, 7, 1), "demande-en-retard", date(2029, 6, 30)),
        (OF_2025, date(2030, 6, 30), "demande-en-retard", date(2029, 6, 30)),
        (OF_2025, date(2030, 7, 1), "echu", date(2030, 6, 30)),
        (
            asked(OF_2025, date(2029, 6, 1)), date(2029, 10, 1),
            "demande-en-cours", date(2029, 10, 1),
        ),
        (asked(OF_2025, date(2029, 6, 1)), date(2029, 10, 2), "reconduit", date(2029, 10, 2)),
        (asked(OF_2025, date(2029, 6, 1)), date(2030, 7, 1), "reconduit", date(2029, 10, 2)),
        (
            asked(OF_2019, date(2023, 6, 1)), date(2023, 10, 1),
            "demande-en-cours", date(2023, 10, 1),
        ),
        (
            asked(OF_2019, date(2023, 6, 1)), date(2023, 10, 2),
            "reponse-en-retard", date(2023, 10, 1),
        ),
        (asked(OF_2019, date(2023, 6, 1)), date(2024, 7, 1), "echu", date(2024, 6, 30)),
        (PARTNER, date(2030, 6, 30), "sans-delai", date(2030, 6, 30)),
        (PARTNER, date(2030, 7, 1), "echu", date(2030, 6, 30)),
        (replace(OF_2025, is_closed=True), date(2031, 1, 1), "clos", date(2030, 6, 30)),
        (
            replace(OF_2025, successor="990000011@3"), date(2030, 7, 1),
            "echu", date(2030, 6, 30),
        ),
        (
            replace(OF_2025, successor="990000011@3", successor_is_signed=True),
            date(2030, 7, 1), "renouvele", date(2030, 6, 30),
        ),
    ],
)  # fmt: skip
def test_a_contract_stands_somewhere_on_each_day(
    contract: RunningContract, on: date, state: DeadlineState, due: date
) -> None:
    found = find_deadline(contract, on)
    assert (found.state, found.due) == (state, due)


def test_what_is_overdue_comes_first_and_what_is_done_last() -> None:
    on = date(2029, 7, 1)
    late = replace(OF_2025, code="B")
    later = replace(OF_2025, code="A", end_date=date(2030, 12, 31))
    done = replace(OF_2019, code="C", successor="990000011@9", successor_is_signed=True)
    expired = replace(OF_2019, code="D")
    found = in_order_of_urgency(find_deadline(c, on) for c in (done, later, late, expired))
    assert [(item.contract.code, item.state) for item in found] == [
        ("D", "echu"),
        ("B", "demande-en-retard"),
        ("A", "a-demander"),
        ("C", "renouvele"),
    ]


@pytest.mark.parametrize(
    ("contract", "on", "text"),
    [
        (
            OF_2025, date(2026, 1, 1),
            "renouvellement à demander au plus tard le 30 juin 2029 ; terme le 30 juin 2030",
        ),
        (
            asked(OF_2025, date(2029, 8, 1)), date(2029, 9, 1),
            "demande du 1er août 2029 ; sans réponse de l’agence au plus tard le 1er décembre 2029,"
            " le contrat est renouvelé tacitement ; demande tardive : elle devait être déposée au "
            "plus tard le 30 juin 2029 ; terme le 30 juin 2030",
        ),
        (
            asked(OF_2019, date(2023, 6, 1)), date(2023, 12, 1),
            "l’agence devait répondre au plus tard le 1er octobre 2023 à la demande du 1er juin "
            "2023 ; son silence ne vaut pas renouvellement ; terme le 30 juin 2024",
        ),
        (
            replace(OF_2019, successor="990000011@3"), date(2024, 7, 1),
            "terme passé le 30 juin 2024, aucun contrat suivant n’est signé ; contrat suivant en "
            "préparation : 990000011@3",
        ),
    ],
)  # fmt: skip
def test_a_deadline_is_told_in_one_sentence(contract: RunningContract, on: date, text: str) -> None:
    assert describe_deadline(find_deadline(contract, on)).replace("\u00a0", " ") == text


def test_programs_get_every_date_and_the_ground_in_law() -> None:
    found = deadline_data(find_deadline(asked(OF_2025, date(2029, 6, 1)), date(2029, 7, 1)))
    assert found == {
        "reference": "990000011@2",
        "code": "990000011AB",
        "finess_ej": "990000011",
        "raison_sociale": "CH de Valmont (fictif)",
        "type": "etablissement",
        "etat": "demande-en-cours",
        "en_retard": False,
        "date": "2029-10-01",
        "date_effet": "2025-07-01",
        "date_fin": "2030-06-30",
        "demande_au_plus_tard": "2029-06-30",
        "date_demande": "2029-06-01",
        "demande_tardive": False,
        "reponse_au_plus_tard": "2029-10-01",
        "renouvellement_tacite": "2029-10-02",
        "suite": None,
        "fondement": "CSP L6114-1, version du 2020-11-20, alinéa 9",
    }
