"""The first hour: in a folder that holds no project, one page that offers to begin one there.

Nothing is written before the button is pressed; then the same server, at the same address, is the
application of the new project. Django is not started before it: it belongs to a project.
"""

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qs

from django.template import Context, Engine
from whitenoise import WhiteNoise

from contract_builder.errors import UserError
from contract_builder.services.founding import Beginning, describe_folder, found_project
from contract_builder.web.configuration import STATIC_FOLDER, TEMPLATES_FOLDER, ServedAddress
from contract_builder.web.remedies import error_text

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_LARGEST_FORM = 4096
_TOKEN_BYTES = 24
_BEGINNINGS: dict[str, Beginning] = {"demonstration": "demonstration", "vide": "vide"}
_AFTER: dict[str, str] = {"demonstration": "/visite", "vide": "/etablissements/", "ouvrir": "/"}
"""Where the person is led, by what was chosen."""
_HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'self'; img-src data:; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
)


class WelcomeApplication:
    """The page of a folder without project, as WSGI; then the application that ``begin`` makes.

    ``begin`` is called once, with the folder of the project that was founded or chosen.
    """

    def __init__(
        self, folder: Path, address: ServedAddress, begin: Callable[[Path], Application]
    ) -> None:
        self._folder = folder
        self._hosts = {address.host, "localhost", "127.0.0.1", "[::1]", f"[{address.host}]"}
        self._begin = begin
        self._begun: Application | None = None
        self._token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._page = Engine(dirs=[str(TEMPLATES_FOLDER)]).get_template("web/bienvenue.html")
        self._own = WhiteNoise(self._answer, root=str(STATIC_FOLDER), prefix="static/")
        self._lock = Lock()

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """The answer to one request."""
        chosen = self._begun or self._own
        return chosen(environ, start_response)

    def _answer(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if environ.get("HTTP_HOST", "").rpartition(":")[0] not in self._hosts:
            return _refuse(start_response, "400 Bad Request")
        path, method = environ.get("PATH_INFO", "/"), environ.get("REQUEST_METHOD", "GET")
        if path == "/sante":
            return _refuse(start_response, "503 Service Unavailable")
        if path != "/":
            return _lead(start_response, "/")
        if method != "POST":
            return self._show(start_response, "200 OK", "")
        form = _read_form(environ)
        if not secrets.compare_digest(form.get("jeton", "").encode(), self._token.encode()):
            told = "Cette page est trop ancienne, et rien n’a été écrit : recommencez."
            return self._show(start_response, "403 Forbidden", told)
        return self._take(form, start_response)

    def _take(self, form: dict[str, str], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Founds or opens what was asked for; asked twice, it is done once."""
        asked = form.get("choix", "")
        try:
            with self._lock:
                if self._begun is None:
                    self._begun = self._begin(self._find_home(asked, form.get("dossier", "")))
        except UserError as refused:
            return self._show(start_response, "422 Unprocessable Content", error_text(refused))
        return _lead(start_response, _AFTER.get(asked, "/"))

    def _find_home(self, asked: str, name: str) -> Path:
        """The folder of the project: founded now, or one of those that are there."""
        view = describe_folder(self._folder)
        if asked in _BEGINNINGS:
            return found_project(view.home, _BEGINNINGS[asked])
        home = next((path for path in view.projects if path.name == name), None)
        if asked != "ouvrir" or home is None:
            raise UserError("Choisissez l’une des possibilités de la page.")
        return home

    def _show(self, start_response: Callable[..., Any], status: str, told: str) -> Iterable[bytes]:
        try:
            view = describe_folder(self._folder)
        except UserError as refused:
            view, told = None, str(refused)
        context = {"view": view, "told": told, "token": self._token}
        start_response(status, list(_HEADERS))
        return [self._page.render(Context(context)).encode()]


def _read_form(environ: dict[str, Any]) -> dict[str, str]:
    """The fields of a short form, each once; what is longer has none."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > _LARGEST_FORM:
        return {}
    body: bytes = environ["wsgi.input"].read(int(length))
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _refuse(start_response: Callable[..., Any], status: str) -> Iterable[bytes]:
    start_response(status, list(_HEADERS))
    return [b""]


def _lead(start_response: Callable[..., Any], path: str) -> Iterable[bytes]:
    start_response("303 See Other", [*_HEADERS, ("Location", path)])
    return [b""]
