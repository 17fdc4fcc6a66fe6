"""Typst run on one template: fonts of the project alone, data beside it, a PDF out."""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from contract_builder.errors import InternalRenderError, TemplateError
from contract_builder.frozen import dataclass


@dataclass(frozen=True, slots=True)
class TypstSource:
    """A template, and the data that it reads under the name ``file``; ``inputs`` are settings.

    ``beside`` are other files that it may read, by name.

    Data stand in a file rather than in an input: Typst lays out again nothing that the documents
    before had in common, unless an input changed.
    """

    template: str
    file: str
    data: bytes
    inputs: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, bytes] = field(default_factory=dict)


def compile_pdf(source: TypstSource, fonts: Path, standards: tuple[str, ...] = ()) -> bytes:
    """The PDF that a template makes of its data; its own errors are ``typst.TypstError``.

    All of it stays in memory: nothing of a contract is left on the disk by a process that is
    killed. Raises TemplateError when the folder ``fonts`` holds none.
    """
    with _ONE_AT_A_TIME:
        compiler = _open_compiler(tuple(sorted(source.inputs.items())), fonts, os.getpid())
        files = {_MAIN: source.template.encode(), source.file: source.data, **source.beside}
        with _telling_panics():
            data = compiler.compile(files, format="pdf", pdf_standards=[*standards])
    if not isinstance(data, bytes):
        raise InternalRenderError("Typst n’a pas rendu un fichier PDF")
    return data


def compile_png(source: TypstSource, fonts: Path, dots_an_inch: int) -> list[bytes]:
    """The pages that a template makes of its data, each a PNG; otherwise as ``compile_pdf``."""
    with _ONE_AT_A_TIME:
        compiler = _open_compiler((), fonts, os.getpid())
        files = {_MAIN: source.template.encode(), source.file: source.data}
        with _telling_panics():
            data = compiler.compile(files, format="png", ppi=dots_an_inch)
    return [bytes(page) for page in data] if isinstance(data, list) else [bytes(data)]


@contextmanager
def _telling_panics() -> Iterator[None]:
    """A panic of Typst, which would end the process, is a fault of ours like others."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        _open_compiler.cache_clear()  # that one may be broken
        raise InternalRenderError(f"Typst s’est arrêté : {error}") from error


_MAIN = "main.typ"
_ONE_AT_A_TIME = threading.Lock()
"""A compiler lays out one document at a time."""
_ONE_THREAD = ("RAYON_NUM_THREADS", "1")
"""What Typst asks the environment when it first lays out something. The parts of a contract that it
could lay out side by side are too unequal: by two threads it is done no sooner, for a tenth more
processor time, and a batch has a process for each core already."""


@lru_cache(maxsize=4)
def _open_compiler(inputs: tuple[tuple[str, str], ...], fonts: Path, process: int) -> Any:
    """The compiler of this ``process`` for these inputs, kept: another one, even equal, would not
    know what this one has laid out.
    """
    import typst

    os.environ.setdefault(*_ONE_THREAD)
    return typst.Compiler(
        {_MAIN: b""},
        root=os.devnull,  # no folder: a template reads nothing of the disk
        ignore_system_fonts=True,
        font_paths=_load_fonts(fonts),
        sys_inputs=dict(inputs),
    )


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
