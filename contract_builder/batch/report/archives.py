"""The documents of each department in one ZIP archive, in a fixed order, written whole or not.

Archives are sent: the instruction files, internal to the agency, are in none.
"""

import re
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from contract_builder.batch.report.line import RegionLine
from contract_builder.files.write import writing_whole
from contract_builder.reading.bounded import open_ordinary, read_bounded
from contract_builder.services.instructing import is_instruction

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_PACKED_ALREADY = (".docx", ".pdf")
_RIGHTS = 0o644  # of the files inside, whatever they are here: an archive is sent
_PREFIX = "departement-"


def write_archives(out: Path, lines: Sequence[RegionLine]) -> list[Path]:
    """One archive for each department that has documents, whose names they keep; their paths.

    An archive that holds the same names and is newer than all its files is left alone; that of a
    department that has no more documents is removed. OSError when the disk refuses: the older
    archives stay.
    """
    by_department: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for name in line.entry.files:
            if (out / name).is_file() and not is_instruction(name):
                by_department[_department_of(line)].add(name)
    paths: list[Path] = []
    for department, names in sorted(by_department.items()):
        path = out / f"{_PREFIX}{department}.zip"
        if not _is_fresh(path, out, sorted(names)):
            _write_archive(path, out, sorted(names))
        paths.append(path)
    for old in set(out.glob(f"{_PREFIX}*.zip")) - set(paths):
        old.unlink()
    return paths


def _department_of(line: RegionLine) -> str:
    department = line.summary.department if line.summary else ""
    code = re.sub(r"[^0-9A-Za-z]+", "-", department).strip("-")
    return code or "inconnu"


def _is_fresh(path: Path, out: Path, names: Sequence[str]) -> bool:
    try:
        written = path.stat().st_mtime_ns
        with open_ordinary(path) as file, zipfile.ZipFile(file) as archive:
            held = archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False
    return held == list(names) and all((out / n).stat().st_mtime_ns < written for n in names)


def _write_archive(path: Path, out: Path, names: Sequence[str]) -> None:
    """Written file by file beside its place, so that a region never stands in memory."""
    with writing_whole(path) as file, zipfile.ZipFile(file, "w") as archive:
        for name in names:
            packed = name.endswith(_PACKED_ALREADY)
            info = zipfile.ZipInfo(name, _FIXED_DATE)
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            info.external_attr = _RIGHTS << 16
            archive.writestr(info, read_bounded(out / name))
