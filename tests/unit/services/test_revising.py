"""A text of the library revised: reworded, dated, withdrawn, brought back; signed ones kept."""

from datetime import UTC, date, datetime

import pytest

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.authoring import list_text_states
from contract_builder.services.holding import SignedHoldings
from contract_builder.services.project import Project
from contract_builder.services.revisable import (
    RevisedText,
    TextWording,
    open_new_article,
    open_revised_text,
)
from contract_builder.services.revising import (
    SavedBy,
    compose_following,
    merge_wordings,
    restore_wording,
    save_following,
    save_revision,
    withdraw_version,
)
from tests.unit.services.kept_contracts import keep, made_contract

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FIRST_DAY = date(2027, 1, 1)
VERSION = "2018-01-01"


@pytest.fixture
def holdings(project: Project) -> SignedHoldings:
    """What is signed: nothing yet."""
    return SignedHoldings(project)


def _open(project: Project, version: str = VERSION) -> RevisedText:
    text = open_revised_text(project, "clause", "objet", version)
    assert text is not None
    return text


def _by(text: RevisedText) -> SavedBy:
    return SavedBy("administratrice", AT, text.file.sha256)


def _reworded(text: RevisedText) -> TextWording:
    return TextWording(text.wording.tree, text.wording.body.replace("lie", "unit"))


def _body(project: Project, version: str = VERSION) -> str:
    return _open(project, version).wording.body


def test_a_clause_is_reworded_and_its_former_state_brought_back(
    project: Project, holdings: SignedHoldings
) -> None:
    text = _open(project)
    save_revision(project, text, _reworded(text), _by(text), holdings)
    assert "unit" in _body(project)
    text = _open(project)
    first = list_text_states(project, text.file.name)[0]
    restore_wording(project, text, first.sequence, _by(text), holdings)
    assert "lie" in _body(project)
    with pytest.raises(UserError, match="ne garde pas"):
        restore_wording(project, _open(project), 999, _by(_open(project)), holdings)


def test_a_signed_version_is_never_reworded_but_followed(
    project: Project, holdings: SignedHoldings
) -> None:
    keep(project, made_contract(project), "signe")
    text = _open(project)
    with pytest.raises(UserError, match="nouvelle version à partir"):
        save_revision(project, text, _reworded(text), _by(text), holdings)
    noted = TextWording({**text.wording.tree, "a_verifier": "à relire"}, text.wording.body)
    save_revision(project, text, noted, _by(text), holdings)
    text = _open(project)
    save_following(project, text, _reworded(text), _by(text), FIRST_DAY)
    assert "lie" in _body(project)
    assert "unit" in _body(project, "2027-01-01")
    assert _open(project).wording.tree["en_vigueur_au"] == "2026-12-31"


def test_a_version_that_nobody_signed_is_withdrawn_and_the_former_runs_again(
    project: Project, holdings: SignedHoldings
) -> None:
    text = _open(project)
    before = text.file.text
    save_following(project, text, _reworded(text), _by(text), FIRST_DAY)
    later = _open(project, "2027-01-01")
    withdraw_version(project, later, _by(later), holdings)
    assert open_revised_text(project, "clause", "objet", "2027-01-01") is None
    assert _open(project).wording.tree.get("en_vigueur_au", "") == ""
    after = _open(project).file.text
    assert after.replace("en_vigueur_au:\n", "") == before


def test_a_signed_or_only_version_is_not_withdrawn(
    project: Project, holdings: SignedHoldings
) -> None:
    text = _open(project)
    with pytest.raises(UserError, match="dernière"):
        withdraw_version(project, text, _by(text), holdings)


def test_two_versions_never_begin_on_one_day(project: Project) -> None:
    text = _open(project)
    save_following(project, text, text.wording, _by(text), FIRST_DAY)
    again = _open(project)
    with pytest.raises((UserError, ProblemsError)):
        save_following(project, again, again.wording, _by(again), FIRST_DAY)


def test_an_article_is_added_and_reworded_from_a_day(
    project: Project, holdings: SignedHoldings
) -> None:
    text = open_new_article(project, "CSP L6114-2")
    wording = TextWording(
        {
            **text.wording.tree,
            "objet": "Objectifs",
            "depuis": "2020-11-20",
            "verifie_le": "2023-12-06",
        }
    )
    save_revision(project, text, wording, _by(text), holdings)
    added = open_revised_text(project, "reference", "CSP L6114-2", "2020-11-20")
    assert added is not None
    save_following(project, added, added.wording, _by(added), FIRST_DAY)
    versions = project.get_library().reference_versions("CSP", "L6114-2")
    assert [str(item.jusqu_au) for item in versions] == ["2026-12-31", "None"]
    with pytest.raises(UserError, match="pas encore de fichier"):
        open_new_article(project, "CTRAV L1")


def test_a_sheet_is_reworded_where_it_stands_and_has_no_dated_version(
    project: Project, holdings: SignedHoldings
) -> None:
    text = open_revised_text(project, "fiche", "DEMO_1", "demo")
    assert text is not None
    tree = {**text.wording.tree, "intitule": "Autre intitulé"}
    save_revision(project, text, TextWording(tree, text.wording.body), _by(text), holdings)
    assert project.get_library().fiches["demo"]["DEMO_1"].header.intitule == "Autre intitulé"
    with pytest.raises(UserError, match="campagne"):
        compose_following(text, text.wording, FIRST_DAY)


def test_what_two_people_changed_apart_is_put_together(
    project: Project, holdings: SignedHoldings
) -> None:
    first = _open(project)
    mine = TextWording({**first.wording.tree, "titre": "Mon titre"}, first.wording.body)
    save_revision(project, first, _reworded(first), _by(first), holdings)
    merged = merge_wordings(project, _open(project), first.file.sha256, mine)
    assert merged.tree["titre"] == "Mon titre"
    assert "unit" in merged.body


def test_a_campaign_is_changed_in_place_with_its_comments_and_taken_back(
    project: Project, holdings: SignedHoldings
) -> None:
    path = project.root / "clause_library/campagnes/demo.yaml"
    before = f"# Ce que la région a décidé.\n{path.read_text('utf-8')}"
    path.write_text(before, "utf-8")
    project.refresh()
    text = open_revised_text(project, "campagne", "demo", "")
    assert text is not None
    wording = TextWording({**text.wording.tree, "objectifs_maximum": "7"})
    save_revision(project, text, wording, _by(text), holdings)
    assert project.get_library().campaigns["demo"].objectifs_maximum == 7
    assert path.read_text("utf-8").startswith("# Ce que la région a décidé.\nid: demo\n")
    text = open_revised_text(project, "campagne", "demo", "")
    assert text is not None
    first = list_text_states(project, text.file.name)[0]
    restore_wording(project, text, first.sequence, _by(text), holdings)
    assert path.read_text("utf-8") == before
    with pytest.raises(UserError, match="datées"):
        compose_following(text, text.wording, FIRST_DAY)
