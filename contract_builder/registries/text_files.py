"""Registry files as streams of text lines, whatever their encoding.

Strict UTF-8 first, with or without byte-order mark, then Windows-1252. UTF-8 that was once read as
cp1252 or Latin-1 (« Ã© » for « é ») is put right while reading, and said. Compressed files are
read through. Nothing is held in memory but the line at hand.
"""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contract_builder.diagnostics import Diagnostic, Problems, file_problems, import_problems
from contract_builder.errors import system_reason
from contract_builder.reading.files import find_foreign_kind
from contract_builder.registries.archives import ArchiveError, open_unpacked
from contract_builder.registries.cells import line_place
from contract_builder.source import whole_file

_CHUNK = 1 << 20
_HEAD = 1024
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_NESTED = (b"PK\x03\x04", b"\x1f\x8b")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What cp1252 shows for the bytes 0x80 to 0xBF, and what Latin-1 does: control characters.
_TAIL_BYTES = {
    bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0xC0)
} | {chr(byte): byte for byte in range(0x80, 0xC0)}
_TAIL = "[" + "".join(re.escape(character) for character in _TAIL_BYTES) + "]"
# Â, Ã and Å lead two bytes, â leads three: in French no other lead byte occurs.
_GARBLED = re.compile(f"[ÂÃÅ]{_TAIL}|â{_TAIL}{{2}}")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file found readable: its encoding, and whether accents must be put right."""

    path: Path
    name: str
    encoding: str
    garbled: bool


def inspect_text(path: Path, name: str, problems: Problems) -> TextFile | None:
    """How to read the file, called ``name`` in messages; None, with the problem, when unreadable.

    Reads the file once through. A double encoding is a warning at its first line.
    """
    if not _is_text(path, name, problems):
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return _scan(path, name, encoding, problems)
        except UnicodeDecodeError:
            continue
        except ArchiveError as error:
            problems.append(import_problems.archive_refusee(whole_file(name), str(error)))
            return None
        except (OSError, EOFError, zlib.error):
            problems.append(import_problems.fichier_tronque(whole_file(name)))
            return None
    problems.append(import_problems.encodage_non_reconnu(whole_file(name)))
    return None


def iter_lines(file: TextFile) -> Iterator[str]:
    """The lines with their ends, accents put right."""
    with _open_text(file.path, file.encoding) as stream:
        if file.garbled:
            yield from map(repair_accents, stream)
        else:
            yield from stream


def iter_chunks(file: TextFile, size: int) -> Iterator[str]:
    """The text by pieces of about ``size`` characters, for files that may be one huge line."""
    with _open_text(file.path, file.encoding) as stream:
        while text := stream.read(size):
            yield repair_accents(text) if file.garbled else text


def repair_accents(text: str) -> str:
    """The text with « Ã© » read as « é »; what is not valid UTF-8 once re-read stays."""
    return _GARBLED.sub(_decode_again, text)


def _is_text(path: Path, name: str, problems: Problems) -> bool:
    """False, with the problem, for a file whose first bytes are those of something else."""
    try:
        with open_unpacked(path) as stream:
            start = stream.read(_HEAD)
    except ArchiveError as error:
        problems.append(import_problems.archive_refusee(whole_file(name), str(error)))
        return False
    except EOFError:
        problems.append(import_problems.fichier_tronque(whole_file(name)))
        return False
    except (OSError, zlib.error) as error:
        problems.append(file_problems.fichier_illisible(whole_file(name), _reason(error)))
        return False
    if not start:
        problems.append(import_problems.fichier_vide(whole_file(name)))
        return False
    foreign = _foreign_problem(name, start)
    if foreign is not None:
        problems.append(foreign)
        return False
    if start.startswith(_UTF16_MARKS):
        problems.append(import_problems.encodage_non_reconnu(whole_file(name)))
        return False
    return True


def _foreign_problem(name: str, start: bytes) -> Diagnostic | None:
    """The problem of a file that begins as no registry does; None for any other."""
    place = whole_file(name)
    if start.startswith(_NESTED):
        return import_problems.archive_refusee(place, "elle contient un classeur ou une archive")
    if start.startswith(_OLD_OFFICE):
        kind = "un ancien classeur (.xls), ou un fichier protégé par un mot de passe"
        remedy = "enregistrez-le au format .xlsx, sans mot de passe."
        return import_problems.pas_un_registre(place, kind, remedy)
    if _WEB_PAGE.match(start.removeprefix(codecs.BOM_UTF8)):
        remedy = (
            "le site a sans doute demandé de s’identifier : connectez-vous, "
            "puis téléchargez le registre à nouveau."
        )
        return import_problems.pas_un_registre(place, "une page web (HTML)", remedy)
    known = find_foreign_kind(start)
    if known is None:
        return None
    return import_problems.pas_un_registre(place, known, "vérifiez que c’est le bon fichier.")


def _scan(path: Path, name: str, encoding: str, problems: Problems) -> TextFile:
    """Reads all, by pieces since a file may be one huge line, and counts the garbled lines."""
    garbled = 0
    first: tuple[int, str] | None = None
    line, is_counted = 1, False
    with _open_text(path, encoding) as stream:
        while chunk := stream.read(_CHUNK):
            if chunk.isascii():
                line, is_counted = line + chunk.count("\n"), is_counted and "\n" not in chunk
                continue
            for rank, part in enumerate(chunk.split("\n")):
                if rank:
                    line, is_counted = line + 1, False
                if not is_counted and not part.isascii() and repair_accents(part) != part:
                    garbled, is_counted = garbled + 1, True
                    first = first or (line, part)
    if first is not None:
        problems.append(import_problems.double_encodage(line_place(name, *first), garbled))
    return TextFile(path, name, encoding, garbled > 0)


def _open_text(path: Path, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(open_unpacked(path), encoding=encoding, newline="")


def _decode_again(match: re.Match[str]) -> str:
    found = match.group()
    data = bytes(_TAIL_BYTES.get(character, ord(character) & 0xFF) for character in found)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile):
        return system_reason(error)
    return "archive compressée abîmée"
