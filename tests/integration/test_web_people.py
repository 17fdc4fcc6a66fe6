"""Accounts: who enters, what each role may do, which departments are seen, what is refused."""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from contract_builder.store.database import start_django
from contract_builder.web.people import ROLES
from tests.mini_project import copy_mini_project
from tests.route_permissions import (
    ABSENT,
    ACCOUNTS,
    ARGUMENTS,
    CHANGED_BY,
    CREATORS,
    EDITORS,
    ELSEWHERE,
    FRAMED,
    IMPORTS,
    NAME,
    OF_VERSIONS,
    OPERATORS,
    PUBLIC,
    READ_BY,
)
from tests.web_server import PASSWORD, Answer, WebClient, add_account, serving

start_django()

from contract_builder.web.routes import ROUTES, Route  # noqa: E402 - pages ask for Django's settings


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A working folder of two departments, an account of each role, one of one department."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    path = project / "profiles" / f"{NAME}.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("categorie: ch\n", 'categorie: ch\n  departement: "44"\n'), "utf-8"
    )
    for old, new in (
        ("990000010", "990000119"),
        ("Valmont", "Ailleurs"),
        ("categorie: ch\n", 'categorie: ch\n  departement: "72"\n'),
    ):
        text = text.replace(old, new)
    (project / "profiles" / f"{ELSEWHERE}.yaml").write_text(text, "utf-8")
    for role in ROLES:
        add_account(project, role, role)
    add_account(project, "local", "administrateur", "72")
    with serving(project) as address:
        yield project, address


@pytest.fixture
def browser(served: tuple[Path, str]) -> WebClient:
    """A browser that has not entered."""
    return WebClient(served[1])


@pytest.fixture(scope="module")
def inside(served: tuple[Path, str]) -> dict[str, WebClient]:
    """A browser for each account, entered."""
    entered = {name: WebClient(served[1]) for name in (*ROLES, "local")}
    for name, opened in entered.items():
        assert opened.enter(name, PASSWORD).status == 302
    return entered


def _address(route: Route) -> str:
    path = route.address
    for argument, value in ARGUMENTS.items():
        path = path.replace(argument, value)
    assert "<" not in path
    return f"/{path}"


def _all_text(answer: Answer) -> str:
    """What a page or a workbook says."""
    if not answer.body.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.body)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


def _form(opened: WebClient) -> dict[str, str]:
    return {"csrfmiddlewaretoken": opened.token_of("/etablissements/")}


def test_each_route_has_a_name_of_its_own() -> None:
    names = [route.name for route in ROUTES]
    assert len(names) == len(set(names))
    assert {route.name for route in ROUTES if route.is_public} == PUBLIC


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_nobody_is_let_in_without_an_account(browser: WebClient, route: Route) -> None:
    answer = browser.ask(_address(route))
    if route.is_public:
        assert answer.status == (404 if route.name in ABSENT else 200)
        return
    assert answer.status == 302
    assert answer.headers["Location"].startswith("/compte/connexion?next=%2F")
    token = browser.token_of("/compte/connexion")
    assert browser.ask(_address(route), {"csrfmiddlewaretoken": token}).status == 403


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_role_does_what_is_its_own_and_nothing_else(
    inside: dict[str, WebClient], served: tuple[Path, str], route: Route, role: str
) -> None:
    opened = inside[role]
    if route.name == "compte-deconnexion":
        opened = WebClient(served[1])
        opened.enter(role, PASSWORD)
    may_read = role in READ_BY.get(route.name, set(ROLES)) or route.is_public
    may_change = role in CHANGED_BY.get(route.name, set()) or route.name == "compte-connexion"
    path = _address(route)
    read, changed = opened.ask(path), opened.ask(path, _form(opened))
    assert (read.status == 403, changed.status == 403) == (not may_read, not may_change)
    if not may_change:
        assert "Accès refusé" in changed.text or "Session terminée" in changed.text


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_not_do_is_not_offered(inside: dict[str, WebClient], role: str) -> None:
    offered = {
        "/etablissements/": "/etablissements/nouveau",
        f"/etablissements/{NAME}/projet": "/projet/enregistrer",
        f"/etablissements/{NAME}/identite": 'value="enregistrer"',
        f"/etablissements/{NAME}/autorisations": 'value="enregistrer"',
        "/journal": 'href="/lots"',
        "/retours": 'action="/retours/commencer"',
    }
    allowed = {
        "/etablissements/": CREATORS,
        "/journal": OPERATORS,
    }
    for page, offer in offered.items():
        may = role in allowed.get(page, EDITORS)
        assert (offer in inside[role].ask(page).text) == may, page


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "INVENTED"])
def test_an_unusual_method_is_refused(inside: dict[str, WebClient], method: str) -> None:
    answer = inside["relecteur"].ask(f"/etablissements/{NAME}/identite", method=method)
    assert answer.status in (403, 405)


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.changes], ids=lambda route: route.name
)
def test_every_form_without_its_token_is_refused(
    inside: dict[str, WebClient], route: Route
) -> None:
    answer = inside["administrateur"].ask(_address(route), {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status == 403
    assert "Formulaire périmé" in answer.text


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_answer_of_every_route_tells_browsers_what_to_refuse(
    inside: dict[str, WebClient], browser: WebClient, route: Route
) -> None:
    opened = inside["administrateur"]
    answers = [browser.ask(_address(route))]
    if route.name != "compte-deconnexion":
        answers += [opened.ask(_address(route)), opened.ask(_address(route), _form(opened))]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        if policy is None:  # a whole document in a frame of ours, with a policy of its own
            assert route.name in FRAMED
            policy = re.search(
                r'http-equiv="Content-Security-Policy" content="([^"]+)', answer.text
            )[1]
            assert "default-src 'none'" in unescape(policy)
        else:
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Server"] is None


def test_what_is_written_bears_the_name_of_the_account(inside: dict[str, WebClient]) -> None:
    opened = inside["redacteur"]
    page = f"/etablissements/{NAME}/identite"
    form = opened.fields_of(page)
    form["etablissement.nom_court"] = ["Écrit par un compte"]
    assert opened.ask(page, {**form, "_action": "enregistrer"}).status == 302
    assert opened.ask(page, {**form, "_action": "enregistrer"}).status == 302  # sent twice
    form["etablissement.nom_court"] = ["Écrit d’une page trop ancienne"]
    assert opened.ask(page, {**form, "_action": "enregistrer"}).status == 409
    states = opened.ask(f"/etablissements/{NAME}/etats").text
    assert "<td>redacteur</td>" in states
    assert "<td>redacteur</td>" in opened.ask("/journal").text


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_an_account_of_a_department_sees_nothing_of_another(
    inside: dict[str, WebClient], route: Route
) -> None:
    opened = inside["local"]
    if "<str:name>" in route.address:
        assert opened.ask(_address(route)).status in (404, 405)
        assert opened.ask(_address(route), _form(opened)).status in (403, 404)
        there = _address(route).replace(f"/{NAME}", f"/{ELSEWHERE}", 1)
        assert opened.ask(there).status in ((404,) if route.name in OF_VERSIONS else (200, 405))
    elif route.name.startswith("etablissements-nouveau") or route.name in (*IMPORTS, *ACCOUNTS):
        assert opened.ask(_address(route)).status == 403
    elif route.name not in (
        "compte-deconnexion",
        "comparer-page",
        "comparer-fichier",
        "avenants-fichier",
        "avenants-page",
        "aide-messages",  # the page of the guide, which has this name for an example
    ):
        assert NAME not in _all_text(opened.ask(_address(route))).casefold()


def test_a_number_written_in_ones_own_file_opens_no_other_department(
    served: tuple[Path, str], inside: dict[str, WebClient]
) -> None:
    own = served[0] / "profiles" / f"{ELSEWHERE}.yaml"
    before = own.read_text("utf-8")
    own.write_text(before.replace("990000119", "990000010"), "utf-8")
    try:
        answer = inside["local"].ask(f"/etablissements/{ELSEWHERE}/versions")
    finally:
        own.write_text(before, "utf-8")
    assert answer.status == 404


def test_a_file_of_another_department_that_comes_back_shows_nothing_of_what_was_sent(
    inside: dict[str, WebClient],
) -> None:
    everywhere, opened = inside["redacteur"], inside["local"]
    project = f"/etablissements/{NAME}/projet"
    token = {"csrfmiddlewaretoken": everywhere.token_of(project)}
    assert everywhere.ask(f"{project}/enregistrer", token).status == 302
    sent = everywhere.ask(f"{project}/fichier.docx").body
    for browser, status in ((everywhere, 200), (opened, 422)):
        form = {"csrfmiddlewaretoken": browser.token_of("/retours"), "version": ""}
        answer = browser.send_files("/retours", form, "fichiers", [("relu.docx", sent)])
        assert answer.status == status
        assert ("relu.docx" in answer.text) == (status == 200)
    assert "aucune version que vous pouvez voir" in answer.text
    assert "990000010" not in answer.text


@pytest.mark.parametrize("page", ["/impact", "/impact.xlsx"])
def test_a_law_reaches_for_an_account_the_contracts_of_its_departments_alone(
    inside: dict[str, WebClient], page: str
) -> None:
    asked = f"{page}?article=CSP+L6114-1&date=2027-01-01"
    assert inside["local"].ask(f"/etablissements/{ELSEWHERE}/").status == 200  # read again
    everywhere, own = (_all_text(inside[name].ask(asked)) for name in ("redacteur", "local"))
    assert "Valmont" in everywhere
    assert "Ailleurs" in everywhere
    assert "Valmont" not in own
    assert "Ailleurs" in own


def test_what_cannot_be_examined_of_another_department_is_told_without_its_name(
    served: tuple[Path, str], inside: dict[str, WebClient]
) -> None:
    profile = served[0] / "profiles" / f"{NAME}.yaml"
    before = profile.read_text("utf-8")
    profile.write_text(
        before.replace("type_contrat: etablissement", "type_contrat: autre"), "utf-8"
    )
    try:
        page = "/impact?article=CSP+L6114-1&date=2027-01-01"
        everywhere, own = (inside[name].ask(page).text for name in ("redacteur", "local"))
    finally:
        profile.write_text(before, "utf-8")
    assert "Pas examinés" in everywhere
    assert NAME in everywhere
    assert NAME not in own.casefold()


def test_the_session_of_before_is_not_the_one_of_after(browser: WebClient) -> None:
    browser.cookies["sessionid"] = "a" * 32
    browser.enter("relecteur", PASSWORD)
    first = browser.cookies["sessionid"]
    assert first != "a" * 32
    token = browser.token_of("/")
    browser.ask("/compte/deconnexion", {"csrfmiddlewaretoken": token})
    browser.cookies["sessionid"] = first
    assert browser.ask("/").status == 302


@pytest.mark.parametrize(
    "asked",
    [
        "https://ailleurs.example/",
        "//ailleurs.example/",
        "/\\ailleurs.example",
        "javascript:alert(1)",
        "http:///ailleurs.example",
        "\x00//ailleurs.example",
    ],
)
def test_the_entrance_leads_to_our_own_pages_alone(browser: WebClient, asked: str) -> None:
    answer = browser.enter("relecteur", PASSWORD, asked)
    assert (answer.status, answer.headers["Location"]) == (302, "/")


def test_the_entrance_leads_back_to_the_page_that_was_asked(browser: WebClient) -> None:
    assert browser.ask("/comparer?a=1").headers["Location"].endswith("next=%2Fcomparer%3Fa%3D1")
    assert browser.enter("Relecteur ", PASSWORD, "/comparer?a=1").headers["Location"] == (
        "/comparer?a=1"
    )


def test_wrong_passwords_are_slowed_down_for_that_name_alone(browser: WebClient) -> None:
    for _ in range(4):
        answer = browser.enter("absent", "faux mot de passe")
        assert answer.status == 422
        assert "ne vont pas ensemble" in answer.text
    assert browser.enter("absent", "faux mot de passe").status == 429
    refused = browser.enter("ABSENT", PASSWORD)
    assert refused.status == 429
    assert "Trop d’essais" in refused.text
    assert browser.enter("relecteur", PASSWORD).status == 302


def test_what_was_typed_at_the_entrance_stays_text_and_the_password_is_not_shown(
    browser: WebClient,
) -> None:
    page = browser.enter('"><script>alert(1)</script>', "secret-tapé", '"><script>x</script>').text
    assert "<script>" not in page
    assert "secret-tapé" not in page


def test_behind_a_proxy_cookies_are_bound_to_tls_and_other_peers_are_not_believed(
    served: tuple[Path, str],
) -> None:
    options = ("--behind-proxy", "--public-name", "contrats.exemple.fr")
    with serving(served[0], *options) as address:
        browser = WebClient(address)
        clear = browser.ask("/compte/connexion", Host="contrats.exemple.fr")
        assert (clear.status, clear.headers["Location"]) == (
            301,
            "https://contrats.exemple.fr/compte/connexion",
        )
        assert browser.ask("/sante").status == 200
        page = browser.ask(
            "/compte/connexion",
            **{"Host": "contrats.exemple.fr", "X-Forwarded-Proto": "https"},
        )
        assert page.status == 200
        assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
        cookie = page.headers["Set-Cookie"]
        assert cookie.startswith("__Host-csrf=")
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert browser.ask("/", Host="attaque.example").status == 400
    with serving(served[0], "--behind-proxy=192.0.2.1") as address:
        forged = WebClient(address).ask("/", **{"X-Forwarded-Proto": "https"})
        assert forged.status == 301


def test_the_host_that_a_browser_names_is_checked_before_all(browser: WebClient) -> None:
    for path in ("/", "/compte/connexion", "/sante"):
        answer = browser.ask(path, Host="attaque.example")
        assert answer.status == 400
        assert "attaque.example" not in answer.text
