"""An avenant by pages alone: signed, changed, drafted, handed out, recorded."""

from collections.abc import Iterator

import pytest

from contract_builder.cli import main
from tests.web_server import WebClient, serving

NAME = "clinique-demonstration"
SIGNED = "990000507@1"
SIDES = f"ancien={SIGNED}&nouveau=projet:{NAME}"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A browser before a new working folder, whose clinic has signed its contract."""
    project = tmp_path_factory.mktemp("avenants") / "dossier"
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


def test_an_amount_that_changes_becomes_an_avenant(client: WebClient) -> None:
    section = f"/etablissements/{NAME}/financements"
    form = client.fields_of(section)
    amount = next(name for name in form if name.endswith(".montants.2026"))
    saved = client.ask(section, {**form, amount: ["123 456,00 €"], "_action": "enregistrer"})
    assert saved.status == 302
    drafted = client.ask(f"/avenants?{SIDES}&numero=7")
    assert drafted.status == 200, drafted.text
    assert "Avenant n° 7" in drafted.text
    assert "est remplacée par la ligne suivante" in drafted.text
    assert "motif de la modification" in drafted.text
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        document = client.ask(f"/avenants/fichier.{kind}?{SIDES}")
        assert document.body.startswith(start)
    token = {"csrfmiddlewaretoken": client.token_of(f"/avenants?{SIDES}")}
    wish = {**token, "ancien": SIGNED, "nouveau": f"projet:{NAME}", "numero": "1"}
    assert client.ask("/avenants/enregistrer", wish).status == 302
    listed = client.ask("/avenants").text
    assert "990000507@2" in listed
    assert "avenant n°\u00a01" in listed


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
