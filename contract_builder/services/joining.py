"""A PDF that somebody sends becomes an annex joined to the contract: checked, kept, listed."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from contract_builder.errors import UserError
from contract_builder.files.write import create_file
from contract_builder.reading.characters import FORBIDDEN
from contract_builder.reading.foreign_pdf import MAX_BYTES, UnusablePdfError, count_pages
from contract_builder.reading.tree import Tree
from contract_builder.services.editing import ProfileChange, ProfileFile, open_profile, save_change
from contract_builder.services.project import Project

_KEY = "annexes_jointes"
_FOLDER = "annexes"
_MIB = 1 << 20
_NOTE = "document joint"
_LONGEST_NAME = 60
_PDF_MARK = b"%PDF-"
_MARK_WITHIN = 1024
"""A PDF begins with its mark, within so many bytes (ISO 32000-2, 7.5.2, and what readers admit)."""


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A file to join to the profile ``name``, which was seen with the SHA-256 ``seen``."""

    name: str
    seen: str
    title: str
    at: datetime
    actor: str
    data: bytes = field(repr=False)


def join_file(project: Project, request: JoinRequest) -> ProfileFile:
    """Keeps the file beside the profiles and adds its line; the profile's file as it is then.

    The name of what was sent plays no part: the file is called by its title and its content. Sent
    twice, it is joined once. UserError for what is no PDF that can be joined, or without a title;
    StaleProfileError when the profile changed meanwhile. Nothing is left behind then.
    """
    title = " ".join(FORBIDDEN.sub(" ", request.title).split())
    if not title:
        raise UserError("Donnez un titre au document : c’est lui que le contrat imprime.")
    _check_content(request.data)
    file = open_profile(project, request.name)
    stem = _name_file(request.name, title, request.data)
    line: dict[str, Tree] = {"fichier": f"{_FOLDER}/{stem}.pdf", "titre": title}
    known = file.tree.get(_KEY)
    lines = known if isinstance(known, list) else []
    if any(isinstance(item, dict) and item.get("fichier") == line["fichier"] for item in lines):
        return file
    tree = {**file.tree, _KEY: [*lines, line]}
    change = ProfileChange(request.name, request.seen, tree, request.at, request.actor, _NOTE)
    path = file.path.parent / _FOLDER / f"{stem}.pdf"
    is_new = not path.exists()
    if is_new:
        create_file(path, request.data)
    try:
        return save_change(project, change)
    except UserError:
        if is_new:
            with suppress(OSError):
                path.unlink()
        raise


def _check_content(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise UserError(f"Ce fichier pèse plus de {MAX_BYTES // _MIB} Mio : il ne peut être joint.")
    if _PDF_MARK not in data[:_MARK_WITHIN]:
        raise UserError("Ce fichier n’est pas un PDF : enregistrez-le en PDF, puis choisissez-le.")
    try:
        count_pages(data)
    except UnusablePdfError as error:
        raise UserError(f"Ce PDF ne peut être joint : {error}.") from error


def _name_file(profile: str, title: str, data: bytes) -> str:
    letters = unicodedata.normalize("NFKD", title).lower()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-")
    return "-".join(part for part in (profile, words, sha256(data).hexdigest()[:8]) if part)
