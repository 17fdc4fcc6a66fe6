"""Why a contract is what it is: its facts in words, the decision on each item of the library."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from contract_builder.assembly.assemble import Assembly
from contract_builder.assembly.conditions import Verdict, evaluate
from contract_builder.assembly.selection import PartDecision
from contract_builder.frozen import dataclass
from contract_builder.model.condition import FACTS
from contract_builder.model.facts import Facts, FactValue
from contract_builder.model.french import format_number, long_date
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile


@dataclass(frozen=True, slots=True)
class ExplainedFact:
    """A fact: its name in conditions, its label, its value in French, where it comes from."""

    name: str
    label: str
    text: str
    origin: str


def explain_facts(facts: Facts) -> tuple[ExplainedFact, ...]:
    """Every fact of a profile, in order."""
    return tuple(
        ExplainedFact(
            name, FACTS[name].label, fact_text(fact.value), f"{fact.origin}, {fact.place}"
        )
        for name, fact in facts.items()
    )


def explain_decisions(
    library: Library, profile: Profile, facts: Facts, assembly: Assembly
) -> tuple[PartDecision, ...]:
    """The decision on each part, clause and sheet; then the sheets that were not chosen."""
    return (*assembly.decisions, *_iter_other_sheets(library, profile, facts))


def fact_text(value: FactValue) -> str:
    """A fact as French readers write it."""
    match value:
        case bool():
            return "oui" if value else "non"
        case Decimal():
            return format_number(value)
        case date():
            return long_date(value)
        case frozenset():
            return ", ".join(sorted(value)) or "néant"
        case _:
            return value


def _iter_other_sheets(library: Library, profile: Profile, facts: Facts) -> Iterator[PartDecision]:
    """The sheets of the catalogue that the profile did not choose, and whether they would fit."""
    campaign = library.campaigns[profile.campagne]
    chosen = {sheet.code for sheet in profile.fiches}
    for code, fiche in library.fiches.get(campaign.fiches, {}).items():
        if code in chosen:
            continue
        audience = evaluate(fiche.header.applicable_si, facts, code)
        fits = {True: "lui est ouverte", False: "ne lui est pas destinée", None: "reste à décider"}
        reasons = " ; ".join(audience.reasons())
        text = f"non choisie dans le profil ; la fiche {fits[audience.outcome]} ({reasons})"
        verdict = Verdict(False, text)
        yield PartDecision("fiche", code, fiche.header.intitule, False, verdict, fiche.header.place)
