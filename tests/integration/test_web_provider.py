"""Entrance by an identity provider that the application asks itself (OpenID Connect)."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.identity_provider import CLIENT, CLIENT_SECRET, Provider, providing
from tests.mini_project import copy_mini_project
from tests.web_server import PASSWORD, Answer, WebClient, add_account, serving

BEGIN = "/compte/annuaire"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with accounts, one closed, one without a password."""
    folder = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    add_account(folder, "chef", "administrateur")
    add_account(folder, "prenom.nom@agence.example", "relecteur")
    for words in (
        ("add", "annuaire", "--role", "redacteur", "--department", "44", "--no-password"),
        ("add", "ferme", "--role", "redacteur", "--no-password"),
        ("close", "ferme"),
    ):
        run(folder, "account", *words)
    return folder


@pytest.fixture(scope="module")
def server(project: Path) -> Iterator[tuple[Provider, str]]:
    """The provider and the application that asks it."""
    with providing() as provider, pytest.MonkeyPatch.context() as patch:
        for name, value in provider.settings.items():
            patch.setenv(name, value)
        with serving(project) as address:
            yield provider, address


@pytest.fixture
def provider(server: tuple[Provider, str]) -> Provider:
    """The provider, which names an open account and does not lie."""
    told = server[0]
    told.told, told.lie, told.error = {"preferred_username": "Annuaire"}, "", ""
    return told


@pytest.fixture
def browser(server: tuple[Provider, str]) -> WebClient:
    """A browser that has not entered."""
    return WebClient(server[1])


def run(project: Path, *words: str, **variables: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "contract_builder", *words, "--project", str(project)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )
    return done.returncode, done.stdout + done.stderr


def go(browser: WebClient, provider: Provider, asked: str = "") -> str:
    """The address, here, to which the provider sends the browser back."""
    away = browser.ask(f"{BEGIN}?next={quote(asked)}")
    assert away.status == 302
    back = urlsplit(provider.visit(away.headers["Location"]))
    assert back.netloc == browser.host
    return f"{back.path}?{back.query}"


def is_in(browser: WebClient) -> bool:
    return browser.ask("/etablissements/").status == 200


def refused(browser: WebClient, answer: Answer) -> str:
    """What the page says when nobody has entered."""
    assert answer.status == 403
    assert not is_in(browser)
    assert 'name="password"' in answer.text
    return answer.text


def test_who_the_provider_names_enters_with_the_rights_of_the_account(
    browser: WebClient, provider: Provider
) -> None:
    assert "Entrer par l’annuaire" in browser.ask("/compte/connexion").text
    answer = browser.ask(go(browser, provider, "/comparer?a=1"))
    assert (answer.status, answer.headers["Location"]) == (302, "/comparer?a=1")
    page = browser.ask("/etablissements/").text
    assert "annuaire (rédacteur)" in page
    assert "Se déconnecter" in page
    assert browser.ask("/comptes").status == 403
    assert browser.ask("/etablissements/valmont/").status == 404
    assert "pas de mot de passe à changer" in browser.ask("/compte").text


def test_what_is_asked_of_the_provider_is_all_that_protects_the_answer(
    browser: WebClient, provider: Provider
) -> None:
    for _ in range(2):
        browser.ask(go(browser, provider))
    first, second = provider.asked[-2:]
    assert first["redirect_uri"] == f"http://{browser.host}/compte/annuaire/retour"
    assert first["scope"] == "openid profile"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 20
        assert first[name] != second[name]
    assert CLIENT_SECRET not in str(first)


def test_the_session_of_before_the_provider_is_not_the_one_of_after(
    browser: WebClient, provider: Provider
) -> None:
    browser.cookies["sessionid"] = "a" * 32
    back = go(browser, provider)
    before = browser.cookies["sessionid"]
    assert before != "a" * 32
    assert browser.ask(back).status == 302
    assert browser.cookies["sessionid"] != before
    victim = WebClient(f"http://{browser.host}/")
    victim.cookies["sessionid"] = before
    assert not is_in(victim)


@pytest.mark.parametrize(
    "lie",
    [
        "nonce",
        "no nonce",
        "audience",
        "audience among others",
        "no audience",
        "issuer",
        "no issuer",
        "expired",
        "no expiry",
        "tomorrow",
        "hash",
        "signature",
        "unsigned",
        "public key as a secret",
        "no token",
        "no token at all",
    ],
)
def test_an_answer_that_does_not_hold_lets_nobody_in(
    browser: WebClient, provider: Provider, lie: str
) -> None:
    back = go(browser, provider)
    provider.lie = lie
    assert "ne peut être vérifiée" in refused(browser, browser.ask(back))


@pytest.mark.parametrize("lie", ["another name", "clear token address", "no keys", "no data"])
def test_a_provider_that_is_not_what_was_set_up_is_not_asked(
    browser: WebClient, provider: Provider, lie: str
) -> None:
    back = go(browser, provider)
    provider.lie = lie
    for page in (back, BEGIN):
        answer = browser.ask(page)
        assert answer.status in (302, 403, 503)
        assert answer.status != 302 or (lie, page) == ("no keys", BEGIN)
        assert not is_in(browser)


def test_an_answer_is_taken_once_by_the_browser_that_began(
    browser: WebClient, provider: Provider
) -> None:
    back = go(browser, provider)
    stranger = WebClient(f"http://{browser.host}/")
    for forged in (back, f"{BEGIN}/retour", f"{BEGIN}/retour?code=x", f"{BEGIN}/retour?state=x"):
        assert "recommencez" in refused(stranger, stranger.ask(forged))
    assert browser.ask(back).status == 302
    again = WebClient(f"http://{browser.host}/")
    again.cookies = dict(browser.cookies)
    assert browser.ask(back).status == 403


def test_a_code_that_has_served_is_refused_with_another_state(
    browser: WebClient, provider: Provider
) -> None:
    used = go(browser, provider)
    assert browser.ask(used).status == 302
    code = parse_qs(urlsplit(used).query)["code"][0]
    other = WebClient(f"http://{browser.host}/")
    fresh = re.sub(r"code=[^&]+", f"code={code}", go(other, provider))
    assert "a déjà servi" in refused(other, other.ask(fresh))


def test_a_code_of_another_entrance_is_refused(browser: WebClient, provider: Provider) -> None:
    stolen = parse_qs(urlsplit(go(browser, provider)).query)["code"][0]
    thief = WebClient(f"http://{browser.host}/")
    forged = re.sub(r"code=[^&]+", f"code={stolen}", go(thief, provider))
    assert "recommencez" in refused(thief, thief.ask(forged))


@pytest.mark.parametrize("name", ["inconnue", "ferme", "chef annuaire"])
def test_a_name_without_an_open_account_enters_nowhere_and_is_told(
    browser: WebClient, provider: Provider, name: str
) -> None:
    provider.told = {"preferred_username": name}
    page = refused(browser, browser.ask(go(browser, provider)))
    assert f"vous nomme « {name} »" in page


@pytest.mark.parametrize("told", [{}, {"preferred_username": ""}, {"preferred_username": ["chef"]}])
def test_an_answer_without_a_name_is_told(
    browser: WebClient, provider: Provider, told: dict[str, object]
) -> None:
    provider.told = told
    assert "ne dit pas « preferred_username »" in refused(
        browser, browser.ask(go(browser, provider))
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [("access_denied", "vous avez renoncé"), ("<b>autre</b>", "ne peut être vérifiée")],
)
def test_what_the_provider_refuses_is_told_in_our_words(
    browser: WebClient, provider: Provider, error: str, told: str
) -> None:
    provider.error = error
    page = refused(browser, browser.ask(go(browser, provider)))
    assert told in page
    assert "<b>" not in page
    assert "Cliquez" not in page


@pytest.mark.parametrize(
    "asked",
    ["https://ailleurs.example/", "//ailleurs.example/", "/\\ailleurs.example", "javascript:a"],
)
def test_the_provider_leads_back_to_our_own_pages_alone(
    browser: WebClient, provider: Provider, asked: str
) -> None:
    answer = browser.ask(go(browser, provider, asked))
    assert (answer.status, answer.headers["Location"]) == (302, "/")


def test_a_provider_that_changes_its_key_is_believed_still(
    browser: WebClient, provider: Provider
) -> None:
    provider.change_key()
    assert browser.ask(go(browser, provider)).status == 302
    assert is_in(browser)


def test_leaving_ends_the_session_here_and_shows_the_way_out_of_the_other(
    browser: WebClient, provider: Provider
) -> None:
    browser.ask(go(browser, provider))
    key = browser.cookies["sessionid"]
    answer = browser.ask("/compte/deconnexion", {"csrfmiddlewaretoken": browser.token_of("/")})
    assert f'href="{provider.issuer}/sortir?client_id={CLIENT}"' in answer.text
    assert "annuaire (rédacteur)" not in answer.text
    browser.cookies["sessionid"] = key
    assert not is_in(browser)


def test_a_closed_account_is_out_at_once_however_it_entered(
    browser: WebClient, provider: Provider, project: Path
) -> None:
    browser.ask(go(browser, provider))
    assert is_in(browser)
    run(project, "account", "close", "annuaire")
    try:
        assert not is_in(browser)
    finally:
        run(project, "account", "reopen", "annuaire")


def test_a_provider_that_is_down_is_told_and_passwords_still_open(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as running:
        gone = running.enter_context(providing())
        for name, value in gone.settings.items():
            monkeypatch.setenv(name, value)
        browser = WebClient(running.enter_context(serving(project)))
        answers = []
        for page in (go(browser, gone), BEGIN):
            gone.lie = "broken"
            answers.append(browser.ask(page))
        gone.stop()
        answers.append(browser.ask(BEGIN))
        for answer in answers:
            assert answer.status == 503
            assert "ne répond pas" in answer.text
            assert 'name="password"' in answer.text
        assert browser.enter("chef", PASSWORD).status == 302
        assert is_in(browser)


def test_a_verified_address_may_name_the_account(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with providing() as provider:
        for name, value in {**provider.settings, "CPOM_OIDC_CLAIM": "email"}.items():
            monkeypatch.setenv(name, value)
        with serving(project) as address:
            address_told = {"email": "Prenom.Nom@agence.example"}
            for verified in (None, False, "true"):
                browser = WebClient(address)
                provider.told = {**address_told, "email_verified": verified}
                assert "n’a pas vérifié" in refused(browser, browser.ask(go(browser, provider)))
            provider.told = {**address_told, "email_verified": True}
            assert browser.ask(go(browser, provider)).status == 302
            assert "prenom.nom@agence.example (relecteur)" in browser.ask("/").text


def test_without_a_provider_there_is_no_such_entrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in SAFE:
        monkeypatch.delenv(name, raising=False)
    project = copy_mini_project(tmp_path / "projet")
    add_account(project, "chef", "administrateur")
    with serving(project) as address:
        browser = WebClient(address)
        assert "annuaire" not in browser.ask("/compte/connexion").text
        assert [browser.ask(f"{BEGIN}{end}").status for end in ("", "/retour")] == [404, 404]


BEHIND = ("--behind-proxy", "--public-name", "contrats.exemple.fr")
SAFE = {
    "CPOM_OIDC_ISSUER": "https://annuaire.exemple.fr/agence",
    "CPOM_OIDC_CLIENT": CLIENT,
    "CPOM_OIDC_SECRET": CLIENT_SECRET,
}


@pytest.mark.parametrize(
    ("options", "variables", "told"),
    [
        (BEHIND, {"CPOM_OIDC_SECRET": ""}, "son secret manque (CPOM_OIDC_SECRET)"),
        (BEHIND, {"CPOM_OIDC_CLIENT": ""}, "manque (CPOM_OIDC_CLIENT)"),
        (BEHIND, {"CPOM_OIDC_ISSUER": ""}, "son adresse manque (CPOM_OIDC_ISSUER)"),
        (BEHIND, {"CPOM_OIDC_ISSUER": "http://annuaire.exemple.fr"}, "n’est pas chiffrée"),
        (BEHIND, {"CPOM_OIDC_ISSUER": "https://u:p@annuaire.example"}, "n’est pas une adresse"),
        (BEHIND, {"CPOM_OIDC_ISSUER": "https://annuaire.exemple.fr/?a=1"}, "n’est pas une adresse"),
        (BEHIND, {"CPOM_OIDC_ISSUER": "annuaire"}, "n’est pas une adresse"),
        (BEHIND, {"CPOM_OIDC_SECRET": "clé"}, "ne peuvent porter ni accent"),
        (BEHIND[:1], {}, "« --public-name »"),
        (("--host", "0.0.0.0"), {}, "sa réponse voyagerait en clair"),  # noqa: S104 - refused
    ],
)
def test_an_unsafe_provider_is_refused_and_every_point_is_named(
    project: Path, options: tuple[str, ...], variables: dict[str, str], told: str
) -> None:
    for words in (("serve", "--check"), ("serve", "--port", "0", "--no-worker")):
        code, printed = run(project, *words, *options, **{**SAFE, **variables})
        assert (code != 0, told in printed) == (True, True)
        assert CLIENT_SECRET not in printed


def test_the_check_asks_whether_the_provider_answers(project: Path) -> None:
    with providing() as provider:
        silent = run(project, "serve", "--check", **provider.settings)[1]
        provider.lie = "another name"
        wrong = run(project, "serve", "--check", **provider.settings)[1]
    gone = run(project, "serve", "--check", **provider.settings)[1]
    assert "annuaire" not in silent
    assert "ne peut être vérifiée" in wrong
    assert "ne répond pas" in gone
