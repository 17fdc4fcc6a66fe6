"""Decision records and changelog fragments: numbering, names, shape."""

import re
from pathlib import Path

import pytest

from tests.architecture.repository import DECISIONS, ROOT, name_of

RECORDS = sorted(path for path in DECISIONS.glob("*.md") if path.name[0].isdigit())
HEADINGS = ("## Context", "## Options", "## Decision", "## Consequences")


def test_records_are_numbered_from_one_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("path", RECORDS, ids=name_of)
def test_a_record_has_a_plain_name_and_its_number_in_the_title(path: Path) -> None:
    assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", path.name)
    first_line = path.read_text(encoding="utf-8").splitlines()[0]
    assert first_line.startswith(f"# {path.name[:4]} ")


@pytest.mark.parametrize("path", RECORDS, ids=name_of)
def test_a_record_lists_its_options_and_says_what_was_decided(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    positions = [text.find(heading) for heading in HEADINGS]
    assert -1 not in positions
    assert positions == sorted(positions)
    assert re.search(r"^Status: (proposed|accepted|replaced by \d{4})", text, re.MULTILINE)
    options = text[positions[1] : positions[2]]
    assert len(re.findall(r"^(?:\d\.|- |\| )", options, re.MULTILINE)) >= 2


def test_changelog_fragments_have_a_known_kind() -> None:
    names = {path.name for path in (ROOT / "docs" / "changes").iterdir()}
    fragments = names - {"README.md", "CHANGELOG.md"}
    kinds = "ajout|changement|correction|bibliotheque"
    odd = [name for name in fragments if not re.fullmatch(rf"[a-z0-9-]+\.({kinds})\.md", name)]
    assert odd == []
