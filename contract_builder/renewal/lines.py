"""What becomes of each line of a profile's lists when the contract is renewed.

Dates are compared with the new date of effect.
"""

from contract_builder.model.activities import Authorisation, Capacity, EmergencyVisits, Recognition
from contract_builder.model.french import enumerate_words, long_date
from contract_builder.model.profile import (
    ChosenSheet,
    Commitment,
    FundingLine,
    OtherContract,
)
from contract_builder.model.record import Record
from contract_builder.profiles.checks import OLDEST_CAPACITY_YEARS
from contract_builder.profiles.facts import is_in_force
from contract_builder.reading.tree import Tree, get_group
from contract_builder.renewal.fates import FateDecision, RenewalSetting

Line = dict[str, Tree]
LISTS = (
    "sites",
    "capacites",
    "urgences",
    "autorisations",
    "reconnaissances",
    "missions",
    "fiches",
    "engagements",
    "financements",
    "cooperations",
    "autres_contrats",
    "appeles_au_contrat",
)
"""The sections of a profile that are lists of records."""


def decide_line(record: Record, line: Line, setting: RenewalSetting) -> FateDecision:
    """What becomes of a resolved line that the officer wrote as ``line``; most stay as they are."""
    match record:
        case Authorisation():
            return _decide_authorisation(record, line, setting)
        case Recognition():
            return _decide_recognition(record, line, setting)
        case Capacity() | EmergencyVisits():
            return _decide_capacity(record, line, setting)
        case ChosenSheet():
            return _decide_sheet(record, line, setting)
        case Commitment():
            return _decide_commitment(record, line, setting)
        case FundingLine():
            return _decide_funding(record, line, setting)
        case OtherContract():
            return _decide_other_contract(record, line, setting)
    return FateDecision(line, "repris")


def _decide_authorisation(
    record: Authorisation, line: Line, setting: RenewalSetting
) -> FateDecision:
    """Kept while in force at the new date of effect."""
    on = setting.effective_on
    if not is_in_force(record, on):
        ends = [day for day in (record.date_fin, record.date_caducite) if day is not None]
        return FateDecision(None, "caduc", f"a pris fin le {long_date(min(ends))}")
    if (
        record.date_limite is not None
        and record.date_limite < on
        and not (record.date_mise_en_oeuvre)
    ):
        late = long_date(record.date_limite)
        return FateDecision(
            line, "a-redemander", f"sa mise en œuvre était attendue avant le {late}"
        )
    if record.date_fin is not None and record.date_fin.year < setting.years.stop:
        return FateDecision(line, "repris", f"prend fin le {long_date(record.date_fin)}")
    return FateDecision(line, "repris")


def _decide_recognition(record: Recognition, line: Line, setting: RenewalSetting) -> FateDecision:
    """Kept unless it ended; without dates, its renewal is to be confirmed."""
    if record.date_fin is None:
        return FateDecision(line, "repris")
    if record.date_fin < setting.effective_on:
        return FateDecision(None, "caduc", f"a pris fin le {long_date(record.date_fin)}")
    return FateDecision(line, "repris", f"prend fin le {long_date(record.date_fin)}")


def _decide_capacity(
    record: Capacity | EmergencyVisits, line: Line, setting: RenewalSetting
) -> FateDecision:
    """Kept while recent enough to decide the size of the establishment."""
    if record.annee < setting.effective_on.year - OLDEST_CAPACITY_YEARS:
        return FateDecision(None, "caduc", "trop ancien")
    return FateDecision(line, "repris")


def _decide_sheet(record: ChosenSheet, line: Line, setting: RenewalSetting) -> FateDecision:
    """Kept in the same catalogue, without what was agreed for the years that are over."""
    if not setting.same_catalogue:
        return FateDecision(None, "caduc", "fiche d’un autre catalogue")
    kept: Line = {key: line[key] for key in ("code", "volet") if key in line}
    lost = [
        words
        for words, value in (
            ("ses cibles négociées", record.cibles),
            ("ses valeurs initiales", record.valeurs_initiales),
            ("« déjà engagé »", record.deja_engage),
        )
        if value
    ]
    if not lost:
        return FateDecision(kept, "repris")
    return FateDecision(kept, "a-redemander", enumerate_words(lost))


def _decide_commitment(record: Commitment, line: Line, setting: RenewalSetting) -> FateDecision:
    """Kept unless its year is over."""
    if record.echeance is not None and record.echeance < setting.effective_on.year:
        return FateDecision(None, "caduc", f"son échéance était {record.echeance}")
    return FateDecision(line, "repris")


def _decide_funding(record: FundingLine, line: Line, setting: RenewalSetting) -> FateDecision:
    """Kept with the years of the new contract alone."""
    over = sorted(year for year in record.montants if year not in setting.years)
    told = enumerate_words([str(year) for year in over])
    if len(over) == len(record.montants):
        return FateDecision(None, "caduc", f"aucun montant dans la période du contrat ({told})")
    if not over:
        return FateDecision(line, "repris")
    amounts = get_group(line, "montants")
    kept: Tree = {year: amount for year, amount in amounts.items() if int(year) in setting.years}
    return FateDecision({**line, "montants": kept}, "repris", f"sans les montants de {told}")


def _decide_other_contract(
    record: OtherContract, line: Line, setting: RenewalSetting
) -> FateDecision:
    """Kept unless it ended."""
    if record.date_fin is not None and record.date_fin < setting.effective_on:
        return FateDecision(None, "caduc", f"a pris fin le {long_date(record.date_fin)}")
    return FateDecision(line, "repris")


def name_of_line(section: str, record: Record) -> str:
    """What the officer calls a line."""
    match record:
        case Authorisation():
            return record.key
        case FundingLine():
            return f"{record.cle} – {record.libelle}"
        case Capacity() | EmergencyVisits():
            return str(record.annee)
        case ChosenSheet():
            return f"{record.code} {record.volet}".strip()
        case Recognition():
            return f"{record.code} – {record.activite}"
    names = ("intitule", "nom", "finess_et")
    return next((str(getattr(record, name)) for name in names if hasattr(record, name)), section)
