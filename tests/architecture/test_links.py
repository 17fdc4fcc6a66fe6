"""Links between the project's own pages lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT, name_of, text_files

PAGES = [
    path
    for path in text_files()
    if path.suffix == ".md" and (path.parent == ROOT or path.is_relative_to(ROOT / "docs"))
]
LINK = re.compile(r"\]\((?P<target>[^)#\s:]+)(?:#[^)\s]*)?\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_relative_links_lead_to_a_file(page: Path) -> None:
    prose = CODE.sub("", page.read_text(encoding="utf-8"))
    targets = {match["target"] for match in LINK.finditer(prose)}
    assert {target for target in targets if not (page.parent / target).exists()} == set()
