"""The editor of the library over HTTP: who may, checks, trials, versions, two people, attacks."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from contract_builder.cli import main
from tests.mini_project import copy_mini_project
from tests.web_server import PASSWORD, Answer, WebClient, add_account, serving

OBJECT = "clause_library/corps/objet.md"
VERSION = "2018-01-01"
ITEM = "/bibliotheque/clause/objet"
EDITOR = f"/bibliotheque/modifier/clause/objet?version={VERSION}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A working folder."""
    return copy_mini_project(tmp_path / "projet")


@pytest.fixture
def client(project: Path) -> Iterator[WebClient]:
    """A browser of the one user of this machine, who is an administrator."""
    with serving(project) as url:
        yield WebClient(url)


def _send(client: WebClient, action: str, path: str = EDITOR, **changed: str) -> Answer:
    """The form as the page shows it, with some fields changed."""
    fields = client.fields_of(path)
    sent = {name.replace("__", "."): [value] for name, value in changed.items()}
    return client.ask(path, {**fields, **sent, "_action": action})


def test_a_text_that_would_break_the_library_is_refused_and_what_was_typed_kept(
    client: WebClient, project: Path
) -> None:
    before = (project / OBJECT).read_bytes()
    answer = _send(client, "enregistrer", texte="Une valeur {{ contrat.perdue }}.")
    assert answer.status == 422
    assert "Rien n’a été enregistré" in answer.text
    assert "Texte, ligne 1" in answer.text
    assert "Une valeur {{ contrat.perdue }}." in unescape(answer.text)
    assert (project / OBJECT).read_bytes() == before


@pytest.mark.parametrize("text", ["{{ ", "{% for x in y %}", "{{ ''.__class__ }}", "{# x"])
def test_signs_of_templates_are_refused_and_never_run(
    client: WebClient, project: Path, text: str
) -> None:
    before = (project / OBJECT).read_bytes()
    answer = _send(client, "enregistrer", texte=f"Début.\n\n{text}")
    assert answer.status == 422
    assert "Texte, ligne 3" in answer.text
    assert (project / OBJECT).read_bytes() == before


def test_a_trial_shows_the_difference_and_writes_nothing(client: WebClient, project: Path) -> None:
    before = (project / OBJECT).read_bytes()
    answer = _send(client, "essayer", texte="Le présent acte les unit.", essai="valmont")
    assert answer.status == 200
    assert "Ce qui changerait dans ce contrat" in answer.text
    assert "<ins>" in answer.text
    assert (project / OBJECT).read_bytes() == before
    assert _send(client, "essayer", essai="../_region").status == 404


def test_a_change_is_saved_told_by_the_journal_and_taken_back(
    client: WebClient, project: Path
) -> None:
    before = (project / OBJECT).read_bytes()
    answer = _send(client, "enregistrer", **{"champ.titre": "Objet et portée"})
    assert (answer.status, answer.headers["Location"]) == (302, f"{ITEM}?version={VERSION}")
    assert "titre: Objet et portée" in (project / OBJECT).read_text("utf-8")
    journal = client.ask("/journal").text
    assert "rédactrice" in journal
    assert "Texte « objet »" in journal
    found = re.findall(r'value="(reprendre:\d+)"', client.ask(EDITOR).text)
    assert _send(client, found[-1]).status == 302
    assert (project / OBJECT).read_bytes() == before
    assert _send(client, "reprendre:999999").status == 422
    assert _send(client, "reprendre:..").status == 422


def test_a_new_version_closes_the_former_one_and_is_withdrawn(
    client: WebClient, project: Path
) -> None:
    answer = _send(client, "version", premier_jour="2027-01-01", texte="Autre objet.")
    assert answer.headers["Location"] == f"{ITEM}?version=2027-01-01"
    assert "en_vigueur_au: 2026-12-31" in (project / OBJECT).read_text("utf-8")
    later = project / "clause_library/corps/objet@2027-01-01.md"
    assert "Autre objet." in later.read_text("utf-8")
    assert main(["check", "--project", str(project)]) == 0
    path = EDITOR.replace(VERSION, "2027-01-01")
    assert _send(client, "retirer", path).status == 302
    assert not later.exists()
    assert "2026-12-31" not in (project / OBJECT).read_text("utf-8")


@pytest.mark.parametrize("day", ["", "2018-01-01", "2027-13-01", "../x", "9999-12-31x"])
def test_a_day_that_cannot_be_is_refused(client: WebClient, project: Path, day: str) -> None:
    answer = _send(client, "version", premier_jour=day)
    assert answer.status == 422
    assert len(list((project / "clause_library/corps").iterdir())) == 2


def test_two_people_edit_one_clause_and_neither_loses_a_word(
    client: WebClient, project: Path
) -> None:
    seen = re.search(r'name="_vu" value="(\w+)"', client.ask(EDITOR).text)
    assert seen is not None
    _send(client, "enregistrer", texte="Le texte de l’autre.")
    answer = _send(client, "enregistrer", texte="Mon texte à moi.", _vu=seen[1])
    assert answer.status == 409
    assert "Le texte de l’autre." in answer.text
    assert "Mon texte à moi." in answer.text
    assert "Le texte de l’autre." in (project / OBJECT).read_text("utf-8")
    assert "Mon texte" not in (project / OBJECT).read_text("utf-8")


def test_a_title_of_signs_stays_a_text_wherever_it_is_shown(
    client: WebClient, project: Path
) -> None:
    title = '"><script>alert(1)</script>{{ 7*7 }}'
    assert _send(client, "enregistrer", **{"champ.titre": title}).status == 302
    for path in (ITEM, EDITOR, "/bibliotheque?q=alert", "/etablissements/valmont/projet"):
        page = client.ask(path)
        assert page.status == 200
        assert "<script>alert" not in page.text
        assert ">49" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "clause/objet",
        "clause/objet?version=../../profiles/valmont",
        "clause/..%2f..%2fprofiles%2fvalmont?version=2018-01-01",
        "fiche/DEMO_1?version=..",
        "reference/CSP%20L6114-1?version=2018-01-02",
        "reference/pas%20un%20article",
        "profil/valmont",
    ],
)
def test_a_forged_name_opens_nothing(client: WebClient, path: str) -> None:
    assert client.ask(f"/bibliotheque/modifier/{path}").status == 404


def test_an_article_is_added_to_the_registry_from_what_cites_it(
    client: WebClient, project: Path
) -> None:
    absent = client.ask("/bibliotheque/reference/CSP%20L6114-2")
    assert 'href="/bibliotheque/modifier/reference/CSP%20L6114-2"' in absent.text
    path = "/bibliotheque/modifier/reference/CSP%20L6114-2"
    assert _send(client, "enregistrer", path).status == 422
    answer = _send(
        client,
        "enregistrer",
        path,
        **{
            "champ.objet": "Objectifs",
            "champ.statut": "en_vigueur",
            "champ.depuis": "2020-11-20",
            "champ.verifie_le": "2023-12-06",
        },
    )
    assert answer.status == 302
    assert client.ask("/bibliotheque/reference/CSP%20L6114-2").status == 200
    assert main(["check", "--project", str(project)]) == 0


def test_only_administrators_of_the_whole_region_edit(project: Path) -> None:
    accounts = (
        ("cheffe", "administrateur", ()),
        ("locale", "administrateur", ("72",)),
        ("redactrice", "redacteur", ()),
    )
    for name, role, departments in accounts:
        add_account(project, name, role, *departments)
    with serving(project) as url:
        for name, _, _ in accounts:
            browser = WebClient(url)
            assert browser.enter(name, PASSWORD).status == 302
            may = name == "cheffe"
            assert ("Modifier cette version" in browser.ask(ITEM).text) == may
            assert browser.ask(EDITOR).status == (200 if may else 403)


DURATION = "clause_library/corps/duree@2020-11-20.md"
CONDITION = "/bibliotheque/modifier/clause/duree?version=2020-11-20"


def test_a_condition_is_made_of_lists_tried_in_words_and_saved(
    client: WebClient, project: Path
) -> None:
    before = (project / DURATION).read_text("utf-8")
    page = unescape(client.ask(CONDITION).text)
    assert "statut de l’établissement" in page
    form = client.fields_of(CONDITION)
    form |= {"si.nouveau": ["lits"], "_action": ["si-ajouter:"]}
    page = unescape(client.ask(CONDITION, form).text)
    assert 'name="si.1.fait" value="lits"' in page
    assert (project / DURATION).read_text("utf-8") == before
    form |= {"si.nouveau": [""], "si.1.fait": ["lits"], "si.1.comparaison": ["plus_de"]}
    empty = client.ask(CONDITION, {**form, "si.1.valeur": [""], "_action": ["enregistrer"]})
    assert empty.status == 422
    assert "Donnez une valeur à « lits »" in unescape(empty.text)
    tried = unescape(
        client.ask(CONDITION, {**form, "si.1.valeur": ["9000"], "_action": ["verifier"]}).text
    )
    assert "et lits : plus de 9 000" in tried.replace("\u202f", " ").replace("\xa0", " ")
    saved = {**form, "si.1.valeur": ["9000"], "_action": ["enregistrer"]}
    assert client.ask(CONDITION, saved).status == 302
    text = (project / DURATION).read_text("utf-8")
    assert "  statut: [public, espic]\n  lits: {plus_de: 9000}\n" in text
    contract = client.ask("/etablissements/valmont/projet").text
    assert "Durée du contrat" not in contract


def test_a_condition_that_is_not_touched_stays_as_it_was_written(
    client: WebClient, project: Path
) -> None:
    before = (project / DURATION).read_text("utf-8")
    assert _send(client, "enregistrer", CONDITION, **{"champ.titre": "Durée"}).status == 302
    assert (project / DURATION).read_text("utf-8") == before.replace(
        "titre: Durée du contrat", "titre: Durée"
    )
    last = client.fields_of(CONDITION)
    gone = {name: value for name, value in last.items() if not name.startswith("si.0")}
    assert client.ask(CONDITION, {**gone, "_action": ["enregistrer"]}).status == 302
    assert "applicable_si" not in (project / DURATION).read_text("utf-8").replace(
        "applicable_si:\n", ""
    )


def test_what_was_typed_on_a_text_that_is_gone_is_shown_and_goes_on_in_another_version(
    client: WebClient, project: Path
) -> None:
    assert _send(client, "version", premier_jour="2027-01-01", texte="Autre objet.").status == 302
    path = EDITOR.replace(VERSION, "2027-01-01")
    form = client.fields_of(path) | {"texte": ["Mes mots à moi."], "champ.titre": ["Mon titre"]}
    (project / "clause_library/corps/objet@2027-01-01.md").unlink()
    answer = client.ask(path, {**form, "_action": ["enregistrer"]})
    assert answer.status == 409
    page = unescape(answer.text)
    assert "Votre saisie est gardée" in page
    assert "Mes mots à moi." in page
    assert "Mon titre" in page
    assert "nouvelle version à partir du 01/01/2027" in page
    kept = client.fields_of_text(answer.text)
    following = client.ask(EDITOR, {**kept, "_action": ["verifier"]})
    assert "Mes mots à moi." in unescape(following.text)
    assert "pas encore enregistrés" in following.text
    assert "Mes mots" not in (project / OBJECT).read_text("utf-8")


def test_a_check_shows_the_text_with_its_fields_in_words(client: WebClient) -> None:
    page = client.ask(EDITOR).text
    assert 'data-ecrire="{{ contrat.date_effet }}"' in page
    tried = client.ask(EDITOR, {**client.fields_of(EDITOR), "_action": ["verifier"]}).text
    assert '<span class="chip">[raison sociale]</span>' in tried.split('id="apercu"')[1]
    # Without a script of ours, nothing of a page is written by one.
    assert "<script>" not in page


LEAKS = re.compile(r"YAML|\.yaml|JSON|\bhash\b|applicable_si|en_vigueur_|--json", re.IGNORECASE)


def test_no_page_of_the_library_speaks_of_files_to_its_readers(project: Path) -> None:
    add_account(project, "cheffe", "administrateur")
    add_account(project, "redactrice", "redacteur")
    with serving(project) as url:
        reader = WebClient(url)
        assert reader.enter("redactrice", PASSWORD).status == 302
        for path in (
            "/bibliotheque",
            "/bibliotheque/plans",
            "/bibliotheque/a-revoir",
            ITEM,
            "/bibliotheque/clause/duree",
            "/bibliotheque/fiche/DEMO_1",
            "/bibliotheque/reference/CSP%20L6114-1",
            "/bibliotheque/reference/CSP%20L9999-1",
            "/etablissements/valmont/projet/variante/objet",
        ):
            text = re.sub(r"<[^>]+>", " ", reader.ask(path).text)
            assert LEAKS.search(text) is None, path
            assert ".md" not in text, path
