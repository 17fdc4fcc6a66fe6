"""The application as browsers and attackers see it: real process, real requests."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_builder.web.forms.sections import SECTIONS
from tests.mini_project import copy_mini_project
from tests.web_server import WebClient, serving

NAME = "valmont"
PAGES = (
    "/",
    "/etablissements/",
    "/etablissements/nouveau",
    f"/etablissements/{NAME}/",
    *(f"/etablissements/{NAME}/{section.slug}" for section in SECTIONS),
    f"/etablissements/{NAME}/cibles",
    *(f"/etablissements/{NAME}/lignes/{slug}" for slug in ("fiches", "cibles", "autorisations")),
    f"/etablissements/{NAME}/projet",
    f"/etablissements/{NAME}/versions",
    f"/etablissements/{NAME}/etats",
    "/comparer",
    "/avenants",
    "/retours",
    "/bibliotheque",
    "/impact",
    "/lots",
    "/lots/imports",
    "/journal",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A working folder and the address where it is served."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    with serving(project) as address:
        yield project, address


@pytest.fixture
def browser(served: tuple[Path, str]) -> WebClient:
    """A browser without cookies."""
    return WebClient(served[1])


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_shown_with_the_headers_that_protect_it(browser, path):
    answer = browser.ask(path)
    assert answer.status == 200
    assert "<h1>" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not re.search(r'\s(on\w+|style)="|<script(?! src="/static/)', answer.text)


def test_the_application_tells_that_it_can_serve(browser):
    answer = browser.ask("/sante")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})


def test_a_value_is_changed_in_the_file_with_its_journal_and_taken_back(served, browser):
    path = served[0] / "profiles" / f"{NAME}.yaml"
    before = path.read_bytes()
    form = browser.fields_of(f"/etablissements/{NAME}/identite")
    form["etablissement.nom_court"] = ["CH « Valmont » : neuf"]
    answer = browser.ask(f"/etablissements/{NAME}/identite", {**form, "_action": "enregistrer"})
    assert answer.status == 302
    assert 'nom_court: "CH « Valmont » : neuf"' in path.read_text("utf-8")
    journal = browser.ask("/journal").text
    assert "rédactrice" in journal
    assert "Identité et contrat" in journal
    states = browser.ask(f"/etablissements/{NAME}/etats").text
    address = re.findall(r'action="([^"]+/reprendre)"', states)[-1]
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', states)[1]
    seen = re.search(r'name="_vu" value="([^"]+)', states)[1]
    assert browser.ask(address, {"csrfmiddlewaretoken": token, "_vu": seen}).status == 302
    assert path.read_bytes() == before


def test_a_stale_form_writes_nothing_and_keeps_what_was_typed(served, browser):
    path = served[0] / "profiles" / f"{NAME}.yaml"
    form = browser.fields_of(f"/etablissements/{NAME}/identite")
    meanwhile = path.read_text("utf-8") + "# relu entre-temps\n"
    path.write_text(meanwhile, "utf-8")
    form["etablissement.nom_court"] = ["Mon nom"]
    answer = browser.ask(f"/etablissements/{NAME}/identite", {**form, "_action": "enregistrer"})
    assert answer.status == 409
    assert "a été modifié" in answer.text
    assert 'value="Mon nom"' in answer.text
    assert path.read_text("utf-8") == meanwhile


def test_a_wrong_value_is_told_at_its_field_before_it_is_saved(served, browser):
    path = served[0] / "profiles" / f"{NAME}.yaml"
    before = path.read_bytes()
    form = browser.fields_of(f"/etablissements/{NAME}/identite")
    form["contrat.date_effet"] = ["31/02/2025"]
    answer = browser.ask(f"/etablissements/{NAME}/identite", {**form, "_action": "verifier"})
    assert answer.status == 200
    assert 'href="#contrat.date_effet"' in answer.text
    assert 'value="31/02/2025"' in answer.text
    assert path.read_bytes() == before


def test_a_form_without_its_token_is_refused(browser):
    answer = browser.ask(f"/etablissements/{NAME}/identite", {"_action": "enregistrer"})
    assert answer.status == 403
    assert "Formulaire périmé" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/etablissements/..%2f..%2fetc%2fpasswd/",
        "/etablissements/_region/",
        "/etablissements/absent/identite",
        f"/etablissements/{NAME}/inconnue",
        f"/etablissements/{NAME}/projet/fichier.exe",
        "/static/../configuration.py",
        "/static/%2e%2e/%2e%2e/configuration.py",
        "/bibliotheque/clause/..%2f..",
    ],
)
def test_what_is_no_page_is_not_found(browser, path):
    answer = browser.ask(path)
    assert answer.status == 404
    assert "Traceback" not in answer.text
    assert "root:" not in answer.text


def test_another_host_name_is_refused(browser):
    assert browser.ask("/", Host="attaque.example").status == 400


def test_markup_in_a_value_stays_text(browser):
    form = browser.fields_of(f"/etablissements/{NAME}/identite")
    hostile = "<script>alert(1)</script>\"'{{ x }}{% y %}"
    form["etablissement.nom_court"] = [hostile]
    page = f"/etablissements/{NAME}/identite"
    assert browser.ask(page, {**form, "_action": "enregistrer"}).status == 302
    for path in (page, f"/etablissements/{NAME}/projet/texte", "/", f"/etablissements/{NAME}/"):
        assert "<script>alert" not in browser.ask(path).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in browser.ask(page).text


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_contract_is_handed_out(browser, kind, start):
    answer = browser.ask(f"/etablissements/{NAME}/projet/fichier.{kind}")
    assert answer.status == 200
    assert answer.body.startswith(start)
    assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')


def test_the_project_shows_its_money_as_a_drawing_and_as_a_table(browser):
    page = browser.ask(f"/etablissements/{NAME}/projet").text
    assert "19,74 milliers d’euros" in page
    assert re.search(r"<tfoot>.*19.741,00.€.*</tfoot>", page, re.DOTALL)


def test_amounts_stand_in_rows_with_the_total_of_each_year(served, browser):
    page = f"/etablissements/{NAME}/financements"
    before = (served[0] / "profiles" / f"{NAME}.yaml").read_bytes()
    form = browser.fields_of(page)
    form["financements.0.montants.2026"] = ["1 234,50"]
    shown = browser.ask(page, {**form, "_action": "verifier"}).text
    totals = re.search(r"<tfoot>(.*?)</tfoot>", shown, re.DOTALL)[1]
    cells = [re.sub(r"\s", " ", cell) for cell in re.findall(r"[\d\s]+,\d\d", totals)]
    assert cells[:2] == ["19 741,00", "1 234,50"]
    assert set(cells[2:]) == {"0,00"}
    form["financements.0.montants.2026"] = ["<b>"]
    shown = browser.ask(page, {**form, "_action": "verifier"}).text
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
    assert "1 234,50" not in re.search(r"<tfoot>(.*?)</tfoot>", shown, re.DOTALL)[1]
    untouched = browser.fields_of(page)
    assert browser.ask(page, {**untouched, "_action": "enregistrer"}).status == 302
    assert (served[0] / "profiles" / f"{NAME}.yaml").read_bytes() == before


def test_versions_are_recorded_compared_and_change_their_status(browser):
    page = browser.ask(f"/etablissements/{NAME}/projet").text
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
    form = {"csrfmiddlewaretoken": token}
    assert browser.ask(f"/etablissements/{NAME}/projet/enregistrer", form).status == 302
    versions = browser.ask(f"/etablissements/{NAME}/versions").text
    assert "990000010@1" in versions
    compared = browser.ask("/comparer?ancien=modele&nouveau=990000010@1")
    assert compared.status == 200
    assert "En bref" in compared.text
    assert "<dt>Après</dt>" in compared.text
    detail = browser.ask("/comparer/page?ancien=modele&nouveau=990000010@1")
    assert detail.status == 200
    assert browser.ask("/comparer?ancien=/etc/passwd&nouveau=990000010@1").status == 422


def test_a_change_of_law_is_shown_with_what_it_asks(browser):
    shown = browser.ask("/impact?article=CSP+L6114-1&date=2026-01-01").text
    assert "profiles/valmont" not in shown
    assert re.search(r'<a href="/etablissements/valmont/">[^<]+</a>', shown)
    assert "{{" not in shown, "a passage is shown with the names of its values"
    assert "rien à faire" in shown
    assert browser.ask("/impact?article=CSP+L6114-1&date=demain").status == 422


def test_an_establishment_is_made_from_its_number(served, browser):
    page = browser.ask("/etablissements/nouveau").text
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]
    refused = browser.ask(
        "/etablissements/nouveau", {"csrfmiddlewaretoken": token, "finess": "123"}
    )
    assert refused.status == 422
    assert 'value="123"' in refused.text
    made = browser.ask(
        "/etablissements/nouveau", {"csrfmiddlewaretoken": token, "finess": "990000119"}
    )
    assert made.status == 302
    assert (served[0] / "profiles" / "990000119.yaml").is_file()


def test_an_address_open_to_other_machines_is_refused(cpom, mini_project):
    result = cpom(mini_project, "serve", "--host", "0.0.0.0", "--port", "0")  # noqa: S104 - refused
    assert result.exit_code == 2
    assert "mot de passe" in result.stderr
