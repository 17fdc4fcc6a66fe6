"""``cpom account`` and ``cpom serve --check``: accounts made from a terminal, set-ups refused."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from contract_builder.services.project import Project
from tests.mini_project import copy_mini_project
from tests.unit.store.engines import make_engine
from tests.web_server import PASSWORD, add_account


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with two accounts."""
    folder = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    add_account(folder, "chef", "administrateur")
    add_account(folder, "lecteur", "relecteur", "44", "2A")
    return folder


def run(project: Path, *words: str, typed: str = "") -> tuple[int, str, str]:
    """What a command of its own process gives: Django is started once in each."""
    done = subprocess.run(
        [sys.executable, "-m", "contract_builder", *words, "--project", str(project)],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_accounts_are_listed_with_what_they_see(project: Path) -> None:
    assert run(project, "account", "list")[:2] == (
        0,
        "chef : administrateur, toute la région\nlecteur : relecteur, départements 2A, 44\n",
    )


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("add", "Chef", "--role", "relecteur"), PASSWORD, "existe déjà"),
        (("add", "neuf", "--role", "relecteur"), "court", "au moins douze caractères"),
        (("add", "neuf", "--role", "relecteur"), "1" * 14, "il n’a que des chiffres"),
        (("add", "nom.prenom.long", "--role", "relecteur"), "nom.prenom.long", "ressemble trop"),
        (("add", "../x", "--role", "relecteur"), PASSWORD, "n’est pas un nom de compte"),
        (("add", "neuf", "--role", "relecteur", "--department", "x"), PASSWORD, "« x » n’est pas"),
        (("password", "absent"), PASSWORD, "Il n’y a pas de compte « absent »"),
    ],
)
def test_a_wrong_account_is_refused_and_said(
    project: Path, words: tuple[str, ...], typed: str, told: str
) -> None:
    code, _, errors = run(project, "account", *words, "--password-stdin", typed=f"{typed}\n")
    assert code == 1
    assert told in errors
    assert "Traceback" not in errors
    assert "neuf" not in run(project, "account", "list")[1]


def test_the_last_administrator_is_not_closed_and_others_may_be(project: Path) -> None:
    code, _, errors = run(project, "account", "close", "chef")
    assert (code, "seul administrateur" in errors) == (1, True)
    assert run(project, "account", "close", "lecteur")[0] == 0
    assert "lecteur : relecteur, départements 2A, 44 (fermé)" in run(project, "account", "list")[1]
    assert run(project, "account", "reopen", "lecteur")[0] == 0
    assert "fermé" not in run(project, "account", "list")[1]


def test_no_password_is_kept_in_clear(project: Path) -> None:
    code, _, _ = run(
        project, "account", "password", "chef", "--password-stdin", typed="un autre mot long\n"
    )
    assert code == 0
    file = project / "output" / "web" / "web.sqlite3"
    assert file.stat().st_mode & 0o077 == 0
    assert b"un autre mot long" not in file.read_bytes()


def test_accounts_leave_the_tables_of_the_store_alone(tmp_path: Path, monkeypatch) -> None:
    engine = make_engine("postgresql", copy_mini_project(tmp_path / "projet"))
    monkeypatch.setenv("CPOM_DATABASE_URL", engine.environ["CPOM_DATABASE_URL"])
    add_account(engine.project, "chef", "administrateur")
    tables = engine.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert ("cpom_account",) in tables
    with engine.open() as store:
        assert list(store.iter_all()) == []
        assert [piece.facts.subject for piece in store.pieces("travail")] == ["compte chef"]
    assert run(engine.project, "account", "list")[1] == "chef : administrateur, toute la région\n"
    assert run(engine.project, "store", "verify")[0] == 0


def test_accounts_of_a_file_lie_outside_of_the_store(project: Path) -> None:
    names, of_store = (
        _tables(project / "output" / file) for file in ("web/web.sqlite3", "cpom.sqlite3")
    )
    assert "cpom_account" not in of_store
    assert {"cpom_account", "django_session", "axes_accessattempt"} <= names
    assert {name for name in names if name.startswith("cpom_")} == {
        "cpom_account", "cpom_import", "cpom_lot", "cpom_tour"
    }  # fmt: skip


def _tables(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as base:
        return {row[0] for row in base.execute("SELECT name FROM sqlite_master")}


def test_what_is_done_with_accounts_from_a_terminal_is_in_the_journal(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "direction des systèmes")
    add_account(project, "passage", "relecteur")
    run(project, "account", "change", "passage", "--role", "operateur", "--department", "72")
    run(project, "account", "close", "passage")
    with Project(project) as opened:
        told = [
            (piece.actor, piece.facts.note)
            for piece in opened.open_store().pieces("travail")
            if piece.facts.subject == "compte passage"
        ]
    assert told == [
        ("direction des systèmes", note)
        for note in (
            "compte fait : relecteur, toute la région, avec un mot de passe",
            "droits : opérateur, départements 72",
            "compte fermé",
        )
    ]


def test_the_rights_of_the_last_administrator_of_the_region_stay(project: Path) -> None:
    add_account(project, "antenne", "administrateur", "72")
    for words in (("--role", "redacteur"), ("--role", "administrateur", "--department", "44")):
        code, _, errors = run(project, "account", "change", "chef", *words)
        assert (code, "seul administrateur" in errors) == (1, True)
    assert run(project, "account", "close", "antenne")[0] == 0
    assert run(project, "account", "close", "chef")[0] == 1


def test_every_unsafe_point_is_listed(project: Path, tmp_path: Path) -> None:
    bare = copy_mini_project(tmp_path / "nu")
    code, _, errors = run(bare, "serve", "--check", "--host", "0.0.0.0")  # noqa: S104 - refused
    assert code == 1
    for told in ("aucun compte n’existe", "en clair", "« --public-name »"):
        assert told in errors
    secret = project / "output" / "web" / "secret"
    secret.chmod(0o644)
    (project / "profiles").chmod(0o777)
    safe = ("serve", "--check", "--behind-proxy", "--public-name", "contrats.exemple.fr")
    errors = run(project, *safe)[2]
    assert "secret » est lisible par d’autres" in errors
    assert "Tout le monde peut écrire" in errors
    secret.chmod(0o600)
    (project / "profiles").chmod(0o755)
    code, printed, errors = run(project, *safe)
    as_root = [line for line in errors.splitlines() if "root" in line]
    assert (errors.splitlines(), code) == (as_root, 1 if as_root else 0)
    assert bool(as_root) or "Rien à redire" in printed


def test_a_proxy_before_an_application_without_accounts_is_refused(tmp_path: Path) -> None:
    bare = copy_mini_project(tmp_path / "nu")
    code, _, errors = run(bare, "serve", "--behind-proxy", "--port", "0")
    assert code == 2
    assert "aucun compte n’existe" in errors


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--public-name", "*"), "« * » n’est pas le nom d’un serveur"),
        (("--public-name", ".exemple.fr"), "n’est pas le nom d’un serveur"),
        (("--public-name", "https://contrats.exemple.fr"), "n’est pas le nom d’un serveur"),
        (("--public-name", "contrats.exemple.fr:443"), "n’est pas le nom d’un serveur"),
        (("--port", "-1"), "Le port -1 n’existe pas"),
        (("--port", "65536"), "Le port 65536 n’existe pas"),
    ],
)
def test_a_name_that_stands_for_any_and_a_port_that_is_none_are_refused(
    project: Path, words: tuple[str, str], told: str
) -> None:
    code, _, errors = run(project, "serve", "--no-worker", *words)
    assert code == 2
    assert told in errors


def test_a_server_without_a_worker_is_not_a_worker(project: Path) -> None:
    code, _, errors = run(project, "serve", "--worker", "--no-worker")
    assert (code, "ne va pas avec" in errors) == (2, True)
