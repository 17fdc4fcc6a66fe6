"""« À faire » and the task list of an establishment lead to the very field; filters, export."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest

from tests.mini_project import PROFILE, change_file, copy_mini_project
from tests.web_server import WebClient, serving

LAYER = """\
etablissement:
  finess_ej: "990000010"
  siren: "269900099"
  statut_juridique: Établissement communal
sites:
  - {finess_et: "990000036", nom: Site importé, categorie: "355"}
origines:
  etablissement: {fichier: finess.csv, lignes: "12", extrait_le: 2026-10-12}
  sites[990000036]: {fichier: finess.csv, lignes: "13", extrait_le: 2026-10-12}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebClient]:
    """A region of three: one with an error, one with gaps, one whose registry says otherwise."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    path = project / PROFILE
    text = path.read_text("utf-8").replace(
        "categorie: ch\n", 'categorie: ch\n  departement: "44"\n'
    )
    path.write_text(text, "utf-8")
    other = text.replace("990000010", "990000119").replace("Valmont", "Bourg")
    wrong = path.with_name("bourg.yaml")
    wrong.write_text(other.replace('"44"', '"72"'), "utf-8")
    change_file(wrong, "date_effet: 2025-07-01", "date_effet: 2025-07-32")
    clause = project / "clause_library" / "corps" / "objet.md"
    change_file(clause, "{{ etablissement.raison_sociale }}", "{{ etablissement.nom_court }}")
    imports = project / "profiles" / "_imports"
    imports.mkdir()
    (imports / "990000010.yaml").write_text(LAYER, "utf-8")
    with serving(project) as address:
        opened = WebClient(address)
        for name in ("valmont", "bourg"):
            opened.ask(f"/etablissements/{name}/")
        yield opened


def _lines(page: str) -> list[tuple[str, str]]:
    """Who, and where the line leads."""
    return re.findall(r'<th scope="row">(.*?)</th>\s*<td><a href="(.*?)">', page)


def test_the_line_of_an_error_comes_first_and_leads_to_its_field(client: WebClient) -> None:
    page = client.ask("/").text
    (first, link), *_ = _lines(page)
    assert first == "Centre hospitalier de Bourg (fictif)"
    assert link == "/etablissements/bourg/identite#contrat.date_effet"
    shown = client.ask("/etablissements/bourg/identite").text
    assert 'id="contrat.date_effet"' in shown


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?departement=72", ["Bourg"]),
        ("?departement=44", ["Valmont"]),
        ("?nature=erreurs", ["Bourg"]),
        ("?nature=manques", ["Valmont"]),
        ("?q=valmont", ["Valmont"]),
        ("?q=rien+de+tel", []),
        ("?tri=nom", ["Bourg", "Valmont"]),
    ],
)
def test_filters_are_in_the_address_and_hold_for_the_export(
    client: WebClient, query: str, names: list[str]
) -> None:
    page = client.ask(f"/{query}").text
    assert [re.search(r"de (\w+) \(", who)[1] for who, _ in _lines(page)] == names
    answer = client.ask(f"/a-faire.xlsx{query}")
    assert answer.status == 200
    with zipfile.ZipFile(io.BytesIO(answer.body)) as parts:
        texts = parts.read("xl/sharedStrings.xml").decode()
    assert all((f"de {name} (" in texts) == (name in names) for name in ("Bourg", "Valmont"))


def test_the_task_list_counts_what_lacks_and_leads_to_what_comes_next(client: WebClient) -> None:
    page = client.ask("/etablissements/bourg/").text
    assert re.search(r"\d+ rubriques complètes sur \d+", page)
    assert 'Ensuite : <a href="/etablissements/bourg/identite#contrat.date_effet">' in page
    page = client.ask("/etablissements/valmont/").text
    assert re.search(r'href="/etablissements/valmont/\w+#\S+">à compléter \(\d+\)', page)


def test_the_project_links_what_it_lacks_to_its_field(client: WebClient) -> None:
    page = client.ask("/etablissements/valmont/projet").text
    assert 'href="/etablissements/valmont/identite#' in page
    assert 'href="/bibliotheque/clause/objet"' in page
    assert client.ask("/bibliotheque/clause/objet").status == 200


def test_what_a_registry_says_stands_beside_what_is_typed(client: WebClient) -> None:
    page = client.ask("/etablissements/valmont/identite").text
    assert "Ailleurs : « 269900099 » (finess.csv" in page
    assert "Sans réponse ici : « Établissement communal » (finess.csv" in page


def test_lines_of_a_registry_are_shown_with_their_origin(client: WebClient) -> None:
    page = client.ask("/etablissements/valmont/sites").text
    assert "1\u00a0ligne vient d’ailleurs" in page
    row = re.search(r"<td>990000036</td>.*?</tr>", page, re.DOTALL)[0]
    assert "Site importé" in row
    assert "finess.csv" in row
    assert 'name="sites.1.' not in page
