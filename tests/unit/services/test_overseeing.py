"""The region on a day, as data, workbook and page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from contract_builder.model.follow_up import FollowAct
from contract_builder.services.declaring import declare_entries
from contract_builder.services.overseeing import RegionMemory, publish_view, view_region
from contract_builder.services.project import Project
from tests.followed_contracts import AT, CONTRACT, LATER, ON, declaration, make_followed_project


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        act = FollowAct(CONTRACT, "saisie", (declaration("RATE", "85"),))
        declare_entries(project, act, at=AT, actor="la cellule")
        yield project


def test_the_region_is_written_as_a_workbook_and_a_page(followed: Project, tmp_path: Path) -> None:
    view = view_region(followed, LATER)
    assert [item.sheet for item in view.sheets if item.silent] == [
        *("COUNT", "DAY", "GROWTH", "LESS", "STEP", "THIRDS", "YES"),
    ]
    published = publish_view(view, tmp_path, ("xlsx", "html"))
    book = CalamineWorkbook.from_path(published.written[0])
    assert book.sheet_names == [
        *("Fiches", "Établissements", "Valeurs à part", "Sans données", "À récupérer"),
    ]
    page = published.written[1].read_text("utf-8")
    assert "1\u00a0contrat en vigueur le 2\u00a0mai\u00a02026." in page
    assert page.count("<svg") == len(view.sheets)


def test_a_view_is_published_the_same_twice(followed: Project, tmp_path: Path) -> None:
    view = view_region(followed, LATER)
    first = publish_view(view, tmp_path / "a", ("xlsx", "html")).written
    second = publish_view(view_region(followed, LATER), tmp_path / "b", ("xlsx", "html")).written
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_view_is_remembered_until_something_changes(followed: Project) -> None:
    memory = RegionMemory(followed)
    first = memory.view(LATER)
    assert memory.view(LATER) is first
    act = FollowAct(CONTRACT, "saisie", (declaration("COUNT", "4"),))
    declare_entries(followed, act, at=AT, actor="la cellule")
    second = memory.view(LATER)
    assert [item.reached for item in second.sheets if item.sheet == "COUNT"] == [1]
    assert memory.view(ON) is not second
    assert memory.view(ON).on == ON


def test_who_sees_some_entities_sees_their_contracts_alone(followed: Project) -> None:
    view = view_region(followed, LATER)
    assert view.seen_by({"990000010"}) is view
    assert view.seen_by(()).contracts == ()
    assert view.seen_by(()).sheets == ()
    assert [item.late for item in view.list_late_first()] == [8]
