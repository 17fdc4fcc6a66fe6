"""The deployment that the guide describes, run as it says: nginx, services, backup taken back."""

import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from contract_builder.services.project import Project
from tests.conftest import ROOT
from tests.mini_project import PROFILE, copy_mini_project
from tests.outside_tools import find_program
from tests.unit.store.engines import Engine, make_engine
from tests.web_server import PASSWORD, Answer, WebClient, add_account, serving

GUIDE = (ROOT / "docs" / "guide" / "deploiement.md").read_text(encoding="utf-8")
NAME = "contrats.exemple.fr"
SECRET = "un-secret-que-seul-le-serveur-devant-connait"  # noqa: S105 - of the tests alone
_PATIENCE = 60.0  # seconds
_MANY = 200  # far more than the guide lets pass at once


def block(language: str, word: str) -> str:
    """The only block of code of the guide in that language that holds the word."""
    blocks = re.findall(rf"^ *```{language}\n(.*?)^ *```", GUIDE, flags=re.DOTALL | re.MULTILINE)
    (found,) = (text for text in blocks if word in text)
    return str(found)


def command_of(service: str) -> list[str]:
    """The words that a service of the guide gives to « cpom serve »."""
    line = re.search(r"^ExecStart=/srv/cpom/venv/bin/cpom serve (.*)$", service, re.MULTILINE)
    assert line is not None
    return shlex.split(line[1])


PAGES = block("ini", "--no-worker")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with two accounts."""
    folder = copy_mini_project(tmp_path_factory.mktemp("web") / "projet")
    add_account(folder, "chef", "administrateur")
    add_account(folder, "annuaire", "redacteur")
    return folder


class TlsClient(WebClient):
    """A browser that comes by TLS, and knows the application by its public name."""

    def __init__(self, port: int, certificate: Path) -> None:
        super().__init__(f"https://127.0.0.1:{port}/")
        self._context = ssl.create_default_context(cafile=str(certificate))

    def connect(self) -> HTTPConnection:
        return HTTPSConnection(self.host, timeout=120, context=self._context)

    def ask(
        self, path: str, form: dict | bytes | None = None, method: str = "GET", **headers: str
    ) -> Answer:
        named = {"Host": NAME, "Referer": f"https://{NAME}/", **headers}
        return super().ask(path, form, method, **named)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def fronted(folder: Path, servers: str, application: str) -> Iterator[tuple[TlsClient, int]]:
    """nginx before the application, as the guide sets it up; a browser, and its port in clear."""
    nginx = find_program("nginx", "nginx")
    certificate, key = folder / "contrats.pem", folder / "contrats.key"
    subprocess.run(
        [
            *(find_program("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={NAME}"),
            *("-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    clear, secure = free_port(), free_port()
    for told, here in (
        ("listen 80;", f"listen 127.0.0.1:{clear};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
        ("/etc/ssl/certs/contrats.pem", str(certificate)),
        ("/etc/ssl/private/contrats.key", str(key)),
        ("127.0.0.1:8000", urlsplit(application).netloc),
    ):
        assert told in servers
        servers = servers.replace(told, here)
    kept = "\n".join(
        f"{kind}_temp_path {folder / kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off; {user} pid {folder / 'pid'};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{kept}\n{servers}}}\n",
        "utf-8",
    )
    words = [nginx, "-e", folder / "erreurs.log", "-c", settings]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    try:
        _wait_for(process, secure)
        yield TlsClient(secure, certificate), clear
    finally:
        process.terminate()
        process.communicate()


def _wait_for(process: "subprocess.Popen[str]", port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        assert process.poll() is None, process.communicate()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < end
        time.sleep(0.05)


def test_nginx_as_the_guide_sets_it_up_encrypts_and_says_who_asks(
    project: Path, tmp_path: Path
) -> None:
    servers = block("nginx", "listen 443")
    with (
        serving(project, *command_of(PAGES)) as address,
        fronted(tmp_path, servers, address) as (browser, clear),
    ):
        moved = WebClient(f"http://127.0.0.1:{clear}/").ask("/lots?a=1", Host=NAME)
        assert (moved.status, moved.headers["Location"]) == (301, f"https://{NAME}/lots?a=1")
        entered = browser.enter("chef", PASSWORD)
        assert entered.status == 302
        given = [line for line in entered.headers.get_all("Set-Cookie") if "session" in line]
        (cookie,) = ({part.strip() for part in line.split(";")} for line in given)
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= cookie
        assert browser.cookies.keys() == {"__Host-session", "__Host-csrf"}
        page = browser.ask("/comptes")
        assert page.status == 200
        assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
        assert browser.ask("/", Host="attaque.example").status == 400
        large = ("grand.csv", b"a;b\n" * (1 << 20))
        form = {"csrfmiddlewaretoken": browser.token_of("/lots/imports")}
        assert browser.send_files("/lots/imports", form, "fichiers", [large]).status == 302
        for rank in range(5):
            browser.cookies = {}
            token = browser.token_of("/compte/connexion")
            guess = {"csrfmiddlewaretoken": token, "name": "annuaire", "password": "faux"}
            forged = {"X-Forwarded-For": f"192.0.2.{rank}", "X-Forwarded-Proto": "http"}
            last = browser.ask("/compte/connexion", guess, **forged)
        assert last.status == 429
        browser.cookies = {}
        asked = (browser.ask("/compte/annuaire").status for _ in range(_MANY))
        assert 429 in asked
        assert browser.ask("/compte/connexion").status == 200


class _Directory(BaseHTTPRequestHandler):
    """Says who is there to nginx, as an authentication service does."""

    def do_GET(self) -> None:
        knows = "annuaire=oui" in self.headers.get("Cookie", "")
        assert self.path == "/oauth2/auth"
        self.send_response(202 if knows else 401)
        if knows:
            self.send_header("X-Auth-Request-Preferred-Username", "annuaire")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *told: object) -> None:
        """Nothing is said."""


def test_nginx_as_the_guide_sets_it_up_names_who_the_directory_knows(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = ThreadingHTTPServer(("127.0.0.1", 0), _Directory)
    Thread(target=directory.serve_forever, daemon=True).start()
    kept = tmp_path / "secret.conf"
    kept.write_text(f'proxy_set_header X-Cpom-Secret "{SECRET}";\n', "utf-8")
    servers = block("nginx", "listen 443")
    asking = block("nginx", "auth_request").replace("/etc/nginx/cpom-secret.conf", str(kept))
    asking = asking.replace("127.0.0.1:4180", f"127.0.0.1:{directory.server_port}")
    locations = r"    location / \{.*?\n    \}\n\n    location /compte/annuaire \{.*?\n    \}\n"
    servers, replaced = re.subn(locations, lambda _: asking, servers, flags=re.DOTALL)
    assert replaced == 1
    monkeypatch.setenv("CPOM_PROXY_SECRET", SECRET)
    options = shlex.split(block("sh", "--login-header"))[2:]
    with (
        serving(project, *options) as address,
        fronted(tmp_path, servers, address) as (browser, _),
    ):
        assert browser.ask("/").status == 401
        forged = {"X-Remote-User": "chef", "X-Cpom-Secret": SECRET}
        assert browser.ask("/", **forged).status == 401
        browser.cookies["annuaire"] = "oui"
        page = browser.ask("/compte", **forged).text
        assert "annuaire (rédacteur)" in page
        assert browser.ask("/comptes", **forged).status == 403
        direct = WebClient(address).ask("/", Host=NAME, **{"X-Remote-User": "chef"})
        assert direct.status == 301
    directory.shutdown()
    directory.server_close()


def test_the_services_of_the_guide_are_well_written(tmp_path: Path) -> None:
    analyze = find_program("systemd-analyze", "systemd")
    paths = []
    for word in ("--no-worker", "--worker"):
        text = block("ini", f"cpom serve {word}")
        path = tmp_path / f"cpom{word}.service"
        path.write_text(text.replace("/srv/cpom/venv/bin/cpom", sys.executable), "utf-8")
        paths.append(path)
    done = subprocess.run(
        [analyze, "verify", "--man=no", *paths], capture_output=True, text=True, check=False
    )
    told = [line for line in done.stderr.splitlines() if any(path.name in line for path in paths)]
    assert (done.returncode, told) == (0, [])


@pytest.fixture
def hosted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A working folder named as in the guide, its store and accounts in a database."""
    engine = make_engine("postgresql", copy_mini_project(tmp_path / "srv" / "contrats"))
    monkeypatch.setenv("CPOM_DATABASE_URL", engine.environ["CPOM_DATABASE_URL"])
    add_account(engine.project, "chef", "administrateur")
    return engine


def run(project: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "contract_builder", *words, "--project", str(project)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def follow_guide(word: str, folder: Path) -> None:
    """Types the commands of the guide that hold the word, in folders of our own."""
    text = (
        block("sh", word).replace("/var/backups", str(folder)).replace("/srv/cpom", f"{folder}/srv")
    )
    lines = [line for line in text.splitlines() if not line.startswith("systemctl")]
    subprocess.run(["sh", "-euc", "\n".join(lines)], check=True, capture_output=True)


def test_a_backup_is_taken_and_taken_back_as_the_guide_says(hosted: Engine, tmp_path: Path) -> None:
    for program in ("pg_dump", "pg_restore"):
        find_program(program, "postgresql")
    project = hosted.project
    with serving(project) as address:
        browser = WebClient(address)
        assert browser.enter("chef", PASSWORD).status == 302
        page = "/etablissements/valmont/identite"
        form = {**browser.fields_of(page), "etablissement.nom_court": ["Gardé"]}
        assert browser.ask(page, {**form, "_action": "enregistrer"}).status == 302
    before = run(project, "store", "verify")
    assert before[0] == 0
    profile = (project / PROFILE).read_bytes()
    follow_guide("pg_dump", tmp_path)

    shutil.rmtree(project)
    address = conninfo_to_dict(hosted.environ["CPOM_DATABASE_URL"])
    name = address["dbname"]
    elsewhere = make_conninfo(**{**address, "dbname": "postgres"})
    with psycopg.connect(elsewhere, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        server.execute(f"CREATE DATABASE {name}".encode())
    follow_guide("pg_restore", tmp_path)

    assert run(project, "store", "verify") == before
    assert run(project, "account", "list") == (0, "chef : administrateur, toute la région\n")
    checked = run(project, "serve", "--check", "--behind-proxy", "--public-name", NAME)[1]
    assert [line for line in checked.splitlines() if "root" not in line] in (
        [],
        ["Rien à redire sur cette installation."],
    )
    assert (project / PROFILE).read_bytes() == profile
    with Project(project, dict(hosted.environ)) as opened:
        states = opened.open_store().pieces("profil")
        assert opened.open_store().piece_bytes(states[-1].sequence) == profile
    with serving(project) as served:
        browser = WebClient(served)
        assert browser.enter("chef", PASSWORD).status == 302
        assert "aucune anomalie" in browser.ask("/journal").text
