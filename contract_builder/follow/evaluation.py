"""What an evaluation covers, and the faults of its file against the contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contract_builder.diagnostics import Diagnostic, follow_problems
from contract_builder.follow.commitment_doubts import CommitmentDoubt
from contract_builder.follow.line_states import LineState
from contract_builder.model.contract import ContractHeader
from contract_builder.model.dates import find_mid_term
from contract_builder.model.evaluation import EvaluationFile, EvaluationKind


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """What a report is made from: a contract in force, its states, and the file of the parties.

    ``states`` are those of the years evaluated, in the order of the contract, ``course`` those of
    all its years; ``on`` the day of the report, ``doubts`` what may have been said of a commitment
    before it was reworded.
    """

    header: ContractHeader
    reference: str
    states: tuple[LineState, ...]
    file: EvaluationFile
    on: date
    course: tuple[LineState, ...]
    doubts: tuple[CommitmentDoubt, ...] = ()

    @property
    def last_year(self) -> int:
        """The last year evaluated."""
        return find_evaluated_years(self.header, self.file.genre)[-1]


def find_evaluated_years(header: ContractHeader, kind: EvaluationKind) -> range:
    """The years that an evaluation bears on: up to the middle of the contract, or all of them."""
    last = header.end_date
    if kind == "mi-parcours":
        last = find_mid_term(header.effective_date, header.end_date)
    return range(header.effective_date.year, last.year + 1)


def check_evaluation(facts: EvaluationFacts) -> Iterator[Diagnostic]:
    """Another contract, a meeting before it or to come, sheets or years that it has not."""
    file, header = facts.file, facts.header
    if file.contrat != header.code:
        yield follow_problems.evaluation_autre_contrat(
            file.place_of("contrat"), file.contrat, header.code
        )
    meeting = file.reunion
    if meeting and meeting.date and not header.effective_date <= meeting.date <= facts.on:
        place = meeting.place_of("date")
        reason = "la réunion est avant le contrat, ou reste à venir"
        yield follow_problems.evaluation_incoherente(place, reason)
    sheets = {state.line.key.item for state in facts.states if state.line.key.kind == "objectif"}
    for remark in file.observations:
        if remark.sur and remark.sur not in sheets:
            yield follow_problems.evaluation_incoherente(
                remark.place_of("sur"), f"le contrat n’a pas de fiche « {remark.sur} »"
            )
    bases = file.penalites
    for name in ("produits", "financements") if bases else ():
        amount = bases.basis(name) if bases else None
        if bases and amount is not None and amount <= 0:
            reason = "la base d’un plafond est un montant positif"
            yield follow_problems.evaluation_incoherente(bases.place_of(name), reason)
    yield from _check_targets(facts, sheets)


def _check_targets(facts: EvaluationFacts, sheets: set[str]) -> Iterator[Diagnostic]:
    """Targets to change that the contract has not, or that are given twice."""
    file, header = facts.file, facts.header
    seen: set[tuple[str, int, str]] = set()
    for target in file.conclusions.cibles if file.conclusions else ():
        named = (target.fiche, target.annee, target.indicateur)
        if named in seen:
            yield follow_problems.evaluation_incoherente(
                target.place_of("fiche"),
                f"la cible {target.annee} de la fiche « {target.fiche} » est donnée deux fois",
            )
        seen.add(named)
        if target.fiche not in sheets:
            yield follow_problems.evaluation_incoherente(
                target.place_of("fiche"), f"le contrat n’a pas de fiche « {target.fiche} »"
            )
        if not header.effective_date.year <= target.annee <= header.end_date.year:
            yield follow_problems.evaluation_incoherente(
                target.place_of("annee"), f"le contrat ne couvre pas l’année {target.annee}"
            )
