"""Entrance by the agency's directory: the server before us names who asks, and proves itself."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mini_project import copy_mini_project
from tests.web_server import PASSWORD, WebClient, add_account, serving

SECRET = "un-secret-que-seul-le-serveur-devant-connait"  # noqa: S105 - of the tests alone
BEHIND = ("--behind-proxy", "--public-name", "contrats.exemple.fr", "--login-header", "X-Nom")
PROXY = {
    "Host": "contrats.exemple.fr",
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
}
PROVEN = {**PROXY, "X-Cpom-Secret": SECRET}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A browser on an application behind a server that names who asks."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    add_account(project, "chef", "administrateur")
    add_account(project, "ferme", "redacteur")
    run(project, "account", "add", "annuaire", "--role", "redacteur", "--no-password")
    run(project, "account", "close", "ferme")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPOM_PROXY_SECRET", SECRET)
        with serving(project, *BEHIND) as address:
            yield WebClient(address)


def run(project: Path, *words: str, **environ: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "contract_builder", *words, "--project", str(project)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )
    return done.returncode, done.stderr


def test_who_the_directory_names_enters_by_their_account_alone(browser: WebClient) -> None:
    page = browser.ask("/etablissements/", **PROVEN, **{"X-Nom": "Annuaire"})
    assert page.status == 200
    assert "annuaire (rédacteur)" in page.text
    assert "Se déconnecter" not in page.text
    assert browser.ask("/lots", **PROVEN, **{"X-Nom": "annuaire"}).status == 403


@pytest.mark.parametrize("name", ["inconnue", "ferme", "", "annuaire, chef", "chef\tannuaire"])
def test_a_name_without_an_open_account_opens_nothing(browser: WebClient, name: str) -> None:
    answer = browser.ask("/etablissements/", **PROVEN, **{"X-Nom": name})
    assert answer.status == 302
    assert answer.headers["Location"].startswith("/compte/connexion")


def test_a_name_without_account_is_told_what_to_ask_for(browser: WebClient) -> None:
    page = browser.ask("/compte/connexion", **PROVEN, **{"X-Nom": "inconnue"})
    assert "vous nomme « inconnue »" in page.text


@pytest.mark.parametrize(
    "headers",
    [
        {key: value for key, value in PROVEN.items() if key != "X-Cpom-Secret"},
        {**PROVEN, "X-Cpom-Secret": SECRET[:-1]},
        {**PROVEN, "X-Cpom-Secret": ""},
        {**PROVEN, "X-Forwarded-Proto": "http"},
        {"Host": "contrats.exemple.fr", "X-Cpom-Secret": SECRET},
    ],
)
def test_a_header_that_the_server_before_us_did_not_prove_is_not_believed(
    browser: WebClient, headers: dict[str, str]
) -> None:
    answer = browser.ask("/etablissements/", **headers, **{"X-Nom": "chef", "X_Nom": "chef"})
    assert answer.status in (301, 302)
    assert "etablissements/nouveau" not in answer.text


@pytest.mark.parametrize(
    ("options", "secret", "told"),
    [
        (("--login-header", "X-Nom"), SECRET, "N’importe qui pourrait envoyer"),
        (BEHIND, "", "CPOM_PROXY_SECRET"),
        (BEHIND, "court", "au moins 32 caractères"),
        ((*BEHIND[:-1], "Host"), SECRET, "n’est pas le nom d’un en-tête"),
        ((*BEHIND[:-1], "X-Forwarded-For"), SECRET, "n’est pas le nom d’un en-tête"),
        ((*BEHIND[:-1], "x y"), SECRET, "n’est pas le nom d’un en-tête"),
    ],
)
def test_an_unsafe_entrance_is_refused(
    tmp_path: Path, options: tuple[str, ...], secret: str, told: str
) -> None:
    project = copy_mini_project(tmp_path / "projet")
    add_account(project, "chef", "administrateur")
    for check in ((), ("--check",)):
        words = ("serve", "--port", "0", "--no-worker")[: 3 if check else 4]
        code, errors = run(project, *words, *check, *options, CPOM_PROXY_SECRET=secret)
        assert code != 0
        assert told in errors


def test_an_account_of_the_directory_has_no_password(browser: WebClient) -> None:
    page = "/compte/connexion"
    token = browser.ask(page, **PROXY).text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
    for password in ("", PASSWORD):
        form = f"csrfmiddlewaretoken={token}&name=annuaire&password={password}".encode()
        answer = browser.ask(
            page,
            form,
            **PROXY,
            **{
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": "https://contrats.exemple.fr/compte/connexion",
            },
        )
        assert answer.status in (403, 422)
