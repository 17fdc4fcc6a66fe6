"""One text of the library as it is revised: taken from its file, put back, dated, withdrawn.

What a form shows of a text is its front matter, or its entry in the registry, as a tree, and its
body. A version that a signed contract holds is never reworded: another begins on a later day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from contract_builder.assembly.fields import FIELDS
from contract_builder.assembly.named_values import TABLE_LABELS
from contract_builder.diagnostics import Diagnostic
from contract_builder.errors import UserError
from contract_builder.library.changed import LibraryTexts
from contract_builder.library.rewriting import (
    find_front_matter_places,
    find_reference_places,
    follow_clause,
    follow_reference,
    read_front_matter,
    read_references,
    reopen_clause,
    rewrite_front_matter,
    rewrite_references,
)
from contract_builder.model.french import counted, long_date
from contract_builder.reading.node_paths import path_at
from contract_builder.reading.tree import Tree, get_text
from contract_builder.reading.tree_merging import merge_trees
from contract_builder.services.authoring import (
    LibraryChange,
    LibraryFile,
    get_text_state,
    open_file,
    save_library,
)
from contract_builder.services.holding import SignedHoldings, TextVersion
from contract_builder.services.kept_states import find_kept_state
from contract_builder.services.project import Project

RevisedKind = Literal["clause", "fiche", "reference"]
BODY = "texte"
"""The path of a text's body, beside those of its front matter."""
_PRINTED = ("titre", "applicable_si")


@dataclass(frozen=True, slots=True)
class TextWording:
    """What a text is to say: its front matter or entry, and its body (empty for an article)."""

    tree: Mapping[str, Tree]
    body: str = ""


@dataclass(frozen=True, slots=True)
class RevisedText:
    """One version of a text as its file says it; ``rank`` is that of an entry in the registry.

    ``is_last`` tells that no version follows it; ``until`` is the last day of a clause's version,
    None without one.
    """

    kind: RevisedKind
    id: str
    version: str
    file: LibraryFile
    wording: TextWording
    is_last: bool = True
    rank: int = -1
    until: date | None = None

    @property
    def version_words(self) -> str:
        """« depuis le 20 novembre 2020 », or the catalogue of a sheet; empty for a new article."""
        if self.kind == "fiche" or not self.version:
            return self.version
        return f"depuis le {long_date(date.fromisoformat(self.version))}"


@dataclass(frozen=True, slots=True)
class SavedBy:
    """Who saves, and when (with a time zone); ``seen`` is the SHA-256 of the file on the form."""

    actor: str
    at: datetime
    seen: str


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem, the path of the field that it is about, and the line of the body, from 1.

    The path is empty for what stands in another text; the line is 0 outside the body.
    """

    path: str
    line: int
    problem: Diagnostic


def open_revised_text(project: Project, kind: str, name: str, version: str) -> RevisedText | None:
    """One version of a clause, a sheet or an article, from its file; None without one."""
    library, _ = project.open_library()
    if kind == "clause":
        versions = library.clauses.get(name, ())
        for clause in versions:
            if clause.header.en_vigueur_du.isoformat() == version:
                file = open_file(project, clause.source.name)
                wording = TextWording(*read_front_matter(file.text))
                is_last, until = clause is versions[-1], clause.header.en_vigueur_au
                return RevisedText("clause", name, version, file, wording, is_last, until=until)
    if kind == "fiche":
        sheet = library.fiches.get(version, {}).get(name)
        if sheet is not None:
            file = open_file(project, sheet.source.name)
            return RevisedText(
                "fiche", name, version, file, TextWording(*read_front_matter(file.text))
            )
    return _open_reference(project, name, version) if kind == "reference" else None


def _open_reference(project: Project, name: str, version: str) -> RevisedText | None:
    library, _ = project.open_library()
    code, _, article = name.partition(" ")
    last = max((item.depuis for item in library.reference_versions(code, article)), default=None)
    for known in library.references:
        if known.code != code:
            continue
        file = open_file(project, known.place.file)
        for rank, entry in enumerate(read_references(file.text)):
            if (get_text(entry, "article"), get_text(entry, "depuis")) == (article, version):
                is_last = last is not None and last.isoformat() == version
                return RevisedText(
                    "reference", name, version, file, TextWording(entry), is_last, rank
                )
    return None


def open_new_article(project: Project, name: str) -> RevisedText:
    """An article that the registry has not, in the file of its code.

    UserError when no file is that of its code.
    """
    library, _ = project.open_library()
    code, _, article = name.partition(" ")
    for known in library.references:
        if known.code == code:
            file = open_file(project, known.place.file)
            rank = len(read_references(file.text))
            entry: dict[str, Tree] = {"article": article, "statut": "en_vigueur"}
            return RevisedText("reference", name, "", file, TextWording(entry), rank=rank)
    raise UserError(
        f"Le registre n’a pas encore de fichier pour « {code} » : il s’ajoute "
        "à la main, comme le guide de la bibliothèque le décrit."
    )


def compose_change(text: RevisedText, wording: TextWording) -> LibraryTexts:
    """The file, by its name, once the text says ``wording``."""
    if text.kind != "reference":
        whole = rewrite_front_matter(text.file.text, wording.tree, wording.body)
        return {text.file.name: whole}
    entries = read_references(text.file.text)
    entries[text.rank : text.rank + 1] = [dict(wording.tree)]
    return {text.file.name: rewrite_references(text.file.text, entries)}


def compose_following(text: RevisedText, wording: TextWording, first_day: date) -> LibraryTexts:
    """The files once another version says ``wording`` from a day on, and this one ends before.

    UserError when the day is not after the first one of this version, or for a sheet, whose
    versions are those of campaigns.
    """
    if text.kind == "fiche":
        raise UserError("Une fiche suit sa campagne : ses rédactions ne sont pas datées.")
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
    note = "article ajouté au registre" if not text.version else "texte modifié"
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
    if text.kind != "reference" and _changes_print(text, TextWording(*read_front_matter(former))):
        _refuse_signed(text, holdings, "récrite")
    texts = {text.file.name: former}
    save_library(project, _change(texts, {text.file.name: by.seen}, by, "état repris"))


def place_problems(
    text: RevisedText, texts: LibraryTexts, problems: Sequence[Diagnostic]
) -> tuple[PlacedProblem, ...]:
    """Each problem with its field, in the file that holds the text once ``texts`` are written.

    Those of other entries of the registry are left out, save errors.
    """
    name = next((name for name in texts if name != text.file.name), text.file.name)
    changed = texts[name] or ""
    if text.kind == "reference":
        places = find_reference_places(changed, text.rank)
    else:
        places = find_front_matter_places(changed)
    placed = (_place(name, places.paths, places.body_line, item) for item in problems)
    whole = places.last_line
    return tuple(
        item
        for item in placed
        if text.kind != "reference"
        or item.problem.severity == "erreur"
        or places.first_line <= item.problem.place.line <= whole
    )


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
    base = TextWording(*read_front_matter(get_text_state(project, text.file.name, state.sequence)))
    theirs = text.wording
    body = theirs.body if mine.body.strip() == base.body.strip() else mine.body
    return TextWording(merge_trees(base.tree, mine.tree, theirs.tree), body)


def list_values() -> Sequence[tuple[str, str]]:
    """What a clause may print of a contract: how it is written, what it is called."""
    values = [(f"{{{{ {key} }}}}", spec.label) for key, spec in FIELDS.items()]
    tables = [
        (f"{{{{ tableau.{key} }}}}", f"tableau : {label}") for key, label in TABLE_LABELS.items()
    ]
    return sorted(values, key=lambda item: item[1]) + sorted(tables, key=lambda item: item[1])


def _place(
    file: str, paths: Mapping[tuple[int, int], str], body_line: int, problem: Diagnostic
) -> PlacedProblem:
    place = problem.place
    if place.file != file:
        return PlacedProblem("", 0, problem)
    if body_line and place.line >= body_line:
        return PlacedProblem(BODY, place.line - body_line + 1, problem)
    return PlacedProblem(path_at(paths, place), 0, problem)


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
