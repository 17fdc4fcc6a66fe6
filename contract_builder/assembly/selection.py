"""Which parts and clauses of the outline this contract holds, and why.

A clause is in when one of its versions is in force at the date of effect and its condition holds;
a part is in when its own condition holds and, if it lists clauses, at least one of them is in.
"""

from collections.abc import Iterator

from contract_builder.assembly.conditions import ALWAYS, Verdict, evaluate
from contract_builder.assembly.context import Setting
from contract_builder.frozen import dataclass
from contract_builder.model.clause import Clause
from contract_builder.model.contract import DecisionKind
from contract_builder.model.french import long_date
from contract_builder.model.library import OutlineEntry
from contract_builder.source import Place


@dataclass(frozen=True, slots=True)
class PartDecision:
    """Why an item of the library is in or out of the contract.

    ``negotiated`` says in French where the establishment's own wording comes from; empty without.
    """

    kind: DecisionKind
    id: str
    title: str
    retained: bool
    verdict: Verdict
    place: Place
    negotiated: str = ""

    @property
    def reason(self) -> str:
        """The tests that decided, in French, on one line."""
        return " ; ".join(self.verdict.reasons())


@dataclass(frozen=True, slots=True)
class SelectedPart:
    """A part that the contract holds, with its clauses in order and the reasons of each."""

    entry: OutlineEntry
    clauses: tuple[tuple[Clause, PartDecision], ...]
    decision: PartDecision


@dataclass(frozen=True, slots=True)
class Selection:
    """The parts of the contract in order, and the decision on everything that was considered."""

    parts: tuple[SelectedPart, ...]
    decisions: tuple[PartDecision, ...]


def select_parts(setting: Setting, presumed: frozenset[str] = frozenset()) -> Selection:
    """The parts and clauses in, and every decision.

    An item of ``presumed`` is in unless something decides against it; the others are in only when
    everything decides for them.

    A clause that the library does not have is left out: ``library.checks`` refuses it before.
    """
    parts: list[SelectedPart] = []
    decisions: list[PartDecision] = []
    for entry in setting.outline.contenu:
        verdict = _entry_verdict(entry, setting)
        clauses: tuple[tuple[Clause, PartDecision], ...] = ()
        retained = _is_retained(verdict, entry.id, presumed)
        clause_decisions: list[PartDecision] = []
        if retained:
            found = list(_select_clauses(entry, setting, presumed))
            clause_decisions = [decision for _, decision in found]
            clauses = tuple((c, d) for c, d in found if c is not None and d.retained)
            if entry.clauses and not clauses and entry.contenu is None:
                retained = False
                verdict = Verdict(False, "aucune de ses clauses n’est retenue")
        decision = PartDecision("partie", entry.id, entry.titre, retained, verdict, entry.place)
        decisions.extend((decision, *clause_decisions))
        if retained:
            parts.append(SelectedPart(entry, clauses, decision))
    return Selection(tuple(parts), tuple(decisions))


def _is_retained(verdict: Verdict, item: str, presumed: frozenset[str]) -> bool:
    return verdict.outcome is True or (verdict.outcome is None and item in presumed)


def _entry_verdict(entry: OutlineEntry, setting: Setting) -> Verdict:
    on = setting.on
    if entry.en_vigueur_du and on < entry.en_vigueur_du:
        return Verdict(False, f"n’existe que depuis le {long_date(entry.en_vigueur_du)}")
    if entry.en_vigueur_au and on > entry.en_vigueur_au:
        return Verdict(False, f"n’existe plus depuis le {long_date(entry.en_vigueur_au)}")
    return evaluate(entry.applicable_si, setting.facts)


def _select_clauses(
    entry: OutlineEntry, setting: Setting, presumed: frozenset[str]
) -> Iterator[tuple[Clause | None, PartDecision]]:
    for clause_id in entry.clauses:
        versions = setting.library.clauses.get(clause_id)
        if versions is None:
            continue
        current = next((item for item in versions if item.is_in_force(setting.on)), None)
        if current is None:
            verdict = Verdict(False, f"aucune version en vigueur le {long_date(setting.on)}")
            header = versions[-1].header
            yield (
                None,
                PartDecision("clause", clause_id, header.titre, False, verdict, header.place),
            )
            continue
        header = current.header
        verdict = evaluate(header.applicable_si, setting.facts) if header.applicable_si else ALWAYS
        retained = _is_retained(verdict, clause_id, presumed)
        yield (
            current,
            PartDecision("clause", clause_id, header.titre, retained, verdict, header.place),
        )
