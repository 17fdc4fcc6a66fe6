"""« Mon compte » and « Comptes »: passwords changed, accounts made and closed from the pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mini_project import copy_mini_project
from tests.web_server import PASSWORD, Answer, WebClient, add_account, serving

OTHER = "une tout autre phrase longue"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An application with an administrator of the region and one of a department."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    add_account(project, "chef", "administrateur")
    add_account(project, "local", "administrateur", "72")
    with serving(project) as address:
        yield address


@pytest.fixture
def chief(served: str) -> WebClient:
    """The administrator's browser."""
    return enter(served, "chef")


def enter(address: str, name: str, password: str = PASSWORD) -> WebClient:
    browser = WebClient(address)
    assert browser.enter(name, password).status == 302
    return browser


def send(browser: WebClient, page: str, **form: str) -> Answer:
    return browser.ask(page, {"csrfmiddlewaretoken": browser.token_of(page), **form})


def make(chief: WebClient, name: str, role: str = "redacteur", **more: str) -> str:
    """Makes an account; the password that its page shows once."""
    return shown(send(chief, "/comptes", name=name, role=role, vue="region", **more))


def shown(answer: Answer) -> str:
    assert answer.status == 200
    return re.search(r"<code>([a-z2-9-]{24})</code>", answer.text)[1]


def own(browser: WebClient, old: str, new: str, again: str | None = None) -> Answer:
    return send(browser, "/compte", ancien=old, nouveau=new, encore=new if again is None else again)


def test_an_account_made_on_the_page_enters_and_chooses_its_own_password_first(
    served: str, chief: WebClient
) -> None:
    given = make(chief, "Premiere.Entree")
    assert given not in chief.ask("/comptes/premiere.entree").text
    browser = enter(served, "premiere.entree", given)
    for page in ("/", "/journal", "/etablissements/"):
        assert browser.ask(page).headers["Location"] == "/compte"
    assert "avant de continuer" in browser.ask("/compte").text
    assert own(browser, given, given).status == 422
    assert own(browser, given, OTHER).status == 302
    assert browser.ask("/etablissements/").status == 200
    assert WebClient(served).enter("premiere.entree", given).status == 422
    assert enter(served, "premiere.entree", OTHER).ask("/").status == 200
    journal = chief.ask("/journal").text
    assert "compte premiere.entree" in journal
    assert "compte fait : rédacteur, toute la région, avec un mot de passe" in journal
    assert given not in journal


def test_one_changes_ones_password_and_only_the_other_sessions_end(
    served: str, chief: WebClient
) -> None:
    first = make(chief, "deux.sessions")
    browser, elsewhere = enter(served, "deux.sessions", first), WebClient(served)
    assert own(browser, first, PASSWORD).status == 302
    elsewhere.enter("deux.sessions", PASSWORD)
    key = browser.cookies["sessionid"]
    assert own(browser, PASSWORD, OTHER).status == 302
    assert browser.cookies["sessionid"] != key
    assert "Votre mot de passe est changé" in browser.ask("/compte").text
    assert elsewhere.ask("/").headers["Location"].startswith("/compte/connexion")


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("pas le bon", OTHER, None, "actuel n’est pas celui-là"),
        (PASSWORD, OTHER, "autre chose", "diffèrent"),
        (PASSWORD, "q7!", None, "au moins douze caractères"),
        (PASSWORD, "20261130202611", None, "il n’a que des chiffres"),
        (PASSWORD, PASSWORD, None, "qui diffère de l’actuel"),
        ("", "", None, "actuel n’est pas celui-là"),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_nothing_changes(
    served: str, old: str, new: str, again: str | None, told: str
) -> None:
    browser = enter(served, "local")
    answer = own(browser, old, new, again)
    assert (answer.status, told in answer.text) == (422, True)
    assert new == "" or new not in answer.text
    enter(served, "local")


def test_guessing_the_present_password_from_a_session_left_open_is_slowed_down(
    served: str, chief: WebClient
) -> None:
    given = make(chief, "poste.ouvert")
    browser = enter(served, "poste.ouvert", given)
    answers = [own(browser, f"essai {rank}", OTHER).status for rank in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    assert own(browser, given, OTHER).status == 429
    again = shown(send(chief, "/comptes/poste.ouvert", action="mot-de-passe"))
    enter(served, "poste.ouvert", again)


def test_a_closed_account_is_out_at_once_and_enters_again_once_it_is_open(
    served: str, chief: WebClient
) -> None:
    given = make(chief, "fermee")
    browser = enter(served, "fermee", given)
    assert own(browser, given, OTHER).status == 302
    assert send(chief, "/comptes/fermee", action="fermer").status == 302
    assert browser.ask("/").headers["Location"].startswith("/compte/connexion")
    assert WebClient(served).enter("fermee", OTHER).status == 422
    assert "fermé" in chief.ask("/comptes").text
    assert send(chief, "/comptes/fermee", action="rouvrir").status == 302
    enter(served, "fermee", OTHER)
    journal = chief.ask("/journal").text
    assert journal.index("compte ouvert") < journal.index("compte fermé")


def test_a_new_password_from_the_administrator_ends_the_sessions_of_before(
    served: str, chief: WebClient
) -> None:
    given = make(chief, "oublieuse")
    browser = enter(served, "oublieuse", given)
    again = shown(send(chief, "/comptes/oublieuse", action="mot-de-passe"))
    assert again != given
    assert browser.ask("/compte").headers["Location"].startswith("/compte/connexion")
    assert enter(served, "oublieuse", again).ask("/").headers["Location"] == "/compte"


def test_other_rights_hold_at_once(served: str, chief: WebClient) -> None:
    given = make(chief, "mutee", "relecteur")
    browser = enter(served, "mutee", given)
    own(browser, given, OTHER)
    assert browser.ask("/etablissements/nouveau").status == 403
    page = "/comptes/mutee"
    rights = {"action": "droits", "role": "operateur"}
    assert send(chief, page, **rights, vue="region").status == 302
    assert browser.ask("/etablissements/nouveau").status == 200
    assert send(chief, page, **rights, vue="departements", departements="2a; 44").status == 302
    assert browser.ask("/etablissements/nouveau").status == 403
    assert "opérateur, départements 2A, 44" in browser.ask("/compte").text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"action": "fermer"}, "seul administrateur"),
        ({"action": "droits", "role": "relecteur", "vue": "region"}, "seul administrateur"),
        (
            {"action": "droits", "role": "administrateur", "vue": "x", "departements": "44"},
            "seul administrateur",
        ),
        ({"action": "droits", "role": "roi", "vue": "region"}, "Choisissez un rôle"),
        ({"action": "droits", "role": "relecteur", "departements": "44 x"}, "« X » n’est pas"),
        ({"action": "effacer"}, "n’existe pas"),
        ({}, "n’existe pas"),
    ],
)
def test_what_may_not_be_done_with_an_account_is_told(
    served: str, chief: WebClient, form: dict[str, str], told: str
) -> None:
    answer = send(chief, "/comptes/chef", **form)
    assert (answer.status, told in answer.text) == (422, True)
    assert chief.ask("/comptes").status == 200


@pytest.mark.parametrize("name", ["chef", "../chef", "<b>x</b>", "a\x00b", " ", "é" * 81, "x" * 81])
def test_a_name_that_is_taken_or_wrong_is_refused_and_stays_text(
    chief: WebClient, name: str
) -> None:
    answer = send(chief, "/comptes", name=name, role="relecteur", vue="region")
    assert answer.status == 422
    assert "existe déjà" in answer.text or "n’est pas un nom de compte" in answer.text
    assert "<b>x" not in answer.text


def test_an_account_of_the_directory_has_no_password_to_change(chief: WebClient) -> None:
    form = {"name": "annuaire", "role": "relecteur", "vue": "region", "entree": "annuaire"}
    answer = send(chief, "/comptes", **form)
    assert answer.headers["Location"] == "/comptes/annuaire"
    assert "entre par l’annuaire" in chief.ask("/comptes/annuaire").text


def test_the_administrator_of_a_department_does_not_see_the_accounts(served: str) -> None:
    browser = enter(served, "local")
    assert browser.ask("/comptes").status == 403
    assert 'href="/comptes"' not in browser.ask("/journal").text
    assert "Comptes de l’équipe" not in browser.ask("/compte").text


def test_an_account_that_nobody_has_is_not_found(chief: WebClient) -> None:
    assert chief.ask("/comptes/personne").status == 404
    assert send_to_nobody(chief) == 404


def send_to_nobody(chief: WebClient) -> int:
    form = {"csrfmiddlewaretoken": chief.token_of("/comptes"), "action": "fermer"}
    return chief.ask("/comptes/personne", form).status


def test_who_works_alone_is_told_what_the_first_account_means(tmp_path: Path) -> None:
    with serving(copy_mini_project(tmp_path / "projet")) as address:
        browser = WebClient(address)
        assert "seul sur ce poste" in browser.ask("/compte").text
        assert send_without_account(browser).status == 422
        assert "faites d’abord celui d’un administrateur" in browser.ask("/comptes").text
        make(browser, "chef", "administrateur")
        assert browser.ask("/comptes").status == 200


def send_without_account(browser: WebClient) -> Answer:
    form = {"csrfmiddlewaretoken": browser.token_of("/comptes"), "ancien": "", "nouveau": OTHER}
    return browser.ask("/compte", form)
