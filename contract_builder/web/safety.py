"""Whether the application may be opened to others as it is set up: every point, not the first."""

import ipaddress
import os
import re
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from contract_builder.errors import Remedy
from contract_builder.services.project import Project
from contract_builder.web.configuration import (
    DATABASE_FILE,
    PROXY_SECRET_VARIABLE,
    SECRET_FILE,
    WEB_FOLDER,
    ServedAddress,
)
from contract_builder.web.people import Person
from contract_builder.web.provider import (
    CLIENT_VARIABLE,
    ISSUER_VARIABLE,
    SECRET_VARIABLE,
    read_provider,
)

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}")
_TAKEN = re.compile(
    r"host|cookie|authorization|content-.*|x-forwarded.*|x-cpom-secret", re.IGNORECASE
)
_SERVER_NAME = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*"
    r"|\[[0-9A-Fa-f:]{2,45}\]"
)
_LAST_PORT = 65_535
_SHORTEST_SECRET = 32
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_WRITTEN_BY_OTHERS = stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Danger:
    """A point of the set-up, in French; one that ``forbids`` is refused even without a check."""

    text: str
    remedy: Remedy | None = None
    forbids: bool = False


def is_loopback(host: str) -> bool:
    """True for an address that this machine alone can reach."""
    try:
        found = socket.getaddrinfo(host, None)
        return all(ipaddress.ip_address(item[4][0]).is_loopback for item in found)
    except (OSError, ValueError):
        return False


def may_have_accounts(project: Project) -> bool:
    """False when no account can have been made: asked before any database is opened."""
    file = project.find_database(DATABASE_FILE).file
    return file is None or file.is_file()


def check_safety(
    project: Project, address: ServedAddress, accounts: tuple[Person, ...]
) -> tuple[Danger, ...]:
    """What is unsafe in serving ``project`` at ``address`` to the open ``accounts``."""
    return (
        *_iter_address_dangers(address),
        *_iter_entrance_dangers(address, accounts),
        *_iter_way_dangers(address, has_accounts=bool(accounts)),
        *_iter_directory_dangers(project, address),
        *_iter_provider_dangers(project, address),
        *_iter_file_dangers(project.root),
    )


def _iter_address_dangers(address: ServedAddress) -> Iterator[Danger]:
    """A port that is none; a name that lets others in: « * » and « .exemple.fr » stand for any."""
    if not 0 <= address.port <= _LAST_PORT:
        yield Danger(
            f"Le port {address.port} n’existe pas : il va de 1 à {_LAST_PORT} ; 0 en prend un "
            "libre.",
            forbids=True,
        )
    for name in address.names:
        if not _SERVER_NAME.fullmatch(name):
            yield Danger(
                f"« {name[:60]} » n’est pas le nom d’un serveur, comme « contrats.exemple.fr » : "
                "sans « https:// », ni port, ni accent, ni « * ».",
                forbids=True,
            )


def _iter_entrance_dangers(
    address: ServedAddress, accounts: tuple[Person, ...]
) -> Iterator[Danger]:
    if not accounts and (address.proxy or not is_loopback(address.host)):
        where = "le serveur placé devant" if address.proxy else f"« {address.host} »"
        yield Danger(
            f"Par {where}, l’application serait ouverte à d’autres postes, or aucun compte "
            "n’existe : les pages ne demanderaient pas de mot de passe. Il faut d’abord celui d’un "
            "administrateur.",
            Remedy("make_account"),
            forbids=True,
        )
    if accounts and not any(person.role == "administrateur" for person in accounts):
        yield Danger("Aucun compte ouvert n’est celui d’un administrateur.")


def _iter_way_dangers(address: ServedAddress, *, has_accounts: bool) -> Iterator[Danger]:
    is_open = not is_loopback(address.host)
    if is_open and not address.proxy:
        yield Danger(
            "Les mots de passe voyageraient en clair : placez devant l’application un serveur qui "
            "chiffre (TLS).",
            Remedy("hide_behind_tls"),
        )
    if (is_open or address.proxy) and not address.names:
        yield Danger(
            "Le nom que les navigateurs emploieront n’est pas dit, et toute autre adresse est "
            "refusée.",
            Remedy("name_address"),
        )
    if not is_open and not address.proxy and not has_accounts:
        yield Danger(
            "Aucun compte n’existe : toute personne qui ouvre une session sur ce poste entre sans "
            "mot de passe."
        )


def _iter_directory_dangers(project: Project, address: ServedAddress) -> Iterator[Danger]:
    header = address.login_header
    if not header:
        return
    if not _HEADER.fullmatch(header) or _TAKEN.fullmatch(header):
        yield Danger(
            f"« {header} » n’est pas le nom d’un en-tête qui puisse dire qui demande.", forbids=True
        )
    if not address.proxy:
        yield Danger(
            f"N’importe qui pourrait envoyer l’en-tête « {header} » : il n’est cru que d’un "
            "serveur placé devant l’application.",
            Remedy("hide_behind_tls"),
            forbids=True,
        )
    if len(project.settings.get(PROXY_SECRET_VARIABLE, "")) < _SHORTEST_SECRET:
        yield Danger(
            f"Tout programme de ce poste pourrait envoyer l’en-tête « {header} » : donnez au "
            f"serveur placé devant et à l’application, par la variable {PROXY_SECRET_VARIABLE}, un "
            f"secret d’au moins {_SHORTEST_SECRET} caractères.",
            forbids=True,
        )


def _iter_provider_dangers(project: Project, address: ServedAddress) -> Iterator[Danger]:
    """What keeps the application from asking an identity provider, or from believing it."""
    provider = read_provider(project.settings)
    if provider is None:
        return
    for value, variable, what in (
        (provider.issuer, ISSUER_VARIABLE, "son adresse"),
        (provider.client, CLIENT_VARIABLE, "le nom sous lequel il connaît l’application"),
        (provider.secret, SECRET_VARIABLE, "son secret"),
    ):
        if not value:
            yield Danger(
                f"L’annuaire ne peut être demandé : {what} manque ({variable}).", forbids=True
            )
    if not (provider.client + provider.secret).isascii():
        yield Danger(
            f"{CLIENT_VARIABLE} et {SECRET_VARIABLE} ne peuvent porter ni accent ni autre signe "
            "hors de l’ASCII : donnez ce que l’annuaire a fait.",
            forbids=True,
        )
    if provider.issuer:
        yield from _iter_issuer_dangers(provider.issuer)
    if not is_loopback(address.host) and not address.proxy:
        yield Danger(
            "L’annuaire ne peut être demandé : sa réponse voyagerait en clair jusqu’ici.",
            Remedy("hide_behind_tls"),
            forbids=True,
        )
    if address.proxy and not address.names:
        yield Danger(
            "L’annuaire ne peut être demandé : il doit connaître l’adresse où revenir, et le nom "
            "que les navigateurs emploient n’est pas dit.",
            Remedy("name_address"),
            forbids=True,
        )


def _iter_issuer_dangers(issuer: str) -> Iterator[Danger]:
    try:
        parts = urlsplit(issuer)
        is_plain = bool(parts.hostname) and not (
            parts.query or parts.fragment or "@" in parts.netloc
        )
    except ValueError:
        is_plain = False
    if not is_plain or parts.scheme not in ("http", "https"):
        yield Danger(
            f"La variable {ISSUER_VARIABLE} n’est pas une adresse d’annuaire, comme "
            "« https://annuaire.exemple.fr/agence ».",
            forbids=True,
        )
    elif parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        yield Danger(
            f"L’adresse de l’annuaire ({ISSUER_VARIABLE}) n’est pas chiffrée : elle commence par "
            "« https:// », sauf sur ce poste.",
            forbids=True,
        )


def _iter_file_dangers(root: Path) -> Iterator[Danger]:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield Danger("L’application tournerait avec tous les droits (root) : donnez-lui un compte.")
    for secret in (root / SECRET_FILE, root / DATABASE_FILE):
        if secret.is_file() and secret.stat().st_mode & _FOR_OTHERS:
            yield Danger(
                f"« {secret} » est lisible par d’autres que son propriétaire : chmod 600 y remédie."
            )
    for folder in (root, root / "profiles", root / "clause_library", root / WEB_FOLDER):
        if folder.is_dir() and folder.stat().st_mode & _WRITTEN_BY_OTHERS:
            yield Danger(f"Tout le monde peut écrire dans « {folder} » : chmod o-w y remédie.")
