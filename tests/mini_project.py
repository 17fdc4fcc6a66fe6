"""A small self-contained project for the tests: its copy, its changes, the command line on it.

``tests/cases/mini_project`` holds a tiny library (two clauses, one sheet, one campaign) and one
profile, without any problem: what a test changes in it is all that the test is about.
"""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_builder.cli import main
from contract_builder.store.location import STORE_FILE

MINI_PROJECT = Path(__file__).parent / "cases" / "mini_project"
TEMPLATES = Path(__file__).parent.parent / "templates"
PROFILE = Path("profiles") / "valmont.yaml"
_FOLLOWING_CAMPAIGN = """\
id: suite
intitule: Campagne suivante
type: etablissement
date_effet_du: 2030-01-01
date_effet_au: 2031-12-31
annees: [{years}]
fiches: {fiches}
categories:
  - {{id: grands, libelle: Plus de 500 lits, si: {{lits: {{plus_de: 500}}}}}}
  - {{id: petits, libelle: Moins de 500 lits, si: {{lits: {{moins_de: 500}}}}}}
"""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a command printed, and its exit code."""

    exit_code: int
    stdout: str
    stderr: str


def copy_mini_project(target: Path) -> Path:
    """The project, copied into the new folder ``target`` with the templates of the repository."""
    shutil.copytree(MINI_PROJECT, target)
    shutil.copytree(TEMPLATES, target / "templates", ignore=shutil.ignore_patterns("fonts"))
    (target / "templates" / "fonts").symlink_to(TEMPLATES / "fonts")
    return target


def change_file(path: Path, old: str, new: str) -> None:
    """Replaces ``old``, which stands exactly once in the file, by ``new``."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"« {old} » stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def add_following_campaign(project: Path, sheets: str = "demo", years: str = "2025, 2026") -> None:
    """Adds the campaign « suite » of the contracts that take effect in 2030 and 2031."""
    path = project / "clause_library" / "campagnes" / "suite.yaml"
    path.write_text(_FOLLOWING_CAMPAIGN.format(fiches=sheets, years=years), encoding="utf-8")


def join_a_file(project: Path, data: bytes) -> None:
    """Makes the profile join ``profiles/annexes/plan.pdf``, and the outline list it."""
    outline = project / "clause_library" / "outlines" / "etablissement.yaml"
    with outline.open("a", encoding="utf-8") as stream:
        stream.write(
            "  - {partie: annexe, id: annexes-jointes, numero: A2, titre: Fichiers joints, "
            "portee: informative, clauses: [fichiers]}\n"
        )
    clause = "---\nid: fichiers\ntitre:\nen_vigueur_du: 2018-01-01\nreferences: []\n"
    (project / "clause_library" / "corps" / "fichiers.md").write_text(
        clause + "applicable_si:\n  annexes_jointes: {au_moins: 1}\n---\n\n"
        "{{ tableau.annexes_jointes }}\n",
        encoding="utf-8",
    )
    (project / "profiles" / "annexes").mkdir()
    (project / "profiles" / "annexes" / "plan.pdf").write_bytes(data)
    with (project / PROFILE).open("a", encoding="utf-8") as stream:
        stream.write(
            "annexes_jointes:\n"
            "  - {fichier: annexes/plan.pdf, titre: Plan du site, nature: plan, annexe: A1}\n"
        )


def damage_stored_contract(project: Path, number: int) -> None:
    """Spoils the contract of one version behind the store's back, as another program could."""
    with closing(sqlite3.connect(project / STORE_FILE)) as database:
        database.execute("DROP TRIGGER cpom_version_no_update")
        database.execute("UPDATE cpom_version SET body = x'00' WHERE number = ?", (number,))
        database.commit()


def run_command(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> CommandResult:
    """Runs ``cpom`` in this process; argparse's own exits count as exit codes."""
    try:
        code = main(list(arguments))
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    return CommandResult(code, captured.out, captured.err)
