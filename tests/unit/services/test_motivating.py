"""The reasons of an avenant: found by what the profile calls each article, kept in its file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contract_builder.services.amending import AmendRequest, amend
from contract_builder.services.drafted_amendments import AmendingTerms, DraftedAmendment
from contract_builder.services.editing import ProfileChange, StaleProfileError, open_profile
from contract_builder.services.making import BuildOptions, build
from contract_builder.services.motivating import list_reasons, save_reasons
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file
from tests.unit.services.kept_contracts import keep, made_contract

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


def draft(project: Project, out: Path) -> DraftedAmendment:
    """The avenant between the contract as it was signed and the profile of now."""
    project.refresh()
    options = BuildOptions(formats=("json",))
    (wanted,) = build(project, project.root / PROFILE, out, options).documents
    terms = AmendingTerms(AT.date(), ("json",))
    return amend(project, AmendRequest("990000010@1", str(wanted), terms, AT), out).draft


def change(project: Project) -> ProfileChange:
    return ProfileChange("valmont", open_profile(project, "valmont").sha256, {}, AT, "juriste")


@pytest.fixture
def amended(project: Project) -> Project:
    """A project whose contract is signed, and whose sheet is another since."""
    keep(project, made_contract(project), "signe")
    change_file(project.root / PROFILE, "Centre hospitalier de", "Hôpital de")
    return project


def test_each_article_is_called_as_the_profile_calls_it_and_its_reason_is_printed(
    amended: Project, tmp_path: Path
) -> None:
    first = draft(amended, tmp_path)
    reasons = list_reasons(amended, open_profile(amended, "valmont"), first)
    assert len(reasons) == len(first.articles)
    assert all(reason.called and not reason.given for reason in reasons)
    assert first.gaps
    given = {reason.called: "l’établissement  a changé\nde nom" for reason in reasons}
    save_reasons(amended, given, change(amended))
    second = draft(amended, tmp_path)
    assert not [gap for gap in second.gaps if "motif" in gap]
    file = open_profile(amended, "valmont")
    assert {item.given for item in list_reasons(amended, file, second)} == {
        "l’établissement a changé de nom"
    }


def test_a_reason_of_the_region_is_told_and_a_blank_gives_way_to_it(
    amended: Project, tmp_path: Path
) -> None:
    made = draft(amended, tmp_path)
    called = next(name for name in made.called if name)
    with (amended.root / "profiles" / "_region.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"motifs_avenant:\n  {called}: motif commun\n")
    before = (amended.root / PROFILE).read_text("utf-8")
    save_reasons(amended, {called: "le nôtre"}, change(amended))
    file = open_profile(amended, "valmont")
    own = next(r for r in list_reasons(amended, file, made) if r.called == called)
    assert (own.given, own.shared) == ("le nôtre", "")
    save_reasons(amended, {called: "  "}, change(amended))
    amended.refresh()
    file = open_profile(amended, "valmont")
    shared = next(r for r in list_reasons(amended, file, made) if r.called == called)
    assert (shared.given, shared.shared) == ("", "motif commun")
    assert (amended.root / PROFILE).read_text("utf-8").rstrip() == before.rstrip()


def test_reasons_of_a_page_of_before_are_not_written(amended: Project) -> None:
    stale = change(amended)
    change_file(amended.root / PROFILE, "Hôpital de", "Hôpital local de")
    with pytest.raises(StaleProfileError):
        save_reasons(amended, {"parties": "motif"}, stale)
