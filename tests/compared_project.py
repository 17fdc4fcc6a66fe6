"""A working folder with two versions of a contract, for the tests of ``cpom compare``."""

from dataclasses import replace
from pathlib import Path

from contract_builder.render.json import render_json
from tests.contract_samples import small_contract
from tests.documents import FONTS, word_template

OLD = small_contract("42")
NEW = replace(small_contract("43"), header=replace(small_contract().header, version=2))


def add_templates(folder: Path) -> None:
    """The Word template and the fonts that the views need."""
    (folder / "templates").mkdir()
    (folder / "templates" / "contrat.docx").write_bytes(word_template())
    (folder / "templates" / "fonts").symlink_to(FONTS)


def make_compared_project(folder: Path) -> Path:
    """The new folder with a Word template, « un.json » (OLD) and « deux.json » (NEW)."""
    (folder / "clause_library").mkdir(parents=True)
    add_templates(folder)
    (folder / "un.json").write_bytes(render_json(OLD))
    (folder / "deux.json").write_bytes(render_json(NEW))
    return folder


def written(project: Path, suffix: str) -> Path:
    """The only product of a comparison with this ending."""
    (path,) = (project / "output").glob(f"comparaison*{suffix}")
    return path
