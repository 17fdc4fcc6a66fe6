"""What holds for every assembly: nothing depends on the machine, nothing is lost or left over."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.assembly.explanation import explain_decisions
from contract_builder.diagnostics import Problems, has_errors
from contract_builder.library.load import load_library
from contract_builder.model.blocks import Gap, inline_text, iter_inlines
from contract_builder.model.contract import Contract
from contract_builder.model.library import Library
from contract_builder.render.json import render_json
from contract_builder.services.checking import check_project
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.mini_project import MINI_PROJECT, PROFILE, copy_mini_project

ROOT = Path(__file__).parents[2]
FILES = sorted(path.relative_to(MINI_PROJECT) for path in MINI_PROJECT.rglob("*.*"))
OBJECT = Path("clause_library/corps/objet.md")


@contextmanager
def new_mini_project() -> Iterator[Path]:
    """A fresh copy for each example: fixtures of pytest are shared by all examples of a test."""
    with tempfile.TemporaryDirectory() as folder:
        yield copy_mini_project(Path(folder) / "projet")


def assembled(project: Path) -> tuple[Contract, Problems]:
    prepared = prepare(Project(project, library=load_library(project)[0]), project / PROFILE)
    assert prepared.assembly is not None, prepared.problems
    return prepared.assembly.contract, prepared.problems


def texts(contract: Contract) -> Iterator[str]:
    for section in contract.iter_sections():
        yield section.heading
        for inline in iter_inlines(section.blocks):
            yield inline_text((inline,))


# The machine


@given(st.permutations(FILES))
def test_the_order_in_which_files_lie_on_the_disk_changes_nothing(order: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in order:
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(MINI_PROJECT / name, Path(folder) / name)
        contract, _ = assembled(Path(folder))
        assert render_json(contract) == render_json(assembled(MINI_PROJECT)[0])


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
        {"LC_ALL": "fr_FR.UTF-8", "PYTHONHASHSEED": "3", "TZ": "Pacific/Auckland"},
    ],
    ids=str,
)
def test_locale_time_zone_and_hash_seed_change_nothing(environment: dict[str, str]) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from contract_builder.library.load import load_library\n"
        "from contract_builder.services.making import prepare\n"
        "from contract_builder.services.project import Project\n"
        "from contract_builder.render.json import render_json\n"
        "root = Path(sys.argv[1])\n"
        "prepared = prepare(Project(root, library=load_library(root)[0]), root / sys.argv[2])\n"
        "sys.stdout.buffer.write(render_json(prepared.assembly.contract))\n"
    )
    profile = "profiles/chu-demonstration.yaml"
    done = subprocess.run(
        [sys.executable, "-c", program, str(ROOT), profile],
        env={"PATH": os.environ["PATH"]} | environment,
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    here = prepare(Project(ROOT, library=load_library(ROOT)[0]), ROOT / profile)
    assert here.assembly is not None
    assert done.stdout == render_json(here.assembly.contract)


# The text

FRAGMENTS = st.sampled_from(
    [
        "Un texte. ",
        "{{ contrat.code }}",
        "{{ caisse_pivot.nom }}",
        "{{contrat.date_effet|date}}",
        "{{ contrat.inconnu }}",
        "{{ contrat.code | inconnu }}",
        "{{ contrat.code",
        "{{",
        "}}",
        "{ {",
        "{{{{",
        "}} }}",
        "{% if x %}",
        "{# note #}",
        "**",
        "*",
        "[](#duree)",
        "[{{ contrat.code }}](#duree)",
        "\n\n",
        "\n",
        "- ",
        "> ",
        "| A |\n|---|\n| {{ contrat.code | date }} |\n",
        "### ",
        "`",
        "\\",
        "&#123;&#123;",
    ]
)


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
def test_no_field_is_ever_left_as_it_was_written(body: str) -> None:
    with new_mini_project() as project:
        path = project / OBJECT
        header = path.read_text(encoding="utf-8").split("\n---\n")[0]
        path.write_text(f"{header}\n---\n{body}\n", encoding="utf-8")
        contract, problems = assembled(project)
        left = [text for text in texts(contract) if "{{" in text or "{%" in text]
        if "&#123;" not in body and "\\" not in body:  # braces written otherwise are meant
            assert left == []
        assert not any(
            "\ue000" <= letter <= "\ue002" for text in texts(contract) for letter in text
        )
        gaps = [
            inline
            for section in contract.iter_sections()
            for inline in iter_inlines(section.blocks)
            if isinstance(inline, Gap)
        ]
        assert bool(gaps) <= any(problem.code == "donnee-manquante" for problem in problems)


def test_no_field_is_left_in_the_demonstration_contracts(real_library: Library) -> None:
    for path in sorted((ROOT / "profiles").glob("[!_]*.yaml")):
        prepared = prepare(Project(ROOT, library=real_library), path)
        assert prepared.assembly is not None
        assert not has_errors(prepared.problems)
        assert [text for text in texts(prepared.assembly.contract) if "{{" in text] == []


# Problems

EDITS = st.tuples(
    st.sampled_from(FILES),
    st.integers(0, 3000),
    st.integers(0, 30),
    st.sampled_from(
        ["", "\n", " ", "  ", "\t", ":", ": ", "-", "- ", "{", "}", "[", "]", '"', "'", "#", "&a ",
         "*a", "!x ", "é", "\u2028", "\x07", "{{", "}}", "|", ">", "<b>", "---\n", "2025", "\ufeff"]
    ),
)  # fmt: skip


@given(st.lists(EDITS, min_size=1, max_size=4))
def test_whatever_is_mistyped_every_problem_lies_inside_its_file(
    edits: list[tuple[Path, int, int, str]],
) -> None:
    with new_mini_project() as project:
        for name, position, deleted, inserted in edits:
            text = (project / name).read_text(encoding="utf-8")
            start = position % (len(text) + 1)
            edited = text[:start] + inserted + text[start + deleted :]
            (project / name).write_text(edited, encoding="utf-8")
        for problem in check_project(Project(project)):
            place = problem.place
            lines = (project / place.file).read_text(encoding="utf-8").split("\n")
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
            assert place.length >= 1
            assert problem.message


# Profiles of which much is missing


def without(data: Any, choices: Iterator[bool]) -> Any:
    """The same data less the keys and items for which ``choices`` says so."""
    if isinstance(data, dict):
        return {key: without(value, choices) for key, value in data.items() if next(choices)}
    if isinstance(data, list):
        return [without(value, choices) for value in data if next(choices)]
    return data


def keep_most(random: Any) -> Iterator[bool]:
    while True:
        yield random.random() > 0.05


@given(
    st.sampled_from(["chu", "hopital-de-proximite", "laboratoire", "partenaire"]),
    st.randoms(use_true_random=False),
)
def test_a_profile_of_which_parts_are_missing_is_explained_or_told_what_it_lacks(
    real_library: Library, name: str, random: Any
) -> None:
    text = (ROOT / "profiles" / f"{name}-demonstration.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 — every scalar stays a text
    required = {key: data[key] for key in ("type_contrat", "campagne", "contrat", "etablissement")}
    kept = required | without(data, keep_most(random))
    with tempfile.TemporaryDirectory() as folder:
        profiles = Path(folder) / "profiles"
        profiles.mkdir()
        shutil.copy(ROOT / "profiles" / "_region.yaml", profiles)
        path = profiles / "essai.yaml"
        path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
        prepared = prepare(Project(Path(folder), library=real_library), path)
    if prepared.assembly is None or prepared.profile is None:
        assert has_errors(prepared.problems)
        return
    facts, assembly = prepared.facts, prepared.assembly
    decisions = explain_decisions(real_library, prepared.profile, facts, assembly)
    assert all(decision.reason for decision in decisions)
    assert render_json(assembly.contract)
