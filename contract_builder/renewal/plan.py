"""The renewal of a contract, planned: each section of the next profile, and three lists.

Nothing is read or written here; ``next_profile`` makes the text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from contract_builder.model.contract import Contract
from contract_builder.model.french import long_date
from contract_builder.model.profile import Profile
from contract_builder.reading.tree import Tree
from contract_builder.renewal.fates import (
    FATE_TITLES,
    SECTION_LABELS,
    Fate,
    FateItem,
    NextSection,
    RenewalSetting,
)
from contract_builder.renewal.lines import LISTS
from contract_builder.renewal.sections import carry_section
from contract_builder.source import Place


@dataclass(frozen=True, slots=True)
class NextContract:
    """The contract to come; ``requested_on`` is None when the request is not known."""

    code: str
    effective_on: date
    requested_on: date | None


@dataclass(frozen=True, slots=True)
class RenewalPlan:
    """The sections of the next profile, in the order of the old file, and what to tell."""

    setting: RenewalSetting
    contract: NextContract
    sections: Mapping[str, NextSection]
    warnings: tuple[str, ...]

    def items(self, fate: Fate) -> list[FateItem]:
        """What has this fate, in the order of the file."""
        found = (item for section in self.sections.values() for item in section.items)
        return [item for item in found if item.fate == fate]


def plan_renewal(
    own: Mapping[str, Tree],
    setting: RenewalSetting,
    contract: NextContract,
    warnings: Sequence[str],
) -> RenewalPlan:
    """What becomes of each section of the establishment's own file ``own``.

    Lists that the registries alone fill are looked at too: what is over there is told.
    """
    names = [*own, *(name for name in LISTS if name not in own)]
    sections = {name: carry_section(name, own.get(name, ""), setting) for name in names}
    if contract.requested_on is None:
        asked = FateItem("a-redemander", "contrat", "date de la demande de renouvellement", "")
        sections["contrat"] = NextSection("", (asked,))
    shown = {name: part for name, part in sections.items() if name in own or part.items}
    return RenewalPlan(setting, contract, shown, tuple(warnings))


def find_gap_or_overlap(term: date, effective_on: date) -> tuple[int, str]:
    """Days between two contracts, negative when they overlap, and how to tell it; 0 and nothing
    when the second takes effect on the day after the term of the first.
    """
    days = (effective_on - term).days - 1
    if days == 0:
        return 0, ""
    expected = long_date(term + timedelta(days=1))
    count = f"{abs(days)} jour" if abs(days) == 1 else f"{abs(days)} jours"
    if days < 0:
        return days, (
            f"Le contrat en cours va jusqu’au {long_date(term)} : un contrat qui prendrait effet "
            f"le {long_date(effective_on)} le chevaucherait de {count}. Date attendue : {expected}."
        )
    return days, (
        f"Le contrat en cours s’arrête le {long_date(term)} et le suivant prend effet le "
        f"{long_date(effective_on)} : {count} sans contrat. Sans interruption, la date serait le "
        f"{expected}."
    )


def find_unsigned_changes(contract: Contract, profile: Profile) -> list[str]:
    """In what the profile no longer says what the signed contract says, in French."""
    header, terms, tables = contract.header, profile.contrat, contract.tables
    pairs: Iterable[tuple[str, object, object]] = (
        ("la date d’effet", header.effective_date, terms.date_effet),
        ("le terme", header.end_date, terms.last_day),
        ("la raison sociale", header.legal_name, profile.etablissement.raison_sociale),
        (
            "les fiches choisies",
            {item.code for item in tables.objectives},
            {sheet.code for sheet in profile.fiches},
        ),
        (
            "les autorisations",
            {(item.key, item.ends_on) for item in tables.authorisations},
            {(item.key, item.date_fin) for item in profile.autorisations},
        ),
        (
            "les financements",
            {(item.key, item.year, item.amount) for item in tables.fundings},
            {
                (line.cle, year, amount)
                for line in profile.financements
                for year, amount in line.montants.items()
            },
        ),
    )
    return [words for words, signed, now in pairs if signed != now]


def iter_renewal_lines(plan: RenewalPlan) -> Iterable[str]:
    """The report in French: three lists, and what to watch first."""
    yield from (f"Attention : {warning}" for warning in plan.warnings)
    for fate, title in FATE_TITLES.items():
        items = plan.items(fate)
        yield f"{title} :" if items else f"{title} : rien."
        yield from (f"  {_describe_item(item)}" for item in items)


def _describe_item(item: FateItem) -> str:
    """One line: what, why, and where it stood."""
    label = SECTION_LABELS.get(item.section, item.section)
    text = " : ".join(part for part in (label, item.what, item.why) if part)
    return text if item.place is None else f"{text}   [{_line_of(item.place)}]"


def _line_of(place: Place) -> str:
    return f"{place.file}:{place.line}"


def renewal_data(plan: RenewalPlan) -> dict[str, Any]:
    """The plan as JSON-ready data."""
    return {
        "code": plan.contract.code,
        "campagne": plan.setting.campaign.id,
        "date_effet": plan.contract.effective_on.isoformat(),
        "avertissements": list(plan.warnings),
        **{
            fate.replace("-", "_"): [
                {
                    "section": item.section,
                    "objet": item.what,
                    "motif": item.why,
                    "place": None if item.place is None else _line_of(item.place),
                }
                for item in plan.items(fate)
            ]
            for fate in FATE_TITLES
        },
    }
