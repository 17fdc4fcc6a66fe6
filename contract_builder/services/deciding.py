"""Deciding on what came back: decisions checked against the files, then carried and answered.

All problems are told at once and nothing is written unless every decision is right. What is
accepted or countered goes to the profile, with its origin; each file is answered; files and
decisions are kept in the journal, so that somebody else can go on from there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contract_builder.diagnostics import (
    Diagnostic,
    Problems,
    decision_problems,
    has_errors,
    in_file_order,
)
from contract_builder.errors import ProblemsError, UserError
from contract_builder.model.contract import Contract
from contract_builder.model.decision import DecisionFile, DecisionLine
from contract_builder.model.french import counted
from contract_builder.reading.tree import Tree, get_group
from contract_builder.returned.answer import AnsweredFile, write_answer
from contract_builder.returned.change import ReturnedChange
from contract_builder.returned.decided import CHOICE_WORDS, Choice, DecidedChange
from contract_builder.returned.drafting import find_line_edits, merge_line_edits
from contract_builder.services.carrying import Carried, CarriedOrigin, carry_edits
from contract_builder.services.decided_changes import TAKEN, decide_changes
from contract_builder.services.editing import (
    ProfileChange,
    ProfileFile,
    open_profile,
    save_change,
    try_change,
)
from contract_builder.services.kept_returns import keep_return
from contract_builder.services.project import Project
from contract_builder.services.receiving import ReadCopies
from contract_builder.source import Place

OUR_NAME: Final = "ARS"
"""The author of our own marks in the file that goes back."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What applying decisions made: the answers in the order of the files, and the profile.

    ``profile`` is its name, with the ``clauses`` and ``values`` that it now says otherwise;
    ``warnings`` are what has to be carried by hand; ``counts`` are the changes by decision.
    """

    answers: tuple[AnsweredFile, ...]
    profile: str
    clauses: tuple[str, ...]
    values: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]
    counts: Mapping[Choice, int]

    @property
    def balance(self) -> str:
        """How many changes took each decision: « 3 acceptées, 1 refusée »."""
        return ", ".join(
            counted(self.counts[choice], word)
            for choice, word in CHOICE_WORDS.items()
            if choice in self.counts
        )


@dataclass(frozen=True, slots=True)
class SettleRequest:
    """Who applies decisions, and when (with a time zone)."""

    actor: str
    at: datetime


def settle_copies(
    project: Project, copies: ReadCopies, file: DecisionFile, request: SettleRequest
) -> Settlement:
    """Applies every decision of ``file`` to the profile and to each of the copies.

    ProblemsError with every problem of the file, and nothing is written; UserError when no profile
    makes this contract.
    """
    _refuse_same_names(copies)
    problems: Problems = []
    decided = decide_changes(copies, file, problems)
    if has_errors(problems):
        raise ProblemsError(in_file_order(problems))
    answers = _answer(copies, decided, request.at)
    lines = {line.id: line for line in file.modifications}
    profile, carried = _carry(project, copies, decided, answers, request)
    _refuse_new_errors(project, profile, carried.tree)
    keep_return(project, copies, file, at=request.at, actor=request.actor)
    if carried.tree != dict(profile.tree):
        save_change(
            project,
            ProfileChange(
                profile.name,
                profile.sha256,
                carried.tree,
                request.at,
                request.actor,
                f"décisions sur « {', '.join(item.name for item in copies.files)} »",
            ),
        )
    counts: dict[Choice, int] = {}
    for item in decided.values():
        counts[item.choice] = counts.get(item.choice, 0) + 1
    return Settlement(
        answers,
        profile.name,
        tuple(carried.clauses),
        tuple(carried.values),
        tuple(_iter_by_hand(carried, decided, lines)),
        counts,
    )


def answer_copies(copies: ReadCopies, file: DecisionFile, at: datetime) -> tuple[bytes, ...]:
    """The files to send again as these decisions make them; nothing else is written.

    ProblemsError as for ``settle_copies``.
    """
    problems: Problems = []
    decided = decide_changes(copies, file, problems)
    if has_errors(problems):
        raise ProblemsError(in_file_order(problems))
    return tuple(answer.docx for answer in _answer(copies, decided, at))


def _answer(
    copies: ReadCopies, decided: Mapping[str, DecidedChange], at: datetime
) -> tuple[AnsweredFile, ...]:
    return tuple(
        write_answer(
            item.readback,
            copies.sent,
            [_with_change(decided[change.id], change) for change in changes],
            author=OUR_NAME,
            at=at,
        )
        for item, changes in zip(copies.files, copies.merged.copies, strict=True)
    )


def _with_change(decided: DecidedChange, change: ReturnedChange) -> DecidedChange:
    """The decision on a change as one of the copies holds it."""
    return DecidedChange(change, decided.choice, decided.text, decided.reason)


def _carry(
    project: Project,
    copies: ReadCopies,
    decided: Mapping[str, DecidedChange],
    answers: Sequence[AnsweredFile],
    request: SettleRequest,
) -> tuple[ProfileFile, Carried]:
    """The profile of the contract, and its tree with what was decided."""
    drafts = [find_line_edits(copies.sent, answer.drafted) for answer in answers]
    edits, clashes = merge_line_edits(drafts)
    profile = find_contract_profile(project, copies.sent.contract)
    joined = [edit for edit in edits if edit.at not in clashes]
    taken = [item for item in decided.values() if item.choice in TAKEN]

    def origin_of(lines: Sequence[int]) -> CarriedOrigin:
        sections = {copies.sent.lines[at].section for at in lines if at >= 0}
        own = [item for item in taken if item.change.where.line in lines] or [
            item
            for item in taken
            if item.change.where.line >= 0
            and copies.sent.lines[item.change.where.line].section in sections
        ]
        return _origin(own or taken, copies, request)

    carried = carry_edits(project, profile, copies.sent, joined, origin_of)
    carried.by_hand += [(at, "les copies ne s’y accordent pas") for at in clashes]
    return profile, carried


def _refuse_same_names(copies: ReadCopies) -> None:
    """The profile names the file that a change comes from: two of one name would be one."""
    names = [item.name for item in copies.files]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise UserError(f"Deux copies s’appellent « {twice} » : renommez l’une d’elles.")


def _refuse_new_errors(project: Project, profile: ProfileFile, tree: Mapping[str, Tree]) -> None:
    """ProblemsError for what would be wrong in the profile and is not today."""
    if tree == dict(profile.tree):
        return
    today, then = (
        [problem for _, problem in try_change(project, profile, wanted).located]
        for wanted in (profile.tree, tree)
    )
    known = {(problem.code, problem.message) for problem in today}
    new = [p for p in then if p.severity == "erreur" and (p.code, p.message) not in known]
    if new:
        raise ProblemsError(in_file_order(new))


def _origin(
    decided: Sequence[DecidedChange], copies: ReadCopies, request: SettleRequest
) -> CarriedOrigin:
    authors = dict.fromkeys(item.change.author or "auteur inconnu" for item in decided)
    reasons = dict.fromkeys(item.reason for item in decided if item.reason)
    names = dict.fromkeys(item.change.file for item in decided)
    hashes = {item.name: digest for item, digest in zip(copies.files, copies.sha256, strict=True)}
    is_ours = any(item.choice == "contre" for item in decided)
    return CarriedOrigin(
        state="proposee" if is_ours else "negociee",
        author=", ".join(authors),
        decided_by=request.actor,
        on=request.at.date(),
        file=", ".join(names),
        sha256=", ".join(hashes[name] for name in names),
        reason=" ; ".join(reasons),
    )


def find_contract_profile(project: Project, contract: Contract) -> ProfileFile:
    """The profile that makes this contract: that of its code. UserError when none does."""
    for path in project.profile_paths():
        try:
            file = open_profile(project, path.stem)
        except (ProblemsError, UserError):
            continue
        if _code_of(file.tree) == contract.header.code:
            return file
    raise UserError(
        f"Aucun profil de ce dossier ne fait le contrat {contract.header.code} : ce qui est décidé "
        "n’a pas où aller."
    )


def _code_of(tree: Mapping[str, Tree]) -> Tree:
    return get_group(tree, "contrat").get("code", "")


def _iter_by_hand(
    carried: Carried, decided: Mapping[str, DecidedChange], lines: Mapping[str, DecisionLine]
) -> Iterator[Diagnostic]:
    """What could not be carried, once for each change and reason, at its line."""
    told: set[tuple[str, str]] = set()
    for at, reason in carried.by_hand:
        own = [i for i, item in decided.items() if _is_at(item, at)]
        for identifier in own or [next(iter(decided))]:
            if (identifier, reason) not in told:
                told.add((identifier, reason))
                place: Place = lines[identifier].place_of("id")
                yield decision_problems.decision_a_reporter(place, identifier, reason)


def _is_at(item: DecidedChange, at: int) -> bool:
    return item.choice in TAKEN and item.change.where.line == at
