"""What a real LibreOffice did to our file is told, tracked or not, and nothing else is.

``tests/benchmark/bench_readback.py`` does the same on many files, with figures by kind.
"""

from pathlib import Path

from tests.libreoffice_editing import Task, edit_with_libreoffice, plan_edits
from tests.returned_files import read_data, sent_docx
from tests.returned_matching import match_edits

FILES = 4


def test_edits_made_in_libreoffice_are_told_in_full(tmp_path: Path) -> None:
    tasks = {f"lu{seed}": Task(sent_docx(), plan_edits(sent_docx(), seed)) for seed in range(FILES)}
    saved = edit_with_libreoffice({**tasks, "intact": Task(sent_docx())}, tmp_path)
    assert read_data(saved["intact"])["changes"] == []
    for name, task in tasks.items():
        edits = [item.edit for item in task.edits]
        matching = match_edits(edits, read_data(saved[name]))
        assert edits
        assert (name, matching.missed, matching.invented) == (name, [], [])
