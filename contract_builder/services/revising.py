"""One text of the library as it is revised: put back into its file, dated, withdrawn, restored.

A version that a signed contract holds is never reworded: another begins on a later day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contract_builder.errors import UserError
from contract_builder.library.changed import LibraryTexts
from contract_builder.library.rewriting import (
    follow_clause,
    follow_reference,
    read_front_matter,
    read_references,
    read_tree,
    reopen_clause,
    rewrite_front_matter,
    rewrite_references,
    rewrite_tree,
)
from contract_builder.model.french import counted
from contract_builder.reading.tree_merging import merge_trees
from contract_builder.services.authoring import (
    LibraryChange,
    get_text_state,
    open_file,
    save_library,
)
from contract_builder.services.holding import SignedHoldings, TextVersion
from contract_builder.services.kept_states import find_kept_state
from contract_builder.services.project import Project
from contract_builder.services.revisable import RevisedText, TextWording

_PRINTED = ("titre", "applicable_si")
_NOTES = {"plan": "plan modifié", "campagne": "campagne modifiée"}


@dataclass(frozen=True, slots=True)
class SavedBy:
    """Who saves, and when (with a time zone); ``seen`` is the SHA-256 of the file on the form."""

    actor: str
    at: datetime
    seen: str


def compose_change(text: RevisedText, wording: TextWording) -> LibraryTexts:
    """The file, by its name, once the text says ``wording``."""
    if text.is_whole_file:
        return {text.file.name: rewrite_tree(text.file.text, wording.tree)}
    if text.kind != "reference":
        whole = rewrite_front_matter(text.file.text, wording.tree, wording.body)
        return {text.file.name: whole}
    entries = read_references(text.file.text)
    entries[text.rank : text.rank + 1] = [dict(wording.tree)]
    return {text.file.name: rewrite_references(text.file.text, entries)}


def compose_following(text: RevisedText, wording: TextWording, first_day: date) -> LibraryTexts:
    """The files once another version says ``wording`` from a day on, and this one ends before.

    UserError when the day is not after the first one of this version, or for what has no dated
    versions: those of a sheet are its campaigns.
    """
    if text.kind == "fiche":
        raise UserError("Une fiche suit sa campagne : ses rédactions ne sont pas datées.")
    if text.is_whole_file:
        raise UserError("Un plan et une campagne n’ont pas de rédactions datées.")
    if text.kind == "clause":
        following = rewrite_front_matter(text.file.text, wording.tree, wording.body)
        return follow_clause(text.file.name, text.file.text, following, first_day)
    entries = follow_reference(read_references(text.file.text), text.rank, wording.tree, first_day)
    return {text.file.name: rewrite_references(text.file.text, entries)}


def compose_withdrawal(
    project: Project, text: RevisedText, holdings: SignedHoldings
) -> tuple[LibraryTexts, Mapping[str, str]]:
    """The files without the last version of a clause, the one before it open again; their hashes.

    UserError when a signed contract holds the version, when another follows it, or when it is the
    only one: a clause ends by its last day.
    """
    library, _ = project.open_library()
    versions = library.clauses.get(text.id, ())
    if text.kind != "clause" or not text.is_last or len(versions) < 2:
        raise UserError("Seule la dernière de plusieurs versions d’une clause peut être retirée.")
    _refuse_signed(text, holdings, "retirée")
    former = open_file(project, versions[-2].source.name)
    eve = versions[-1].header.en_vigueur_du - timedelta(days=1)
    texts = {former.name: reopen_clause(former.text, eve), text.file.name: None}
    return texts, {former.name: former.sha256, text.file.name: text.file.sha256}


def save_revision(
    project: Project, text: RevisedText, wording: TextWording, by: SavedBy, holdings: SignedHoldings
) -> None:
    """Writes what the text is to say; as ``authoring.save_library``.

    UserError when a signed contract holds the version of a clause, and its words would change.
    """
    if _changes_print(text, wording):
        _refuse_signed(text, holdings, "récrite")
    is_added = text.kind == "reference" and not text.version
    note = "article ajouté au registre" if is_added else _NOTES.get(text.kind, "texte modifié")
    texts = compose_change(text, wording)
    save_library(project, _change(texts, {text.file.name: by.seen}, by, note))


def save_following(
    project: Project, text: RevisedText, wording: TextWording, by: SavedBy, first_day: date
) -> None:
    """Writes another version from a day on; as ``authoring.save_library``."""
    texts = compose_following(text, wording, first_day)
    note = f"nouvelle version à partir du {first_day.strftime('%d/%m/%Y')}"
    save_library(project, _change(texts, {text.file.name: by.seen}, by, note))


def withdraw_version(
    project: Project, text: RevisedText, by: SavedBy, holdings: SignedHoldings
) -> None:
    """Takes the last version of a clause away; as ``authoring.save_library``."""
    texts, seen = compose_withdrawal(project, text, holdings)
    seen = {**seen, text.file.name: by.seen}
    save_library(project, _change(texts, seen, by, "version retirée, la précédente rouverte"))


def restore_wording(
    project: Project, text: RevisedText, sequence: int, by: SavedBy, holdings: SignedHoldings
) -> None:
    """Brings back the state of the file that a line of the journal keeps; as ``save_revision``."""
    former = get_text_state(project, text.file.name, sequence)
    if not former:
        raise UserError("Cet état est celui d’une version retirée : il ne peut être repris.")
    if text.kind == "clause" and _changes_print(text, read_wording(text, former)):
        _refuse_signed(text, holdings, "récrite")
    texts = {text.file.name: former}
    save_library(project, _change(texts, {text.file.name: by.seen}, by, "état repris"))


def merge_wordings(
    project: Project, text: RevisedText, seen: str, mine: TextWording
) -> TextWording:
    """What a form made of an older state of the file, with what others made of it since.

    As it is when the journal does not keep that state, or for an entry of the registry.
    """
    if seen == text.file.sha256 or text.kind == "reference":
        return mine
    state = find_kept_state(project, "bibliotheque", text.file.name, seen)
    if state is None:
        return mine
    base = read_wording(text, get_text_state(project, text.file.name, state.sequence))
    theirs = text.wording
    body = theirs.body if mine.body.strip() == base.body.strip() else mine.body
    return TextWording(merge_trees(base.tree, mine.tree, theirs.tree), body)


def read_wording(text: RevisedText, former: str) -> TextWording:
    """What another state of the text's file says of it; UserError when it cannot be read."""
    if text.is_whole_file:
        return TextWording(read_tree(former))
    return TextWording(*read_front_matter(former))


def _changes_print(text: RevisedText, wording: TextWording) -> bool:
    """True when a contract would print something else of a clause."""
    if text.kind != "clause":
        return False
    before = text.wording
    return before.body.strip() != wording.body.strip() or any(
        before.tree.get(key) != wording.tree.get(key) for key in _PRINTED
    )


def _refuse_signed(text: RevisedText, holdings: SignedHoldings, done: str) -> None:
    """UserError when a signed contract holds the version of a clause."""
    since = date.fromisoformat(text.version)
    held = holdings.list_holding(TextVersion(text.kind, text.id, text.version, since, text.until))
    if held:
        raise UserError(
            f"Cette version est dans {counted(len(held), 'contrat signé', 'contrats signés')} : "
            f"elle ne peut être {done}. Faites-en une nouvelle version à partir d’une date."
        )


def _change(texts: LibraryTexts, seen: Mapping[str, str], by: SavedBy, note: str) -> LibraryChange:
    return LibraryChange(texts, seen, by.at, by.actor, note)
