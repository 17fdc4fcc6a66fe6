"""What a contract is made from, as hashes: a contract whose inputs' hash stands is not built again.

``inputs`` covers every byte that could matter (program, templates, library, layers of the profile,
formats): equal inputs need no look. When they differ, the contract is assembled and its ``content``
compared, so that a change of one sheet rebuilds only the contracts that hold it.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from contract_builder.reading.bounded import read_bounded
from contract_builder.services.making import BuildOptions

Inputs = Mapping[str, str]
"""A hash for each kind of input, by the French word that names it."""


def shared_inputs(root: Path, library_version: str, options: BuildOptions) -> dict[str, str]:
    """What is common to all contracts of a batch."""
    return {
        "bibliothèque": library_version,
        "modèles": templates_hash(root),
        "formats": ",".join(_choices(options)),
        "logiciel": program_hash(),
    }


class FileHashes:
    """The hashes of files, each read once: many profiles share their layers."""

    def __init__(self) -> None:
        self._known: dict[Path, bytes] = {}

    def of_all(self, files: Iterable[Path]) -> str:
        """One hash of the names and bytes of files; one that cannot be read counts as such."""
        digest = sha256()
        for path in files:
            if path not in self._known:
                self._known[path] = sha256(_content(path)).digest()
            digest.update(f"{path.name}\0".encode())
            digest.update(self._known[path])
        return digest.hexdigest()


def contract_inputs(layers: Iterable[Path], shared: Inputs, hashes: FileHashes) -> dict[str, str]:
    """All that one contract is made from; ``layers`` are the files of its profile."""
    return {"profil": hashes.of_all(layers), **shared}


def _content(path: Path) -> bytes:
    try:
        return read_bounded(path) if path.is_file() else b"\0absent"
    except OSError:
        return b"\0illisible"


def content_hash(contract_hash: str, root: Path, options: BuildOptions) -> str:
    """What one contract's documents depend on.

    ``contract_hash`` is the identity of the contract assembled without its library's version,
    which changes with any file of the library; that of its instruction file goes with it.
    """
    digest = sha256()
    for part in (program_hash(), templates_hash(root), contract_hash, *_choices(options)):
        digest.update(f"{part}\0".encode())
    return digest.hexdigest()


def _choices(options: BuildOptions) -> tuple[str, ...]:
    """What the options change in the documents; how strict a build is changes none."""
    tracked = "suivi" if options.track_changes else ""
    beside = ("instruction",) if options.instruction else ()
    return (*options.formats, options.pdf_engine, options.pdf_standard, tracked, *beside)


def templates_hash(root: Path) -> str:
    """The bytes of every document template."""
    return FileHashes().of_all(sorted(p for p in (root / "templates").rglob("*") if p.is_file()))


@cache
def program_hash() -> str:
    """The bytes of the program itself, its pages and styles included: another version builds
    everything again.
    """
    package = Path(__file__).resolve().parent.parent
    files = (path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return FileHashes().of_all(sorted(files))
