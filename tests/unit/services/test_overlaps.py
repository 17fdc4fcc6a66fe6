"""Entities and sites that two profiles claim over the same days."""

from pathlib import Path

from contract_builder.services.overlaps import ProfileClaims, check_overlaps, find_overlaps
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file


def claims(project: Project, name: str) -> ProfileClaims:
    profile = project.find_profile(project.root / PROFILE, [])
    assert profile is not None
    return ProfileClaims.of_profile(name, profile)


def copy_profile(root: Path, *changes: tuple[str, str]) -> Path:
    """A second profile beside Valmont's, with what differs."""
    second = root / "profiles" / "second.yaml"
    second.write_bytes((root / PROFILE).read_bytes())
    for old, new in changes:
        change_file(second, old, new)
    return second


def test_a_site_of_two_entities_is_told_for_each_profile_asked_about(project: Project) -> None:
    second = copy_profile(project.root, ('finess_ej: "990000010"', 'finess_ej: "990000119"'))
    (warning,) = check_overlaps(project, [second])
    assert warning.code == "site-partage"
    assert warning.place.file == "profiles/second.yaml"
    assert "valmont.yaml" in warning.message
    both = list(check_overlaps(project, project.profile_paths()))
    assert [item.place.file for item in both] == ["profiles/second.yaml", "profiles/valmont.yaml"]


def test_contracts_that_follow_each_other_claim_nothing_together(project: Project) -> None:
    copy_profile(project.root, ("date_effet: 2025-07-01", "date_effet: 2030-07-01"))
    assert list(check_overlaps(project, project.profile_paths())) == []


def test_a_contract_that_begins_on_the_last_day_of_another_overlaps(project: Project) -> None:
    second = copy_profile(project.root, ("date_effet: 2025-07-01", "date_effet: 2030-06-30"))
    assert [item.code for item in check_overlaps(project, [second])] == [
        "contrats-simultanes",
        "site-partage",
    ]


def test_each_profile_is_told_what_another_claims_too(project: Project) -> None:
    both = [claims(project, "un.yaml"), claims(project, "deux.yaml")]
    assert [(item.name, item.number) for item in find_overlaps(both)] == [
        ("un.yaml", "990000010"),
        ("deux.yaml", "990000010"),
        ("un.yaml", "990000028"),
        ("deux.yaml", "990000028"),
    ]
