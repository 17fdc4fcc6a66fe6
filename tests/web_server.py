"""The real application in a process of its own, on a free port; requests as browsers send."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlencode, urlsplit

_ADDRESS = re.compile(r"http://\S+/")


@dataclass(frozen=True, slots=True)
class Served:
    """An application that runs: where, and its process."""

    address: str
    process: "subprocess.Popen[str]"

    @property
    def pid(self) -> int:
        return self.process.pid


@contextmanager
def serving(project: Path, *options: str, worker: bool = False) -> Iterator[str]:
    """The address of the application; it is asked to stop at the end."""
    with running(project, *options, worker=worker) as server:
        yield server.address


@contextmanager
def running(project: Path, *options: str, worker: bool = False) -> Iterator[Served]:
    """The application; it is asked to stop at the end.

    With ``worker``, one works beside it, as officers have it.
    """
    command = [sys.executable, "-m", "contract_builder", "serve", "--port", "0"]
    command += [] if worker else ["--no-worker"]
    with TemporaryFile("w+") as told:  # a pipe that nobody reads would fill up, and stop it
        process = subprocess.Popen(
            [*command, *options, "--project", str(project)],
            stdout=subprocess.PIPE,
            stderr=told,
            text=True,
            env={**_environment(), "CPOM_ACTOR": "rédactrice"},
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = _ADDRESS.search(line)
            if found is None:
                process.wait()
                told.seek(0)
                raise AssertionError(f"{line}\n{told.read()}")
            yield Served(found[0], process)
        finally:
            process.terminate()
            process.communicate()


def _environment() -> dict[str, str]:
    """That of the tests, without what would make Python write at once: it must by itself."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


@contextmanager
def working(project: Path) -> Iterator[None]:
    """A worker of its own, once it is its turn; it must end well when it is asked to stop."""
    command = [sys.executable, "-m", "contract_builder", "serve", "--worker"]
    process = subprocess.Popen(
        [*command, "--project", str(project)],
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(),
    )
    try:
        assert process.stdout is not None
        assert "attend les travaux" in process.stdout.readline()
        yield
    finally:
        process.terminate()
        process.communicate()
    assert process.returncode == os.EX_OK


_BOUND = re.compile("(?<=«)\u00a0|\u00a0(?=[;:?!»])")


@dataclass(slots=True)
class Answer:
    """What the application answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The page, with plain spaces where French asks for others beside « : ; ? ! »."""
        return _BOUND.sub(" ", self.body.decode())


class WebClient:
    """Requests that keep cookies and send forms, as a browser does."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookies: dict[str, str] = {}

    def connect(self) -> http.client.HTTPConnection:
        """A connection of its own for a request."""
        return http.client.HTTPConnection(self.host, timeout=120)

    def ask(
        self, path: str, form: dict | bytes | None = None, method: str = "GET", **headers: str
    ) -> Answer:
        """The answer to a page asked for, or to its form sent."""
        connection = self.connect()
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        if form is None:
            connection.request(method, path, headers=sent)
        elif isinstance(form, bytes):
            connection.request("POST", path, form, sent)
        else:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, urlencode(form, doseq=True), sent)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        connection.close()
        return answer

    def token_of(self, path: str) -> str:
        """The token that the forms of a page bear."""
        page = self.ask(path).text
        return re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]

    def enter(self, name: str, password: str, asked: str = "") -> Answer:
        """What the entrance answers to a name and a password."""
        page = "/compte/connexion"
        form = {"name": name, "password": password, "next": asked}
        return self.ask(page, {"csrfmiddlewaretoken": self.token_of(page), **form})

    def fields_of(self, path: str) -> dict[str, list[str]]:
        """What the form of a page would send as it stands."""
        return self.fields_of_text(self.ask(path).text)

    @staticmethod
    def fields_of_text(page: str) -> dict[str, list[str]]:
        """What the form of a page that was answered would send as it stands."""
        form = page[page.index('name="_vu"') :]
        fields = {
            "csrfmiddlewaretoken": [re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]],
            "_vu": [re.search(r'name="_vu" value="([^"]+)', page)[1]],
        }
        for tag in re.findall(r"<input[^>]*>", form):
            name, value = _attribute(tag, "name"), _attribute(tag, "value")
            is_off = 'type="checkbox"' in tag and " checked" not in tag
            if name and name != "_vu" and not is_off:
                fields.setdefault(name, []).append(value)
        areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
        for name, text in areas:
            fields[unescape(name)] = [unescape(text).removeprefix("\n")]
        for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form):
            chosen = re.search(r'value="([^"]*)" selected', options)
            fields[unescape(name)] = [unescape(chosen[1]) if chosen else ""]
        return fields

    def send_files(
        self, path: str, form: dict[str, str], field: str, files: Sequence[tuple[str, bytes]]
    ) -> Answer:
        """Sends a form with files, each with the name that it bears."""
        mark = "limite-du-formulaire"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in form.items()
        ]
        for name, data in files:
            head = f'name="{field}"; filename="{name}"'
            start = f"--{mark}\r\nContent-Disposition: form-data; {head}\r\n\r\n"
            parts.append(start.encode() + data + b"\r\n")
        body = b"".join([*parts, f"--{mark}--\r\n".encode()])
        return self.ask(path, body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


PASSWORD = "une phrase longue et sûre"  # noqa: S105 - of the tests alone


def add_account(project: Path, name: str, role: str, *departments: str) -> None:
    """Makes an account of the whole region, or of some departments."""
    command = [sys.executable, "-m", "contract_builder", "account", "add", name, "--role", role]
    for code in departments:
        command += ["--department", code]
    subprocess.run(
        [*command, "--password-stdin", "--project", str(project)],
        input=f"{PASSWORD}\n",
        text=True,
        check=True,
        capture_output=True,
    )
