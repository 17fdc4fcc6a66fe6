"""The library, and the verdict of its checks, from the cache when it holds those of these files.

What is kept is known by the hash of every file of the library and of the program that read them. A
library with the least problem of form is never kept: whoever mends it is told of all, each time.
"""

from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from contract_builder.diagnostics import Diagnostic, only_errors
from contract_builder.files.cache import Cache
from contract_builder.files.program import program_state
from contract_builder.frozen import dataclass
from contract_builder.library.kept_form import KeptFormError, parse_library, write_library
from contract_builder.library.load import find_catalogues, find_library_version, load_library
from contract_builder.model.library import Library

_LIBRARY, _NO_ERROR = "bibliotheque", "sans-erreur"


@dataclass(frozen=True, slots=True)
class KeptLibrary:
    """A library and its problems of form; ``key`` names its files and the program that read them.

    It is empty when the library has problems, and when nothing is kept.
    """

    library: Library
    problems: tuple[Diagnostic, ...]
    key: str = ""


def load_kept_library(root: Path, cache: Cache) -> KeptLibrary:
    """What ``load_library`` gives of the project folder ``root``."""
    found = _find_kept(root, cache)
    if found is not None:
        return found
    library, problems = load_library(root)
    key = "" if problems or not cache.is_open else _key_of(library.version, library.fiches)
    if key:
        with suppress(KeptFormError):
            cache.keep(_LIBRARY, key, write_library(library))
    return KeptLibrary(library, tuple(problems), key)


def check_kept_library(kept: KeptLibrary, cache: Cache) -> tuple[Diagnostic, ...]:
    """Every error of meaning, as ``check_library`` finds them."""
    if kept.key and cache.find(_NO_ERROR, kept.key) is not None:
        return ()
    from contract_builder.library.checks import check_library

    errors = tuple(only_errors(check_library(kept.library)))
    if kept.key and not errors:
        cache.keep(_NO_ERROR, kept.key, b"")
    return errors


def _find_kept(root: Path, cache: Cache) -> KeptLibrary | None:
    version = find_library_version(root) if cache.is_open else None
    key = _key_of(version, find_catalogues(root)) if version else ""
    data = cache.find(_LIBRARY, key) if key else None
    if data is None:
        return None
    try:
        return KeptLibrary(parse_library(data), (), key)
    except KeptFormError:
        return None


def _key_of(version: str, catalogues: Iterable[str]) -> str:
    """Names the files of a library and this program; empty when its modules cannot be read."""
    try:
        state = program_state()
    except OSError:
        return ""
    return sha256("\0".join((state, version, *catalogues)).encode()).hexdigest()
