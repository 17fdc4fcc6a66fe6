"""The life of signed contracts, for a program."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_builder.model.follow_up import FollowAct
from contract_builder.services.as_json.follow_up import (
    declared_data,
    region_lists_data,
    regional_view_data,
    states_data,
)
from contract_builder.services.declaring import Declared, declare_entries
from contract_builder.services.following import follow_contract, follow_region
from contract_builder.services.overseeing import view_region
from contract_builder.services.project import Project
from tests.followed_contracts import AT, CONTRACT, LATER, declaration, make_followed_project


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        act = FollowAct(CONTRACT, "saisie", (declaration("RATE", "80"),))
        declare_entries(project, act, at=AT, actor="la cellule")
        yield project


def test_the_lines_of_a_year_are_plain_and_leave_out_what_is_not_told(followed: Project) -> None:
    found = follow_contract(followed, "990000010", LATER)
    data = states_data(found, 2025)
    assert (data["contrat"], data["version"]) == (CONTRACT.code, "990000010@1")
    assert {line["annee"] for line in data["lignes"]} == {2025}
    assert len(data["lignes"]) < len(states_data(found, None)["lignes"])
    assert all(value not in (None, "") for line in data["lignes"] for value in line.values())


def test_a_region_lists_what_is_late_and_what_nothing_supports(followed: Project) -> None:
    data = region_lists_data(follow_region(followed, LATER))
    assert (data["le"], data["contrats"]) == (LATER.isoformat(), 1)
    assert "COUNT" in {line["code"] for line in data["en_retard"]}
    assert all(line["preuve_manque"] == "oui" for line in data["sans_preuve"])


def test_the_view_of_a_region_counts_ratings_and_names_the_silent(followed: Project) -> None:
    data = regional_view_data(view_region(followed, LATER))
    sheets = {item["fiche"]: item for item in data["fiches"]}
    assert sheets["COUNT"]["sans_donnees"] == [CONTRACT.finess_ej]
    assert sum(sheets["RATE"]["appreciations"].values()) == 1
    assert data["non_lus"] == []


def test_a_reading_that_kept_nothing_says_so() -> None:
    assert declared_data(Declared((), (), is_kept=False)) == {
        "garde": False, "classeurs": [], "problemes": [],
    }  # fmt: skip
