"""What people ask of imports: files received, changes chosen, applied, taken back, given up."""

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from contract_builder.errors import UserError
from contract_builder.files.write import telling_refusals, writing_whole
from contract_builder.services.noting import OrderedBy, WorkNote, note_work
from contract_builder.services.project import Project
from contract_builder.web.lots.intake import FILES_FOLDER, folder_of, throw_away
from contract_builder.web.lots.models import Import, ImportState
from contract_builder.web.lots.queue import enqueue

MOST_FILES = 20
MOST_BYTES = 128 << 20
_HEAD = 4096
_LONGEST_NAME = 80
_ARCHIVE = b"PK\x03\x04"
_SIXTEEN_BITS = (b"\xff\xfe", b"\xfe\xff")
AGAIN: tuple[ImportState, ...] = ("lu", "refuse", "interrompu")
"""Their files are still there, and may be read anew or given up."""


def order_import(project: Project, uploads: Sequence["UploadedFile[Any]"], by: OrderedBy) -> int:
    """Keeps the files and has them read by the worker; its number.

    UserError for a file that is too large, or that is neither a workbook nor a text: nothing is
    kept then.
    """
    if not 1 <= len(uploads) <= MOST_FILES:
        raise UserError(f"Choisissez de 1 à {MOST_FILES} fichiers.")
    for upload in uploads:
        _check(upload)
    names = _make_names(upload.name or "" for upload in uploads)
    work = Import.objects.create(actor=by.actor, asked_at=by.at, files=names, state="reception")
    folder = folder_of(project, work.pk) / FILES_FOLDER
    try:
        with telling_refusals(folder, inside=True):
            folder.mkdir(parents=True, mode=0o700)
            for name, upload in zip(names, uploads, strict=True):
                with writing_whole(folder / name) as file:
                    file.writelines(upload.chunks())
    except BaseException:
        shutil.rmtree(folder.parent, ignore_errors=True)
        work.delete()
        raise
    number: int = work.pk
    _move(number, ("reception",), "a_lire")
    _note(project, number, by, f"fichiers à lire : {', '.join(names)}")
    return number


def apply_chosen(project: Project, number: int, chosen: Sequence[str], by: OrderedBy) -> None:
    """Has what was chosen written; UserError when nothing is, or when it is not proposed."""
    proposed = {item["finess"] for item in _get(number).proposals}
    if not chosen:
        raise UserError("Choisissez au moins un établissement.")
    if not set(chosen) <= proposed:
        raise UserError("Un établissement choisi n’est pas parmi ceux qui sont proposés.")
    _move(number, ("lu",), "a_appliquer", chosen=list(chosen), actor=by.actor)
    _note(project, number, by, f"import à appliquer : {len(chosen)} établissement(s)", chosen)


def undo_order(project: Project, number: int, by: OrderedBy) -> None:
    """Has what the import wrote taken back."""
    if not _get(number).written:
        raise UserError(f"L’import n° {number} n’a rien écrit : il n’y a rien à reprendre.")
    _move(number, ("applique", "interrompu"), "a_annuler", actor=by.actor)
    _note(project, number, by, "import à reprendre en arrière")


def read_again(project: Project, number: int, by: OrderedBy) -> None:
    """Has the files read anew: profiles may have changed since."""
    _refuse_written(number)
    _move(number, AGAIN, "a_lire")
    _note(project, number, by, "fichiers à relire")


def give_up(project: Project, number: int, by: OrderedBy) -> None:
    """Throws the files away; nothing is written."""
    _refuse_written(number)
    _move(number, AGAIN, "abandonne")
    throw_away(project, number)
    _note(project, number, by, "import abandonné")


def _refuse_written(number: int) -> None:
    """The files of an import that was applied are there no more."""
    if _get(number).written:
        raise UserError(f"L’import n° {number} est appliqué : il se reprend en arrière.")


def _check(upload: "UploadedFile[Any]") -> None:
    if (upload.size or 0) > MOST_BYTES:
        raise UserError(f"« {upload.name} » dépasse {MOST_BYTES >> 20} Mio.")
    head = upload.read(_HEAD)
    upload.seek(0)
    is_text = b"\0" not in head or head.startswith(_SIXTEEN_BITS)
    if not head or not (head.startswith(_ARCHIVE) or is_text):
        raise UserError(
            f"« {upload.name} » n’est ni un classeur, ni une archive, ni un fichier texte (CSV, "
            "XML, JSON) : rien n’a été gardé."
        )


def _make_names(names: Iterable[str]) -> list[str]:
    """A name that is safe as one for each file, as near as may be to the one it came with."""
    made: list[str] = []
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")[-_LONGEST_NAME:] or "fichier"
        made.append(plain if plain not in made else f"{len(made) + 1}-{plain}")
    return made


def _move(number: int, since: Sequence[ImportState], state: ImportState, **more: Any) -> None:
    with transaction.atomic():
        moved = Import.objects.filter(pk=number, state__in=since).update(
            state=state, refusal="", ended_at=None, **more
        )
        if not moved:
            raise UserError(
                f"L’import n° {number} a changé entre-temps : regardez où il en est, puis "
                "choisissez."
            )
        enqueue(_get(number))


def _get(number: int) -> Any:
    work = Import.objects.filter(pk=number).first()
    if work is None:
        raise UserError(f"Il n’y a pas d’import n° {number}.")
    return work


def _note(
    project: Project, number: int, by: OrderedBy, note: str, chosen: Sequence[str] = ()
) -> None:
    told = {"import": number, "quoi": note, "quand": by.at.isoformat(), "choisis": list(chosen)}
    body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    note_work(project, WorkNote(f"import {number}", note[:300], body), by)
