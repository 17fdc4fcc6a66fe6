"""Products → files: names that never collide, whole files or none, nobody's work overwritten.

The products of one contract are one set (``files.together``): all are new, or all as they were. A
product that somebody changed since it was made (an officer edits the Word file) is kept under
another name before the new one takes its place.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from contract_builder.files.together import FileChange, holding
from contract_builder.files.work_folder import remove_abandoned
from contract_builder.files.write import telling_refusals
from contract_builder.frozen import dataclass
from contract_builder.model.contract import ContractHeader
from contract_builder.reading.bounded import read_bounded

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


def amendment_stem(header: ContractHeader, number: int) -> str:
    """The name of the files of an avenant to a contract, without extension."""
    return f"{amendment_prefix(header, number)}{_slug(header.legal_name)}"


def amendment_prefix(header: ContractHeader, number: int) -> str:
    """What the names of the files of an avenant begin with, the establishment's name apart."""
    return f"{product_folder(header.code)}-avenant-{number}-"


def consolidation_stem(header: ContractHeader, on: date) -> str:
    """The name of the files of a consolidated text, without extension: code, day, short name."""
    day = f"{on:%Y-%m-%d}"
    return f"{product_folder(header.code)}-consolide-{day}-{_slug(header.legal_name)}"


def follow_stem(header: ContractHeader, what: str) -> str:
    """The name of the files of a contract's follow-up, without extension: code, what, short name.

    ``what`` is in lower case without accents: « suivi-2026 », « mi-parcours ».
    """
    return f"{product_folder(header.code)}-{what}-{_slug(header.legal_name)}"


def publish(
    folder: Path, products: Mapping[str, bytes], outdated: Collection[str] = ()
) -> Published:
    """Writes every product (file name → bytes) into ``folder``, made if needed: all, or none.

    ``outdated`` names what an earlier run may have made and this one replaces: such a file goes
    if it is a product of ours, under another name if somebody changed it. Raises UserError when
    the folder or the disk refuses; files already there stay whole.
    """
    remove_abandoned()
    with telling_refusals(folder, inside=True), holding(folder) as held:
        ledger = _load_ledger(folder)
        settled = held.write(_changes(products, outdated, ledger))
        recovered = held.recovered
    return Published(
        tuple(folder / name for name in products),
        (*recovered.kept, *settled.kept),
        (*recovered.removed, *settled.removed),
    )


def list_products(folder: Path) -> tuple[str, ...]:
    """The names of the files that were published in a folder, sorted; none without a ledger."""
    return tuple(sorted(_load_ledger(folder)))


def _changes(
    products: Mapping[str, bytes], outdated: Collection[str], ledger: Mapping[str, str]
) -> Iterator[FileChange]:
    """The products, what goes, and the ledger that knows them."""
    digests = {name: sha256(data).hexdigest() for name, data in products.items()}
    gone = sorted((set(outdated) - set(products)) & set(ledger))
    for name, data in products.items():
        yield FileChange(name, data, (ledger.get(name, ""), digests[name]))
    for name in gone:
        yield FileChange(name, None, (ledger[name],))
    known = {name: digest for name, digest in ledger.items() if name not in gone}
    yield FileChange(_LEDGER, _ledger_bytes({**known, **digests}))


def _load_ledger(folder: Path) -> dict[str, str]:
    """What we wrote last, by file name; a damaged ledger counts as empty (files are then kept)."""
    try:
        data = json.loads(read_bounded(folder / _LEDGER))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}


def _ledger_bytes(ledger: Mapping[str, str]) -> bytes:
    return (json.dumps(ledger, indent=0, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:_MAX_SLUG].strip("-").lower() or "x"
