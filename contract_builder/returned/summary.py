"""What was read back, in French, line by line: untracked changes, tracked ones, comments."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from contract_builder.compare.change import ChangeClass
from contract_builder.model.french import NBSP, counted
from contract_builder.returned.change import (
    RecognisedBy,
    ReturnedChange,
    ReturnedComment,
    ReturnedKind,
    ReturnedPlace,
)
from contract_builder.returned.merging import Merged
from contract_builder.returned.readback_data import ReturnedFile

_BY: Final[Mapping[RecognisedBy, str]] = {
    "manifeste": "reconnu par ses propriétés",
    "signets": "reconnu par ses signets",
    "titres": "reconnu par ses titres",
    "passages": "reconnu par ses passages",
    "donne": "version donnée",
}
_KINDS: Final[Mapping[ReturnedKind, str]] = {
    "insert": "ajout",
    "delete": "suppression",
    "modify": "modification",
    "move": "déplacement",
    "format": "mise en forme",
    "section-added": "clause ajoutée",
    "section-removed": "clause supprimée",
}
_CLASSES: Final[Mapping[ChangeClass, str]] = {
    "substance": "", "format": "présentation", "typographie": "typographie",
}  # fmt: skip
_LONGEST: Final = 160
_BEFORE: Final = 60
"""Characters at least that stand before the first change of a text that is cut."""


def describe_readback(files: Sequence[ReturnedFile], merged: Merged) -> str:
    """The whole summary; untracked changes stand first."""
    return "\n".join(_iter_lines(files, merged))


def _iter_lines(files: Sequence[ReturnedFile], merged: Merged) -> Iterator[str]:
    for file in files:
        yield from _describe_file(file)
    untracked = [change for change in merged.changes if not change.tracked]
    tracked = [change for change in merged.changes if change.tracked]
    shows_file = len(files) > 1
    yield ""
    if untracked:
        yield (
            f"{counted(len(untracked), 'modification')} sans suivi, à lire en premier"
            f"{NBSP}: le fichier, toutes révisions refusées, n’est pas ce qui a été envoyé."
        )
        yield from _describe_changes(untracked, shows_file=shows_file)
    else:
        yield "Aucune modification sans suivi : toutes révisions refusées, c’est le texte envoyé."
    yield ""
    if tracked:
        yield f"{counted(len(tracked), 'modification')} en suivi{NBSP}:"
        yield from _describe_changes(tracked, shows_file=shows_file)
    else:
        yield "Aucune modification en suivi."
    yield from _describe_comments(files)
    if merged.conflicts:
        yield ""
        yield f"{counted(len(merged.conflicts), 'désaccord')} entre les copies{NBSP}:"
        for conflict in merged.conflicts:
            yield f"  {', '.join(conflict.changes)} – {conflict.why}"


def _describe_file(file: ReturnedFile) -> Iterator[str]:
    candidate = file.recognised.candidate
    named = candidate.reference or f"empreinte {candidate.sha256[:12]}"
    yield (
        f"{file.name} – contrat {candidate.contract.header.code}, {named}, "
        f"{_BY[file.recognised.by]} ; {file.readback.mapped:.0%} des clauses retrouvées.".replace(
            "%", f"{NBSP}%"
        )
    )
    if file.readback.missing:
        yield f"  Clauses non retrouvées : {' ; '.join(file.readback.missing)}"
    for text in file.readback.unmapped:
        yield f"  Texte sans clause : « {_shorten(text)} »"
    if not file.readback.accepted_equals_read:
        yield (
            "  À savoir : des révisions de ce fichier ne se lisent pas entièrement ; "
            "vérifiez-le dans Word."
        )


def _describe_changes(changes: Sequence[ReturnedChange], *, shows_file: bool) -> Iterator[str]:
    for place, group in groupby(changes, key=lambda change: describe_place(change.where)):
        yield f"  {place}"
        for change in group:
            yield f"    {_describe_change(change, shows_file=shows_file)}"
            if change.value is not None:
                read = f"{change.value.old} → {change.value.new}"
                yield f"      valeur « {change.where.value} » : {read}"
                if change.value.problem:
                    yield f"      à corriger : {change.value.problem}"


def describe_place(place: ReturnedPlace) -> str:
    """Where something is, as readers say it: « 6.2 – Avenants »."""
    if not place.section:
        return "Hors des clauses (couverture, en-têtes, pieds de page)"
    return " – ".join(part for part in (place.label, place.title) if part) or place.section


def _describe_change(change: ReturnedChange, *, shows_file: bool) -> str:
    told = [f"[{change.id}] {_KINDS[change.kind]}"]
    if _CLASSES[change.cls] and change.kind != "format":
        told.append(_CLASSES[change.cls])
    if change.where.row:
        told.append(f"ligne « {_shorten(change.where.row)} »")
    if change.tracked:
        told.append(f"{change.author or 'auteur inconnu'}, {(change.date or 'sans date')[:10]}")
    if shows_file:
        told.append(change.file)
    return f"{', '.join(told)} : {_words(change)}"


def _words(change: ReturnedChange) -> str:
    start = _find_start(change.old, change.new)
    old, new = (f"« {_shorten(text, start)} »" for text in (change.old, change.new))
    if change.kind in ("move", "format") or not change.old:
        return new
    return old if not change.new else f"{old} → {new}"


def _describe_comments(files: Sequence[ReturnedFile]) -> Iterator[str]:
    comments = [comment for file in files for comment in file.readback.comments]
    if not comments:
        return
    yield ""
    yield f"{counted(len(comments), 'commentaire')}{NBSP}:"
    for file in files:
        yield from _describe_threads(file.readback.comments)


def _describe_threads(comments: Sequence[ReturnedComment]) -> Iterator[str]:
    """Each comment, and below it what was answered."""
    for comment in comments:
        if comment.reply_to:
            continue
        about = f" (sur « {_shorten(comment.about)} »)" if comment.about else ""
        told = f"{comment.author or 'auteur inconnu'}{about}{_state(comment, comments)}"
        yield f"  {describe_place(comment.where)} – {told} : {_shorten(comment.text)}"
        for answer in comments:
            if answer.reply_to == comment.number:
                author = answer.author or "auteur inconnu"
                yield f"    réponse de {author} : {_shorten(answer.text)}"


def _state(comment: ReturnedComment, comments: Sequence[ReturnedComment]) -> str:
    if comment.is_settled:
        return ", marqué comme réglé"
    is_answered = any(answer.reply_to == comment.number for answer in comments)
    return "" if is_answered else ", sans réponse"


def _find_start(old: str, new: str) -> int:
    """Where two texts are shown from: a few words before they part, the start when both fit."""
    pairs = enumerate(zip(old, new, strict=False))
    shared = next((rank for rank, (one, other) in pairs if one != other), min(len(old), len(new)))
    if max(len(old), len(new)) <= _LONGEST or shared <= _BEFORE:
        return 0
    return old.rfind(" ", 0, shared - _BEFORE) + 1


def _shorten(text: str, start: int = 0) -> str:
    """One line of the text from ``start`` on, cut where it is too long, with marks of the cuts."""
    line = text[start:].replace("\n", " / ")
    end = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    return f"…{end}" if start else end
