"""Django's settings, from the project and the address that is served: nothing is read elsewhere."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from contract_builder.files.read import read_file
from contract_builder.files.write import telling_refusals, write_atomically
from contract_builder.services.project import Project
from contract_builder.web.provider import read_provider

WEB_FOLDER = Path("output") / "web"
DATABASE_FILE = WEB_FOLDER / "web.sqlite3"
SECRET_FILE = WEB_FOLDER / "secret"
PROXY_SECRET_VARIABLE = "CPOM_PROXY_SECRET"  # noqa: S105 - the name of a variable
STATIC_FOLDER = Path(__file__).parent / "static"
TEMPLATES_FOLDER = Path(__file__).parent / "templates"
_SECRET_BYTES = 48
FAILURE_LIMIT = 5
COOL_OFF_MINUTES = 15
_LARGEST_FORM = 8 * 1024 * 1024
_MOST_FIELDS = 20_000


@dataclass(frozen=True, slots=True)
class ServedAddress:
    """Where the application listens: ``host`` is a name or number of this machine.

    ``names`` are those under which browsers know it, beside the machine's own. ``proxy`` is the
    address of the server that stands before it and bears TLS; empty without one. ``login_header``
    is the header in which that server names who asks, once the agency's directory has said it;
    empty when it does not.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    proxy: str = ""
    login_header: str = ""

    @property
    def url(self) -> str:
        """What a browser is given."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def start_pages(project: Project, address: ServedAddress) -> None:
    """Starts Django with the store, the accounts and the pages, once in a process."""
    settings.configure(**_make_settings(project, address))
    django.setup()


def _make_settings(project: Project, address: ServedAddress) -> dict[str, Any]:
    return {
        "SECRET_KEY": _load_secret(project.root / SECRET_FILE),
        "ALLOWED_HOSTS": [address.host, *address.names, "localhost", "127.0.0.1", "[::1]"],
        "ROOT_URLCONF": "contract_builder.web.routes",
        "INSTALLED_APPS": [
            "contract_builder.store",
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "axes",
            "contract_builder.web.accounts",
            "django_tasks",
            "django_tasks_db",
            "contract_builder.web.lots",
            "contract_builder.web.tours",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "contract_builder.web",
        ],
        "MIDDLEWARE": _MIDDLEWARE,
        "TEMPLATES": [_TEMPLATES],
        "DATABASES": {"default": dict(project.find_database(DATABASE_FILE).settings)},
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [STATIC_FOLDER],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "CPOM_LOGIN_HEADER": _meta_key(address.login_header),
        "CPOM_PROXY_SECRET": project.settings.get(PROXY_SECRET_VARIABLE, ""),
        "CPOM_PROVIDER": read_provider(project.settings),
        "USE_TZ": True,
        "TIME_ZONE": "Europe/Paris",
        "LANGUAGE_CODE": "fr",
        "USE_I18N": False,
        "APPEND_SLASH": True,
        "LOGGING_CONFIG": None,
        "TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
        **_PROTECTION,
        **_ENTRANCE,
        **(_BEHIND_TLS if address.proxy else {}),
    }


_MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "contract_builder.web.requests.ProjectMiddleware",
    "contract_builder.web.gate.GateMiddleware",
    "axes.middleware.AxesMiddleware",
)
_TEMPLATES: Mapping[str, Any] = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [TEMPLATES_FOLDER],
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.messages.context_processors.messages",
            "contract_builder.web.requests.frame",
            "contract_builder.web.gate.tell_rights",
            "contract_builder.web.pages.tour.tell_tour",
            "contract_builder.web.pages.agency.tell_look",
        ],
        "libraries": {"french": "contract_builder.web.french_filters"},
        "loaders": [
            (
                "django.template.loaders.cached.Loader",
                ["contract_builder.web.french_templates.FrenchTemplates"],
            )
        ],
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
_ENTRANCE: Mapping[str, Any] = {
    "AUTH_USER_MODEL": "cpom_accounts.Account",
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
    ],
    "AUTH_PASSWORD_VALIDATORS": [
        {
            "NAME": f"django.contrib.auth.password_validation.{name}",
            "OPTIONS": options,
        }
        for name, options in (
            ("UserAttributeSimilarityValidator", {"user_attributes": ("name",)}),
            ("MinimumLengthValidator", {"min_length": 12}),
            ("CommonPasswordValidator", {}),
            ("NumericPasswordValidator", {}),
        )
    ],
    "SESSION_COOKIE_AGE": 10 * 3600,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "AXES_FAILURE_LIMIT": FAILURE_LIMIT,
    "AXES_COOLOFF_TIME": timedelta(minutes=COOL_OFF_MINUTES),
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_LOCKOUT_CALLABLE": "contract_builder.web.pages.account.show_locked",
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_VERBOSE": False,
    "AXES_ENABLE_ADMIN": False,
}
"""How accounts enter: five tries for a name from one place, then a quarter of an hour without."""
_BEHIND_TLS: Mapping[str, Any] = {
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_REDIRECT_EXEMPT": ["^sante$"],
    "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
}


def _meta_key(header: str) -> str:
    """How WSGI calls a header; empty for none."""
    return f"HTTP_{header.upper().replace('-', '_')}" if header else ""


def _load_secret(path: Path) -> str:
    """The key that signs cookies, made at the first start and kept for the owner's eyes alone."""
    if path.is_file():
        return read_file(path).decode().strip()
    with telling_refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, secrets.token_urlsafe(_SECRET_BYTES).encode())
        path.chmod(0o600)
    return read_file(path).decode().strip()
