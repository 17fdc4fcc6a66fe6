"""A PDF that is sent becomes an annex, once; what is no PDF leaves nothing behind."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contract_builder.errors import UserError
from contract_builder.services.editing import StaleProfileError, list_states, open_profile
from contract_builder.services.joining import JoinRequest, join_file
from contract_builder.services.making import prepare
from tests.documents import ROOT

PDF = (ROOT / "profiles" / "annexes" / "plan-de-situation.pdf").read_bytes()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def request_(project):
    """A plan to join to the profile as it stands."""
    file = open_profile(project, "valmont")
    return JoinRequest("valmont", file.sha256, "Plan : « l’été »", NOW, "rédactrice", PDF)


def files(project) -> list[str]:
    return sorted(path.name for path in (project.profiles_folder / "annexes").glob("*"))


def test_a_pdf_is_kept_under_its_title_and_its_content_and_listed(project, request_):
    saved = join_file(project, request_)
    (name,) = files(project)
    assert name.startswith("valmont-plan-l-ete-")
    (line,) = saved.tree["annexes_jointes"]
    assert line == {"fichier": f"annexes/{name}", "titre": "Plan : « l’été »"}
    assert (project.profiles_folder / "annexes" / name).read_bytes() == PDF
    problems = prepare(project, saved.path).problems
    assert [item.code for item in problems if item.code.startswith("annexe-")] == []
    assert list_states(project, "valmont")[-1].facts.note == "document joint"


def test_sent_twice_it_is_joined_once(project, request_):
    first = join_file(project, request_)
    assert join_file(project, request_).sha256 == first.sha256
    assert len(files(project)) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"<html>",
        b"\x7fELF" + PDF[:100],
        b"x" * 2000 + PDF,
        PDF[: len(PDF) // 2],
    ],
    ids=["empty", "zip", "mark alone", "page", "program", "late mark", "cut"],
)
def test_what_is_no_pdf_is_refused_and_leaves_nothing(project, request_, data):
    before = open_profile(project, "valmont").sha256
    with pytest.raises(UserError):
        join_file(project, replace(request_, data=data))
    assert files(project) == []
    assert open_profile(project, "valmont").sha256 == before


def test_without_a_title_it_is_not_joined(project, request_):
    with pytest.raises(UserError, match="titre"):
        join_file(project, replace(request_, title=" \n "))


def test_a_profile_that_changed_meanwhile_refuses_it_and_nothing_is_left(project, request_):
    with pytest.raises(StaleProfileError):
        join_file(project, replace(request_, seen="0" * 64))
    assert files(project) == []


@pytest.mark.parametrize("title", ["../../etc/passwd", "a\0b", "é" * 5000, "中文", "CON"])
def test_a_title_never_makes_a_path(project, request_, title):
    saved = join_file(project, replace(request_, title=title))
    (name,) = files(project)
    assert len(name) < 120
    assert (project.profiles_folder / "annexes" / name).is_file()
    assert saved.tree["annexes_jointes"]
