"""Authorisations by site and activity: labels, lines of the file, and what runs out on a day."""

from datetime import date

import pytest

from contract_builder.services.authorising import AuthorisationList, list_authorisations
from contract_builder.services.editing import open_profile
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.mini_project import change_file

END = date(2031, 6, 30)
NAME = "valmont"


def listed(project: Project, on: date) -> AuthorisationList:
    file = open_profile(project, NAME)
    profile = prepare(project, file.path).profile
    return list_authorisations(project, profile, file.tree["autorisations"], on)


def change(project: Project, old: str, new: str) -> None:
    change_file(project.profiles_folder / f"{NAME}.yaml", old, new)


@pytest.mark.parametrize(
    ("on", "urgency"),
    [
        (date(2031, 7, 1), "depassee"),
        (date(2031, 6, 30), "proche"),
        (date(2030, 7, 1), "proche"),
        (date(2030, 6, 30), "lointaine"),
    ],
)
def test_an_end_is_over_the_day_after_and_near_for_a_year_before(project, on, urgency):
    (site,) = listed(project, on).sites
    (activity,) = site.activities
    (line,) = activity.lines
    (last,) = line.last_days
    assert (last.kind, last.day, last.urgency) == ("fin", END, urgency)


def test_a_line_has_its_site_its_labels_and_its_rank_in_the_file(project):
    (site,) = listed(project, date(2026, 1, 1)).sites
    assert (site.finess, site.name) == ("990000028", "Site de Valmont")
    (activity,) = site.activities
    assert (activity.code, activity.label) == ("QA001", "Médecine")
    (line,) = activity.lines
    assert (line.rank, line.number, line.labels) == (0, "99-99-0001", ())


def test_the_time_to_begin_counts_until_the_activity_has_begun(project):
    change(project, 'statut: "02"', 'statut: "01", date_limite: 2026-02-01')
    (line,) = listed(project, date(2026, 3, 1)).sites[0].activities[0].lines
    assert not line.has_started
    assert [(last.kind, last.urgency) for last in line.last_days] == [
        ("mise_en_oeuvre", "depassee"),
        ("fin", "lointaine"),
    ]
    change(
        project,
        "date_limite: 2026-02-01",
        "date_limite: 2026-02-01, date_mise_en_oeuvre: 2026-01-15",
    )
    (line,) = listed(project, date(2026, 3, 1)).sites[0].activities[0].lines
    assert line.has_started
    assert [last.kind for last in line.last_days] == ["fin"]


def test_a_site_without_a_name_is_still_listed(project):
    change(project, 'finess_et: "990000028", statut', 'finess_et: "990000036", statut')
    (site,) = listed(project, date(2026, 1, 1)).sites
    assert (site.finess, site.name) == ("990000036", "")
