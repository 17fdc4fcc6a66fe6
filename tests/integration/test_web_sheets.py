"""« Fiches » and « Cibles » over HTTP: chosen, dropped, negotiated, computed, refused."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mini_project import change_file, copy_mini_project
from tests.web_server import WebClient, serving

NAME = "valmont"
PAGE = f"/etablissements/{NAME}"
SHEET = Path("fiches/demo/DEMO_1.md")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A working folder whose campaign has three sheets, one of them for others."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    text = (project / SHEET).read_text("utf-8")
    for code, condition in (
        ("DEMO_2", ""),
        ("DEMO_3", "applicable_si: {statut: prive_lucratif}\n"),
    ):
        copy = text.replace("DEMO_1", code).replace("cibles:", f"{condition}cibles:", 1)
        (project / SHEET).with_name(f"{code}.md").write_text(copy, "utf-8")
    with serving(project) as url:
        yield project, url


@pytest.fixture
def profile(address: tuple[Path, str]) -> Iterator[Path]:
    """The profile's file, put back after the test."""
    path = address[0] / "profiles" / f"{NAME}.yaml"
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


@pytest.fixture
def browser(address: tuple[Path, str]) -> WebClient:
    """A browser without cookies."""
    return WebClient(address[1])


def test_the_sheets_are_told_chosen_open_and_for_others_with_the_reason(browser, profile):
    page = browser.ask(f"{PAGE}/fiches").text
    assert "<strong>1\u00a0fiche choisie</strong> sur 1 au plus" in page
    assert "maximum atteint" in page
    chosen, opened, others = (
        page.index(f'id="{key}"') for key in ("choisies", "ouvertes", "autres")
    )
    assert chosen < page.index("DEMO_1") < opened < page.index("DEMO_2") < others
    assert others < page.index("DEMO_3")
    assert "N’est pas ouverte à l’établissement</strong> : statut" in page
    assert 'value="choisir:DEMO_3"' not in page
    assert "2 programmes" in page


def test_a_sheet_is_chosen_then_dropped_and_the_file_is_as_before(browser, profile):
    before = profile.read_text("utf-8")
    form = browser.fields_of(f"{PAGE}/fiches")
    assert browser.ask(f"{PAGE}/fiches", {**form, "_action": "choisir:DEMO_2"}).status == 302
    assert "code: DEMO_2" in profile.read_text("utf-8")
    page = browser.ask(f"{PAGE}/fiches").text
    assert "maximum dépassé" in page
    assert "Fiche DEMO_2 choisie" in page
    form = browser.fields_of(f"{PAGE}/fiches")
    assert browser.ask(f"{PAGE}/fiches", {**form, "_action": "retirer:DEMO_2"}).status == 302
    assert profile.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("choisir:DEMO_1", 422),
        ("choisir:../../etc/passwd", 422),
        ("choisir:<script>alert(1)</script>", 422),
        ("choisir:", 422),
        ("retirer:DEMO_2", 422),
        ("effacer:DEMO_1", 404),
        ("", 404),
    ],
)
def test_an_action_that_makes_no_sense_writes_nothing(browser, profile, action, status):
    before = profile.read_bytes()
    form = browser.fields_of(f"{PAGE}/fiches")
    answer = browser.ask(f"{PAGE}/fiches", {**form, "_action": action})
    assert answer.status == status
    assert "<script>" not in answer.text
    assert profile.read_bytes() == before


def test_a_volet_that_the_sheet_has_not_is_refused(browser, profile):
    before = profile.read_bytes()
    form = browser.fields_of(f"{PAGE}/fiches")
    form["volet.DEMO_2"] = ["Pharmacie"]
    assert browser.ask(f"{PAGE}/fiches", {**form, "_action": "choisir:DEMO_2"}).status == 422
    assert profile.read_bytes() == before


def test_a_page_that_is_too_old_chooses_nothing(browser, profile):
    form = browser.fields_of(f"{PAGE}/fiches")
    meanwhile = profile.read_text("utf-8") + "# relu entre-temps\n"
    profile.write_text(meanwhile, "utf-8")
    answer = browser.ask(f"{PAGE}/fiches", {**form, "_action": "choisir:DEMO_2"})
    assert answer.status == 409
    assert "a été modifié" in answer.text
    assert profile.read_text("utf-8") == meanwhile


def test_targets_left_blank_change_nothing(browser, profile):
    before = profile.read_bytes()
    form = browser.fields_of(f"{PAGE}/cibles")
    assert browser.ask(f"{PAGE}/cibles", {**form, "_action": "enregistrer"}).status == 302
    assert profile.read_bytes() == before


def _negotiate(browser: WebClient, **values: str) -> dict[str, list[str]]:
    form = browser.fields_of(f"{PAGE}/cibles")
    rank = next(
        name.rpartition(".")[0]
        for name, value in form.items()
        if re.fullmatch(r"fiches\.0\.cibles\.\d+\.annee", name) and value == ["2026"]
    )
    return {**form, **{f"{rank}.{key}": [value] for key, value in values.items()}}


def test_a_negotiated_target_stands_beside_the_one_that_the_sheet_prints(browser, profile):
    agreed = {"texte": "1 programme «\u00a0diabète\u00a0» <b>", "motif": "Ouverture en 2027"}
    form = _negotiate(browser, **agreed, auteur="la direction")
    assert browser.ask(f"{PAGE}/cibles", {**form, "_action": "enregistrer"}).status == 302
    saved = profile.read_text("utf-8")
    assert "annee: 2026" in saved
    assert "2025" not in saved.partition("fiches:")[2].partition("financements:")[0]
    page = browser.ask(f"{PAGE}/cibles").text
    assert "Cible négociée pour 2026" in page
    assert "Négocier une autre cible pour 2025" in page
    assert "2 programmes" in page
    shown = browser.ask(f"{PAGE}/fiches").text
    assert "1 programme « diabète » &lt;b&gt;" in shown
    assert "fiche : 2 programmes" in shown
    form = _negotiate(browser, texte="", motif="", auteur="")
    assert browser.ask(f"{PAGE}/cibles", {**form, "_action": "enregistrer"}).status == 302
    assert "annee: 2026" not in profile.read_text("utf-8")


def test_a_negotiated_target_without_its_reason_is_told_at_the_field(browser, profile):
    before = profile.read_bytes()
    form = _negotiate(browser, texte="1 programme")
    answer = browser.ask(f"{PAGE}/cibles", {**form, "_action": "verifier"})
    assert answer.status == 200
    assert "motif" in re.search(r'role="alert".*?</div>', answer.text, re.DOTALL)[0]
    assert 'value="1 programme"' in answer.text
    assert profile.read_bytes() == before


def test_a_starting_value_computes_the_figures_before_it_is_saved(tmp_path_factory):
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    change_file(
        project / SHEET,
        '2026: {texte: "2 programmes", type: nombre, valeur: 2, unite: programmes}',
        '2026: {texte: "+ 3 %", type: increment_pourcentage, valeur: 3, reference: 2024}\n'
        "    base: {indicateur: programmes, annee: 2024, libelle: Programmes ouverts}",
    )
    with serving(project) as url:
        browser = WebClient(url)
        assert "Valeur de départ 2024 : Programmes ouverts" in browser.ask(f"{PAGE}/fiches").text
        form = browser.fields_of(f"{PAGE}/cibles")
        form["fiches.0.valeurs_initiales.programmes.valeur"] = ["740"]
        answer = browser.ask(f"{PAGE}/cibles", {**form, "_action": "verifier"})
        assert "762,2" in answer.text
        assert "programmes:" not in (project / "profiles" / f"{NAME}.yaml").read_text("utf-8")
        assert browser.ask(f"{PAGE}/cibles", {**form, "_action": "enregistrer"}).status == 302
    saved = (project / "profiles" / f"{NAME}.yaml").read_text("utf-8")
    assert "valeur: 740" in saved


def test_the_plain_form_of_the_sheets_stays(browser, profile):
    page = browser.ask(f"{PAGE}/lignes/fiches")
    assert page.status == 200
    assert 'name="fiches.0.code"' in page.text
    assert browser.ask(f"{PAGE}/lignes/inconnue").status == 404
