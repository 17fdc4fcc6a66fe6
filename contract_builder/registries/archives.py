"""Compressed registries: a gzip file, or a zip archive of one file, read through as a stream.

Bounded, since an archive of a few kilobytes may unpack to more than the machine has.
"""

import gzip
import io
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from contract_builder.reading.bounded import open_ordinary

_GZIP_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = b"PK\x03\x04"
_MAX_UNPACKED = 4 << 30  # bytes; the largest national file is a quarter of this
_MAX_RATIO = 200  # registries are packed 10 to 40 times
_FREE = 64 << 20  # bytes below which the ratio does not matter
# What the archives that are documents hold: workbooks, Word files.
_DOCUMENT_NAMES = frozenset({"[Content_Types].xml", "mimetype", "content.xml"})
_DOCUMENT_FOLDERS = ("xl/", "word/", "META-INF/", "_rels/")


class ArchiveError(Exception):
    """An archive that is not one readable file; the message says why, in French."""


def is_plain_archive(path: Path) -> bool:
    """True for a sound zip archive that is no workbook and no other document."""
    with open_ordinary(path) as stream:
        if stream.read(len(_ZIP_MAGIC)) != _ZIP_MAGIC:
            return False
        try:
            with zipfile.ZipFile(stream) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, NotImplementedError):
            return False
    return not any(name in _DOCUMENT_NAMES or name.startswith(_DOCUMENT_FOLDERS) for name in names)


def open_unpacked(path: Path) -> BinaryIO:
    """The file's bytes, decompressed when it is a gzip file or a zip archive of one file.

    Raises ArchiveError when the archive is not one readable file, while reading too when it
    unpacks beyond bounds; OSError, EOFError or zlib.error when it is damaged.
    """
    is_archive = is_plain_archive(path)
    file = open_ordinary(path)
    try:
        start = file.read(len(_ZIP_MAGIC))
        file.seek(0)
        if start.startswith(_GZIP_MAGIC):
            return _bounded(gzip.open(file, "rb"), file)
        if is_archive:
            return _bounded(_open_member(file), file)
    except BaseException:
        file.close()
        raise
    return file


def _open_member(file: BinaryIO) -> io.BufferedIOBase:
    with zipfile.ZipFile(file) as archive:
        members = [
            item
            for item in archive.infolist()
            if not item.is_dir() and not item.filename.startswith("__MACOSX/")
        ]
        if len(members) != 1:
            raise ArchiveError(_count(members))
        try:
            return cast("io.BufferedIOBase", archive.open(members[0]))
        except RuntimeError as error:
            raise ArchiveError("elle est protégée par un mot de passe") from error
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise ArchiveError("elle est abîmée, ou compressée d’une façon inconnue") from error


def _count(members: Sequence[zipfile.ZipInfo]) -> str:
    if not members:
        return "elle ne contient aucun fichier"
    shown = ", ".join(f"« {item.filename} »" for item in members[:3])
    return f"elle contient {len(members)} fichiers ({shown}{'…' if len(members) > 3 else ''})"


def _bounded(stream: object, file: BinaryIO) -> BinaryIO:
    raw = _Bounded(cast("io.BufferedIOBase", stream), file, os.fstat(file.fileno()).st_size)
    return cast("BinaryIO", io.BufferedReader(raw, 1 << 16))


@dataclass(eq=False)
class _Bounded(io.RawIOBase):
    """The bytes of ``stream``, up to what an archive of ``packed`` bytes may sensibly hold."""

    stream: io.BufferedIOBase
    file: BinaryIO
    packed: int
    count: int = 0

    def readable(self) -> bool:
        """True: that is what it is for."""
        return True

    def readinto(self, buffer: object) -> int:
        """As of any raw stream; raises ArchiveError beyond the bounds."""
        view = memoryview(buffer)  # type: ignore[arg-type]  # any writable buffer
        try:
            data = self.stream.read(len(view))
        except zipfile.BadZipFile as error:
            raise ArchiveError("elle est abîmée") from error
        self.count += len(data)
        if self.count > min(_MAX_UNPACKED, max(_FREE, self.packed * _MAX_RATIO)):
            raise ArchiveError("elle est démesurément grande une fois décompressée")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Closes the archive too."""
        self.stream.close()
        self.file.close()
        super().close()
