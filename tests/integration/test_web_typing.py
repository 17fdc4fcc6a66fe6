"""What the page of a section says while one types: in its places, and nothing is written."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_builder.services.editing import open_profile
from contract_builder.services.project import Project
from tests.documents import ROOT
from tests.mini_project import PROFILE, change_file, copy_mini_project
from tests.web_server import WebClient, serving

NAME = "valmont"
FUNDING = f"/etablissements/{NAME}/financements"
IDENTITY = f"/etablissements/{NAME}/identite"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A working folder and the address where it is served."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    clause = project / "clause_library" / "corps" / "objet.md"
    asked = "{{ etablissement.siren }}, représenté par {{ etablissement.representant }}"
    clause.write_text(f"{clause.read_text('utf-8')}\n{asked}\n", "utf-8")
    with serving(project) as address:
        yield project, address


@pytest.fixture
def browser(served: tuple[Path, str]) -> WebClient:
    """A browser without cookies."""
    return WebClient(served[1])


def slot_of(text: str, name: str) -> str:
    """What the answer puts beside a control; the test fails when it says nothing of it."""
    found = re.search(rf'id="{re.escape(name)}-dit"[^>]*>(.*?)</div>', text, re.DOTALL)
    assert found, name
    return found[1]


def test_what_is_wrong_is_told_at_its_field_and_what_was_told_is_taken_back(
    served: tuple[Path, str], browser: WebClient
) -> None:
    before = (served[0] / PROFILE).read_bytes()
    form = {**browser.fields_of(FUNDING), "_action": ["direct"]}
    field = "financements.0.montants.2026"
    form[field] = ["12,5x"]
    told = browser.ask(FUNDING, form)
    assert told.status == 200
    assert "<html" not in told.text
    assert "montant en euros" in slot_of(told.text, field)
    assert "1\xa0point à corriger" in told.text
    assert re.search(r'id="financements-total-montants.2026"[^>]*></span>', told.text)
    form[field] = ["1 000,50"]
    told = browser.ask(FUNDING, {**form, "_dit": [field]})
    assert slot_of(told.text, field) == ""
    assert "Rien à corriger" in told.text
    assert re.search(r'total-montants.2026"[^>]*>1.000,50.€</span>', told.text)
    assert (served[0] / PROFILE).read_bytes() == before


def test_a_message_finds_its_field_after_lines_that_say_nothing_yet(browser: WebClient) -> None:
    form = {**browser.fields_of(f"/etablissements/{NAME}/sites"), "_action": ["direct"]}
    form["sites._lignes"] = ["0", "1", "2"]
    form["sites.2.finess_et"] = ["12"]
    form["sites.2.nom"] = ["Troisième"]
    told = browser.ask(f"/etablissements/{NAME}/sites", form).text
    assert "12" in slot_of(told, "sites.2.finess_et")
    assert 'id="sites.1.finess_et-dit"' not in told


def test_an_amount_of_a_year_outside_the_contract_is_told_at_its_cell(browser: WebClient) -> None:
    form = browser.fields_of(FUNDING)
    form["financements.0.montants._noms"] = [*form["financements.0.montants._noms"], "2041"]
    form["financements.0.montants.2041"] = ["5,00"]
    told = browser.ask(FUNDING, {**form, "_action": ["direct"]}).text
    assert "2041 n’est pas couverte" in slot_of(told, "financements.0.montants.2041")
    whole = browser.ask(FUNDING, {**form, "_action": ["verifier"]}).text
    assert "2041 n’est pas couverte" in slot_of(whole, "financements.0.montants.2041")
    assert "message warning" in slot_of(whole, "financements.0.montants.2041")


def test_what_is_not_known_yet_is_a_gap_at_the_field_that_would_answer(browser: WebClient) -> None:
    form = browser.fields_of(IDENTITY)
    form["etablissement.siren"] = [""]
    shown = browser.ask(IDENTITY, {**form, "_action": ["verifier"]}).text
    lacking = re.findall(r'href="#([^"]+)">Il manque', shown)
    assert lacking == ["etablissement.siren", "etablissement.representant.fonction"]
    for field in lacking:
        assert "message gap" in slot_of(shown, field)
    assert "Rien n’est à corriger" in shown


def test_what_is_typed_in_a_stale_or_forged_page_is_answered(browser: WebClient) -> None:
    form = {**browser.fields_of(IDENTITY), "_action": ["direct"]}
    for seen in ("", "0" * 64, "<b>"):
        hostile = {**form, "_vu": [seen], "_dit": ["<script>alert(1)</script>", "etablissement"]}
        told = browser.ask(IDENTITY, hostile)
        assert told.status == 200
        assert "<script>alert" not in told.text


def test_pasted_rows_are_shown_as_they_are_understood_before_any_is_added(
    served: tuple[Path, str], browser: WebClient
) -> None:
    rows = "Clé\tLibellé\tMode\t2025\tCouleur\nfir-9\tSoutien\tCNR\t1 234,5\tbleu\nfir-8\t\t\tx\t"
    form = {**browser.fields_of(FUNDING), "financements._coller": [rows]}
    seen = browser.ask(FUNDING, {**form, "_action": ["apercu:financements"]}).text
    assert "2\xa0lignes comprises" in seen
    assert re.search(r"<td>1.234,50.€</td>", seen)
    assert seen.count("pas compris</span>") == 1
    assert "Colonnes laissées de côté" in seen
    assert "Financements (1)" in seen
    assert "fir-9\tSoutien" in seen  # the rows stay, to be added
    added = browser.ask(FUNDING, {**form, "_action": ["coller:financements"]}).text
    assert "Financements (3)" in added


def test_the_money_of_a_section_is_drawn_as_it_is_typed(browser: WebClient) -> None:
    page = browser.ask(FUNDING).text
    assert "Par enveloppe et par année" in page
    assert "<svg" in page
    form = {**browser.fields_of(FUNDING), "_action": ["direct"]}
    form["financements.0.montants.2026"] = ["1 000 000"]
    told = browser.ask(FUNDING, form).text
    assert re.search(r'id="argent" hx-swap-oob="true">.*1.019.741,00.€', told, re.DOTALL)


PDF = (ROOT / "profiles" / "annexes" / "plan-de-situation.pdf").read_bytes()
JOINED = f"/etablissements/{NAME}/annexes-jointes"


def test_a_document_is_joined_under_its_title_and_never_under_the_name_it_bore(
    served: tuple[Path, str], browser: WebClient
) -> None:
    page = browser.fields_of(JOINED)
    form = {key: page[key][0] for key in ("csrfmiddlewaretoken", "_vu")}
    sent = {**form, "titre": "Plan du site"}
    for name in ("../../../etc/passwd.pdf", "plan.pdf"):  # sent twice, joined once
        answer = browser.send_files(f"{JOINED}/document", sent, "fichier", [(name, PDF)])
        assert answer.status == 302
    shown = browser.ask(JOINED).text
    assert "Le document est joint" in shown
    assert "Plan du site" in shown
    folder = served[0] / "profiles" / "annexes"
    (kept,) = folder.iterdir()
    assert kept.name.startswith(f"{NAME}-plan-du-site-")
    assert browser.ask(f"/static/{kept.name}").status == 404
    for data in (b"PK\x03\x04", b"<html><script>alert(2)</script>", b"", PDF[:500]):
        seen = browser.fields_of(JOINED)["_vu"][0]
        lie = {**form, "_vu": seen, "titre": "Faux"}
        answer = browser.send_files(f"{JOINED}/document", lie, "fichier", [("plan.pdf", data)])
        assert answer.status == 302
        assert 'class="box error"' in browser.ask(JOINED).text
    assert list(folder.iterdir()) == [kept]
    assert (served[0] / PROFILE).read_text("utf-8").count("Plan du site") == 1


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[tuple[Path, WebClient]]:
    """A profile of two credits, and a browser."""
    project = copy_mini_project(tmp_path / "projet")
    more = (
        "montants: {2025: 19741.00}}\n  - {cle: fir-2, enveloppe: FIR, mode: CNR, libelle: Socle,"
    )
    more += " arrete: {numero: 2025-2}, montants: {2025: 500.00}}"
    change_file(project / PROFILE, "montants: {2025: 19741.00}}", more)
    with serving(project) as address:
        yield project, WebClient(address)


def test_lines_that_another_person_reordered_keep_each_its_own_amount(
    alone: tuple[Path, WebClient],
) -> None:
    project, client = alone
    form = client.fields_of(FUNDING)
    other = {**client.fields_of(FUNDING), "financements._lignes": ["", "1", "0"]}
    assert client.ask(FUNDING, {**other, "_action": ["enregistrer"]}).status == 302
    form["financements.0.montants.2025"] = ["7,00"]
    shown = client.ask(FUNDING, {**form, "_action": ["enregistrer"]})
    assert shown.status == 409
    again = client.fields_of_text(shown.text)
    assert client.ask(FUNDING, {**again, "_action": ["enregistrer"]}).status == 302
    with Project(project) as opened:
        lines = open_profile(opened, NAME).tree["financements"]
    assert [(line["cle"], line["montants"]["2025"]) for line in lines] == [
        ("fir-2", "500.00"),
        ("fir-1", "7.00"),
    ]


@pytest.mark.parametrize("action", ["enregistrer", "verifier", "direct", "ajouter:financements"])
def test_a_file_that_was_renamed_or_taken_away_is_never_written_again(
    alone: tuple[Path, WebClient], action: str
) -> None:
    project, client = alone
    form = {**client.fields_of(FUNDING), "_action": [action]}
    path = project / PROFILE
    moved = path.rename(path.with_name("autre-nom.yaml"))
    before = moved.read_bytes()
    assert client.ask(FUNDING, form).status == 404
    assert not path.exists()
    assert moved.read_bytes() == before
    moved.unlink()
    assert client.ask(FUNDING, form).status == 404
    assert [file.name for file in path.parent.glob("*.yaml")] == ["_region.yaml"]


def test_a_megabyte_of_text_is_kept_or_refused_whole(alone: tuple[Path, WebClient]) -> None:
    project, client = alone
    form = {**client.fields_of(IDENTITY), "_action": ["enregistrer"]}
    form["etablissement.nom_court"] = ["\u202eé\u2066" * 400_000]
    before = (project / PROFILE).read_bytes()
    answer = client.ask(IDENTITY, form)
    assert answer.status in (302, 400, 413, 422)
    if answer.status != 302:
        assert (project / PROFILE).read_bytes() == before
    assert client.ask(f"/etablissements/{NAME}/").status == 200


def test_a_line_just_added_is_not_complained_of_until_something_stands_in_it(
    browser: WebClient,
) -> None:
    page = f"/etablissements/{NAME}/sites"
    form = browser.fields_of(page)
    added = browser.ask(page, {**form, "_action": ["ajouter:sites"]}).text
    assert 'name="sites.1.finess_et"' in added
    assert "Rien n’est à corriger." in added
    form = {**browser.fields_of_text(added), "sites.1.nom": ["Annexe"], "_action": ["verifier"]}
    checked = browser.ask(page, form).text
    assert "Rien n’est à corriger." not in checked
    assert "finess_et" in slot_of(checked, "sites.1")


def test_a_blank_line_before_another_moves_no_message(browser: WebClient) -> None:
    page = f"/etablissements/{NAME}/sites"
    form = browser.fields_of(page)
    form["sites.0.finess_et"] = ["12"]
    added = browser.ask(page, {**form, "_action": ["ajouter:sites"]}).text
    form = {**browser.fields_of_text(added), "_action": ["monter:sites.1"]}
    form["sites.1.nom"] = ["Annexe"]
    moved = browser.ask(page, form).text
    assert 'name="sites.0.nom" value="Annexe"' in moved
    assert "12" in slot_of(moved, "sites.1.finess_et")


def test_a_line_left_blank_is_not_saved_and_that_is_said(
    served: tuple[Path, str], browser: WebClient
) -> None:
    page = f"/etablissements/{NAME}/sites"
    before = (served[0] / PROFILE).read_bytes()
    added = browser.ask(page, {**browser.fields_of(page), "_action": ["ajouter:sites"]}).text
    saved = browser.ask(page, {**browser.fields_of_text(added), "_action": ["enregistrer"]})
    assert saved.status == 302
    assert "Une ligne laissée vide n’est pas gardée." in browser.ask(page).text
    assert (served[0] / PROFILE).read_bytes() == before
