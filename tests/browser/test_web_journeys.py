"""Whole days of work in a real browser, without a mouse: every page on the way is accessible."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.browsing import PATIENCE, accessibility_faults
from tests.browser.conftest import run_apart
from tests.mini_project import PROFILE, change_file, copy_mini_project
from tests.web_server import PASSWORD, add_account, serving

NAME = "valmont"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A working folder with one establishment."""
    return copy_mini_project(tmp_path / "projet")


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(project) as url:
        yield url


def _press(control: Locator) -> None:
    """As somebody who has no mouse."""
    control.focus()
    control.press("Enter")


def _type(control: Locator, text: str) -> None:
    control.focus()
    control.press("Control+a")
    control.page.keyboard.type(text)


def _check(page: Page) -> None:
    assert accessibility_faults(page) == []


def _answer(page: Page, asked: str, text: str) -> None:
    page.get_by_role("heading", name=asked).wait_for()
    _type(page.get_by_label(asked), text)
    _press(page.get_by_role("button", name="Enregistrer et continuer"))


def _save(page: Page) -> None:
    _press(page.get_by_role("button", name="Enregistrer", exact=True))
    page.get_by_text("est enregistré").wait_for()


def _begin_by_questions(page: Page, url: str) -> None:
    _type(page.get_by_label("N° FINESS de l’entité juridique"), "990000010")
    _press(page.get_by_role("button", name="Continuer"))
    page.get_by_text("Aucun registre importé ne connaît ce numéro").wait_for()
    _check(page)
    _press(page.get_by_role("button", name="Créer l’établissement"))
    page.get_by_text("L’établissement est créé").wait_for()
    page.get_by_text("il reste au moins 4\xa0questions").wait_for()
    _check(page)
    _answer(page, "Date d’effet", "le 32 juillet")
    page.get_by_text("Il faut ici une date").wait_for()
    _check(page)
    _answer(page, "Date d’effet", "1er juillet 2025")
    _answer(page, "Raison sociale", "Centre hospitalier de Valmont (fictif)")
    page.goto(url)  # left here, taken up again tomorrow
    page.goto(f"{url}etablissements/990000010/")
    _press(page.get_by_role("link", name=re.compile("^Répondre aux questions")))
    page.get_by_role("heading", name="Statut").wait_for()
    page.get_by_label("Statut").select_option("public")
    _press(page.get_by_role("button", name="Enregistrer et continuer"))
    page.get_by_role("heading", name="Catégorie").wait_for()
    page.get_by_label("Catégorie").select_option("ch")
    _press(page.get_by_role("button", name="Enregistrer et continuer"))
    page.get_by_role("link", name="M’arrêter ici").or_(
        page.get_by_role("heading", name="Plus rien n’est demandé")
    ).wait_for()
    _check(page)


def test_an_officer_makes_a_first_contract_from_nothing_to_its_pdf(
    page: Page, project: Path, tmp_path: Path
) -> None:
    (project / PROFILE).unlink()
    with serving(project) as url:
        page.goto(url)
        _check(page)
        _press(page.get_by_role("link", name="Créer le premier établissement"))
        _begin_by_questions(page, url)
        page.goto(f"{url}etablissements/990000010/identite")
        _type(page.locator("[id='etablissement.siren']"), "269900015")
        _type(page.locator("[id='etablissement.siret']"), "26990001500018")
        _press(page.get_by_role("button", name="Vérifier sans enregistrer"))
        page.get_by_text("pas encore enregistrés").wait_for()
        _check(page)
        _press(page.get_by_role("button", name=re.compile("^Enregistrer et passer à")))
        page.get_by_role("heading", name="Sites et capacités").wait_for()
        _press(page.get_by_role("button", name="Ajouter une ligne").first)
        _type(page.get_by_label(re.compile("^FINESS du site, ligne 1")), "990000028")
        _type(page.get_by_label(re.compile("^Nom du site, ligne 1")), "Site de Valmont")
        _check(page)
        _save(page)
        page.goto(f"{url}etablissements/990000010/fiches")
        _press(page.get_by_role("button", name="Choisir la fiche DEMO_1"))
        page.get_by_text("Fiche DEMO_1 choisie.").wait_for()
        _check(page)
        _press(page.get_by_role("link", name="Centre hospitalier de Valmont (fictif)"))
        page.get_by_text("rubriques complètes sur").wait_for()
        _press(page.get_by_role("link", name="Projet", exact=True))
        page.get_by_role("region", name="Texte du contrat").get_by_text(
            "Le présent contrat lie"
        ).wait_for()
        with page.expect_download() as waiting:
            _press(page.get_by_role("link", name="Télécharger en PDF"))
        product = tmp_path / "contrat.pdf"
        waiting.value.save_as(product)
        assert product.read_bytes().startswith(b"%PDF")
        _press(page.get_by_role("button", name="Enregistrer comme version"))
        page.get_by_text("La version « 990000010@1 » est enregistrée.").wait_for()
        _check(page)


def _record(project: Path, *statuses: str) -> None:
    """The contract as it is, kept, then given these statuses."""
    out = project / "output" / "a-garder"
    arguments = ("--formats", "json", "--out", str(out), "--record", "--project", str(project))
    run_apart("build", NAME, *arguments)
    for status in statuses:
        run_apart("store", "status", "990000010@1", status, "--project", str(project))


def test_a_reviewer_compares_two_versions_and_takes_the_redline(page: Page, project: Path) -> None:
    _record(project)
    change_file(project / PROFILE, "raison_sociale: Centre hospitalier", "raison_sociale: Hôpital")
    change_file(project / PROFILE, "2025: 19741.00", "2025: 25000.00")
    _record(project)
    add_account(project, "juriste", "relecteur")
    with serving(project) as url:
        page.goto(f"{url}comparer")
        _type(page.get_by_label("Nom du compte"), "juriste")
        _type(page.get_by_label("Mot de passe"), PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Comparer deux versions").wait_for()
        page.get_by_label("Avant").select_option("990000010@1")
        page.get_by_label("Après").select_option("990000010@2")
        _press(page.get_by_role("button", name="Comparer", exact=True))
        page.get_by_role("heading", name="En bref").first.wait_for()
        page.get_by_role("heading", name="Financements").wait_for()
        _check(page)
        all_changes = page.locator("[data-changement]")
        for key, rank in (("j", 0), ("j", 1), ("k", 0)):
            page.keyboard.press(key)
            focused = page.evaluate("document.activeElement.hash")
            assert focused == all_changes.nth(rank).get_attribute("href")
        page.get_by_label("en une colonne").check()
        page.locator("input[value=droit]").uncheck()
        _press(page.get_by_role("button", name="Appliquer"))
        page.get_by_role("columnheader", name="Ce qui change").first.wait_for()
        assert "vue=colonne" in page.url
        assert "voir=droit" not in page.url
        _check(page)
        with page.expect_download() as waiting:
            _press(page.get_by_role("link", name="Word avec les marques de révision"))
        assert waiting.value.suggested_filename.endswith(".docx")
        page.goto(f"{url}etablissements/{NAME}/projet")
        page.get_by_role("heading", name="Projet de contrat").wait_for()
        assert page.get_by_role("button", name="Enregistrer comme version").count() == 0
        _check(page)


def test_a_signed_contract_is_changed_by_an_avenant(page: Page, project: Path) -> None:
    _record(project, "envoye", "signe")
    with serving(project) as url:
        page.goto(f"{url}etablissements/{NAME}/identite")
        _type(page.locator("[id='etablissement.raison_sociale']"), "Hôpital de Valmont (fictif)")
        _save(page)
        page.goto(f"{url}etablissements/{NAME}/versions")
        _press(page.get_by_role("link", name="Rédiger un avenant"))
        page.get_by_role("heading", name=re.compile("^Avenant n° 1")).wait_for()
        page.get_by_text("sont remplacés par le mot : « Hôpital »").wait_for()
        _check(page)
        _type(page.get_by_label(re.compile("^Modification")).first, "changement de nom")
        _press(page.get_by_role("button", name="Enregistrer les motifs"))
        page.get_by_text("Les motifs sont enregistrés").wait_for()
        _check(page)
        _press(page.get_by_text("Rédiger autrement").first)
        _press(page.get_by_role("button", name="Remplacer l’alinéa").first)
        page.get_by_text("L’avenant est rédigé ainsi, et prouvé de nouveau.").wait_for()
        page.get_by_text("alinéa, choisi").first.wait_for()
        _check(page)
        _press(page.get_by_text("Rédiger autrement").first)
        _press(page.get_by_role("button", name="Laisser le logiciel choisir").first)
        page.get_by_text("Le logiciel choisit de nouveau").wait_for()
        with page.expect_download() as waiting:
            _press(page.get_by_role("link", name="Télécharger en PDF"))
        assert waiting.value.suggested_filename.endswith(".pdf")
        with page.expect_download() as waiting:
            _press(page.get_by_role("link", name="Télécharger pour Word"))
        assert waiting.value.suggested_filename.endswith(".docx")
        _press(page.get_by_role("button", name="Enregistrer l’avenant"))
        page.get_by_text("L’avenant est la version « 990000010@2 ».").wait_for()
        _check(page)
        _press(page.get_by_role("link", name="statut et documents de 990000010@2"))
        _press(page.get_by_text("Changer le statut de 990000010@2"))
        page.get_by_text("ne change plus que par avenant").wait_for()
        _check(page)
        _press(page.get_by_role("button", name="Déclarer 990000010@2 « signé »"))
        _press(page.get_by_role("link", name="lire le texte en vigueur"))
        page.get_by_role("heading", name=re.compile("^Texte en vigueur le")).wait_for()
        _check(page)


def test_a_clause_is_understood_then_reworded_by_keyboard(page: Page, project: Path) -> None:
    with serving(project) as url:
        page.goto(f"{url}etablissements/{NAME}/projet")
        _press(page.get_by_role("link", name=re.compile("Durée")).first)
        page.get_by_role("heading", name="Pourquoi est-elle ici ?").wait_for()
        page.get_by_text("celle de ce contrat").wait_for()
        assert "clause=duree" in page.url
        _check(page)
        _press(page.get_by_role("link", name="Proposer une autre rédaction"))
        page.get_by_label("Texte", exact=True).press("Control+End")
        page.keyboard.type("\n\nIl est évalué chaque année.")
        _type(page.get_by_label("Qui les propose"), "Direction générale")
        page.get_by_role("heading", name="Ce que le contrat dirait").wait_for()
        page.locator("#apercu").get_by_text("Il est évalué chaque année.").wait_for()
        _check(page)
        _press(page.get_by_role("button", name="Enregistrer cette rédaction"))
        page.get_by_text("La rédaction est enregistrée").wait_for()
        page.get_by_role("region", name="Texte du contrat").get_by_text("Il est évalué").wait_for()
        _check(page)
    assert "decide_par" in (project / PROFILE).read_text("utf-8")


def test_the_panes_work_without_a_script_and_stack_on_a_phone(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}etablissements/{NAME}/projet")
    page.get_by_role("navigation", name="Sommaire du contrat").get_by_role(
        "link", name=re.compile("Durée")
    ).click()
    page.get_by_role("link", name="Ce que l’on sait de ce passage").click()
    page.get_by_role("heading", name="Pourquoi est-elle ici ?").wait_for()
    boxes = [page.locator(".pane").nth(rank).bounding_box() for rank in range(3)]
    edges = [box["y"] for box in boxes if box]
    assert edges == sorted(edges)
    assert all(box and box["width"] <= 390 for box in boxes)
    context.close()


def test_a_change_of_law_is_followed_from_the_article_to_the_contracts(
    page: Page, project: Path
) -> None:
    _record(project, "envoye", "signe")
    with serving(project) as url:
        page.goto(f"{url}bibliotheque")
        _press(page.get_by_role("link", name="Chercher ce qu’un article de loi atteint"))
        _type(page.get_by_label("Code et article"), "CSP L6114-1")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="CSP L6114-1").wait_for()
        page.get_by_role("heading", name="Contrats en vigueur").wait_for()
        _check(page)
        _press(page.get_by_role("link", name="Ce que dit le registre"))
        page.get_by_role("heading", name="Textes qui le citent").wait_for()
        _check(page)
        _press(page.get_by_role("link", name="Objet du contrat"))
        page.get_by_role("heading", name="Où sert cette version ?").wait_for()
        page.get_by_role("heading", name="1 contrat signé").wait_for()
        _check(page)
        page.go_back()
        page.go_back()
        with page.expect_download() as waiting:
            _press(page.get_by_role("link", name="Exporter pour un tableur"))
        assert waiting.value.suggested_filename == "impact.xlsx"


def test_an_administrator_rewords_a_clause_tries_it_and_dates_it(page: Page, project: Path) -> None:
    clause = project / "clause_library" / "corps" / "objet.md"
    with serving(project) as url:
        page.goto(f"{url}bibliotheque")
        _type(page.get_by_label("Mots, code de fiche"), "objet contrat")
        page.keyboard.press("Enter")
        _press(page.get_by_role("link", name="Objet du contrat"))
        _press(page.get_by_role("link", name="Modifier cette version"))
        _check(page)
        before = clause.read_bytes()
        text = page.get_by_label("Texte", exact=True)
        _type(text, "Le présent acte unit l’Agence et {{ etablissement.nom }}.")
        _press(page.get_by_role("button", name="Enregistrer", exact=True))
        page.get_by_text("Rien n’a été enregistré").wait_for()
        page.get_by_role("link", name="Texte, ligne 1").wait_for()
        _check(page)
        assert clause.read_bytes() == before
        _type(text, "Le présent acte unit l’Agence et {{ etablissement.raison_sociale }}.")
        page.get_by_label("Établissement").select_option("valmont")
        _press(page.get_by_role("button", name="Essayer"))
        page.get_by_role("heading", name="Ce qui changerait dans ce contrat").wait_for()
        page.locator("ins").first.wait_for()
        _check(page)
        assert clause.read_bytes() == before
        page.get_by_label("Premier jour").fill("2027-01-01")
        _press(page.get_by_role("button", name="Enregistrer comme nouvelle version"))
        page.get_by_text("La nouvelle version est enregistrée").wait_for()
        _check(page)
        assert "en_vigueur_au: 2026-12-31" in clause.read_text("utf-8")
        _press(page.get_by_role("button", name="Comparer"))
        page.get_by_role("heading", name="Ce qui change").wait_for()
        _check(page)
        _press(page.get_by_role("link", name="Modifier cette version"))
        _press(page.get_by_role("button", name="Retirer cette version"))
        page.get_by_text("La version est retirée").wait_for()
        assert "2026-12-31" not in clause.read_text("utf-8")


def test_two_people_edit_one_profile_and_neither_loses_a_word(
    page: Page, browser: Browser, address: str, project: Path
) -> None:
    other = browser.new_context(viewport={"width": 1366, "height": 768})
    other.set_default_timeout(PATIENCE)
    first, second = page, other.new_page()
    for opened in (first, second):
        opened.goto(f"{address}etablissements/{NAME}/identite")
    _type(first.locator("[id='etablissement.nom_court']"), "Nom de la première")
    _save(first)
    _type(second.locator("[id='contrat.lieu_signature']"), "Ville de la seconde")
    _press(second.get_by_role("button", name="Enregistrer", exact=True))
    second.get_by_text("a été modifié").wait_for()
    _check(second)
    assert second.locator("[id='contrat.lieu_signature']").input_value() == "Ville de la seconde"
    second.get_by_role("heading", name="Votre saisie et l’état actuel").wait_for()
    assert second.locator("[id='etablissement.nom_court']").input_value() == "Nom de la première"
    _check(second)
    _save(second)
    text = (project / PROFILE).read_text("utf-8")
    assert "Nom de la première" in text
    assert "Ville de la seconde" in text
    other.close()


def test_the_page_that_comes_back_is_the_one_that_stands(page: Page, address: str) -> None:
    page.goto(f"{address}etablissements/{NAME}/")
    page.goto(f"{address}etablissements/{NAME}/identite")
    _type(page.locator("[id='etablissement.nom_court']"), "Premier")
    _save(page)
    page.go_back()
    page.go_back()
    page.go_forward()
    assert page.locator("[id='etablissement.nom_court']").input_value() == "Premier"
    _type(page.locator("[id='etablissement.nom_court']"), "Second")
    _save(page)
