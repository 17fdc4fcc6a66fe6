"""Attacks on the pages: markup in every text, formulas, any Unicode, forged names and numbers."""

import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from contract_builder.reading.characters import FORBIDDEN
from contract_builder.reading.yaml_patch import patch_yaml
from contract_builder.services.editing import open_profile, try_change
from contract_builder.services.project import Project
from tests.hostile_profile import PAYLOAD, PageReader, iter_text_paths, put
from tests.mini_project import PROFILE, copy_mini_project
from tests.web_server import WebClient, serving

NAME = "valmont"
BROKEN = "casse"
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x.example","ici")')
IDENTITY = f"/etablissements/{NAME}/identite"
TYPED = {
    "nothing": "a\0b",
    "control": "a\x01\x0b\x1f\x7f\x85b",
    "lone surrogate": "a\ud800b",
    "right to left": "\u202eabc\u2066\u2069",
    "combining": "e" + "\u0301" * 60,
    "separators": "a\u2028b\u2029c\ufeffd",
    "astral": "\U0001f3e5\U000e0001\U0010ffff",
    "not a character": "a\ufffe\uffffb",
    "markup of YAML": "- a: [b, {c: &x *x !!python/object d}] # e\n---\n...",
    "quotes": "'\"`\\",
    "long": "é" * 200_000,
}


def _attack(path: Path, project: Path) -> list[tuple[str, ...]]:
    """Puts the payload in every text that lets the contract be made; the paths that took it."""
    with Project(project) as opened:
        file = open_profile(opened, path.stem)
        tree = dict(file.tree)
        taken = []
        for where in iter_text_paths():
            tried = put(tree, where, PAYLOAD)
            if try_change(opened, file, tried).prepared.assembly is not None:
                tree, taken = tried, [*taken, where]
        path.write_text(patch_yaml(file.text, tree), "utf-8")
    return taken


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A project whose profiles attack: one that can be built, one that has errors everywhere."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    path = project / PROFILE
    with Project(project) as opened:
        file = open_profile(opened, NAME)
        tree = dict(file.tree)
        for where in iter_text_paths():
            tree = put(tree, where, PAYLOAD)
        (path.parent / f"{BROKEN}.yaml").write_text(patch_yaml(file.text, tree), "utf-8")
    assert len(_attack(path, project)) > 40
    clause = project / "clause_library" / "corps" / "objet.md"
    text = clause.read_text("utf-8").replace("titre: Objet", f'titre: "{_yaml(PAYLOAD)} Objet')
    clause.write_text(re.sub(r'(titre: ".*)', r'\1"', text), "utf-8")
    with serving(project) as address:
        yield project, address


def _yaml(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "(").replace("}", ")")


@pytest.fixture
def browser(attacked: tuple[Path, str]) -> WebClient:
    return WebClient(attacked[1])


def test_no_page_runs_what_a_person_typed_anywhere(browser: WebClient) -> None:
    form = {"csrfmiddlewaretoken": browser.token_of(f"/etablissements/{NAME}/projet")}
    assert browser.ask(f"/etablissements/{NAME}/projet/enregistrer", form).status == 302
    for seen, status in (("projet", "envoye"), ("envoye", "signe")):
        address = f"/etablissements/{NAME}/versions/1/statut"
        assert browser.ask(address, {**form, "statut": status, "vu": seen}).status == 302
    fields = browser.fields_of(IDENTITY)
    fields["etablissement.nom_court"] = [f"{PAYLOAD} bis"]
    assert browser.ask(IDENTITY, {**fields, "_action": "enregistrer"}).status == 302
    waiting = {
        "/",
        f"/etablissements/{NAME}/projet/texte",
        f"/etablissements/{BROKEN}/identite",
        f"/avenants?ancien=990000010@1&nouveau=projet:{NAME}",
        "/comparer?ancien=modele&nouveau=990000010@1",
        "/comparer/page?ancien=modele&nouveau=990000010@1",
        f"/bibliotheque?q={'%3Cscript%3Ealert(2)%3C/script%3E'}",
        "/etablissements/?q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "/impact?article=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E&date=%3Cscript%3Ealert(2)",
        "/compte/connexion?next=javascript:alert(1)",
    }
    seen: set[str] = set()
    shown = 0
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = browser.ask(path)
        assert answer.status in (200, 302, 404, 409, 422), (path, answer.status)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = PageReader(answer.text)
        assert page.attacks == [], path
        assert "<script>alert" not in answer.text, path
        shown += "&lt;script&gt;alert(2)" in answer.text
        if "texte" not in path and "/page" not in path and answer.status != 302:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy, path
            assert "unsafe" not in policy, path
        waiting |= {link for link in page.links if len(seen) < 150} - seen
    assert shown >= 10


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_a_text_in_what_is_exported(
    tmp_path: Path, formula: str
) -> None:
    project = copy_mini_project(tmp_path / "projet")
    with Project(project) as opened:
        file = open_profile(opened, NAME)
        tree = put(file.tree, ("etablissement", "raison_sociale"), formula)
        tree = put(tree, ("financements", "0", "libelle"), formula)
        file.path.write_text(patch_yaml(file.text, tree), "utf-8")
    with serving(project) as address:
        client = WebClient(address)
        client.ask(f"/etablissements/{NAME}/")
        form = {"csrfmiddlewaretoken": client.token_of(f"/etablissements/{NAME}/projet")}
        assert client.ask(f"/etablissements/{NAME}/projet/enregistrer", form).status == 302
        for path in (
            "/etablissements/export.xlsx",
            "/comparer/fichier.xlsx?ancien=modele&nouveau=990000010@1",
        ):
            answer = client.ask(path)
            assert answer.status == 200, path
            with zipfile.ZipFile(io.BytesIO(answer.body)) as parts:
                texts = {name: parts.read(name).decode() for name in parts.namelist()}
            assert not [t for n, t in texts.items() if "/worksheets/" in n and "<f>" in t], path
            assert escape(formula, quote=False) in texts["xl/sharedStrings.xml"].replace(
                "&quot;", '"'
            ), path


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_is_kept_as_it_is_or_refused_and_the_file_can_be_read(
    plain: tuple[Path, str], typed: str
) -> None:
    project, address = plain
    client = WebClient(address)
    form = client.fields_of(IDENTITY)
    text = TYPED[typed]
    form["etablissement.nom_court"] = [text]
    body = "&".join(
        f"{_quote(name)}={_quote(value)}"
        for name, values in {**form, "_action": ["enregistrer"]}.items()
        for value in values
    ).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    before = (project / PROFILE).read_bytes()
    answer = client.ask(IDENTITY, body, **kind)
    assert answer.status in (302, 400, 422)
    if answer.status != 302:
        assert (project / PROFILE).read_bytes() == before
        assert 'role="alert"' in answer.text or 'class="box error"' in answer.text
    with Project(project) as opened:
        file = open_profile(opened, NAME)
        group = file.tree["etablissement"]
        assert isinstance(group, dict)
        if answer.status == 302:
            sent = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            assert group["nom_court"] == FORBIDDEN.sub(" ", sent).strip()
    for path in (IDENTITY, f"/etablissements/{NAME}/projet", f"/etablissements/{NAME}/", "/"):
        assert client.ask(path).status in (200, 422)
    (project / PROFILE).write_bytes(before)


def _quote(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A project without attacks."""
    project = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    with serving(project) as address:
        yield project, address


FORGED = ("²", "٣", "--5", "-1", "9" * 5000, "1e3", "0x1", " 0", "None", "../..", "\0")


@pytest.mark.parametrize("number", FORGED, ids=lambda text: repr(text[:6]))
def test_forged_ranks_and_paths_change_nothing_and_break_nothing(
    plain: tuple[Path, str], number: str
) -> None:
    project, address = plain
    client = WebClient(address)
    before = (project / PROFILE).read_bytes()
    page = f"/etablissements/{NAME}/sites"
    form = client.fields_of(page)
    wrong = {**form, "sites._lignes": [number], f"sites.{number}._rang": [number]}
    wrong |= {"sites.0._rang": [number]}
    for action in (
        f"monter:sites.{number}",
        f"retirer:sites.{number}.nom.{number}",
        f"dupliquer:{number}",
        f"ajouter:sites.{number}",
        f"coller:{number}",
        "verifier",
    ):
        assert client.ask(page, {**wrong, "_action": [action]}).status in (200, 422)
    for path in (
        f"/etablissements/{NAME}/fiches",
        f"/etablissements/{NAME}/autorisations",
        f"/etablissements/{NAME}/cibles",
    ):
        sent = {**client.fields_of(path), "_action": f"quintuplet:{number}"}
        assert client.ask(path, sent).status in (200, 404, 422)
    assert (project / PROFILE).read_bytes() == before


@pytest.mark.parametrize(
    "path",
    [
        "/etablissements/%00/",
        f"/etablissements/{NAME}%00/",
        f"/etablissements/..%2f{NAME}/",
        f"/etablissements/%2e%2e/{NAME}/",
        "/etablissements/..%5c..%5cetc/",
        "/etablissements/%F0%9F%8F%A5%ED%A0%80/",
        "/bibliotheque/clause/%00",
        f"/etablissements/{NAME}/projet/fichier.%00",
        f"/etablissements/{NAME}/versions/{'9' * 40}/statut",
    ],
)
def test_a_forged_address_is_not_found(plain: tuple[Path, str], path: str) -> None:
    client = WebClient(plain[1])
    form = {"csrfmiddlewaretoken": client.token_of("/etablissements/nouveau"), "statut": "signe"}
    answers = [client.ask(path), client.ask(path, form)]
    assert all(answer.status in (302, 400, 403, 404, 405) for answer in answers)
    assert "Traceback" not in answers[0].text


@pytest.mark.parametrize(
    "query",
    [
        "bibliotheque?q=%00",
        "bibliotheque?q=%22NEAR%28a+b%29+OR+*&genre=x&le=x&public=%27",
        "bibliotheque?q=" + "a" * 5000,
        "etablissements/?q=%00&tri=%00&etat=%00",
        "impact?article=%00&date=%00",
        "impact?article=CSP+" + "9" * 500,
        "impact?article=CSP+L6114-1&date=9999-99-99",
        "comparer?ancien=%00&nouveau=%00",
        "avenants?ancien=%00&nouveau=projet:..%2f..%2fetc&numero=" + "9" * 400,
    ],
)
def test_a_forged_question_is_answered(plain: tuple[Path, str], query: str) -> None:
    assert WebClient(plain[1]).ask(f"/{query}").status in (200, 404, 422)


def test_the_same_form_sent_twice_is_one_change(plain: tuple[Path, str]) -> None:
    client = WebClient(plain[1])
    form = client.fields_of(IDENTITY)
    form["etablissement.nom_court"] = ["Deux fois"]
    sent = [client.ask(IDENTITY, {**form, "_action": "enregistrer"}) for _ in range(2)]
    assert [answer.status for answer in sent] == [302, 302]
    assert (plain[0] / PROFILE).read_text("utf-8").count("Deux fois") == 1


def test_an_establishment_asked_for_twice_is_made_once_and_shown(
    plain: tuple[Path, str],
) -> None:
    client = WebClient(plain[1])
    form = {"csrfmiddlewaretoken": client.token_of("/etablissements/nouveau")}
    form["finess"] = "990000200"
    assert client.ask("/etablissements/nouveau", form).status == 302
    again = client.ask("/etablissements/nouveau", form)
    assert again.status == 422
    assert 'href="/etablissements/990000200/"' in again.text


def _bomb(part: str, size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        with parts.open(part, "w", force_zip64=True) as file:
            for _ in range(size >> 20):
                file.write(b" " * (1 << 20))
    return stream.getvalue()


UPLOADS = {
    "200 MB": lambda: b"PK\x03\x04" + b"\0" * (200 << 20),
    "zip bomb": lambda: _bomb("word/document.xml", 1 << 30),
    "no Word inside": lambda: _bomb("autre.txt", 1 << 20),
    "page": lambda: b"<html><script>alert(2)</script></html>",
    "program": lambda: b"\x7fELF" + b"\0" * 100,
    "empty": lambda: b"",
}


@pytest.mark.parametrize("kind", UPLOADS)
def test_a_file_that_lies_or_weighs_is_refused_and_the_pages_go_on(
    plain: tuple[Path, str], kind: str
) -> None:
    client = WebClient(plain[1])
    token = {"csrfmiddlewaretoken": client.token_of("/retours"), "version": ""}
    answer = client.send_files("/retours", token, "fichiers", [("contrat.docx", UPLOADS[kind]())])
    assert answer.status == 422
    assert 'role="alert"' in answer.text
    assert client.ask("/sante").status == 200


def test_a_form_beyond_its_bounds_is_refused_and_told(plain: tuple[Path, str]) -> None:
    client = WebClient(plain[1])
    token = {"csrfmiddlewaretoken": client.token_of("/retours")}
    many = [(f"{rank}.docx", b"PK") for rank in range(101)]
    for answer in (
        client.ask(IDENTITY, {**token, "etablissement.nom_court": "a" * (9 << 20)}),
        client.ask(IDENTITY, {**token, **{f"a{rank}": "" for rank in range(20_001)}}),
        client.send_files("/retours", token, "fichiers", many),
    ):
        assert answer.status == 400
        assert "Demande refusée" in answer.text
    assert client.ask("/sante").status == 200


def test_a_request_that_announces_more_than_is_taken_is_refused_before_it_is_sent(
    plain: tuple[Path, str],
) -> None:
    connection = WebClient(plain[1]).connect()
    connection.putrequest("POST", "/lots/imports")
    connection.putheader("Content-Length", str(513 << 20))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
