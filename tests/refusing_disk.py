"""Disks that refuse: no right to write, also where root runs the tests; no room left."""

import ctypes
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_CAPABILITIES_VERSION_3 = 0x20080522  # <linux/capability.h>
_DAC_OVERRIDE, _DAC_READ_SEARCH, _FOWNER = 1, 2, 3
_C_LIBRARY = ctypes.CDLL(None, use_errno=True)


@contextmanager
def without_rights() -> Iterator[None]:
    """Root, too, may write only where the modes let the owner write.

    Root keeps its name and what lets it read: our own files stay readable wherever the checkout
    lies, which those of another user would not be. Holds for this thread.
    """
    if os.geteuid() != 0:
        yield
        return
    before = _get_capabilities()
    effective = before[0] & ~(1 << _DAC_OVERRIDE) & ~(1 << _FOWNER)
    _set_capabilities((effective, *before[1:]))
    try:
        yield
    finally:
        _set_capabilities(before)


@contextmanager
def without_any_right(folder: Path) -> Iterator[None]:
    """Nobody may list or read ``folder`` meanwhile; root, who may anything, no longer reads all."""
    mode = folder.stat().st_mode
    folder.chmod(0)
    before = _get_capabilities() if os.geteuid() == 0 else None
    if before is not None:
        hidden = 1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH
        _set_capabilities((before[0] & ~hidden, *before[1:]))
    try:
        yield
    finally:
        if before is not None:
            _set_capabilities(before)
        folder.chmod(mode)


def _get_capabilities() -> tuple[int, ...]:
    """Effective, permitted, inheritable: those from 0 to 31, then the others."""
    header, data = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    _call(_C_LIBRARY.capget, header, data)
    return tuple(data)


def _set_capabilities(wanted: tuple[int, ...]) -> None:
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION_3, 0)
    _call(_C_LIBRARY.capset, header, (ctypes.c_uint32 * 6)(*wanted))


def _call(function: Callable[..., int], *arguments: Any) -> None:
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder that any user may enter, unlike pytest's own; it goes with all it holds."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for path in (folder, *folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(folder)


def make_read_only(folder: Path) -> None:
    """Takes away the right to write in a folder and in all below it, not where links lead."""
    for path in (*(item for item in folder.rglob("*") if not item.is_symlink()), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Lets the system refuse to write files beyond ``size`` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own at ``folder``, of some size (« 2m »); skips where none may be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip("no disk may be mounted here; what a refused write does is tested elsewhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_disk(folder: Path) -> Path:
    """Leaves no room on the disk of ``folder``; the file that takes it all."""
    filler = folder / "plein"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
    return filler
