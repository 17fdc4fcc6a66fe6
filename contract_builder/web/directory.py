"""Who is asking: the account of the session, or whom the server placed before us names.

That server asks the agency's directory (OpenID Connect, Kerberos, certificates) and gives the name
in a header. It is believed from it alone: another program of the machine could send the same
header, from the same address, but does not know the secret. Where the application asks itself,
``provider`` does it.
"""

from dataclasses import replace
from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest

from contract_builder.web.accounts.models import Account
from contract_builder.web.people import Person, normal_name
from contract_builder.web.provider import is_by_provider

_PROOF = "HTTP_X_CPOM_SECRET"


def find_session_person(request: HttpRequest) -> Person | None:
    """The open account whose session it is; one that the provider opened asks for no password."""
    account = request.user
    if not isinstance(account, Account):
        return None
    person = account.person
    return replace(person, must_change_password=False) if is_by_provider(request) else person


def read_told_name(request: HttpRequest) -> str:
    """The name that the server before us gives; empty without one, or without its secret."""
    header: str = settings.CPOM_LOGIN_HEADER
    if not header or not request.is_secure():
        return ""
    given = request.META.get(_PROOF, "").encode()
    if not compare_digest(given, settings.CPOM_PROXY_SECRET.encode()):
        return ""
    return normal_name(request.META.get(header, ""))


def find_told_person(request: HttpRequest) -> Person | None:
    """The open account of that name; None without one: a name alone opens nothing."""
    name = read_told_name(request)
    account = Account.objects.filter(name=name, is_active=True).first() if name else None
    if not isinstance(account, Account):
        return None
    return replace(account.person, enters_by_directory=True, must_change_password=False)
