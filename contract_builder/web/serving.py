"""The server: Django under waitress, until it is stopped.

Where no account exists, it serves one machine alone, without asking who is there; where one does,
everybody enters by it.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from contract_builder.errors import UsageError, UserError, system_reason
from contract_builder.services.keeping import find_actor
from contract_builder.services.project import Project
from contract_builder.web.configuration import ServedAddress, start_pages
from contract_builder.web.people import Person
from contract_builder.web.provider import check_answer, read_provider
from contract_builder.web.safety import Danger, check_safety, may_have_accounts
from contract_builder.web.working import WorkerKeeper

_THREADS = 8
_LARGEST_REQUEST = 512 << 20
"""Bytes: several registries of a whole country at once; nothing of it is held in memory."""


def serve(
    project: Project,
    address: ServedAddress,
    tell: Callable[[str], None],
    *,
    with_worker: bool = True,
) -> None:
    """Serves the pages until the process is stopped; ``tell`` is given the address once ready.

    ``with_worker`` starts a worker beside it. A port of 0 takes a free one. UsageError for an
    address open to other machines where no account exists; UserError when it is taken.
    """
    refuse_open_address(project, address)
    application = make_application(project, address)
    with ExitStack() as held:
        server = _listen(application, address)
        if with_worker:
            _start_worker(project, held)
        held.callback(server.close)
        tell(ServedAddress(address.host, server.effective_port).url)
        server.run()


def serve_welcome(
    folder: Path,
    settings: Mapping[str, str],
    address: ServedAddress,
    tell: Callable[[str], None],
    *,
    with_worker: bool = True,
) -> None:
    """Serves a page that offers to begin a project in ``folder``, then that project; see ``serve``.

    ``settings`` are those of the project. Nothing is written before it is asked for.
    """
    from contract_builder.web.welcome import WelcomeApplication

    with ExitStack() as held:

        def begin(home: Path) -> Any:
            project = held.enter_context(Project(home, settings))
            application = make_application(project, address)
            if with_worker:
                _start_worker(project, held)
            return application

        _refuse(check_safety(Project(folder, settings), address, ()))
        server = _listen(WelcomeApplication(folder, address, begin), address)
        held.callback(server.close)
        tell(ServedAddress(address.host, server.effective_port).url)
        server.run()


def _listen(application: Any, address: ServedAddress) -> Any:
    from waitress.server import create_server

    try:
        return create_server(
            application,
            host=address.host,
            port=address.port,
            threads=_THREADS,
            max_request_body_size=_LARGEST_REQUEST,
            ident=None,
            clear_untrusted_proxy_headers=True,
            **_proxy_options(address),
        )
    except OSError as error:
        raise UserError(
            f"L’adresse {address.url} ne peut être ouverte : {system_reason(error)}. "
            "Si une autre fenêtre la sert déjà, fermez-la ou choisissez un autre port."
        ) from error


def _start_worker(project: Project, held: ExitStack) -> None:
    keeper = WorkerKeeper(project)
    keeper.start()
    held.callback(keeper.stop)


def make_application(project: Project, address: ServedAddress) -> Any:
    """The WSGI application over a project; once in a process."""
    start_pages(project, address)
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    from contract_builder.services.remembering import PreparedBook
    from contract_builder.web.accounts.database import prepare_database
    from contract_builder.web.hall import Hall, StateBook

    accounts = _open_accounts(project)
    _refuse(check_safety(project, address, accounts))
    prepare_database(project)
    settings.CPOM_LOCAL_PERSON = None
    if not accounts:
        actor = find_actor(project.settings)
        settings.CPOM_LOCAL_PERSON = Person(actor, "administrateur", has_account=False)
    prepared = PreparedBook(project)
    states = StateBook(project, prepared)
    settings.CPOM_HALL = Hall(project, prepared, states)
    settings.CPOM_HALL.start()
    return get_wsgi_application()


def list_dangers(project: Project, address: ServedAddress) -> tuple[Danger, ...]:
    """What is unsafe in this set-up; once in a process, which then cannot serve."""
    if not may_have_accounts(project):
        return check_safety(project, address, ())
    start_pages(project, address)
    dangers = check_safety(project, address, _open_accounts(project))
    provider = read_provider(project.settings)
    if provider is None or any(danger.forbids for danger in dangers):
        return dangers
    silence = check_answer(provider)
    return (*dangers, Danger(f"Demandé à l’instant : {silence}")) if silence else dangers


def refuse_open_address(project: Project, address: ServedAddress) -> None:
    """UsageError for an address reached from elsewhere when no account can have been made."""
    if not may_have_accounts(project):
        _refuse(check_safety(project, address, ()))


def _refuse(dangers: tuple[Danger, ...]) -> None:
    for danger in dangers:
        if danger.forbids:
            raise UsageError(danger.text, danger.remedy)


def _open_accounts(project: Project) -> tuple[Person, ...]:
    from contract_builder.web.accounts.keeping import list_accounts

    return tuple(kept.person for kept in list_accounts(project) if kept.is_active)


def _proxy_options(address: ServedAddress) -> dict[str, Any]:
    """Of the server before us alone are the visitor's address and the scheme believed."""
    if not address.proxy:
        return {}
    return {
        "trusted_proxy": address.proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }
