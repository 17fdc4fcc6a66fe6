"""The Word files that were handed out, for the contracts that they print.

A redline is proved against these very files when they are at hand: beside the contract's file, in
the folder of products, or given. The SHA-256 in a file's properties says which contract it prints.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from contract_builder.errors import TemplateError, UserError
from contract_builder.files.publish import product_folder, product_stem
from contract_builder.files.read import read_file
from contract_builder.model.contract import Contract

_MARKS: Final = (b"<w:ins ", b"<w:del ", b"<w:moveFrom ", b"<w:moveTo ")


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file of one contract; ``path`` is None for one made again from the contract."""

    data: bytes
    path: Path | None = None


def get_given_file(path: Path, contract: Contract) -> WordFile:
    """The Word file that the user names. UserError when it prints another contract or is marked."""
    data = read_file(path)
    refusal = _refusal(data, contract)
    if refusal:
        raise UserError(f"« {path} » ne peut servir à la comparaison : {refusal}.")
    return WordFile(data, path)


def find_word_file(root: Path, source: str, contract: Contract) -> WordFile | None:
    """The Word file of this very contract beside its file or among the products, without marks."""
    for path in _iter_places(root, source, contract):
        if path.is_file():
            data = read_file(path)
            if not _refusal(data, contract):
                return WordFile(data, path)
    return None


def describe_template(path: Path) -> str:
    """The template as the proof names it: its day, as the disk knows it."""
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return f"le modèle du {day:%d/%m/%Y}"


def _iter_places(root: Path, source: str, contract: Contract) -> Iterator[Path]:
    path = Path(source)
    if path.suffix in (".json", ".pdf"):
        yield path.with_suffix(".docx")
    name = f"{product_stem(contract.header)}.docx"
    yield root / "output" / name
    yield root / "output" / product_folder(contract.header.code) / name


def _refusal(data: bytes, contract: Contract) -> str:
    """Why a file is not that of this contract as it was handed out; empty when it is."""
    from contract_builder.render.docx.properties import read_identity
    from contract_builder.render.json import contract_sha256
    from contract_builder.word.package import read_parts

    try:
        parts = read_parts(data)
    except TemplateError as error:
        return str(error).rstrip(".")
    if read_identity(parts) != contract_sha256(contract):
        return "son empreinte n’est pas celle de ce contrat"
    if any(
        mark in part for name, part in parts.items() if name.endswith(".xml") for mark in _MARKS
    ):
        return "il contient des modifications suivies, à accepter ou à refuser d’abord"
    return ""
