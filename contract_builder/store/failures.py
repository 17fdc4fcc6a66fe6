"""What goes wrong in a database, told in French: what happened, and that nothing was lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error

from contract_builder.errors import Remedy
from contract_builder.store.errors import StoreError, TamperedDataError
from contract_builder.store.guards import REFUSAL

_NOTHING_LOST = "Rien n’a été enregistré ; ce qui l’était déjà est intact."
_BUSY = (
    f"Le registre ({{name}}) est occupé par un autre programme depuis trop longtemps. "
    f"{_NOTHING_LOST} Réessayez dans un instant."
)
_FULL = f"Plus de place sur le disque pour le registre ({{name}}). {_NOTHING_LOST}"
_READ_ONLY = (
    f"Le registre ({{name}}) est en lecture seule pour vous. {_NOTHING_LOST} "
    "Demandez le droit d’y écrire."
)

_SQLITE: tuple[tuple[str, str], ...] = (
    ("SQLITE_FULL", _FULL),
    ("SQLITE_READONLY", _READ_ONLY),
    (
        "SQLITE_CANTOPEN",
        f"Impossible d’ouvrir le registre ({{name}}) : vérifiez que le dossier existe et que vous "
        f"avez le droit d’y écrire. {_NOTHING_LOST}",
    ),
    ("SQLITE_BUSY", _BUSY),
    ("SQLITE_LOCKED", _BUSY),
    (
        "SQLITE_NOTADB",
        "Le fichier {name} n’est pas un registre de versions. Il n’a pas été modifié : remettez à "
        "sa place une sauvegarde, ou déplacez-le.",
    ),
    (
        "SQLITE_CORRUPT",
        "Le registre ({name}) est endommagé. Il n’a pas été modifié : gardez-en une copie, puis "
        "remettez une sauvegarde ou importez un export.",
    ),
    (
        "SQLITE_IOERR",
        f"Le disque a refusé une lecture ou une écriture du registre ({{name}}). {_NOTHING_LOST}",
    ),
)
_POSTGRESQL: tuple[tuple[str, str], ...] = (
    ("53100", _FULL),
    ("55P03", _BUSY),
    ("25006", _READ_ONLY),
    (
        "42501",
        f"Le compte employé n’a pas les droits voulus sur le registre ({{name}}). {_NOTHING_LOST}",
    ),
    ("28", "Le serveur refuse le compte ou le mot de passe donnés pour le registre ({name})."),
    ("3D000", "Le registre n’existe pas : le serveur ne connaît pas la {name}."),
    ("53300", "Le serveur n’a plus de connexion libre pour le registre ({name})."),
)
# A refused connection has no state, only the server's own words, in its language.
_REFUSED_CONNECTIONS = (
    ("28", re.compile("authentication failed|authentification .*échou")),
    ("3D000", re.compile("database .* does not exist|base de données .* n.existe pas")),
)
_UNREACHABLE = (
    f"Le serveur du registre ({{name}}) ne répond pas, ou a refusé ou coupé la connexion "
    f"({{detail}}). {_NOTHING_LOST}"
)


@contextmanager
def told_in_french(name: str) -> Iterator[None]:
    """Turns every error of the database ``name`` into a StoreError."""
    try:
        yield
    except Error as error:
        raise _explain(error, name) from error


def _explain(error: Error, name: str) -> StoreError:
    cause = error.__cause__
    if REFUSAL in str(error):
        return StoreError(
            f"Le registre ({name}) refuse de modifier ou de supprimer ce qui est enregistré."
        )
    sqlite_name = getattr(cause, "sqlite_errorname", None) or ""
    for prefix, text in _SQLITE:
        if sqlite_name.startswith(prefix):
            return StoreError(text.format(name=name))
    if hasattr(cause, "sqlstate"):
        return _explain_postgresql(getattr(cause, "sqlstate", None), error, name)
    return _unforeseen(error, name)


def _explain_postgresql(state: str | None, error: Error, name: str) -> StoreError:
    for prefix, text in _POSTGRESQL:
        if state is not None and state.startswith(prefix):
            return StoreError(text.format(name=name))
    if state is None or state.startswith(("08", "57")):
        for code, words in _REFUSED_CONNECTIONS:
            if words.search(str(error)):
                return StoreError(dict(_POSTGRESQL)[code].format(name=name))
        return StoreError(_UNREACHABLE.format(name=name, detail=_one_line(error)))
    return _unforeseen(error, name)


def _unforeseen(error: Error, name: str) -> TamperedDataError:
    return TamperedDataError(
        f"Le registre ({name}) n’a pas la forme attendue ({_one_line(error)}). {_NOTHING_LOST}",
        Remedy("verify_store"),
    )


def _one_line(error: Error) -> str:
    return " ".join(str(error).split())
