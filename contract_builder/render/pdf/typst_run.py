"""Typst run on one template: fonts of the project alone, data in a file, a PDF out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
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
    import typst

    try:
        with TemporaryDirectory(prefix="cpom-") as folder:
            (Path(folder) / source.file).write_bytes(source.data)
            compiler = typst.Compiler(
                source.template.encode(),
                root=folder,
                ignore_system_fonts=True,
                font_paths=_load_fonts(fonts),
                sys_inputs=dict(source.inputs),
            )
            data = compiler.compile(format="pdf", pdf_standards=[*standards])  # type: ignore[list-item]
    except OSError as error:
        reason = system_reason(error)
        raise UserError(f"Impossible d’écrire un fichier de travail : {reason}.") from error
    if not isinstance(data, bytes):
        raise InternalRenderError("Typst n’a pas rendu un fichier PDF")
    return data


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
