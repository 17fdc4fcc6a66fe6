"""Who the server placed before us says is asking: believed from it alone, and proven by a secret.

That server asks the agency's directory (OpenID Connect, Kerberos, certificates) and gives the name
in a header. Another program of the same machine could send the same header, from the same address:
it does not know the secret.
"""

from dataclasses import replace
from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest

from contract_builder.web.accounts.models import Account
from contract_builder.web.people import Person, normal_name

_PROOF = "HTTP_X_CPOM_SECRET"


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
