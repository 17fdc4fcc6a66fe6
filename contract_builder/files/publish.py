"""Products → files: names that never collide, whole files or none, nobody's work overwritten.

Every file is written beside its place and then moved over it, so a failure leaves the old one. A
product that somebody changed since it was made (an officer edits the Word file) is kept under
another name before the new one takes its place.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from contract_builder.errors import UserError, system_reason
from contract_builder.files.write import write_atomically, write_beside
from contract_builder.model.contract import ContractHeader

_LEDGER = ".produits.json"
_MAX_SLUG = 60


@dataclass(frozen=True, slots=True)
class Published:
    """The paths written, in order, and the older files that were kept under another name.

    ``removed`` are products made before and not this time, which nobody had changed.
    """

    written: tuple[Path, ...]
    kept: tuple[tuple[Path, Path], ...]
    removed: tuple[Path, ...] = ()


def product_folder(code: str) -> str:
    """The name of a contract's folder among others: equal for codes that a disk may confuse."""
    return _slug(code).upper()


def product_stem(header: ContractHeader) -> str:
    """The name of a contract's files without extension: code, version, short name."""
    return f"{product_folder(header.code)}-v{header.version}-{_slug(header.legal_name)}"


def publish(
    folder: Path, products: Mapping[str, bytes], outdated: Collection[str] = ()
) -> Published:
    """Writes every product (file name → bytes) into ``folder``, made if needed.

    ``outdated`` names what an earlier run may have made and this one replaces: such a file goes
    if it is a product of ours, under another name if somebody changed it. Raises UserError when
    the folder or the disk refuses; files already there stay whole.
    """
    temporary: dict[str, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in products.items():
            temporary[name] = write_beside(folder / name, data)
        kept, removed = _replace_all(folder, products, temporary, outdated)
    except OSError as error:
        for path in temporary.values():
            path.unlink(missing_ok=True)
        raise UserError(
            f"Impossible d’écrire dans « {folder} » : {system_reason(error)}."
        ) from error
    return Published(tuple(folder / name for name in products), kept, removed)


def list_products(folder: Path) -> tuple[str, ...]:
    """The names of the files that were published in a folder, sorted; none without a ledger."""
    return tuple(sorted(_load_ledger(folder)))


def _replace_all(
    folder: Path,
    products: Mapping[str, bytes],
    temporary: Mapping[str, Path],
    outdated: Collection[str],
) -> tuple[tuple[tuple[Path, Path], ...], tuple[Path, ...]]:
    """Moves each written file over the old one; what was moved away before, and what is removed.

    Whatever happens, the ledger knows the files that were replaced: they are never taken for
    somebody's work.
    """
    ledger = _load_ledger(folder)
    kept: list[tuple[Path, Path]] = []
    removed: list[Path] = []
    try:
        for name, data in products.items():
            path = folder / name
            digest = sha256(data).hexdigest()
            moved = _keep_changed(path, {ledger.get(name), digest})
            if moved is not None:
                kept.append((path, moved))
            temporary[name].replace(path)
            ledger[name] = digest
        for name in sorted((set(outdated) - set(products)) & set(ledger)):
            path = folder / name
            moved = _keep_changed(path, {ledger[name]})
            if moved is not None:
                kept.append((path, moved))
            elif path.is_file():
                path.unlink()
                removed.append(path)
            del ledger[name]
    finally:
        write_atomically(folder / _LEDGER, _ledger_bytes(ledger))
    return tuple(kept), tuple(removed)


def _keep_changed(path: Path, known: set[str | None]) -> Path | None:
    """Moves away a file whose hash is not a known one; its new path, or None."""
    if not path.is_file() or sha256(path.read_bytes()).hexdigest() in known:
        return None
    number = 1
    while (target := path.with_name(f"{path.stem}.modifie-{number}{path.suffix}")).exists():
        number += 1
    path.rename(target)
    return target


def _load_ledger(folder: Path) -> dict[str, str]:
    """What we wrote last, by file name; a damaged ledger counts as empty (files are then kept)."""
    try:
        data = json.loads((folder / _LEDGER).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}


def _ledger_bytes(ledger: Mapping[str, str]) -> bytes:
    return (json.dumps(ledger, indent=0, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:_MAX_SLUG].strip("-").lower() or "x"
