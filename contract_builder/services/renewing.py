"""A signed version → the profile of the contract that follows it, written once.

The profile is found by the contract's code (ADR 0013); what it no longer says of the signed
version is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from contract_builder.diagnostics import Problems, has_errors, in_file_order
from contract_builder.errors import ProblemsError, Remedy, UserError
from contract_builder.files.write import telling_refusals, write_new
from contract_builder.model.contract import Contract
from contract_builder.model.dates import last_day_of_five_years
from contract_builder.model.french import enumerate_words, long_date
from contract_builder.model.identifiers import is_contract_code
from contract_builder.model.library import Campaign, Library
from contract_builder.model.profile import Profile
from contract_builder.profiles.load import (
    find_lower_layers,
    resolve_profile,
)
from contract_builder.reading.tree import group_of_node
from contract_builder.reading.yaml_nodes import MappingNode, Node, parse_yaml
from contract_builder.renewal.contract_code import find_next_code
from contract_builder.renewal.deadlines import Deadline
from contract_builder.renewal.fates import RenewalSetting
from contract_builder.renewal.next_profile import render_next_profile
from contract_builder.renewal.plan import (
    NextContract,
    RenewalPlan,
    find_gap_or_overlap,
    find_unsigned_changes,
    iter_renewal_lines,
    plan_renewal,
)
from contract_builder.services.agenda import get_histories, load_profiles
from contract_builder.services.keeping import get_contract_json, get_version
from contract_builder.services.making import prepare_profile
from contract_builder.services.project import Project
from contract_builder.source import SourceFile
from contract_builder.store.records import SIGNED_STATUSES, StoredVersion

__all__ = [
    "RenewRequest",
    "Renewed",
    "find_next_day",
    "iter_renewal_lines",
    "list_renewable",
    "renew",
]


@dataclass(frozen=True, slots=True)
class RenewRequest:
    """What to renew and how; ``on`` is the day of the deadlines.

    Left blank: the campaign that covers the date of effect, the next free code, the profile with
    the signed contract's code, and a file beside that profile.
    """

    reference: str
    effective_on: date
    on: date
    campaign: str = ""
    code: str = ""
    requested_on: date | None = None
    profile: Path | None = None
    out: Path | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Renewed:
    """The next profile: its plan, its text, where it is or would be, and its own problems.

    ``version`` is the signed version that it follows.
    """

    version: StoredVersion
    plan: RenewalPlan
    deadline: Deadline | None
    path: Path
    text: str
    problems: Problems
    is_written: bool


@dataclass(frozen=True, slots=True)
class _Signed:
    """The last signed version of a contract, its JSON read, and its deadlines."""

    version: StoredVersion
    contract: Contract
    deadline: Deadline | None


def renew(project: Project, request: RenewRequest) -> Renewed:
    """Makes the next profile from the last signed version of the contract that is named.

    Raises UserError when there is none, when the date, the campaign or the code does not hold, or
    when the file exists; ProblemsError when the library or a profile has errors. Nothing is
    written then.
    """
    signed = _find_signed(project, request)
    term = signed.contract.header.end_date
    days, gap = find_gap_or_overlap(term, request.effective_on)
    if days < 0:
        raise UserError(f"{gap} Rien n’a été écrit.")
    library, problems = project.open_sound_library()
    if has_errors(problems):
        raise ProblemsError(in_file_order(problems))
    campaign = _choose_campaign(library, signed.contract.header.type, request)
    profiles = load_profiles(project, [])
    base = _find_base(project, signed.contract, request.profile, profiles)
    own, profile = _load_base(project, base)
    _check_establishment(signed.contract, profile, project.name_of(base))
    out = request.out or _next_path(base, profile.contrat.date_effet, request.effective_on)
    if out.exists():
        raise UserError(
            f"« {project.name_of(out)} » existe déjà ; rien n’a été écrit.",
            Remedy("choose_output"),
        )
    code = _choose_code(signed.contract.header.code, request.code, profiles)
    warnings = [
        *_warn_of_other_version(signed, request),
        *([gap] if gap else []),
        *_warn_of_departures(signed, profile, project.name_of(base)),
        *_warn_of_followers(project, signed.contract, profiles),
    ]
    setting = RenewalSetting(
        profile=profile,
        effective_on=request.effective_on,
        years=range(
            request.effective_on.year, last_day_of_five_years(request.effective_on).year + 1
        ),
        campaign=campaign,
        same_catalogue=library.campaigns[profile.campagne].fiches == campaign.fiches,
        shared_keys=_find_shared_keys(project, own, out),
    )
    following = NextContract(code, request.effective_on, request.requested_on)
    plan = plan_renewal(group_of_node(own), setting, following, warnings)
    text = render_next_profile(plan, project.name_of(base), str(signed.version.reference))
    found = _check_text(project, text, out)
    if not request.dry_run:
        _write(out, text)
    return Renewed(
        signed.version, plan, signed.deadline, out, text, found, is_written=not request.dry_run
    )


def list_renewable(versions: Iterable[StoredVersion]) -> tuple[StoredVersion, ...]:
    """The last signed version of each contract that a new one may follow, in their order."""
    last = {
        (version.reference.finess_ej, version.facts.code): version
        for version in versions
        if version.status in SIGNED_STATUSES
    }
    return tuple(version for version in last.values() if version.status != "resilie")


def find_next_day(project: Project, reference: str, on: date) -> date | None:
    """The day after the term of a stored contract; None when its term cannot be read."""
    version = get_version(project, reference)
    for history in get_histories(project, version.reference.finess_ej, on).contracts:
        if version.reference in [item.reference for item in history.versions] and history.header:
            return history.header.end_date + timedelta(days=1)
    return None


def _find_signed(project: Project, request: RenewRequest) -> _Signed:
    from contract_builder.render.json import parse_contract

    named = get_version(project, request.reference)
    agenda = get_histories(project, named.reference.finess_ej, request.on)
    history = next(item for item in agenda.contracts if named in item.versions)
    signed = [item for item in history.versions if item.status in SIGNED_STATUSES]
    if not signed:
        told = [f"{item.reference} ({item.status_word})" for item in history.versions]
        raise UserError(
            f"Aucune version du contrat {named.facts.code} n’est signée : {enumerate_words(told)}. "
            "Un renouvellement part de ce qui a été signé.",
            Remedy("declare_signed", str(history.versions[-1].reference)),
        )
    last = signed[-1]
    if last.status == "resilie":
        raise UserError(
            f"La version « {last.reference} » a été résiliée : un nouveau contrat n’en est pas le "
            "renouvellement. Écrivez-lui un profil."
        )
    data = get_contract_json(project, str(last.reference))
    return _Signed(last, parse_contract(data), history.deadline)


def _choose_campaign(library: Library, contract_type: str, request: RenewRequest) -> Campaign:
    on = request.effective_on
    usable = [
        campaign
        for campaign in library.campaigns.values()
        if campaign.type == contract_type and campaign.covers(on)
    ]
    wanted = [item for item in usable if request.campaign in ("", item.id)]
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        names = enumerate_words([item.id for item in wanted], "ou")
        raise UserError("Plusieurs campagnes conviennent.", Remedy("choose_campaign", names))
    known = [_describe_campaign(item) for item in library.campaigns.values()]
    named = f"La campagne « {request.campaign} »" if request.campaign else "Aucune campagne"
    negation = "ne convient pas à" if request.campaign else "ne couvre"
    raise UserError(
        f"{named} {negation} un contrat de type « {contract_type} » qui prend effet le "
        f"{long_date(on)}. Campagnes connues : {' ; '.join(known)}. Ajoutez au besoin la nouvelle "
        "dans « clause_library/campagnes »."
    )


def _describe_campaign(campaign: Campaign) -> str:
    start = long_date(campaign.date_effet_du)
    last = campaign.date_effet_au
    period = f"à partir du {start}" if last is None else f"du {start} au {long_date(last)}"
    return f"{campaign.id} ({campaign.type}, {period})"


def _find_base(
    project: Project,
    contract: Contract,
    named: Path | None,
    profiles: Sequence[tuple[Path, Profile]],
) -> Path:
    """The file of the profile that the contract was made from."""
    if named is not None:
        return named
    header = contract.header
    found = [
        path
        for path, profile in profiles
        if (profile.etablissement.finess_ej, profile.contrat.code)
        == (header.finess_ej, header.code)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f"Aucun profil du dossier « profiles » ne porte le code {header.code} de "
            f"l’établissement {header.finess_ej}.",
            Remedy("choose_profile"),
        )
    names = enumerate_words([project.name_of(path) for path in found])
    raise UserError(
        f"Plusieurs profils portent le code {header.code} : {names}.", Remedy("choose_profile")
    )


def _load_base(project: Project, path: Path) -> tuple[Node, Profile]:
    """What the old profile's file holds, and the profile as resolved; it must be sound."""
    problems: Problems = []
    own = project.load_yaml(path, project.name_of(path), problems)
    prepared = prepare_profile(project, project.find_profile(path, problems), path.parent, problems)
    if own is None or prepared.profile is None or has_errors(prepared.problems):
        raise ProblemsError(in_file_order(prepared.problems))
    return own, prepared.profile


def _check_establishment(contract: Contract, profile: Profile, name: str) -> None:
    ours, theirs = contract.header.finess_ej, profile.etablissement.finess_ej
    if ours != theirs:
        raise UserError(f"Le profil « {name} » est celui de l’établissement {theirs}, pas {ours}.")


def _next_path(base: Path, old: date, new: date) -> Path:
    """A name beside the old profile: its year replaced by the new one, else added."""
    stem = base.stem
    name = (
        stem.replace(str(old.year), str(new.year))
        if str(old.year) in stem and old.year != new.year
        else f"{stem}-{new.year}"
    )
    return base.with_name(f"{name}.yaml")


def _choose_code(old: str, wanted: str, profiles: Sequence[tuple[Path, Profile]]) -> str:
    taken = {profile.contrat.code for _, profile in profiles} | {old}
    if wanted:
        if not is_contract_code(wanted):
            raise UserError(f"« {wanted} » ne peut pas servir de code de contrat.")
        if wanted in taken:
            raise UserError(f"Le code « {wanted} » est celui d’un autre contrat.")
        return wanted
    code = find_next_code(old, taken)
    if code is None:
        raise UserError(
            f"Le code « {old} » ne se termine pas par deux lettres qui se suivent d’un contrat à "
            "l’autre (AA, AB…).",
            Remedy("choose_code"),
        )
    return code


def _find_shared_keys(project: Project, own: Node, out: Path) -> frozenset[str]:
    region, group, _ = find_lower_layers(out, own)
    keys: set[str] = set()
    for path in (region, group):
        node = None if path is None else project.load_yaml(path, project.name_of(path), [])
        keys |= set(node.entries) if isinstance(node, MappingNode) else set()
    return frozenset(keys)


def _warn_of_other_version(signed: _Signed, request: RenewRequest) -> list[str]:
    reference = str(signed.version.reference)
    if reference == request.reference.strip().upper():
        return []
    return [
        f"La dernière version signée de ce contrat est {reference} : c’est d’elle que part le "
        "renouvellement."
    ]


def _warn_of_departures(signed: _Signed, profile: Profile, name: str) -> list[str]:
    departures = find_unsigned_changes(signed.contract, profile)
    if not departures:
        return []
    return [
        f"Le profil « {name} » ne dit plus la même chose que la version signée "
        f"{signed.version.reference} sur {enumerate_words(departures)} : c’est le profil qui est "
        "repris."
    ]


def _warn_of_followers(
    project: Project, contract: Contract, profiles: Sequence[tuple[Path, Profile]]
) -> list[str]:
    header = contract.header
    return [
        f"« {project.name_of(path)} » décrit déjà un contrat qui suit, le "
        f"{profile.contrat.code}, à effet du {long_date(profile.contrat.date_effet)}."
        for path, profile in profiles
        if (profile.etablissement.finess_ej, profile.type_contrat)
        == (header.finess_ej, header.type)
        and profile.contrat.date_effet > header.effective_date
    ]


def _check_text(project: Project, text: str, out: Path) -> Problems:
    """The problems of the profile to come, in file order; ProblemsError when it has errors."""
    problems: Problems = []
    node = parse_yaml(SourceFile.of_text(project.name_of(out), text), problems)
    load = project.load_yaml
    profile = None if node is None else resolve_profile(node, out, project.root, problems, load)
    prepared = prepare_profile(project, profile, out.parent, problems)
    found = in_file_order(prepared.problems)
    if has_errors(found):
        raise ProblemsError(found)
    return found


def _write(out: Path, text: str) -> None:
    with telling_refusals(out, "Rien n’a été écrit."):
        write_new(out, text.encode())
