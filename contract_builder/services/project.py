"""A working folder, opened: its library, its profiles, its store, each read once and on demand.

What commands, batches and pages hold and give to every service. A process may live for weeks:
``refresh`` notices changed files, and only what changed is read again.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from contract_builder.diagnostics import Diagnostic, Problems, has_errors, in_file_order
from contract_builder.errors import ProblemsError, Remedy, UserError
from contract_builder.files.cache import open_cache
from contract_builder.files.together import end_interrupted
from contract_builder.files.write import telling_refusals
from contract_builder.frozen import dataclass
from contract_builder.library.kept import KeptLibrary, check_kept_library, load_kept_library
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile
from contract_builder.profiles.load import (
    display_name,
    iter_profile_paths,
    load_profile,
)
from contract_builder.reading.remembered import (
    OverlaidYaml,
    RememberedYaml,
    Stamp,
    YamlLoader,
    stamp_of,
)
from contract_builder.store.location import Location, find_location, store_exists
from contract_builder.store.opening import open_store

if TYPE_CHECKING:
    from contract_builder.store.store import Store

LIBRARY_FOLDERS = ("clause_library", "fiches")
PROFILES_FOLDER = "profiles"
_HALF_WRITTEN = (
    "Une écriture y a été interrompue, et une partie seulement des fichiers est à jour : donnez le "
    "droit d’écrire dans ce dossier, puis relancez la commande, qui le terminera."
)


@dataclass(frozen=True, slots=True)
class _LoadedLibrary:
    """The library with its problems of form, and the stamp of every file of its folders."""

    kept: KeptLibrary
    stamps: Mapping[str, Stamp]


class Project:
    """One project folder; to be closed when done (``with``), which closes its store.

    ``settings`` are the variables that a service may look at (CPOM_DATABASE_URL, CPOM_ACTOR,
    CPOM_CACHE): the environment of a command, that of the cache alone for a worker. A ``library``
    that is given is taken as it is and never read again. May be shared by threads.
    """

    def __init__(
        self,
        root: Path,
        settings: Mapping[str, str] | None = None,
        library: Library | None = None,
    ) -> None:
        self.root = root
        self.settings: Mapping[str, str] = settings or {}
        self.load_yaml: YamlLoader = RememberedYaml()
        self.cache = open_cache(self.settings)
        self._given = library
        self._loaded: _LoadedLibrary | None = None
        self._meaning: tuple[Diagnostic, ...] | None = None
        self._store: Store | None = None
        self._lock = RLock()

    @property
    def profiles_folder(self) -> Path:
        """Where the profiles of the establishments lie."""
        return self.root / PROFILES_FOLDER

    def open_library(self) -> tuple[Library, Problems]:
        """The library and its problems of form."""
        with self._lock:
            kept = self._open_kept()
            return kept.library, list(kept.problems)

    def open_sound_library(self) -> tuple[Library, Problems]:
        """The library with every error of form or meaning; its other problems are for ``check``."""
        with self._lock:
            kept = self._open_kept()
            if self._meaning is None:
                self._meaning = check_kept_library(kept, self.cache)
            return kept.library, [*kept.problems, *self._meaning]

    def _open_kept(self) -> KeptLibrary:
        if self._given is not None:
            return KeptLibrary(self._given, ())
        if self._loaded is None:
            for name in LIBRARY_FOLDERS:
                _end_writing(self.root / name)
            stamps = _library_stamps(self.root)
            self._loaded = _LoadedLibrary(load_kept_library(self.root, self.cache), stamps)
            self._meaning = None
        return self._loaded.kept

    def get_library(self) -> Library:
        """The library, when its files can be read; ProblemsError when one cannot."""
        library, problems = self.open_library()
        if has_errors(problems):
            raise ProblemsError(in_file_order(problems))
        return library

    @property
    def library_key(self) -> str:
        """Names the files of the library and this program, for what is kept; may be empty."""
        with self._lock:
            return self._open_kept().key

    def find_profile(self, path: Path, problems: Problems) -> Profile | None:
        """The profile in ``path`` with its layers; None, and told, when it cannot be read."""
        # Before our lock: the writer that is waited for may want it, to open the store.
        _end_writing(path.parent)
        with self._lock:
            return load_profile(path, self.root, problems, self.load_yaml)

    def with_text(self, path: Path, text: str) -> "Project":
        """The same project as if the file at ``path`` held ``text``, for trials; to be closed."""
        trial = Project(self.root, self.settings, self.get_library())
        trial.load_yaml = OverlaidYaml(self.load_yaml, path, text)
        return trial

    def profile_paths(self, folder: Path | None = None) -> list[Path]:
        """The profiles of a folder, by default the project's, in name order."""
        profiles = folder or self.profiles_folder
        _end_writing(profiles)
        return iter_profile_paths(profiles)

    def name_of(self, path: Path) -> str:
        """A path as messages show it: relative to the project when it lies inside."""
        return display_name(path, self.root)

    def has_store(self) -> bool:
        """False only when the store would be a file, and neither it nor its anchor is there yet."""
        return store_exists(self.root, self.settings)

    def find_database(self, file: Path) -> Location:
        """Where tables that are not the store's are kept: its server, else the SQLite ``file``."""
        return find_location(self.root, self.settings, file)

    def open_store(self, *, is_restored: bool = False) -> "Store":
        """The store, made if need be; the same one until the project is closed.

        One that is lost is made anew only when ``is_restored``: it is to be filled by an import.
        """
        with self._lock:
            if self._store is None:
                self._store = open_store(self.root, self.settings, is_restored=is_restored)
            return self._store

    def get_store(self) -> "Store":
        """The store of a project that has one; UserError when it has none."""
        if not self.has_store():
            raise UserError(
                f"Aucune version n’est encore enregistrée dans « {self.root} ».",
                Remedy("record_contract"),
            )
        return self.open_store()

    def refresh(self) -> bool:
        """Forgets a library whose files changed since it was read; True when it did.

        Costs a look at each file's stamp. Profiles look for themselves.
        """
        with self._lock:
            if self._loaded is None or self._loaded.stamps == _library_stamps(self.root):
                return False
            self._loaded = self._meaning = None
            return True

    def close(self) -> None:
        """Closes the store; the project may be used again."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _end_writing(folder: Path) -> None:
    """Ends a set of files that was decided when its writer was killed: half of one is no state."""
    with telling_refusals(folder, _HALF_WRITTEN, inside=True):
        end_interrupted(folder)


def _library_stamps(root: Path) -> Mapping[str, Stamp]:
    return {path: stamp_of(path) for path in _iter_library_files(root)}


def _iter_library_files(root: Path) -> Iterator[str]:
    """By ``os.walk``: this is done for every request of a server, over hundreds of files."""
    for name in LIBRARY_FOLDERS:
        for folder, _, names in os.walk(root / name):
            for file in names:
                if file.endswith((".md", ".yaml")):
                    yield os.path.join(folder, file)  # noqa: PTH118 - a text is enough
