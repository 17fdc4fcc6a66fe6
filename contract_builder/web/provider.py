"""The agency's identity provider (OpenID Connect), asked by the application itself who is there.

The authorisation code with PKCE, a state and a nonce, each used once; what comes back is believed
when the provider's own key signed it, for us, now. Authlib does it; it is imported here when
somebody enters that way, and by nothing else. No token is kept.

Sources: OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE); RFC 9700 (current practice).
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from contract_builder.errors import UserError
from contract_builder.web.people import normal_name

ISSUER_VARIABLE = "CPOM_OIDC_ISSUER"
CLIENT_VARIABLE = "CPOM_OIDC_CLIENT"
SECRET_VARIABLE = "CPOM_OIDC_SECRET"  # noqa: S105 - the name of a variable
CLAIM_VARIABLE = "CPOM_OIDC_CLAIM"
USUAL_CLAIM = "preferred_username"
_SCOPES: Mapping[str, str] = {"sub": "openid", "email": "openid email"}
_USUAL_SCOPE = "openid profile"
_NAME = "annuaire"
_SESSION_MARK = "cpom_par_annuaire"
_MOST_PENDING = 4
_SECONDS = 10
_LEEWAY_SECONDS = 60
_SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """How the provider is asked: its address, who we are to it, what names an account.

    ``claim`` is ``preferred_username``, ``email`` (verified), ``sub`` or another that it tells.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    claim: str = USUAL_CLAIM


@dataclass(frozen=True, slots=True)
class Named:
    """Whom the provider names, and the page that was asked for before."""

    name: str
    asked: str


class EntranceRefused(UserError):  # noqa: N818 - no error of ours
    """Nobody enters by this answer; ``is_down`` when there was none."""

    def __init__(self, text: str, *, is_down: bool = False) -> None:
        super().__init__(text)
        self.is_down = is_down


def read_provider(environ: Mapping[str, str]) -> ProviderSettings | None:
    """What the variables say; None when none is set. Whether it is safe is for ``safety``."""
    names = (ISSUER_VARIABLE, CLIENT_VARIABLE, SECRET_VARIABLE, CLAIM_VARIABLE)
    issuer, client, secret, claim = (environ.get(name, "").strip() for name in names)
    if not (issuer or client or secret or claim):
        return None
    return ProviderSettings(issuer, client, secret, claim or USUAL_CLAIM)


def begin_entrance(request: HttpRequest, provider: ProviderSettings, asked: str) -> str:
    """Where the browser goes to say who it is; what its answer must match is in the session."""
    with _refusing():
        client = _make_client(provider)
        back = request.build_absolute_uri(reverse("compte-annuaire-retour"))
        begun = client.create_authorization_url(back)
        _forget_oldest(request)
        client.save_authorize_data(request, redirect_uri=back, asked=asked, **begun)
        return str(begun["url"])


def finish_entrance(request: HttpRequest, provider: ProviderSettings) -> Named:
    """Whom the provider names in its answer, once all of it is verified; EntranceRefused if not."""
    with _refusing():
        client = _make_client(provider)
        state = request.GET.get("state")
        begun = client.framework.get_state_data(request.session, state) or {}
        wanted = {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client},
        }
        token = client.authorize_access_token(
            request, claims_options=wanted, leeway=_LEEWAY_SECONDS
        )
        claims = token.get("userinfo")
    if not claims:
        raise EntranceRefused(_UNPROVEN)
    return Named(_read_name(claims, provider.claim), str(begun.get("asked", "")))


def mark_entrance(request: HttpRequest) -> None:
    """Notes in the session that the provider opened it."""
    request.session[_SESSION_MARK] = True


def is_by_provider(request: HttpRequest) -> bool:
    """True in a session that the provider opened."""
    return bool(request.session.get(_SESSION_MARK))


def find_exit(provider: ProviderSettings) -> str:
    """The page of the provider where its own session ends; empty when it tells none, or is down."""
    try:
        with _refusing():
            address = str(_make_client(provider).load_server_metadata()["end_session_endpoint"])
    except EntranceRefused:
        return ""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'client_id': provider.client})}"


def check_answer(provider: ProviderSettings) -> str:
    """Why the provider cannot be asked, in French; empty when it can."""
    try:
        with _refusing():
            client = _make_client(provider)
            client.load_server_metadata()
            client.fetch_jwk_set()
    except EntranceRefused as refused:
        return str(refused)
    return ""


def _make_client(provider: ProviderSettings) -> Any:
    """A client for one entrance: what the provider publishes is read anew, its keys too."""
    from authlib.integrations.django_client import DjangoIntegration, DjangoOAuth2App

    class Client(DjangoOAuth2App):  # type: ignore[misc]
        """Believes what is published for this issuer, and signatures with a key pair alone."""

        def load_server_metadata(self) -> dict[str, Any]:
            told: dict[str, Any] = super().load_server_metadata()
            _check_metadata(told, provider)
            usable = told.get("id_token_signing_alg_values_supported") or ["RS256"]
            told["id_token_signing_alg_values_supported"] = [
                name for name in usable if name in _SIGNATURES
            ]
            return told

    return Client(
        DjangoIntegration(_NAME),
        _NAME,
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": _SCOPES.get(provider.claim, _USUAL_SCOPE),
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
            "max_redirects": 0,
        },
    )


def _check_metadata(told: Mapping[str, Any], provider: ProviderSettings) -> None:
    """EntranceRefused for another issuer, or an address less safe than the issuer's own."""
    if told.get("issuer") != provider.issuer:
        _LOG.warning("annuaire : il se dit %r, et non %r", told.get("issuer"), provider.issuer)
        raise EntranceRefused(_UNPROVEN)
    scheme = urlsplit(provider.issuer).scheme
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    for name in needed:
        if urlsplit(str(told.get(name))).scheme not in ("https", scheme):
            _LOG.warning("annuaire : « %s » manque, ou n’est pas chiffré", name)
            raise EntranceRefused(_UNPROVEN)


@contextmanager
def _refusing() -> Iterator[None]:
    """What the library raises, as a refusal in French; why is told to who runs the server."""
    from authlib.integrations.base_client import MismatchingStateError, OAuthError
    from joserfc.errors import JoseError
    from requests import RequestException

    try:
        yield
    except MismatchingStateError as error:
        raise EntranceRefused(_STALE) from error
    except OAuthError as error:
        _LOG.warning("annuaire : %s", _one_line(error.error))
        text = _REFUSALS.get(error.error or "", _UNPROVEN)
        raise EntranceRefused(text) from error
    except RequestException as error:
        _LOG.warning("annuaire : %s", _one_line(error))
        raise EntranceRefused(_DOWN, is_down=True) from error
    except (JoseError, RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
        # A provider may answer anything: what cannot be read proves nothing.
        _LOG.warning("annuaire : %s %s", type(error).__name__, _one_line(error))
        raise EntranceRefused(_UNPROVEN) from error


def _read_name(claims: Mapping[str, Any], claim: str) -> str:
    value = claims.get(claim)
    if not isinstance(value, str) or not value.strip():
        raise EntranceRefused(
            f"L’annuaire ne dit pas « {claim} », par quoi l’on reconnaît ici un compte : prévenez "
            "un administrateur."
        )
    if claim == "email" and claims.get("email_verified") is not True:
        raise EntranceRefused(
            "L’annuaire n’a pas vérifié votre adresse : elle ne peut vous faire entrer."
        )
    return normal_name(value)


def _forget_oldest(request: HttpRequest) -> None:
    """A session keeps some entrances begun, not any number of them."""
    begun = [key for key in request.session.keys() if key.startswith(f"_state_{_NAME}_")]  # noqa: SIM118
    for key in sorted(begun, key=lambda key: request.session[key]["exp"])[: 1 - _MOST_PENDING]:
        del request.session[key]


def _one_line(told: object) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", str(told))[:300]


_STALE = "Cette demande d’entrée est trop ancienne, a déjà servi ou vient d’ailleurs : recommencez."
_UNPROVEN = (
    "La réponse de l’annuaire ne peut être vérifiée : personne n’est entré. Recommencez ; si cela "
    "dure, prévenez un administrateur."
)
_DOWN = (
    "L’annuaire de l’agence ne répond pas. Réessayez dans un instant ; si votre compte a un mot de "
    "passe, il vous fait entrer."
)
_REFUSALS: Mapping[str, str] = {
    "access_denied": "L’annuaire ne vous a pas laissé entrer, ou vous avez renoncé.",
    "invalid_grant": _STALE,
    "mismatching_state": _STALE,
    "login_required": "L’annuaire demande que vous vous y connectiez : recommencez.",
    "temporarily_unavailable": _DOWN,
    "server_error": _DOWN,
}
"""What the provider may answer instead of a name (RFC 6749, 4.1.2.1 and 5.2)."""
