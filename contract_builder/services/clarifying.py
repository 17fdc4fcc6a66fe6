"""What is known of one part of a contract: why it is there, since when, from what, what it cites.

Reads what an assembly already decided; decides nothing and writes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from contract_builder.assembly.conditions import Verdict
from contract_builder.assembly.selection import PartDecision
from contract_builder.assembly.sheets import lines_word
from contract_builder.assembly.variants import describe
from contract_builder.errors import ProblemsError, UserError
from contract_builder.model.clause import Clause, SourceReference
from contract_builder.model.contract import Contract
from contract_builder.model.french import long_date
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile
from contract_builder.model.reference import (
    STANDING_LABELS,
    find_reference_change,
    find_version,
)
from contract_builder.services.making import Prepared
from contract_builder.services.project import Project

_CHANGES = {
    "deja_abroge": "abrogé depuis le {day}",
    "abroge": "abrogé le {day}",
    "modifie": "modifié le {day}",
    "cree": "créé le {day}",
    "fin": "plus en vigueur depuis le {day}",
}


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A test that was made, in words with the value that decided; ``depth`` counts from 0.

    ``outcome`` is None for what cannot be decided.
    """

    depth: int
    text: str
    outcome: bool | None


@dataclass(frozen=True, slots=True)
class ClauseState:
    """One version of a clause in time, both days inclusive; ``is_used`` by this contract."""

    since: date
    until: date | None
    is_used: bool


@dataclass(frozen=True, slots=True)
class CitedState:
    """An article that the part cites, and its standing at the date of effect.

    ``since`` is the first day of the version that held then. ``change`` says in French what became
    of it up to today, empty when nothing is known to have changed.
    """

    article: str
    subject: str
    standing: str
    is_in_force: bool
    since: date | None = None
    checked_on: date | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class WordingElsewhere:
    """The same clause negotiated with another establishment, by the name of its profile."""

    profile: str
    legal_name: str
    told: str


@dataclass(frozen=True, slots=True)
class PartFacts:
    """All that is known of one part, clause or sheet.

    ``document`` and ``lines`` are of the source it was written from, ``file`` of the library;
    ``negotiated`` where its words come from when they are the establishment's own; ``standard`` the
    library's text, empty for what is no clause. ``doubt`` is what the library still has to check.
    """

    id: str
    item: str
    kind: str
    title: str
    is_retained: bool
    reason: str
    conditions: tuple[ConditionLine, ...]
    states: tuple[ClauseState, ...]
    cited: tuple[CitedState, ...]
    file: str
    document: str = ""
    lines: str = ""
    doubt: str = ""
    negotiated: str = ""
    standard: str = ""
    elsewhere: tuple[WordingElsewhere, ...] = ()


def clarify_part(
    project: Project,
    prepared: Prepared,
    section: str,
    today: date,
    others: Mapping[str, Profile] | None = None,
) -> PartFacts:
    """What is known of the part that a section's id names, or of one that was left out.

    ``others`` are the profiles, by name, whose own wordings are told. ProblemsError for a profile
    with errors, UserError for an id that names nothing.
    """
    if prepared.assembly is None or prepared.profile is None:
        raise ProblemsError(prepared.problems)
    decision = _find_decision(prepared.assembly.decisions, section)
    library = project.get_library()
    contract = prepared.assembly.contract
    versions = library.clauses.get(decision.id, ()) if decision.kind != "fiche" else ()
    effect = prepared.profile.contrat.date_effet
    used = next((clause for clause in versions if clause.is_in_force(effect)), None)
    source, doubt = _source_of(library, prepared.profile, decision, used)
    document = library.documents.get(source.document) if source else None
    return PartFacts(
        id=section,
        item=decision.id,
        kind=decision.kind,
        title=decision.title or decision.id,
        is_retained=decision.retained,
        reason=decision.reason,
        conditions=tuple(_iter_conditions(decision.verdict)),
        states=tuple(
            ClauseState(c.header.en_vigueur_du, c.header.en_vigueur_au, c is used) for c in versions
        ),
        cited=tuple(_iter_cited(library, contract, section, effect, today)),
        file=decision.place.file,
        document=(document.intitule if document else source.document) if source else "",
        lines=_word_lines(source.lignes) if source else "",
        doubt=doubt,
        negotiated=decision.negotiated,
        standard=used.body if used else "",
        elsewhere=tuple(_iter_elsewhere(decision.id, prepared.profile, others or {})),
    )


def _find_decision(decisions: tuple[PartDecision, ...], section: str) -> PartDecision:
    """A clause before the part that bears its name: the words are the clause's."""
    found = [
        item
        for item in decisions
        if (section_id_of_sheet(item.id) if item.kind == "fiche" else item.id) == section
    ]
    if not found:
        raise UserError(f"« {section} » n’est pas une partie de ce contrat.")
    return min(found, key=lambda item: item.kind != "clause")


def _source_of(
    library: Library, profile: Profile, decision: PartDecision, used: Clause | None
) -> tuple[SourceReference | None, str]:
    if used is not None:
        return used.header.source, used.header.a_verifier
    catalogue = library.campaigns[profile.campagne].fiches
    sheet = library.fiches.get(catalogue, {}).get(decision.id)
    return (sheet.header.source, "") if sheet is not None else (None, "")


def _word_lines(lines: str) -> str:
    """« ligne 77 », « lignes 83-88 »; what names a passage otherwise as it is."""
    return f"{lines_word(lines)} {lines}" if lines[:1].isdecimal() else lines


def _iter_conditions(verdict: Verdict, depth: int = 0) -> Iterator[ConditionLine]:
    if verdict.text or verdict.parts:
        yield ConditionLine(depth, verdict.text, verdict.outcome)
    for part in verdict.parts:
        yield from _iter_conditions(part, depth + 1)


def _iter_cited(
    library: Library, contract: Contract, section: str, effect: date, today: date
) -> Iterator[CitedState]:
    for cited in contract.tables.references:
        if section not in cited.cited_in:
            continue
        versions = library.reference_versions(cited.code, cited.article)
        held = find_version(versions, effect)
        change = find_reference_change(versions, effect, max(effect, today))
        yield CitedState(
            f"{cited.code} {cited.article}",
            held.objet if held else "",
            STANDING_LABELS[cited.status],
            cited.status == "en_vigueur",
            held.depuis if held else None,
            held.verifie_le if held else None,
            _CHANGES[change.kind].format(day=long_date(change.since)) if change else "",
        )


def _iter_elsewhere(
    clause: str, own: Profile, others: Mapping[str, Profile]
) -> Iterator[WordingElsewhere]:
    for name, profile in sorted(others.items()):
        if profile.contrat.code == own.contrat.code:
            continue
        for variant in profile.variantes:
            if variant.clause == clause:
                told = describe(variant)
                yield WordingElsewhere(name, profile.etablissement.raison_sociale, told)
