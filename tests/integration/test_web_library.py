"""The library in pages: an item with its versions, its law, its contracts; hostile addresses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_builder.cli import main
from tests.mini_project import change_file, copy_mini_project
from tests.web_server import WebClient, serving

OBJECT = "clause_library/corps/objet.md"
FINESS = "990000010"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with a signed contract, whose clause then has a second version."""
    folder = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    arguments = ["--project", str(folder)]
    out = str(folder / "output")
    assert (
        main(["build", "valmont", "--formats", "json", "--out", out, "--record", *arguments]) == 0
    )
    for status in ("envoye", "signe"):
        assert main(["store", "status", f"{FINESS}@1", status, *arguments]) == 0
    path = folder / OBJECT
    text = path.read_text("utf-8").replace("2018-01-01", "2027-01-01")
    text = text.replace("contrat lie", "acte unit").replace(
        "Objet du contrat", "<script>alert(1)</script>"
    )
    path.with_name("objet@2027-01-01.md").write_text(text, "utf-8")
    change_file(path, "du: 2018-01-01\n", "du: 2018-01-01\nen_vigueur_au: 2026-12-31\n")
    return folder


@pytest.fixture(scope="module")
def client(project: Path) -> Iterator[WebClient]:
    """A browser of the one user of this machine."""
    with serving(project) as url:
        yield WebClient(url)


def test_a_clause_shows_the_version_in_force_and_the_contracts_that_hold_it(
    client: WebClient,
) -> None:
    page = client.ask("/bibliotheque/clause/objet").text
    assert '<span class="chip">[raison sociale]</span>' in page
    assert "1\u00a0contrat signé" in page
    assert f"{FINESS}@1, signé" in page
    assert '/bibliotheque/reference/CSP%20L6114-1"' in page
    later = client.ask("/bibliotheque/clause/objet?version=2027-01-01").text
    assert "1\u00a0contrat signé" not in later


def test_two_versions_are_compared_whatever_their_order(client: WebClient) -> None:
    for first, second in (("2018-01-01", "2027-01-01"), ("2027-01-01", "2018-01-01")):
        page = client.ask(f"/bibliotheque/clause/objet?de={first}&a={second}").text
        assert "<del>contrat lie</del>" in page
        assert "<ins>acte unit</ins>" in page


def test_a_title_never_becomes_markup(client: WebClient) -> None:
    for path in ("/bibliotheque?q=alert", "/bibliotheque/clause/objet?version=2027-01-01"):
        page = client.ask(path).text
        assert "alert" in page
        assert "<script>alert" not in page


def test_an_article_leads_to_the_texts_that_cite_it(client: WebClient) -> None:
    page = client.ask("/bibliotheque/reference/CSP%20L6114-1").text
    assert "/bibliotheque/clause/objet?version=2018-01-01" in page
    assert "/impact?article=CSP%20L6114-1" in page


def test_an_article_that_the_registry_has_not_says_so(client: WebClient) -> None:
    answer = client.ask("/bibliotheque/reference/CSP%20L9999-1")
    assert answer.status == 404
    assert "n’est pas au registre" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "clause/..%2f..%2fprofiles%2fvalmont",
        "clause/../../profiles/valmont.yaml",
        "fiche/DEMO_1.md",
        "reference/%3Cscript%3E",
        "inconnu/objet",
        "clause/objet%00",
        "clause/" + "a" * 3000,
    ],
)
def test_a_forged_name_is_not_found(client: WebClient, path: str) -> None:
    answer = client.ask(f"/bibliotheque/{path}")
    assert answer.status in (400, 404)
    assert "finess_ej" not in answer.text
    assert "<script>" not in answer.text


def test_what_remains_to_be_read_of_the_law_is_listed_for_a_day(client: WebClient) -> None:
    page = client.ask("/bibliotheque/a-revoir?le=2026-06-01").text
    assert "Lu pour la dernière fois" in page
    assert "/impact?article=CSP%20L6114-1" in page
    assert "Rien à revoir" in client.ask("/bibliotheque/a-revoir?le=2024-06-01").text
    assert client.ask("/bibliotheque/a-revoir?le=..%2f").status == 200


def test_the_impact_leads_to_the_texts_and_to_avenants_in_one_lot(
    client: WebClient, project: Path
) -> None:
    registry = project / "clause_library" / "references" / "csp.yaml"
    text = registry.read_text("utf-8")
    change_file(
        registry,
        "    verifie_le: 2023-12-06\n",
        "    jusqu_au: 2026-12-31\n    fin_constatee: 2026-01-01\n    verifie_le: 2026-01-01\n",
    )
    try:
        page = client.ask("/impact?article=CSP+L6114-1&date=2027-01-01").text
        assert "/bibliotheque/clause/" in page
        assert ">Durée et prise d’effet</a></th><td>du 20\u00a0novembre\u00a02020</td>" in page
        assert "Annoncé parmi ses références, sans être nommé dans le texte." in page
        assert "references:" not in page
        assert 'href="/lots?avenants=1&amp;nom=valmont"' in page
        assert "Préparer 1\u00a0avenant en un lot" in page
    finally:
        registry.write_text(text, "utf-8")
    unknown = client.ask("/impact?article=CSP+L9999-1").text
    assert 'href="/bibliotheque/modifier/reference/CSP%20L9999-1"' in unknown
