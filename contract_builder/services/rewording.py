"""The words of one clause for one establishment: opened, tried, saved in its profile (ADR 0029).

Every function raises UserError with a French text; saving refuses a file changed meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from contract_builder.diagnostics import Diagnostic, is_library_note, only_errors
from contract_builder.errors import ProblemsError, UserError
from contract_builder.model.blocks import Block, Field, iter_inlines
from contract_builder.model.clause import Clause
from contract_builder.model.contract import Contract
from contract_builder.model.negotiation import NegotiationState, fingerprint_of_text
from contract_builder.reading.tree import Tree
from contract_builder.services.browsing import list_titles, read_with_titles
from contract_builder.services.editing import (
    ProfileChange,
    ProfileFile,
    Trial,
    save_change,
    try_change,
)
from contract_builder.services.making import Prepared
from contract_builder.services.project import Project
from contract_builder.services.revisable import list_values

_KEY = "variantes"


@dataclass(frozen=True, slots=True)
class ClauseWording:
    """The words wished for a clause: its text, its title when that changes, or its withdrawal.

    ``author`` proposed them, as a function; ``reason`` says why.
    """

    clause: str
    text: str
    title: str = ""
    is_withdrawn: bool = False
    state: NegotiationState = "proposee"
    author: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenedWording:
    """A clause as it can be reworded: the library's words, and those that stand now.

    ``standing`` is None where nothing was negotiated. ``standard_blocks`` are the library's words
    with values under their names. ``fields`` are what the text may print: what to write, what it
    is called, how it reads in this contract (empty where the contract does not print it).
    """

    clause: str
    title: str
    standard: str
    standing: ClauseWording | None
    standard_blocks: tuple[Block, ...] = ()
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def start(self) -> ClauseWording:
        """What an editor begins with."""
        return self.standing or ClauseWording(self.clause, self.standard)


@dataclass(frozen=True, slots=True)
class TriedWording:
    """The contract as it would be with a wording, None when it cannot be made; its problems."""

    contract: Contract | None
    problems: tuple[Diagnostic, ...]


def open_wording(
    project: Project, file: ProfileFile, prepared: Prepared, clause: str
) -> OpenedWording:
    """The clause of the contract that ``prepared`` is; UserError for one that it does not hold."""
    found = _get_clause(project, prepared, clause)
    contract = prepared.assembly.contract if prepared.assembly else None
    return OpenedWording(
        clause,
        found.header.titre,
        found.body.strip(),
        _find_standing(file, clause),
        read_with_titles(found, list_titles(project.get_library())),
        _list_fields(contract),
    )


def try_wording(
    project: Project, file: ProfileFile, prepared: Prepared, wording: ClauseWording, at: datetime
) -> TriedWording:
    """The contract with the wording, checked; nothing is written."""
    tree = _tree_with(project, file, prepared, wording, at, "")
    return _tell(try_change(project, file, tree), tree, wording.clause)


def save_wording(
    project: Project,
    file: ProfileFile,
    prepared: Prepared,
    wording: ClauseWording,
    change: ProfileChange,
) -> ProfileFile:
    """Writes the wording into the profile; the tree of ``change`` is not looked at.

    ProblemsError when the contract could not be made with it, StaleProfileError as in ``editing``.
    """
    tree = _tree_with(project, file, prepared, wording, change.at, change.actor)
    tried = _tell(try_change(project, file, tree), tree, wording.clause)
    if tried.contract is None:
        raise ProblemsError(list(tried.problems))
    return save_change(project, replace(change, tree=tree))


def drop_wording(project: Project, file: ProfileFile, clause: str, change: ProfileChange) -> None:
    """Gives the clause the library's words again; UserError when nothing was negotiated."""
    if _find_standing(file, clause) is None:
        raise UserError("Cette clause dit déjà le texte de la bibliothèque.")
    tree = dict(file.tree)
    kept = [item for item in _lines(tree.get(_KEY)) if not _is_of(item, clause)]
    tree[_KEY] = kept
    if not kept:
        del tree[_KEY]
    save_change(project, replace(change, tree=tree))


def _get_clause(project: Project, prepared: Prepared, clause: str) -> Clause:
    if prepared.profile is None or prepared.assembly is None:
        raise ProblemsError(prepared.problems)
    is_held = any(
        item.kind == "clause" and item.id == clause and (item.retained or item.negotiated)
        for item in prepared.assembly.decisions
    )
    on = prepared.profile.contrat.date_effet
    versions = project.get_library().clauses.get(clause, ())
    found = next((item for item in versions if item.is_in_force(on)), None)
    if found is None or not is_held:
        raise UserError(
            f"« {clause} » n’est pas une clause de ce contrat : seules les clauses se récrivent."
        )
    return found


def _tree_with(
    project: Project,
    file: ProfileFile,
    prepared: Prepared,
    wording: ClauseWording,
    at: datetime,
    actor: str,
) -> dict[str, Tree]:
    clause = _get_clause(project, prepared, wording.clause)
    text = _plain(wording.text)
    is_standard = text == _plain(clause.body) and wording.title in ("", clause.header.titre)
    if not wording.is_withdrawn and is_standard:
        raise UserError("Ces mots sont ceux de la bibliothèque : il n’y a rien à enregistrer.")
    if not wording.is_withdrawn and not text:
        raise UserError("Écrivez le texte de la clause, ou retirez-la du contrat.")
    if not wording.author.strip():
        raise UserError("Dites qui propose ces mots : une fonction ou un organisme.")
    words: dict[str, Tree] = (
        {"retiree": "oui"}
        if wording.is_withdrawn
        else {
            **({"titre": wording.title} if wording.title not in ("", clause.header.titre) else {}),
            "texte": f"{text}\n",
        }
    )
    keys = {
        "etat": wording.state,
        "auteur": wording.author.strip(),
        "decide_par": actor,
        "le": at.date().isoformat(),
        "motif": wording.reason.strip(),
    }
    entry: dict[str, Tree] = {
        "clause": wording.clause,
        "version": clause.header.en_vigueur_du.isoformat(),
        "empreinte": fingerprint_of_text(clause.body),
        **words,
        **{key: value for key, value in keys.items() if value},
    }
    lines = _lines(file.tree.get(_KEY))
    if any(_is_of(item, wording.clause) for item in lines):
        changed = [entry if _is_of(item, wording.clause) else item for item in lines]
    else:
        changed = [*lines, entry]
    return {**file.tree, _KEY: changed}


def _tell(trial: Trial, tree: Mapping[str, Tree], clause: str) -> TriedWording:
    """The problems of the wording, and whatever else forbids the contract with it."""
    rank = next(n for n, item in enumerate(_lines(tree.get(_KEY))) if _is_of(item, clause))
    own = tuple(
        problem
        for path, problem in trial.located
        if not is_library_note(problem) and f"{path}.".startswith(f"{_KEY}.{rank}.")
    )
    errors = only_errors(item for _, item in trial.located)
    problems = (*own, *(item for item in errors if item not in own))
    assembly = trial.prepared.assembly
    if assembly is None or errors:
        return TriedWording(None, problems)
    return TriedWording(assembly.contract, problems)


def _list_fields(contract: Contract | None) -> tuple[tuple[str, str, str], ...]:
    printed: dict[str, str] = {}
    for section in contract.iter_sections() if contract else ():
        for item in iter_inlines(section.blocks):
            if isinstance(item, Field):
                printed.setdefault(item.key, item.text)
    return tuple((code, label, printed.get(code.strip("{ }"), "")) for code, label in list_values())


def _find_standing(file: ProfileFile, clause: str) -> ClauseWording | None:
    """What the profile's own file says of the clause."""
    entry = next((item for item in _lines(file.tree.get(_KEY)) if _is_of(item, clause)), None)
    if not isinstance(entry, dict):
        return None
    texts = {key: value for key, value in entry.items() if isinstance(value, str)}
    return ClauseWording(
        clause,
        texts.get("texte", "").strip(),
        texts.get("titre", ""),
        texts.get("retiree") == "oui",
        "proposee" if texts.get("etat") == "proposee" else "negociee",
        texts.get("auteur", ""),
        texts.get("motif", ""),
    )


def _lines(tree: Tree | None) -> list[Tree]:
    return tree if isinstance(tree, list) else []


def _is_of(item: Tree, clause: str) -> bool:
    return isinstance(item, dict) and item.get("clause") == clause


def _plain(text: str) -> str:
    """The text with one kind of line ends, without blanks at the ends of lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
