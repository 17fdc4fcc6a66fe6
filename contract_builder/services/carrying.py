"""What was decided of a returned file → the profile: values to their keys, words to variants.

Nothing is carried that cannot be printed again: each clause is assembled with its new words and
compared with what was decided; what differs is left out and told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from contract_builder.compare.typography import normal_form
from contract_builder.files.read import read_file
from contract_builder.model.clause import Clause
from contract_builder.model.contract import Contract
from contract_builder.model.negotiation import NegotiationState, fingerprint_of_text
from contract_builder.reading.tree import Tree
from contract_builder.render.docx import render_docx
from contract_builder.returned.drafting import DraftEdit
from contract_builder.returned.lines import WordLine
from contract_builder.returned.sent import SentVersion
from contract_builder.returned.values import split_values
from contract_builder.returned.wording import WordingError, rewrite_body
from contract_builder.services.carried_values import NoPlaceError, put_value
from contract_builder.services.editing import ProfileFile, try_change
from contract_builder.services.project import Project
from contract_builder.services.templating import WORD_TEMPLATE

_NOT_A_CLAUSE = "ce passage ne vient pas d’une clause de la bibliothèque"


@dataclass(frozen=True, slots=True)
class CarriedOrigin:
    """Where a change comes from, as the profile keeps it; ``on`` is the day of the decision."""

    state: NegotiationState
    author: str
    decided_by: str
    on: date
    file: str
    sha256: str
    reason: str = ""

    def tree(self) -> dict[str, Tree]:
        """The keys of a variant or a value that say it; blank ones are left out."""
        keys = {
            "etat": self.state,
            "auteur": self.author,
            "decide_par": self.decided_by,
            "le": self.on.isoformat(),
            "fichier": self.file,
            "sha256": self.sha256,
            "motif": self.reason,
        }
        return {key: value for key, value in keys.items() if value}


OriginOf = Callable[[Sequence[int]], CarriedOrigin]
"""The origin of what was decided on some of the lines sent."""


@dataclass(slots=True)
class Carried:
    """The profile's tree with what could be carried; ``by_hand`` is the rest: line and reason."""

    tree: dict[str, Tree]
    clauses: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    by_hand: list[tuple[int, str]] = field(default_factory=list)


def carry_edits(
    project: Project,
    file: ProfileFile,
    sent: SentVersion,
    edits: Sequence[DraftEdit],
    origin_of: OriginOf,
) -> Carried:
    """The tree of the profile ``file`` with these edits of the version that was sent."""
    carrier = _Carrier(project, file, sent, origin_of)
    carrier.carry(edits)
    return carrier.carried


class _Carrier:
    def __init__(
        self, project: Project, file: ProfileFile, sent: SentVersion, origin_of: OriginOf
    ) -> None:
        self._project = project
        self._file = file
        self._sent = sent
        self._origin_of = origin_of
        self._ids = {name: title.section for name, title in sent.titles.items()}
        self.carried = Carried(dict(file.tree))
        self._words: dict[str, list[DraftEdit]] = {}

    def carry(self, edits: Sequence[DraftEdit]) -> None:
        """Values first, then clause by clause."""
        for edit in edits:
            self._sort(edit)
        self._carry_words()

    def _sort(self, edit: DraftEdit) -> None:
        """The values of a line to their keys; its words to their clause."""
        line = self._sent.lines[edit.at] if edit.at >= 0 else None
        words = edit
        if edit.kind == "modify" and line is not None:
            values, hunks = split_values(line.text, self._sent.values(edit.at), list(edit.hunks))
            for key, value in values:
                self._carry_value(edit.at, key, value.old, value.new, value.problem)
            if not hunks:
                return
            words = DraftEdit("modify", edit.at, edit.old, edit.new, tuple(hunks))
        section = "" if line is None else self._ids.get(line.section, "")
        if edit.kind == "move":
            self._by_hand(edit.at, "un passage déplacé ne se porte pas au profil")
        elif line is not None and line.is_row:
            self._by_hand(edit.at, "les lignes de ce tableau viennent des données du profil")
        elif section not in self._project.get_library().clauses:
            self._by_hand(edit.at, _NOT_A_CLAUSE)
        else:
            self._words.setdefault(section, []).append(words)

    def _by_hand(self, at: int, reason: str) -> None:
        self.carried.by_hand.append((at, reason))

    def _carry_value(self, at: int, key: str, old: str, new: str, problem: str) -> None:
        if problem:
            self._by_hand(at, problem)
            return
        origin = self._origin_of([at])
        agreed = {"motif": origin.reason or f"retour « {origin.file} »", "auteur": origin.author}
        try:
            tree = put_value(self.carried.tree, key, old, new, agreed)
        except (NoPlaceError, ValueError) as error:
            self._by_hand(at, str(error))
            return
        known = tree.get("valeurs_negociees")
        others = [v for v in (known if isinstance(known, list) else []) if _field_of(v) != key]
        told: Tree = {"champ": key, "avant": old, "apres": new, **origin.tree()}
        tree["valeurs_negociees"] = [*others, told]
        self.carried.tree = tree
        self.carried.values.append(key)

    def _carry_words(self) -> None:
        """All clauses at once, then again without those that would not print what was decided."""
        variants: dict[str, dict[str, Tree]] = {}
        for section, edits in self._words.items():
            clause = self._clause(section)
            try:
                if clause is None:
                    raise WordingError(_NOT_A_CLAUSE)
                variants[section] = self._variant(section, clause, edits)
            except WordingError as error:
                self._leave(section, str(error))
        before = self.carried.tree
        while variants:
            known = before.get("variantes")
            kept = [
                v
                for v in (known if isinstance(known, list) else [])
                if _clause_of(v) not in variants
            ]
            self.carried.tree = {**before, "variantes": [*kept, *variants.values()]}
            wrong = self._find_differences(variants)
            if not wrong:
                break
            for section, reason in wrong.items():
                del variants[section]
                self._leave(section, reason)
        if not variants:
            self.carried.tree = before
        self.carried.clauses.extend(variants)

    def _leave(self, section: str, reason: str) -> None:
        for edit in self._words[section]:
            self._by_hand(edit.at, reason)

    def _variant(self, section: str, clause: Clause, edits: list[DraftEdit]) -> dict[str, Tree]:
        """The entry of ``variantes`` that says the clause as decided."""
        ranks = [n for n, line in self._own_lines(section) if not line.is_row]
        headings = {n for n in ranks if self._sent.is_heading(self._sent.lines[n])}
        origin = self._origin_of([edit.at for edit in edits]).tree()
        told: dict[str, Tree] = {
            "clause": section,
            "version": clause.header.en_vigueur_du.isoformat(),
            "empreinte": fingerprint_of_text(clause.body),
        }
        gone = {edit.at for edit in edits if edit.kind == "delete"}
        if set(ranks) <= gone and not any(edit.kind == "insert" for edit in edits):
            return {**told, "retiree": "oui", **origin}
        title = next((e.new for e in edits if e.at in headings and e.kind == "modify"), "")
        if gone & headings:
            raise WordingError("le titre d’une clause ne se retire pas seul")
        body = rewrite_body(
            self._body(section, clause),
            {n: self._sent.lines[n].text for n in ranks if n not in headings},
            [e for e in edits if not (e.at in headings and e.kind == "modify")],
            max(headings, default=-1),
        )
        words: dict[str, Tree] = {"titre": title} if title else {}
        return {**told, **words, "texte": body, **origin}

    def _own_lines(self, section: str) -> list[tuple[int, WordLine]]:
        return [
            (n, line)
            for n, line in enumerate(self._sent.lines)
            if self._ids.get(line.section) == section and line.story in ("body", "note")
        ]

    def _clause(self, section: str) -> Clause | None:
        on = self._sent.contract.header.effective_date
        versions = self._project.get_library().clauses.get(section, ())
        return next((clause for clause in versions if clause.is_in_force(on)), None)

    def _body(self, section: str, clause: Clause) -> str:
        """The text to change: what was negotiated before, else the library's."""
        known = self._file.tree.get("variantes")
        for variant in known if isinstance(known, list) else []:
            text = variant.get("texte") if isinstance(variant, dict) else None
            if _clause_of(variant) == section and isinstance(text, str) and text:
                return text
        return clause.body

    def _find_differences(self, variants: Mapping[str, dict[str, Tree]]) -> dict[str, str]:
        """The clauses that would not print what was decided, and why."""
        trial = try_change(self._project, self._file, self.carried.tree)
        assembly = trial.prepared.assembly
        if assembly is None:
            errors = [p for _, p in trial.located if p.severity == "erreur"]
            reason = errors[0].message if errors else "le profil a des erreurs"
            return dict.fromkeys(variants, reason)
        sections = {item.id for item in assembly.contract.iter_sections()}
        printed = _print(self._project, assembly.contract)
        wrong = {}
        for section, variant in variants.items():
            if variant.get("retiree") == "oui":
                if section in sections:
                    wrong[section] = "la clause est encore au contrat"
                continue
            wanted = self._expected(section, self._words[section])
            got = printed.get(section, [])
            if list(map(normal_form, got)) != list(map(normal_form, wanted)):
                wrong[section] = "le texte imprimé ne serait pas celui qui a été décidé"
        return wrong

    def _expected(self, section: str, edits: list[DraftEdit]) -> list[str]:
        """The lines of the clause as decided, rows of tables left out, values as they are now."""
        changed = {edit.at: edit for edit in edits if edit.kind in ("modify", "delete")}
        added: dict[int, list[str]] = {}
        for edit in edits:
            if edit.kind == "insert":
                added.setdefault(edit.at, []).append(edit.new)
        wanted: list[str] = []
        for n, line in self._own_lines(section):
            own = changed.get(n)
            if not line.is_row and (own is None or own.kind != "delete"):
                wanted.append(line.text if own is None else own.new)
            wanted += added.get(n, [])
        return wanted


def _print(project: Project, contract: Contract) -> dict[str, list[str]]:
    """The lines of each section as the Word file would print them, rows of tables left out."""
    template = read_file(project.root / "templates" / WORD_TEMPLATE)
    version = SentVersion(contract, render_docx(contract, template, identity=""))
    printed: dict[str, list[str]] = {}
    for line in version.lines:
        title = version.titles.get(line.section)
        if title is not None and not line.is_row and line.story in ("body", "note"):
            printed.setdefault(title.section, []).append(line.text)
    return printed


def _field_of(value: Tree) -> Tree:
    return value.get("champ", "") if isinstance(value, dict) else ""


def _clause_of(variant: Tree) -> Tree:
    return variant.get("clause", "") if isinstance(variant, dict) else ""
