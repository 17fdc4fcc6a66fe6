"""Django's settings, from the project and the address that is served: nothing is read elsewhere."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from contract_builder.files.read import read_file
from contract_builder.files.write import telling_refusals, write_atomically

WEB_FOLDER = Path("output") / "web"
_HERE = Path(__file__).parent
_SECRET_BYTES = 48
_LARGEST_FORM = 8 * 1024 * 1024
_MOST_FIELDS = 20_000


@dataclass(frozen=True, slots=True)
class Address:
    """Where the application listens: ``host`` is a name or number of this machine."""

    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def url(self) -> str:
        """What a browser is given."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def start_django(root: Path, address: Address) -> None:
    """Starts Django with the store and the pages, once in a process."""
    settings.configure(**_make_settings(root, address))
    django.setup()


def _make_settings(root: Path, address: Address) -> dict[str, Any]:
    return {
        "SECRET_KEY": _load_secret(root / WEB_FOLDER / "secret"),
        "ALLOWED_HOSTS": [address.host, "localhost", "127.0.0.1", "[::1]"],
        "ROOT_URLCONF": "contract_builder.web.routes",
        "INSTALLED_APPS": [
            "contract_builder.store",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "contract_builder.web",
        ],
        "MIDDLEWARE": _MIDDLEWARE,
        "TEMPLATES": [_TEMPLATES],
        "DATABASES": {},
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [_HERE / "static"],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "USE_TZ": True,
        "TIME_ZONE": "Europe/Paris",
        "LANGUAGE_CODE": "fr",
        "USE_I18N": False,
        "APPEND_SLASH": True,
        "LOGGING_CONFIG": None,
        **_PROTECTION,
    }


_MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "contract_builder.web.requests.ProjectMiddleware",
)
_TEMPLATES: Mapping[str, Any] = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [_HERE / "templates"],
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.messages.context_processors.messages",
            "contract_builder.web.requests.frame",
        ],
        "libraries": {"french": "contract_builder.web.french_filters"},
    },
}
_PROTECTION: Mapping[str, Any] = {
    "DATA_UPLOAD_MAX_MEMORY_SIZE": _LARGEST_FORM,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": _MOST_FIELDS,
    "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Strict",
    "CSRF_FAILURE_VIEW": "contract_builder.web.pages.errors.show_csrf_failure",
    "X_FRAME_OPTIONS": "SAMEORIGIN",
    "SECURE_REFERRER_POLICY": "same-origin",
    "CONTENT_SECURITY_POLICY": {
        "DIRECTIVES": {
            "default-src": ["'self'"],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
            "frame-ancestors": ["'self'"],
            "img-src": ["'self'", "data:"],
        }
    },
}


def _load_secret(path: Path) -> str:
    """The key that signs cookies, made at the first start and kept for the owner's eyes alone."""
    if path.is_file():
        return read_file(path).decode().strip()
    with telling_refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, secrets.token_urlsafe(_SECRET_BYTES).encode())
        path.chmod(0o600)
    return read_file(path).decode().strip()
