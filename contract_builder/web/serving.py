"""The server of one machine: Django under waitress, on loopback, until it is stopped."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

from contract_builder.errors import UsageError, UserError, system_reason
from contract_builder.services.project import Project
from contract_builder.web.configuration import Address, start_django

_THREADS = 8


def serve(project: Project, address: Address, tell: Callable[[str], None]) -> None:
    """Serves the pages until the process is stopped; ``tell`` is given the address once ready.

    A port of 0 takes a free one. UsageError for an address open to other machines; UserError
    when it is taken.
    """
    refuse_open_address(address)
    application = make_application(project, address)
    from waitress.server import create_server

    try:
        server = create_server(
            application, host=address.host, port=address.port, threads=_THREADS, ident=None
        )
    except OSError as error:
        raise UserError(
            f"L’adresse {address.url} ne peut être ouverte : {system_reason(error)}. "
            "Si une autre fenêtre la sert déjà, fermez-la ou choisissez un autre port."
        ) from error
    tell(Address(address.host, server.effective_port).url)
    try:
        server.run()
    finally:
        server.close()


def make_application(project: Project, address: Address) -> Any:
    """The WSGI application over a project; once in a process."""
    start_django(project.root, address)
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    from contract_builder.web.hall import Hall

    settings.CPOM_HALL = hall = Hall(project)
    hall.states.start()
    return get_wsgi_application()


def refuse_open_address(address: Address) -> None:
    """UsageError unless ``address`` is reached from this machine alone: pages ask no password."""
    try:
        found = socket.getaddrinfo(address.host, None)
        loopback = all(ipaddress.ip_address(item[4][0]).is_loopback for item in found)
    except (OSError, ValueError):
        loopback = False
    if not loopback:
        raise UsageError(
            f"« {address.host} » serait ouvert à d’autres postes, or les pages ne demandent pas "
            "encore de mot de passe : gardez 127.0.0.1."
        )
