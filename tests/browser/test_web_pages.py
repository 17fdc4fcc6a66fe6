"""The application in a real browser: accessible, by keyboard alone, on a laptop and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from contract_builder.cli import main
from tests.browser.browsing import accessibility_faults
from tests.identity_provider import providing
from tests.mini_project import copy_mini_project
from tests.unit.services.returns import replace_a_word
from tests.web_server import PASSWORD, add_account, serving

NAME = "valmont"
PAGES = (
    "",
    "etablissements/",
    "etablissements/nouveau",
    f"etablissements/{NAME}/",
    f"etablissements/{NAME}/identite",
    f"etablissements/{NAME}/sites",
    f"etablissements/{NAME}/autorisations",
    f"etablissements/{NAME}/fiches",
    f"etablissements/{NAME}/cibles",
    f"etablissements/{NAME}/lignes/fiches",
    f"etablissements/{NAME}/financements",
    f"etablissements/{NAME}/projet",
    f"etablissements/{NAME}/versions",
    "comparer",
    "avenants",
    "retours",
    "bibliotheque",
    "bibliotheque?q=objet",
    "bibliotheque/clause/objet",
    "bibliotheque/fiche/DEMO_1",
    "bibliotheque/reference/CSP%20L6114-1",
    "bibliotheque/reference/CSP%20L9999-1",
    "bibliotheque?q=introuvable&genre=fiche&le=2026-13-01",
    "impact?article=CSP+L6114-1",
    "lots",
    "lots/imports",
    "journal",
    "compte",
    "comptes",
    "rien",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder."""
    return copy_mini_project(tmp_path_factory.mktemp("web") / "projet")


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(project) as url:
        yield url


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_accessibility_fault(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("width", [1366, 683, 390, 320])
@pytest.mark.parametrize("path", PAGES[:12])
def test_nothing_is_wider_than_the_window(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(f"{address}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_value_is_changed_by_keyboard_alone(page: Page, address: str, project: Path) -> None:
    page.goto(f"{address}etablissements/{NAME}/identite")
    page.get_by_label("Nom court").focus()
    page.keyboard.type("Valmont au clavier")
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "enregistrer":
            break
    page.keyboard.press("Enter")
    page.get_by_text("est enregistré").wait_for()
    text = (project / "profiles" / f"{NAME}.yaml").read_text("utf-8")
    assert "nom_court: Valmont au clavier" in text


def test_an_authorisation_is_found_by_words_and_added_by_keyboard(
    page: Page, address: str, project: Path
) -> None:
    page.goto(f"{address}etablissements/{NAME}/autorisations")
    page.get_by_label("Chercher dans la nomenclature").focus()
    page.keyboard.type("médecine")
    page.get_by_role("button", name="Chercher").press("Enter")
    page.get_by_text("combinaison").first.wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Ajouter QA001 MO000 ME000 PTS00 DE000").press("Enter")
    page.get_by_text("Lignes à compléter (1)").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_label("N° ARHGOS").first.focus()
    page.keyboard.type("99-99-0077")
    page.locator("#autorisations\\.1\\.statut").select_option("02")
    page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
    page.get_by_text("est enregistré").wait_for()
    text = (project / "profiles" / f"{NAME}.yaml").read_text("utf-8")
    assert "numero_arhgos: 99-99-0077" in text


def test_forty_lines_are_pasted_from_a_spreadsheet(page: Page, address: str, project: Path) -> None:
    rows = [f"ligne-{n}\tFIR\tCNR\tCrédit n° {n}\t1 000,{n:02d}" for n in range(40)]
    text = "\n".join(["Clé\tEnveloppe\tmode\tLibellé\t2025", *rows])
    page.goto(f"{address}etablissements/{NAME}/financements")
    page.get_by_text("Coller des lignes d’un tableur").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Lignes copiées").focus()
    page.keyboard.insert_text(text)
    page.get_by_role("button", name="Voir ce qui est compris").press("Enter")
    page.get_by_text("40\xa0lignes comprises").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Ajouter ces lignes").press("Enter")
    page.get_by_text("40 lignes ajoutées").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
    page.get_by_text("est enregistré").wait_for()
    saved = (project / "profiles" / f"{NAME}.yaml").read_text("utf-8")
    assert saved.count("cle: ligne-") == 40
    assert "1000.39" in saved


def test_the_library_is_searched_as_one_types_and_by_its_button(page: Page, address: str) -> None:
    page.goto(f"{address}bibliotheque")
    page.get_by_label("Mots, code de fiche").focus()
    page.keyboard.type("OBJETS du contrat")
    page.locator("mark").first.wait_for()
    assert "q=OBJETS" in page.url
    assert accessibility_faults(page) == []
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.get_by_label("Mots, code de fiche").input_value() == "OBJETS du contrat"
    assert page.get_by_role("link", name="Objet").count() > 0


@pytest.mark.parametrize("width", [1366, 390])
def test_the_entrance_is_passed_by_keyboard_and_accessible_in_each_state(
    page: Page, tmp_path: Path, width: int
) -> None:
    folder = copy_mini_project(tmp_path / "projet")
    add_account(folder, "lectrice", "relecteur")
    page.set_viewport_size({"width": width, "height": 768})
    with serving(folder) as url:
        page.goto(f"{url}bibliotheque")
        assert accessibility_faults(page) == []
        page.get_by_label("Nom du compte").focus()
        for typed in ("lectrice", "Tab", PASSWORD, "Enter"):
            (page.keyboard.press if typed in ("Tab", "Enter") else page.keyboard.type)(typed)
        page.get_by_text("lectrice (relecteur)").wait_for()
        assert page.url == f"{url}bibliotheque"
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_agency_s_directory_opens_the_application_and_its_way_out_is_shown(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_mini_project(tmp_path / "projet")
    add_account(folder, "lectrice", "relecteur")
    with providing() as provider:
        provider.told = {"preferred_username": "lectrice"}
        for name, value in provider.settings.items():
            monkeypatch.setenv(name, value)
        with serving(folder) as url:
            page.goto(f"{url}bibliotheque")
            assert accessibility_faults(page) == []
            page.get_by_role("link", name="Entrer par l’annuaire").press("Enter")
            page.get_by_text("lectrice (relecteur)").wait_for()
            assert page.url == f"{url}bibliotheque"
            page.get_by_role("button", name="Se déconnecter").press("Enter")
            way_out = page.get_by_role("link", name="Sortir aussi de l’annuaire")
            way_out.wait_for()
            assert accessibility_faults(page) == []
            assert way_out.get_attribute("href").startswith(f"{provider.issuer}/sortir")
            page.goto(url)
            page.get_by_role("link", name="Entrer par l’annuaire").wait_for()


@pytest.mark.parametrize("width", [1366, 683, 390])
def test_an_account_is_made_given_and_changed_in_pages_that_everybody_can_use(
    page: Page, tmp_path: Path, width: int
) -> None:
    folder = copy_mini_project(tmp_path / "projet")
    add_account(folder, "chef", "administrateur")
    page.set_viewport_size({"width": width, "height": 768})

    def look() -> None:
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def enter(name: str, password: str) -> None:
        page.get_by_label("Nom du compte").fill(name)
        page.get_by_label("Mot de passe", exact=True).fill(password)
        page.get_by_role("button", name="Se connecter").press("Enter")

    with serving(folder) as url:
        page.goto(f"{url}comptes")
        enter("chef", PASSWORD)
        page.get_by_role("button", name="Faire le compte").wait_for()
        look()
        for name in ("é", "neuve"):
            page.get_by_label("Nom du compte").fill(name)
            page.get_by_label("rédacteur", exact=True).check()
            page.get_by_role("button", name="Faire le compte").press("Enter")
            page.get_by_text("n’est pas un nom" if name == "é" else "montré que cette").wait_for()
            look()
        given = page.locator(".success code").inner_text()
        page.get_by_role("button", name="Se déconnecter").press("Enter")
        enter("neuve", given)
        page.get_by_text("choisissez le vôtre").wait_for()
        look()
        for old, told in (("faux", "n’est pas celui-là"), (given, "est changé")):
            page.get_by_label("Mot de passe actuel").fill(old)
            page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
            page.get_by_label("Le même").fill(PASSWORD)
            page.get_by_role("button", name="Changer").press("Enter")
            page.get_by_text(told).wait_for()
            look()


@pytest.mark.parametrize("width", [1366, 390])
def test_a_returned_file_is_decided_to_the_next_draft_by_keyboard(
    page: Page, tmp_path: Path, width: int
) -> None:
    folder = copy_mini_project(tmp_path / "projet")
    assert main(["build", NAME, "--project", str(folder), "--formats", "docx,json"]) == 0
    sent = next(p for p in (folder / "output").glob("*.docx") if "instruction" not in p.name)
    returned = tmp_path / "retour.docx"
    returned.write_bytes(replace_a_word(sent.read_bytes()))
    page.set_viewport_size({"width": width, "height": 768})
    with serving(folder) as url:
        page.goto(f"{url}retours")
        page.get_by_label("Fichiers Word").set_input_files(returned)
        page.get_by_role("button", name="Lire et décider").click()
        page.get_by_text("Modification suivie de Direction").wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("c")
        page.keyboard.type("associe")
        assert page.get_by_label("Votre texte").input_value() == "associe"
        page.get_by_role("button", name="Contre-proposer").press("Enter")
        page.get_by_text("1 décision sur 1").wait_for()
        page.keyboard.press("a")
        page.get_by_text("Décision prise : accepté").wait_for()
        page.get_by_role("button", name="Appliquer les décisions").press("Enter")
        page.get_by_text("Clauses négociées : objet.").wait_for()
        assert accessibility_faults(page) == []
        page.get_by_role("link", name="Lire le prochain projet").press("Enter")
        page.wait_for_url("**/projet")
    profile = (folder / "profiles" / f"{NAME}.yaml").read_text("utf-8")
    assert "Le présent contrat engage l’Agence" in profile
