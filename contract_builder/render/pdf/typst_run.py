"""Typst run on one template: fonts of the project alone, data in a file, a PDF out."""

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from contract_builder.errors import InternalRenderError, TemplateError, UserError, system_reason


@dataclass(frozen=True, slots=True)
class TypstSource:
    """A template, and the data that it reads under the name ``file``; ``inputs`` are settings.

    Data stand in a file rather than in an input: Typst lays out again nothing that the documents
    before had in common, unless an input changed.
    """

    template: str
    file: str
    data: bytes
    inputs: Mapping[str, str] = field(default_factory=dict)


def compile_pdf(source: TypstSource, fonts: Path, standards: tuple[str, ...] = ()) -> bytes:
    """The PDF that a template makes of its data; its own errors are ``typst.TypstError``.

    Raises TemplateError when the folder ``fonts`` holds none, UserError when the disk refuses.
    """
    try:
        with _ONE_AT_A_TIME:
            inputs = tuple(sorted(source.inputs.items()))
            workshop = _open_workshop(inputs, fonts, os.getpid())
            workshop.folder.mkdir(mode=0o700)
            try:
                (workshop.folder / source.file).write_bytes(source.data)
                data = workshop.compiler.compile(
                    source.template.encode(), format="pdf", pdf_standards=[*standards]
                )
            finally:
                rmtree(workshop.folder, ignore_errors=True)
    except OSError as error:
        reason = system_reason(error)
        raise UserError(f"Impossible d’écrire un fichier de travail : {reason}.") from error
    if not isinstance(data, bytes):
        raise InternalRenderError("Typst n’a pas rendu un fichier PDF")
    return data


@dataclass(frozen=True, slots=True)
class _Workshop:
    """A Typst compiler, and the folder in which it finds its data; there while it works only."""

    compiler: Any
    folder: Path


_ONE_AT_A_TIME = threading.Lock()
"""A workshop has room for the data of one document."""


@lru_cache(maxsize=4)
def _open_workshop(inputs: tuple[tuple[str, str], ...], fonts: Path, process: int) -> _Workshop:
    """The workshop of this ``process`` for these inputs, kept: another compiler, even equal, would
    not know what this one has laid out.
    """
    import typst

    folder = Path(mkdtemp(prefix="cpom-"))
    compiler = typst.Compiler(
        b"",
        root=folder,
        ignore_system_fonts=True,
        font_paths=_load_fonts(fonts),
        sys_inputs=dict(inputs),
    )
    folder.rmdir()  # a process of a pool ends without cleaning up
    return _Workshop(compiler, folder)


def explain_template(name: str, error: Exception) -> TemplateError:
    """What Typst has to say against the template ``name``."""
    text = str(getattr(error, "message", "") or error)
    return TemplateError(f"Le modèle « {name} » ne peut être composé : {text}")


@cache
def _load_fonts(folder: Path) -> Any:
    """The fonts of a folder and Typst's own, read once for the process."""
    import typst

    if not any(folder.glob("*.[ot]tf")):
        raise TemplateError(f"Le dossier « {folder} » ne contient aucune police.")
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
