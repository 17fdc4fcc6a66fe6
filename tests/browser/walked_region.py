"""The demonstration region with something on every page, and each page of it that people see.

``VISITS`` names a page, or a state of one, after the table of routes; ``NO_PAGE`` says of the other
routes why nobody reads their answer. Together they name every route: a page that is added is
visited, or the tests fail.
"""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from pathlib import Path

from docx import Document
from playwright.sync_api import Page

from contract_builder.services.importing import generate_demonstration
from tests.browser.conftest import run_apart
from tests.web_server import PASSWORD, WebClient, add_account, serving

_PATIENCE = 180.0  # seconds
FOLLOWED = "chu-demonstration"
RETURNED = "hopital-de-proximite-demonstration"
_BEFORE = "hopital-de-proximite-2019-demonstration"
_ENTITY = "990000119"
OUTSIDE = "dehors"
ADMINISTRATOR = "administratrice"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page: its route, its address where ``{lot}`` and the like stand for what was made.

    ``state`` tells apart the states of one route. ``alone`` is True for a page that has a policy
    and a style of its own (a whole document), shown in a frame of ours. ``who`` is the account
    that looks: none where there are no accounts, ``OUTSIDE`` before the entrance.
    """

    route: str
    address: str
    state: str = ""
    alone: bool = False
    who: str = ""

    @property
    def name(self) -> str:
        """What the page is called in a list of tests, and its picture."""
        return f"{self.route}-{self.state}" if self.state else self.route


_ONE = f"etablissements/{FOLLOWED}"
_NEW = "etablissements/clinique-demonstration"
_SECTIONS = (
    *("identite", "sites", "autorisations", "missions", "cibles", "financements"),
    *("annexes-jointes", "signataires"),
)
_VERSIONS = f"ancien={_ENTITY}@1&nouveau={_ENTITY}@2"
VISITS: tuple[Visit, ...] = (
    Visit("accueil", ""),
    Visit("accueil", "?q=rien+de+tel", "sans-resultat"),
    Visit("etablissements", "etablissements/"),
    Visit("etablissements", "etablissements/?q=rien+de+tel", "sans-resultat"),
    Visit("etablissements-nouveau", "etablissements/nouveau"),
    Visit("etablissements-nouveau-suite", "etablissements/nouveau/suite"),
    Visit("etablissement-questions", f"{_NEW}/questions"),
    Visit("etablissement", f"{_ONE}/"),
    *(Visit("etablissement-section", f"{_ONE}/{slug}", slug) for slug in _SECTIONS),
    Visit("etablissement-section", f"{_ONE}/autorisations?mots=scanner", "nomenclature"),
    Visit("etablissement-fiches", f"{_ONE}/fiches"),
    Visit("etablissement-lignes", f"{_ONE}/lignes/fiches"),
    Visit("etablissement-projet", f"{_ONE}/projet"),
    Visit("etablissement-projet", f"{_ONE}/projet?q=terme&clause=duree-contrat", "un-passage"),
    Visit("etablissement-projet", f"{_ONE}/projet?q=rien+de+tel&clause=absente", "sans-resultat"),
    Visit("etablissement-variante", f"{_ONE}/projet/variante/duree-contrat"),
    Visit("etablissement-texte", f"{_ONE}/projet/texte", alone=True),
    Visit("etablissement-versions", f"{_ONE}/versions"),
    Visit("etablissement-versions", f"{_NEW}/versions", "aucune"),
    Visit("etablissement-envois", f"etablissements/{RETURNED}/versions/2/envois"),
    Visit("etablissement-etats", f"{_ONE}/etats"),
    Visit("etablissement-suivi", f"{_ONE}/suivi"),
    Visit("etablissement-suivi", f"{_NEW}/suivi", "sans-contrat"),
    Visit("comparer", "comparer"),
    Visit("comparer", f"comparer?{_VERSIONS}", "deux-versions"),
    Visit("comparer", f"comparer?{_VERSIONS}&voir=fond&vue=colonne", "une-colonne"),
    Visit("comparer", f"comparer?ancien={_ENTITY}@2&nouveau={_ENTITY}@1", "inverse"),
    Visit("comparer", f"comparer?ancien={_ENTITY}@1&nouveau={_ENTITY}@1", "identique"),
    Visit("comparer-page", f"comparer/page?{_VERSIONS}", alone=True),
    Visit("retours", "retours"),
    Visit("retours-decider", "{retour}"),
    Visit("avenants", "avenants"),
    Visit("avenants", f"avenants?ancien=990000010@1&nouveau=projet:{FOLLOWED}", "redige"),
    Visit("avenants", f"avenants?{_VERSIONS}", "operations"),
    Visit(
        "avenants-page", f"avenants/page?ancien=990000010@1&nouveau=projet:{FOLLOWED}", alone=True
    ),
    Visit("avenants-lot", "avenants/lot"),
    Visit("avenants-texte", "avenants/texte"),
    Visit("avenants-texte", "avenants/texte?version=990000010@1&le=2026-01-01", "en-vigueur"),
    Visit("avenants-texte", "avenants/texte?version=990000010@1&le=1999-01-01", "refuse"),
    Visit(
        "avenants-texte-page", "avenants/texte/page?version=990000010@1&le=2026-01-01", alone=True
    ),
    Visit("bibliotheque", "bibliotheque"),
    Visit("bibliotheque", "bibliotheque?q=rien+de+tel", "sans-resultat"),
    Visit("bibliotheque-article", "bibliotheque/clause/duree-contrat", "clause"),
    Visit("bibliotheque-article", "bibliotheque/fiche/CPOM_CT_5", "fiche"),
    Visit("bibliotheque-article", "bibliotheque/reference/CSP%20L6114-1", "article"),
    Visit(
        "bibliotheque-article",
        "bibliotheque/clause/duree-contrat?de=2018-01-01&a=2020-11-20",
        "deux-versions",
    ),
    Visit(
        "bibliotheque-modifier",
        "bibliotheque/modifier/clause/duree-contrat?version=2020-11-20",
        "clause",
    ),
    Visit(
        "bibliotheque-modifier",
        "bibliotheque/modifier/fiche/CPOM_CT_5?version=occitanie-2025-2029",
        "fiche",
    ),
    Visit("bibliotheque-modifier", "bibliotheque/modifier/reference/CSP%20L6114-99", "ajout"),
    Visit("bibliotheque-ajouter", "bibliotheque/ajouter/clause", "clause"),
    Visit(
        "bibliotheque-ajouter",
        "bibliotheque/ajouter/clause?ou=etablissement/engagements-etablissement",
        "clause-a-ecrire",
    ),
    Visit("bibliotheque-ajouter", "bibliotheque/ajouter/fiche", "fiche"),
    Visit(
        "bibliotheque-ajouter",
        "bibliotheque/ajouter/fiche?catalogue=occitanie-2025-2029",
        "fiche-a-ecrire",
    ),
    Visit("bibliotheque-plans", "bibliotheque/plans"),
    Visit("bibliotheque-plan", "bibliotheque/plans/etablissement"),
    Visit(
        "bibliotheque-modifier", "bibliotheque/modifier/campagne/occitanie-2025-2029", "campagne"
    ),
    Visit("bibliotheque-a-revoir", "bibliotheque/a-revoir"),
    Visit("impact", "impact"),
    Visit("impact", "impact?article=CSP+L6114-1", "article"),
    Visit("lots", "lots"),
    Visit("lot", "{lot}"),
    Visit("lot-synthese", "{lot}/synthese", alone=True),
    Visit("suivi", "suivi"),
    Visit("lots-imports", "lots/imports"),
    Visit("lots-import", "{import}"),
    Visit("lots-import-etablissement", "{import}/etablissements/{finess}"),
    Visit("journal", "journal"),
    Visit("aide", "aide"),
    Visit("aide-messages", "aide/messages"),
    Visit("aide-messages", "aide/messages?q=siren", "mots"),
    Visit("accessibilite", "accessibilite", who=OUTSIDE),
    Visit("visite", "visite"),
    Visit("visite", "visite", "commencee", who=ADMINISTRATOR),
    Visit("bibliotheque", "bibliotheque", "en-visite", who=ADMINISTRATOR),
    Visit("compte-connexion", "compte/connexion", who=OUTSIDE),
    Visit("accueil", "", "avec-un-compte", who=ADMINISTRATOR),
    Visit("compte", "compte", who=ADMINISTRATOR),
    Visit("comptes", "comptes", who=ADMINISTRATOR),
    Visit("comptes-un", f"comptes/{ADMINISTRATOR}", who=ADMINISTRATOR),
)
_FILE = "un fichier à télécharger"
_FORM = "un envoi, dont la réponse est une autre page"
_AWAY = "un renvoi vers l’annuaire, ou de sa part"
_PIECE = "un morceau d’une page"
NO_PAGE: Mapping[str, str] = {
    "accueil-export": _FILE,
    "accueil-reporter": _FORM,
    "journal-export": _FILE,
    "etablissement-version-fichier": _FILE,
    "etablissement-signature": _FORM,
    "avenants-texte-fichier": _FILE,
    "etablissements-export": _FILE,
    "etablissement-fichier": _FILE,
    "etablissement-envoi-fichier": _FILE,
    "comparer-fichier": _FILE,
    "retours-reponse": _FILE,
    "avenants-fichier": _FILE,
    "avenants-lot-fichier": _FILE,
    "impact-export": _FILE,
    "lot-fichier": _FILE,
    "etablissement-enregistrer": _FORM,
    "etablissement-annexe": _FORM,
    "etablissement-statut": _FORM,
    "etablissement-reprendre": _FORM,
    "retours-commencer": _FORM,
    "retours-terminer": _FORM,
    "avenants-enregistrer": _FORM,
    "avenants-motifs": _FORM,
    "avenants-niveau": _FORM,
    "compte-deconnexion": _FORM,
    "etablissement-partie": _PIECE,
    "compte-annuaire": _AWAY,
    "compte-annuaire-retour": _AWAY,
    "lot-avancement": _PIECE,
    "lots-import-avancement": _PIECE,
    "agence-logo": _PIECE,
    "agence-couleurs": _PIECE,
    "sante": "une réponse pour la supervision",
}


@dataclass(slots=True)
class Walk:
    """Where the region is served to one person, and to accounts; what braces stand for."""

    address: str
    places: dict[str, str] = field(default_factory=dict)
    guarded: str = ""

    def open(self, page: Page, visit: Visit) -> None:
        """Shows a page, once its visitor has entered."""
        served = self.guarded if visit.who else self.address
        page.goto(served + visit.address.format_map(self.places))
        if visit.who not in ("", OUTSIDE) and "/compte/connexion" in page.url:
            page.get_by_label("Nom du compte").fill(visit.who)
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.get_by_role("button", name="Se déconnecter").wait_for()


@contextmanager
def walking_region(folder: Path) -> Iterator[Walk]:
    """The demonstration region in the new ``folder``, served with its worker.

    It has a signed contract whose profile changed since, a term and the draft that follows it, a
    file that came back, an import that was read and a lot that was made.
    """
    project = folder / "region"
    run_apart("init", str(project))
    out = folder / "contrats"
    options = ("--out", str(out), "--formats", "docx,json", "--record", "--project", str(project))
    for name in (_BEFORE, RETURNED, FOLLOWED):
        run_apart("build", name, *options)
    for status in ("envoye", "signe"):
        run_apart("store", "status", "990000010@1", status, "--project", str(project))
    with serving(project, worker=True) as address:
        walk = Walk(address)
        browser = WebClient(address)
        _save(browser)
        walk.places["lot"] = _make_lot(browser)
        walk.places |= _read_registries(browser, folder / "registres")
        walk.places["retour"] = _return_a_file(browser, f"/etablissements/{RETURNED}/projet")
        add_account(project, ADMINISTRATOR, "administrateur")
        with serving(project) as guarded:
            walk.guarded = guarded
            _begin_tour(WebClient(guarded))
            yield walk


def _save(browser: WebClient) -> None:
    """A change of a profile, kept with the state before it."""
    page = f"/{_ONE}/identite"
    fields = browser.fields_of(page)
    fields["etablissement.nom_court"] = ["CHU de la région"]
    assert browser.ask(page, {**fields, "_action": "enregistrer"}).status == 302


def _make_lot(browser: WebClient) -> str:
    token = {"csrfmiddlewaretoken": browser.token_of("/lots")}
    names = [FOLLOWED, RETURNED]
    order = {"choix": "selection", "nom": names, "documents": ["docx"]}
    page = str(browser.ask("/lots", {**token, **order}).headers["Location"])
    _wait(browser, page, "pret")
    browser.ask(page, {**token, "action": "lancer"})
    _wait(browser, page, "termine")
    return page.strip("/")


def _read_registries(browser: WebClient, folder: Path) -> dict[str, str]:
    files = generate_demonstration(folder, 6, 1)
    kept = [p for p in files if p.name.startswith(("finess", "hapi")) and p.parent.name != "ouvert"]
    sent = [(path.name, path.read_bytes()) for path in kept]
    form = {"csrfmiddlewaretoken": browser.token_of("/lots/imports")}
    answer = browser.send_files("/lots/imports", form, "fichiers", sent)
    page = str(answer.headers["Location"])
    read = _wait(browser, page, "lu")
    found = re.search(r'name="finess" value="(\d+)"', read)
    assert found is not None
    return {"import": page.strip("/"), "finess": found[1]}


def _return_a_file(browser: WebClient, page: str) -> str:
    """The Word file of a contract with words added to two of its paragraphs, not tracked."""
    document = Document(BytesIO(browser.ask(f"{page}/fichier.docx").body))
    long = [p for p in document.paragraphs if "contrat" in p.text and len(p.text) > 80]
    for paragraph in long[:2]:
        run = next(run for run in paragraph.runs if len(run.text) > 20)
        run.text += " sauf avis contraire"
    stream = BytesIO()
    document.save(stream)
    form = {"csrfmiddlewaretoken": browser.token_of("/retours"), "version": f"{_ENTITY}@2"}
    sent = [("retour.docx", stream.getvalue())]
    answer = browser.send_files("/retours/commencer", form, "fichiers", sent)
    assert answer.status == 302, answer.text
    return str(answer.headers["Location"]).strip("/")


def _begin_tour(browser: WebClient) -> None:
    """The tour of the administrator, once the establishments were read."""
    browser.enter(ADMINISTRATOR, PASSWORD)
    end = time.monotonic() + _PATIENCE
    while "se lisent encore" in browser.ask("/visite").text:
        assert time.monotonic() < end
        time.sleep(0.1)
    token = {"csrfmiddlewaretoken": browser.token_of("/visite")}
    assert browser.ask("/visite", {**token, "action": "commencer"}).status == 302


def _wait(browser: WebClient, page: str, *states: str) -> str:
    """The page once its work is in one of the states."""
    end = time.monotonic() + _PATIENCE
    while True:
        text = unescape(browser.ask(page).text)
        found = re.search(r'data-etat="(\w+)"', text)
        assert found is not None, text
        if found[1] in states:
            return text
        assert time.monotonic() < end, found[1]
        time.sleep(0.1)
