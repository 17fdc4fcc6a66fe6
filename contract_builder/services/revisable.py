"""The texts of the library that can be revised, each as its file says it.

What a form shows of a text is its front matter, its entry in the registry or its whole file, as a
tree, and its body.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from contract_builder.assembly.fields import FIELDS
from contract_builder.assembly.named_values import TABLE_LABELS
from contract_builder.errors import UserError
from contract_builder.library.rewriting import (
    read_front_matter,
    read_references,
    read_tree,
)
from contract_builder.model.french import long_date
from contract_builder.reading.tree import Tree, get_text
from contract_builder.services.authoring import LibraryFile, open_file
from contract_builder.services.kept_states import list_kept_states
from contract_builder.services.project import Project

RevisedKind = Literal["clause", "fiche", "reference", "campagne", "plan"]
BODY = "texte"
"""The path of a text's body, beside those of its front matter."""


@dataclass(frozen=True, slots=True)
class TextWording:
    """What a text is to say: its front matter or entry, and its body (empty without one)."""

    tree: Mapping[str, Tree]
    body: str = ""


@dataclass(frozen=True, slots=True)
class RevisedText:
    """One version of a text as its file says it; ``rank`` is that of an entry in the registry.

    ``is_last`` tells that no version follows it, ``is_only`` that it is the only one; ``until`` is
    the last day of a clause's version, None without one. A plan and a campaign have one version,
    without name. The file of a text that the library has not yet has no SHA-256.
    """

    kind: RevisedKind
    id: str
    version: str
    file: LibraryFile
    wording: TextWording
    is_last: bool = True
    rank: int = -1
    until: date | None = None
    is_only: bool = False

    @property
    def is_whole_file(self) -> bool:
        """True for a plan or a campaign: its tree is that of its file, which has no body."""
        return self.kind in ("plan", "campagne")

    @property
    def is_new(self) -> bool:
        """True for a text that the library has not yet."""
        return (self.kind == "reference" and not self.version) or not self.file.sha256

    @property
    def version_words(self) -> str:
        """« depuis le 20 novembre 2020 », or the catalogue of a sheet; empty for what has none."""
        if self.kind == "fiche" or not self.version:
            return self.version
        return f"depuis le {long_date(date.fromisoformat(self.version))}"


def open_revised_text(project: Project, kind: str, name: str, version: str) -> RevisedText | None:
    """One version of a clause, a sheet or an article, from its file; None without one.

    A plan is named by its type of contract, a campaign by its identifier.
    """
    library, _ = project.open_library()
    if kind in ("plan", "campagne"):
        return _open_record(project, kind, name, version)
    if kind == "clause":
        return _open_clause(project, name, version)
    sheet = library.fiches.get(version, {}).get(name) if kind == "fiche" else None
    if sheet is not None:
        file = open_file(project, sheet.source.name)
        wording = TextWording(*read_front_matter(file.text))
        return RevisedText("fiche", name, version, file, wording, is_only=True)
    return _open_reference(project, name, version) if kind == "reference" else None


def list_revised_texts(project: Project, kind: str, name: str) -> tuple[RevisedText, ...]:
    """Every version of a clause, sheet or article that can be opened, in the library's order."""
    library, _ = project.open_library()
    versions: list[str] = []
    if kind == "clause":
        found = library.clauses.get(name, ())
        versions = [clause.header.en_vigueur_du.isoformat() for clause in found]
    elif kind == "fiche":
        versions = [key for key, sheets in library.fiches.items() if name in sheets]
    elif kind == "reference":
        code, _, article = name.partition(" ")
        known = library.reference_versions(code, article)
        versions = [version.depuis.isoformat() for version in known]
    opened = (open_revised_text(project, kind, name, version) for version in versions)
    return tuple(text for text in opened if text is not None)


def describe_last_state(project: Project, name: str) -> str:
    """What the journal last kept of a file, in a sentence; empty when it keeps nothing of it."""
    states = list_kept_states(project, "bibliotheque", name)
    if not states:
        return ""
    last = states[-1]
    note = str(last.facts.note)
    return f"Dernière modification : {note}, par {last.actor}, le {last.at:%d/%m/%Y}."


def _open_clause(project: Project, name: str, version: str) -> RevisedText | None:
    library, _ = project.open_library()
    versions = library.clauses.get(name, ())
    for clause in versions:
        if clause.header.en_vigueur_du.isoformat() == version:
            file = open_file(project, clause.source.name)
            return RevisedText(
                "clause",
                name,
                version,
                file,
                TextWording(*read_front_matter(file.text)),
                is_last=clause is versions[-1],
                until=clause.header.en_vigueur_au,
                is_only=len(versions) == 1,
            )
    return None


def _open_record(project: Project, kind: str, name: str, version: str) -> RevisedText | None:
    library, _ = project.open_library()
    record = library.outlines.get(name) if kind == "plan" else library.campaigns.get(name)
    if record is None or version:
        return None
    file = open_file(project, record.place.file)
    wording = TextWording(read_tree(file.text))
    return RevisedText("plan" if kind == "plan" else "campagne", name, "", file, wording)


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


def list_values() -> Sequence[tuple[str, str]]:
    """What a clause may print of a contract: how it is written, what it is called."""
    values = [(f"{{{{ {key} }}}}", spec.label) for key, spec in FIELDS.items()]
    tables = [
        (f"{{{{ tableau.{key} }}}}", f"tableau : {label}") for key, label in TABLE_LABELS.items()
    ]
    return sorted(values, key=lambda item: item[1]) + sorted(tables, key=lambda item: item[1])
