"""An avenant by pages alone: signed, changed, drafted, handed out, recorded."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from contract_builder.cli import main
from tests.web_server import WebClient, serving

NAME = "clinique-demonstration"
SIGNED = "990000507@1"
SIDES = f"ancien={SIGNED}&nouveau=projet:{NAME}"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to be made."""
    return tmp_path_factory.mktemp("avenants") / "dossier"


@pytest.fixture(scope="module")
def client(project: Path) -> Iterator[WebClient]:
    """A browser before a new working folder, whose clinic has signed its contract."""
    assert main(["init", str(project)]) == 0
    with serving(project) as address:
        browser = WebClient(address)
        page = f"/etablissements/{NAME}"
        token = {"csrfmiddlewaretoken": browser.token_of(f"{page}/projet")}
        assert browser.ask(f"{page}/projet/enregistrer", token).status == 302
        signing = {**token, "statut": "signe", "vu": "projet"}
        assert browser.ask(f"{page}/versions/1/statut", signing).status == 302
        assert "signé" in browser.ask(f"{page}/versions").text
        yield browser


def test_nothing_changed_gives_no_avenant(client: WebClient) -> None:
    answer = client.ask(f"/avenants?{SIDES}")
    assert answer.status == 200, answer.text
    assert "disent la même chose" in answer.text
    assert client.ask(f"/avenants/fichier.docx?{SIDES}").status == 422


def change_amount(client: WebClient) -> None:
    """An amount of 2026 that the signed contract does not say; the same again changes nothing."""
    section = f"/etablissements/{NAME}/financements"
    form = client.fields_of(section)
    amount = next(name for name in form if name.endswith(".montants.2026"))
    saved = client.ask(section, {**form, amount: ["123 456,00 €"], "_action": "enregistrer"})
    assert saved.status == 302


def give_reasons(client: WebClient, text: str) -> list[int]:
    """Sends the form of the reasons twice, as a double click does; the answers."""
    form = form_of(client)
    names = [name for name in form if name.startswith("motif:")]
    assert names
    sent = {**form, **dict.fromkeys(names, text)}
    return [client.ask("/avenants/motifs", sent).status for _ in range(2)]


def test_an_amount_that_changes_becomes_an_avenant(client: WebClient) -> None:
    change_amount(client)
    drafted = client.ask(f"/avenants?{SIDES}&numero=7")
    assert drafted.status == 200, drafted.text
    assert "Avenant n° 7" in drafted.text
    assert "est remplacée par la ligne suivante" in drafted.text
    assert "motif de la modification" in drafted.text
    assert '<th scope="col" class="num">2026</th>' in drafted.text
    assert '<td class="num">123\xa0456,00\xa0€</td>' in drafted.text
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        document = client.ask(f"/avenants/fichier.{kind}?{SIDES}")
        assert document.body.startswith(start)
    preview = client.ask(f"/avenants/page?{SIDES}")
    assert "Exposé des motifs" in preview.text


def form_of(client: WebClient) -> dict[str, str]:
    """The form of the reasons, each with its field."""
    page = client.ask(f"/avenants?{SIDES}").text
    form = page[page.index('action="/avenants/motifs"') :]
    form = form[: form.index("</form>")]
    return {
        unescape(name): unescape(value)
        for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)
    }


def test_reasons_are_written_and_the_avenant_says_them(client: WebClient) -> None:
    change_amount(client)
    form = form_of(client)
    names = [name for name in form if name.startswith("motif:")]
    hostile = "<script>alert(1)</script> les crédits sont notifiés"
    assert give_reasons(client, hostile) == [302, 302]
    sent = {**form, **dict.fromkeys(names, hostile)}
    text = client.ask(f"/avenants?{SIDES}").text
    assert "motif de la modification" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; les crédits" in text
    assert "<script>alert" not in text
    assert "les crédits sont notifiés" in client.ask(f"/avenants/page?{SIDES}").text
    stale = {**sent, **dict.fromkeys(names, "d’une page trop ancienne")}
    refused = client.ask("/avenants/motifs", stale)
    assert refused.status == 409
    assert "a été modifié" in refused.text
    assert "d’une page trop ancienne" in refused.text
    assert "trop ancienne" not in client.ask(f"/avenants?{SIDES}").text
    assert client.ask("/avenants/motifs", {**form, "nouveau": "projet:../x"}).status == 404


def buttons_of(text: str) -> dict[str, str]:
    """What each button of the operations sends, by its words; the last one where several agree."""
    found = re.findall(r'name="choix" value="([^"]*)">([^<]+)</button>', text)
    return {unescape(label): unescape(value) for value, label in found}


def level_form(text: str) -> dict[str, str]:
    """The hidden fields of the form that the buttons send."""
    form = text[text.index('action="/avenants/niveau"') :]
    form = form[: form.index("</form>")]
    return {n: unescape(v) for n, v in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}


def test_the_level_of_an_operation_is_chosen_kept_and_left_to_the_program_again(
    client: WebClient, project: Path
) -> None:
    change_amount(client)
    profile = project / "profiles" / f"{NAME}.yaml"
    text = client.ask(f"/avenants?{SIDES}").text
    rows = text.count("remplacée par la ligne suivante")
    assert "le tableau suivant" not in text
    before = profile.read_text("utf-8")
    sent = {**level_form(text), "choix": buttons_of(text)["Remplacer le tableau"]}
    chosen = client.ask("/avenants/niveau", sent)
    assert chosen.status == 302
    assert chosen.headers["Location"].endswith("#ordonne")
    text = client.ask(f"/avenants?{SIDES}").text
    assert "est remplacé par le tableau suivant" in text
    assert text.count("remplacée par la ligne suivante") < rows
    assert "tableau, choisi" in text
    assert "niveau: tableau" in profile.read_text("utf-8")
    stale = client.ask("/avenants/niveau", {**sent, "_vu": "0" * 64})
    assert stale.status == 302, "the same choice again changes nothing"
    buttons = buttons_of(text)
    whole = {**level_form(text), "choix": buttons["Remplacer l’annexe entière"]}
    refused = client.ask("/avenants/niveau", {**whole, "_vu": "0" * 64})
    assert refused.status == 409
    assert "a été modifié" in refused.text
    undone = {**level_form(text), "choix": buttons["Laisser le logiciel choisir"]}
    assert client.ask("/avenants/niveau", undone).status == 302
    assert client.ask(f"/avenants?{SIDES}").text.count("remplacée par la ligne suivante") == rows
    assert profile.read_text("utf-8").rstrip() == before.rstrip()


@pytest.mark.parametrize(
    "forged",
    ["", "niveau=tout", "ou=A5&niveau=alinea&alinea=-1", "ou=%3Cb%3E&niveau=entier", "x" * 5000],
)
def test_a_level_that_no_button_sends_is_refused(client: WebClient, forged: str) -> None:
    change_amount(client)
    text = client.ask(f"/avenants?{SIDES}").text
    answer = client.ask("/avenants/niveau", {**level_form(text), "choix": forged})
    assert answer.status == 422
    assert 'role="alert"' in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize("given", ["date=demain", "effet=31/02/2026", "effet=1999-01-01"])
def test_a_day_that_is_none_or_comes_too_early_is_refused(client: WebClient, given: str) -> None:
    answer = client.ask(f"/avenants?{SIDES}&{given}")
    assert answer.status == 422
    assert 'role="alert"' in answer.text


def prepare_avenant(client: WebClient) -> dict[str, str]:
    """The form that records an avenant: an amount is another one, and the reasons are given."""
    change_amount(client)
    assert give_reasons(client, "les crédits sont notifiés") == [302, 302]
    token = client.token_of(f"/avenants?{SIDES}")
    return {
        "csrfmiddlewaretoken": token, "ancien": SIGNED, "nouveau": f"projet:{NAME}",
        "numero": "1", "date": "2026-02-01", "effet": "2026-03-01",
    }  # fmt: skip


def test_an_avenant_is_recorded_and_its_own_files_leave_with_their_receipt(
    client: WebClient,
) -> None:
    wish = prepare_avenant(client)
    token = {"csrfmiddlewaretoken": wish["csrfmiddlewaretoken"]}
    recorded = client.ask("/avenants/enregistrer", {**wish, "suite": "envoi"})
    assert recorded.status == 302
    page = recorded.headers["Location"]
    assert page == f"/etablissements/{NAME}/versions/2/envois"
    assert "L’avenant seul" in client.ask(page).text
    sent = {**token, "quoi": "avenant", "destinataire": "Direction générale"}
    assert client.ask(page, sent).status == 302
    shown = client.ask(page).text
    assert "avenant n°\xa01 seul" in shown
    names = re.findall(rf'href="{page}/([^"]+)"', shown)
    assert len(names) == 4
    assert all("-avenant-1-" in name for name in names)
    receipt = json.loads(
        next(client.ask(f"{page}/{name}").body for name in names if name.endswith(".json"))
    )
    assert receipt["envoi"]["avenant"] == 1
    hashes = {sha256(client.ask(f"{page}/{name}").body).hexdigest() for name in names}
    assert hashes >= {file["sha256"] for file in receipt["fichiers"]}
    assert "envoyé" in client.ask(f"/etablissements/{NAME}/versions").text
    again = client.ask(f"/etablissements/{NAME}/versions/1/envois").text
    assert "L’avenant seul" not in again, "a contract that no avenant makes leaves whole"


def test_an_avenant_that_is_signed_changes_the_text_in_force_from_its_day(
    client: WebClient,
) -> None:
    wish = prepare_avenant(client)
    token = {"csrfmiddlewaretoken": wish["csrfmiddlewaretoken"]}
    answers = [client.ask("/avenants/enregistrer", wish).status for _ in range(2)]
    assert answers == [302, 302]  # a double click
    listed = client.ask("/avenants").text
    assert "990000507@2" in listed
    assert "990000507@3" not in listed
    assert "avenant n°\u00a01" in listed
    page = f"/etablissements/{NAME}/versions"
    for seen in ("projet", "envoye"):  # it may have left already
        signing = {**token, "statut": "signe", "vu": seen}
        assert client.ask(f"{page}/2/statut", signing).status == 302
    assert "lire le texte en vigueur" in client.ask(page).text
    amounts = [
        "123\u00a0456,00" in client.ask(f"/avenants/texte/page?version={SIGNED}&le={day}").text
        for day in ("2026-02-28", "2026-03-01")
    ]
    assert amounts == [False, True]
    again = client.ask(f"/avenants?ancien={SIGNED}&nouveau=990000507@2&numero=1").text
    assert 'action="/avenants/motifs"' in again, "reasons can be given against a kept version"
    assert "les crédits sont notifiés" in again
    shown = client.ask(f"/avenants/texte?version={SIGNED}&le=2026-02-28").text
    assert "prendra effet le 1er" in shown
    assert "du 1er\u00a0mars\u00a02026" in shown


def test_the_avenants_of_a_regions_run_are_shown_with_their_state(
    client: WebClient, project: Path
) -> None:
    assert "Aucun avenant n’a été rédigé" in client.ask("/avenants/lot").text
    section = f"/etablissements/{NAME}/financements"
    form = client.fields_of(section)
    amount = next(name for name in form if name.endswith(".montants.2027"))
    sent = {**form, amount: ["55 555,00 €"], "_action": "enregistrer"}
    assert client.ask(section, sent).status == 302
    options = ("--project", str(project), "--formats", "docx,json", "--jobs", "1")
    main(["batch", "--amend", *options])
    text = client.ask("/avenants/lot").text
    assert "rédigé" in text
    assert "aucun contrat en vigueur" in text
    found = re.search(rf'href="(/avenants/lot/{NAME}/\d+)">[^<]+\.docx', text)
    assert found is not None
    assert client.ask(found[1]).body.startswith(b"PK")
    for path in (f"/avenants/lot/{NAME}/99", "/avenants/lot/absent/0", "/avenants/lot/..%2fx/0"):
        assert client.ask(path).status == 404


@pytest.mark.parametrize(
    "sides",
    [
        f"ancien=/etc/passwd&nouveau=projet:{NAME}",
        f"ancien={SIGNED}&nouveau=/etc/passwd",
        "ancien=990000999@4&nouveau=990000507@1",
        f"ancien={SIGNED}&nouveau=projet:ch-demonstration",
    ],
)
def test_sides_that_make_no_avenant_are_refused(client: WebClient, sides: str) -> None:
    answer = client.ask(f"/avenants?{sides}")
    assert answer.status == 422
    assert "root:" not in answer.text


def test_an_establishment_that_does_not_exist_is_not_found(client: WebClient) -> None:
    assert client.ask(f"/avenants?ancien={SIGNED}&nouveau=projet:../x").status == 404
