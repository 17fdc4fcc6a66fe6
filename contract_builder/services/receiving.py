"""Files that came back from the other party: which version they are, what they changed.

Nothing in them is run, opened or fetched: they are read as text, within bounds.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from contract_builder.amend.document import split_amendment_code
from contract_builder.errors import ContractFileError, Remedy, TemplateError, UserError
from contract_builder.files.publish import product_folder
from contract_builder.files.read import read_file
from contract_builder.files.write import create_file
from contract_builder.model.contract import Contract
from contract_builder.model.french import NBSP
from contract_builder.services.comparing import find_recorded_template, load_contract
from contract_builder.services.delivered import find_word_file
from contract_builder.services.keeping import list_all_versions
from contract_builder.services.project import Project
from contract_builder.services.sending import find_sent_word_file
from contract_builder.services.stored_contracts import iter_stored_contracts
from contract_builder.services.templating import WORD_TEMPLATE
from contract_builder.store.records import parse_version_reference

if TYPE_CHECKING:
    from contract_builder.returned.merging import Merged
    from contract_builder.returned.readback_data import ReturnedFile
    from contract_builder.returned.recognition import Candidate, Manifest, Recognised
    from contract_builder.returned.sent import SentVersion

_LEAST_MAPPED: Final = 0.1
"""The share of clauses below which a file is not the version that it is said to be."""
_INSERTED: Final = "/aFChunk"
_ENTITIES: Final = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(frozen=True, slots=True)
class ReadCopies:
    """Copies of one version as they were read: what deciding on their changes works from.

    ``remarks`` are what to know beside, in French. ``data`` are the bytes of the files, ``sha256``
    theirs, in the order of ``files``.
    """

    sent: "SentVersion"
    files: "tuple[ReturnedFile, ...]"
    merged: "Merged"
    data: tuple[bytes, ...]
    sha256: tuple[str, ...]
    remarks: tuple[str, ...]


def describe_copies(copies: ReadCopies) -> str:
    """What was read, as a French summary."""
    from contract_builder.returned.summary import describe_readback

    return describe_readback(copies.files, copies.merged)


def read_copies(
    project: Project,
    paths: Sequence[Path],
    against: str | None = None,
    names: Sequence[str] = (),
) -> ReadCopies:
    """These copies of one version, read beside what was sent.

    ``against`` names the version that was sent, as ``cpom compare`` does; without it each file is
    recognised. Raises UserError for a file that cannot be read or is no version known here, and
    for copies of different versions. ``names`` are what the files are called when that is not the
    name that they lie under.
    """
    from contract_builder.returned.merging import merge_changes
    from contract_builder.returned.readback import read_back
    from contract_builder.returned.readback_data import ReturnedFile

    copies = _load_copies(paths)
    recognised = [_recognise(project, path, data, against) for path, data in copies]
    _refuse_several_versions(copies, recognised)
    remarks: list[str] = []
    sent = _find_sent(project, recognised[0], against, remarks)
    files = []
    called = names or [path.name for path in paths]
    for (path, data), known, name in zip(copies, recognised, called, strict=True):
        remarks += _tell_active_content(path, data)
        with _telling(path):
            read = read_back(data, sent)
        if read.mapped < _LEAST_MAPPED:
            raise _not_ours(path, against)
        files.append(ReturnedFile(name, known, read))
    merged = merge_changes([(f.name, (*f.readback.untracked, *f.readback.tracked)) for f in files])
    contents = tuple(data for _, data in copies)
    hashes = tuple(sha256(data).hexdigest() for data in contents)
    return ReadCopies(sent, tuple(files), merged, contents, hashes, tuple(remarks))


def settle_file(path: Path, out: Path, *, accepted: bool) -> None:
    """Writes the file with every tracked change accepted, or refused, whatever made it.

    UserError when it cannot be read or when ``out`` exists.
    """
    from contract_builder.word.acceptance import accept_all, reject_all

    data = read_file(path)
    with _telling(path):
        _refuse_inserted(data)
        settled = accept_all(data) if accepted else reject_all(data)
    create_file(out, settled)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Names the file in what went wrong with it."""
    try:
        yield
    except TemplateError as error:
        raise UserError(f"« {path} » ne peut pas être lu. {error}") from error
    except etree.XMLSyntaxError as error:
        raise UserError(
            f"« {path} » ne peut pas être lu. L’une de ses parties n’est pas du XML bien formé : "
            f"{error.msg}."
        ) from error


def _load_copies(paths: Sequence[Path]) -> list[tuple[Path, bytes]]:
    copies: list[tuple[Path, bytes]] = []
    for path in paths:
        data = read_file(path)
        same = next((other for other, known in copies if known == data), None)
        if same is not None:
            raise UserError(
                f"« {path} » et « {same} » sont le même fichier : donnez chaque copie une fois."
            )
        with _telling(path):
            _refuse_inserted(data)
        copies.append((path, data))
    return copies


def _refuse_inserted(data: bytes) -> None:
    """Raises TemplateError for what would hide text from us or make us read something else."""
    from contract_builder.word.package import iter_relationships, read_parts

    parts = read_parts(data, accept_strict=True)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and any(mark in part for mark in _ENTITIES):
            raise TemplateError(
                f"La partie « {name} » déclare des entités XML, ce qu’un document Word ne fait "
                "jamais : elle n’est pas lue."
            )
    for name in parts:
        if any(item.type.endswith(_INSERTED) for item in iter_relationships(parts, name)):
            raise TemplateError(
                "Il insère un autre fichier, qui n’est pas lu : ouvrez-le dans Word et "
                "enregistrez-le, pour que le texte inséré en fasse partie."
            )


def _tell_active_content(path: Path, data: bytes) -> Iterator[str]:
    """What the file would run or fetch if Word opened it; nothing of it was."""
    from contract_builder.word.active_content import find_active_content
    from contract_builder.word.package import read_parts

    with _telling(path):
        found = find_active_content(read_parts(data, accept_strict=True))
    for what in dict.fromkeys(item.use.what for item in found):
        yield f"« {path} » : {what}. Rien n’en a été exécuté ni ouvert."


def _recognise(project: Project, path: Path, data: bytes, against: str | None) -> "Recognised":
    from contract_builder.render.json import contract_sha256
    from contract_builder.returned.reading import read_lines
    from contract_builder.returned.recognition import (
        Candidate,
        Recognised,
        read_manifest,
        recognise,
    )
    from contract_builder.word.acceptance import reject_all
    from contract_builder.word.package import read_parts

    with _telling(path):
        manifest = read_manifest(read_parts(data, accept_strict=True))
    _refuse_amendment(path, manifest)
    if against is not None:
        contract = load_contract(project, against)
        reference = "" if Path(against).exists() else against
        return Recognised("donne", Candidate(contract, contract_sha256(contract), reference))
    if manifest.sha256:
        candidate = _find_named(project, manifest)
        if candidate is None:
            raise _unknown_version(path, manifest)
        return Recognised("manifeste", candidate)
    with _telling(path):
        lines = read_lines(reject_all(data))
    found = recognise(lines, _iter_candidates(project))
    if found is None:
        raise _not_ours(path, against)
    return found


def _refuse_amendment(path: Path, manifest: "Manifest") -> None:
    """UserError for the file of an avenant: its articles are those of no contract."""
    named = split_amendment_code(manifest.code)
    if named is not None:
        code, number = named
        raise UserError(
            f"« {path} » est l’avenant n°{NBSP}{number} au contrat {code}, non un contrat : ce qui "
            "y a été changé ne se relit pas ici. Dans Word, « Révision » montre ce qui est suivi, "
            "et « Comparer » le reste, avec le fichier envoyé. Reportez ce que vous acceptez dans "
            "les données de l’établissement, puis rédigez l’avenant de nouveau."
        )


def _find_named(project: Project, manifest: "Manifest") -> "Candidate | None":
    """The version with this SHA-256: in the store, else among the products of this folder."""
    from contract_builder.render.contract_file import parse_contract_file
    from contract_builder.render.json import contract_sha256
    from contract_builder.returned.recognition import Candidate

    wanted = [
        version.reference
        for version in list_all_versions(project)
        if version.facts.sha256 == manifest.sha256
    ]
    if wanted:
        unread: list[str] = []
        for reference, contract in iter_stored_contracts(project.get_store(), wanted[-1:], unread):
            return Candidate(contract, manifest.sha256, str(reference))
    if not manifest.code:
        return None
    folder = project.root / "output"
    stem = product_folder(manifest.code)
    for path in sorted({*folder.glob(f"{stem}*.json"), *folder.glob(f"{stem}/*.json")}):
        try:
            contract = parse_contract_file(read_file(path))
        except (ContractFileError, UserError):
            continue
        if contract_sha256(contract) == manifest.sha256:
            return Candidate(contract, manifest.sha256)
    return None


def _iter_candidates(project: Project) -> "Iterator[Candidate]":
    """Every version of the store, oldest first."""
    from contract_builder.returned.recognition import Candidate

    versions = {version.reference: version for version in list_all_versions(project)}
    if versions:
        for reference, contract in iter_stored_contracts(project.get_store(), versions, []):
            yield Candidate(contract, versions[reference].facts.sha256, str(reference))


def _refuse_several_versions(
    copies: Sequence[tuple[Path, bytes]], recognised: "Sequence[Recognised]"
) -> None:
    first = recognised[0].candidate
    for (path, _), known in zip(copies, recognised, strict=True):
        if known.candidate.sha256 != first.sha256:
            raise UserError(
                f"« {copies[0][0]} » et « {path} » ne sont pas des copies de la même version : "
                "relisez-les séparément."
            )


def _find_sent(
    project: Project, recognised: "Recognised", against: str | None, remarks: list[str]
) -> "SentVersion":
    """The version with the Word file that printed it: the one sent, else one handed out or made.

    What the store keeps of a sending comes first: it is the very file that left.
    """
    from contract_builder.returned.sent import SentVersion

    candidate = recognised.candidate
    if candidate.reference:
        left = find_sent_word_file(project, parse_version_reference(candidate.reference))
        if left is not None:
            return SentVersion(candidate.contract, left)
    source = against or candidate.reference
    found = find_word_file(project.root, source, candidate.contract)
    if found is not None:
        return SentVersion(candidate.contract, found.data)
    docx = _make_again(project, candidate.contract, candidate.sha256, remarks)
    return SentVersion(candidate.contract, docx)


def _make_again(project: Project, contract: Contract, identity: str, remarks: list[str]) -> bytes:
    from contract_builder.render.docx import render_docx
    from contract_builder.render.pdf import draw_pictures

    template = read_file(project.root / "templates" / WORD_TEMPLATE)
    recorded = find_recorded_template(project, contract)
    if recorded not in ("", sha256(template).hexdigest()):
        remarks.append(
            "Le contrat a été enregistré avec un autre modèle Word que celui d’aujourd’hui : la "
            "couverture, les en-têtes et les pieds de page peuvent différer sans que personne ne "
            "les ait modifiés."
        )
    pictures = draw_pictures(contract, project.root / "templates" / "fonts")
    return render_docx(contract, template, identity=identity, pictures=pictures)


def _unknown_version(path: Path, manifest: "Manifest") -> UserError:
    named = f"la version {manifest.version} du contrat {manifest.code}" if manifest.code else ""
    told = f"Il dit être {named or 'un contrat'} (empreinte {manifest.sha256[:12]}…)"
    return UserError(
        f"« {path} » : la version envoyée est inconnue ici. {told}, qui n’est ni au registre ni "
        "dans « output ».",
        Remedy("name_sent_version"),
    )


def _not_ours(path: Path, against: str | None) -> UserError:
    if against is not None:
        return UserError(f"« {path} » ne ressemble pas à « {against} » : ses clauses n’y sont pas.")
    return UserError(
        f"« {path} » ne ressemble à aucun contrat du registre.", Remedy("name_sent_version")
    )
