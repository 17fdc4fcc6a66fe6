"""An identity provider (OpenID Connect) on loopback: strict with who asks, lying at will."""

import hmac
import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "contrats"
CLIENT_SECRET = "un-secret-partage~avec:l'annuaire"  # noqa: S105 - of the tests alone


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(slots=True)
class Provider:
    """``told`` are the claims about who is there; ``lie`` names one thing that is wrong."""

    port: int
    told: dict[str, Any] = field(default_factory=dict)
    lie: str = ""
    error: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "un"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    stop: Callable[[], None] = field(kw_only=True)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/agence"

    @property
    def settings(self) -> dict[str, str]:
        """The variables by which the application knows it."""
        return {
            "CPOM_OIDC_ISSUER": self.issuer,
            "CPOM_OIDC_CLIENT": CLIENT,
            "CPOM_OIDC_SECRET": CLIENT_SECRET,
        }

    def change_key(self) -> None:
        """Another key of another name, as providers do from time to time."""
        self.key = RSAKey.generate_key(2048, {"kid": token_urlsafe(4)})

    def visit(self, address: str) -> str:
        """Where a browser that goes there is sent next."""
        parts = urlsplit(address)
        connection = HTTPConnection(parts.netloc, timeout=60)
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == 302, answer.status
        return answer.headers["Location"]

    def describe(self) -> dict[str, Any]:
        """What it publishes of itself."""
        told: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/entrer",
            "token_endpoint": f"{self.issuer}/jeton",
            "jwks_uri": f"{self.issuer}/cles",
            "end_session_endpoint": f"{self.issuer}/sortir",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        if self.lie == "another name":
            told["issuer"] = "http://127.0.0.1/autre"
        if self.lie == "clear token address":
            told |= {"token_endpoint": "ftp://127.0.0.1/jeton"}
        if self.lie == "no keys":
            del told["jwks_uri"]
        return told

    def begin(self, query: dict[str, str]) -> str:
        """Where the browser goes back, with a code that opens once."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        self.asked.append(query)
        if self.error:
            words = {"error": self.error, "error_description": "<b>Cliquez ici</b>"}
            return f"{query['redirect_uri']}?{urlencode({**words, 'state': query['state']})}"
        code = token_urlsafe(12)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def answer(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A token for a code, to who began, once."""
        name, _, secret = b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if (unquote(name), unquote(secret)) != (CLIENT, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        begun = self.codes.pop(form.get("code", ""), None)
        if begun is None or form.get("redirect_uri") != begun["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if _encoded(sha256(form["code_verifier"].encode()).digest()) != begun["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        token = {"access_token": token_urlsafe(12), "token_type": "Bearer", "expires_in": 60}
        if self.lie != "no token":
            token["id_token"] = self._sign(self._claim(begun["nonce"]))
        return 200, token

    def _claim(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer, "aud": CLIENT, "sub": "u-1", "nonce": nonce,
            "iat": now, "exp": now + 60, **self.told,
        }  # fmt: skip
        claims |= {
            "nonce": {"nonce": "un autre"},
            "audience": {"aud": "une-autre-application"},
            "audience among others": {"aud": [CLIENT, "autre"], "azp": "autre"},
            "issuer": {"iss": "http://127.0.0.1/autre"},
            "expired": {"iat": now - 900, "exp": now - 600},
            "tomorrow": {"iat": now + 86400, "exp": now + 90000, "nbf": now + 86400},
            "hash": {"at_hash": _encoded(b"x" * 16)},
        }.get(self.lie, {})
        dropped = {
            "no nonce": "nonce",
            "no expiry": "exp",
            "no audience": "aud",
            "no issuer": "iss",
        }
        claims.pop(dropped.get(self.lie, ""), None)
        return claims

    def _sign(self, claims: dict[str, Any]) -> str:
        if self.lie == "signature":
            stranger = RSAKey.generate_key(2048, {"kid": self.key.kid})
            return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, stranger)
        if self.lie in ("unsigned", "public key as a secret"):
            algorithm = "none" if self.lie == "unsigned" else "HS256"
            parts = ({"alg": algorithm, "kid": self.key.kid}, claims)
            text = ".".join(_encoded(json.dumps(part).encode()) for part in parts)
            mark = hmac.new(self.key.as_pem(private=False), text.encode(), sha256).digest()
            return f"{text}.{'' if self.lie == 'unsigned' else _encoded(mark)}"
        if self.lie == "no token at all":
            return "x.y"
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)


class _Handler(BaseHTTPRequestHandler):
    """Pages of the provider of its server."""

    server: "_Server"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        page = parts.path.removeprefix("/agence/")
        provider = self.server.provider
        if page == "entrer":
            self.send_response(302)
            self.send_header("Location", provider.begin(query))
            self.end_headers()
        elif page == ".well-known/openid-configuration":
            self._tell(200, provider.describe())
        elif page == "cles":
            self._tell(200, {"keys": [provider.key.as_dict(private=False)]})
        else:
            self._tell(404, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {key: values[0] for key, values in parse_qs(body).items()}
        self._tell(*self.server.provider.answer(form, self.headers["Authorization"]))

    def _tell(self, status: int, told: dict[str, Any]) -> None:
        data = json.dumps(told).encode()
        if self.server.provider.lie == "no data":
            data = b"<html>"
        self.send_response(500 if self.server.provider.lie == "broken" else status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *told: object) -> None:
        """Nothing is said."""


class _Server(ThreadingHTTPServer):
    """Where a provider answers."""

    provider: Provider


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that answers, until it is told to stop."""
    server = _Server(("127.0.0.1", 0), _Handler)

    def stop() -> None:
        server.shutdown()
        server.server_close()

    server.provider = Provider(server.server_port, stop=stop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.provider
    finally:
        stop()
