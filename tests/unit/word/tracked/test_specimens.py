"""Every kind of revision, accepted, refused, told: the cases of ``tests/cases/revisions``."""

from pathlib import Path

import pytest

from contract_builder.word.acceptance import accept_all, list_revisions, reject_all
from tests.word_specimens import (
    iter_specimen_paths,
    load_specimen,
    read_body,
    tell,
    word_file,
)

PATHS = iter_specimen_paths()


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_accepted_it_is_what_it_should_be(path: Path) -> None:
    specimen = load_specimen(path)
    assert read_body(accept_all(word_file(specimen.given))) == specimen.accepted


def test_refused_it_is_what_it_was(path: Path) -> None:
    specimen = load_specimen(path)
    assert read_body(reject_all(word_file(specimen.given))) == specimen.refused


def test_its_revisions_are_told(path: Path) -> None:
    specimen = load_specimen(path)
    assert [tell(one) for one in list_revisions(word_file(specimen.given))] == specimen.revisions


def test_once_settled_nothing_is_left_to_tell_or_to_settle(path: Path) -> None:
    specimen = load_specimen(path)
    for settle in (accept_all, reject_all):
        settled = settle(word_file(specimen.given))
        assert list_revisions(settled) == ()
        assert settle(settled) == settled
