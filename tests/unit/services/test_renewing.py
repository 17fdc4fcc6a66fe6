"""A signed version and the profile of the contract that follows it."""

from dataclasses import replace
from datetime import date

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.project import Project
from contract_builder.services.renewing import RenewRequest, renew
from tests.mini_project import PROFILE, add_following_campaign, change_file
from tests.unit.services.kept_contracts import keep, made_contract

REQUEST = RenewRequest("990000010@1", date(2030, 7, 1), on=date(2029, 1, 1))


@pytest.fixture
def signed(project: Project) -> Project:
    """The project with its contract signed, and the campaign that follows."""
    add_following_campaign(project.root)
    keep(project, made_contract(project), "signe")
    return project


def test_the_next_profile_is_written_beside_the_old_one_under_the_next_code(
    signed: Project,
) -> None:
    renewed = renew(signed, replace(REQUEST, requested_on=date(2029, 3, 1)))
    assert renewed.path == signed.profiles_folder / "valmont-2030.yaml"
    assert renewed.path.read_text(encoding="utf-8") == renewed.text
    profile = signed.find_profile(renewed.path, [])
    assert profile is not None
    terms = profile.contrat
    assert (terms.code, terms.date_effet) == ("990000010AB", date(2030, 7, 1))
    assert terms.followed == ("990000010@1",)
    assert profile.campagne == "suite"
    assert profile.etablissement.siren == "269900015"


def test_a_dry_run_tells_the_same_and_writes_nothing(signed: Project) -> None:
    before = sorted(signed.root.rglob("*"))
    tried = renew(signed, replace(REQUEST, dry_run=True))
    assert sorted(signed.root.rglob("*")) == before
    assert not tried.is_written
    written = renew(signed, REQUEST)
    assert written.text == tried.text
    assert written.plan == tried.plan


def test_the_profile_changed_since_the_signature_is_told(signed: Project) -> None:
    change_file(signed.root / PROFILE, "code: DEMO_1", "code: DEMO_1, volet: ''")
    assert renew(signed, replace(REQUEST, dry_run=True)).plan.warnings == ()
    change_file(signed.root / PROFILE, "2025: 19741.00", "2025: 20000.00")
    (warning,) = renew(signed, replace(REQUEST, dry_run=True)).plan.warnings
    assert "ne dit plus la même chose que la version signée 990000010@1" in warning


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"effective_on": date(2029, 7, 1)}, "Rien n’a été écrit"),
        ({"effective_on": date(2035, 7, 1)}, "Aucune campagne ne couvre"),
        ({"campaign": "demo"}, "ne convient pas à un contrat"),
        ({"code": "990000010AA"}, "est celui d’un autre contrat"),
        ({"code": "../AB"}, "ne peut pas servir de code"),
        ({"reference": "990000010@9"}, "990000010@9"),
    ],
)
def test_what_does_not_hold_is_refused_and_nothing_is_written(
    signed: Project, change: dict[str, object], told: str
) -> None:
    before = sorted(signed.profiles_folder.rglob("*"))
    with pytest.raises(UserError, match=told):
        renew(signed, replace(REQUEST, **change))  # type: ignore[arg-type]
    assert sorted(signed.profiles_folder.rglob("*")) == before


def test_a_file_that_is_there_is_never_written_over(signed: Project) -> None:
    path = signed.root / "suite.yaml"
    path.write_text("travail", encoding="utf-8")
    with pytest.raises(UserError, match="existe déjà") as caught:
        renew(signed, replace(REQUEST, out=path))
    assert caught.value.remedy is not None
    assert caught.value.remedy.action == "choose_output"
    assert path.read_text(encoding="utf-8") == "travail"


def test_a_draft_is_not_renewed_and_the_remedy_names_the_version(project: Project) -> None:
    keep(project, made_contract(project))
    with pytest.raises(UserError, match="n’est signée") as caught:
        renew(project, REQUEST)
    assert caught.value.remedy is not None
    assert (caught.value.remedy.action, caught.value.remedy.detail) == (
        "declare_signed",
        "990000010@1",
    )


def test_a_broken_library_stops_the_renewal_with_its_problems(signed: Project) -> None:
    (signed.root / "clause_library" / "corps" / "objet.md").write_text("sans en-tête")
    signed.refresh()
    with pytest.raises(ProblemsError):
        renew(signed, REQUEST)
