"""The authorisations of an establishment: by site and activity, with labels and what runs out.

What the file, the region and the registries say together, seen on a day that the caller gives.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from contract_builder.model.activities import Authorisation
from contract_builder.model.dates import add_years
from contract_builder.model.library import Quintuplet
from contract_builder.model.profile import Profile
from contract_builder.reading.line_keys import line_keys
from contract_builder.reading.tree import Tree
from contract_builder.services.project import Project

Urgency = Literal["depassee", "proche", "lointaine"]
DateKind = Literal["fin", "mise_en_oeuvre", "caducite"]
_SECTION = "autorisations"
_NONE_CODES = frozenset({"MO000", "ME000", "PTS00", "DE000"})


@dataclass(frozen=True, slots=True)
class LastDay:
    """A day on which an authorisation ends, or by which its activity must have begun.

    « proche » is less than a year ahead, the day itself included; « depassee » is over.
    """

    kind: DateKind
    day: date
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class ShownAuthorisation:
    """One authorisation; ``labels`` leaves out its activity and the codes that mean « none ».

    ``rank`` is its line in the profile's own file, from 0; None when another layer alone has it.
    """

    rank: int | None
    number: str
    codes: Quintuplet
    labels: tuple[str, ...]
    has_started: bool
    last_days: tuple[LastDay, ...]


@dataclass(frozen=True, slots=True)
class AuthorisedActivity:
    """The authorisations of one activity on one site, in the order of their codes."""

    code: str
    label: str
    lines: tuple[ShownAuthorisation, ...]


@dataclass(frozen=True, slots=True)
class AuthorisedSite:
    """The activities of one site; ``name`` is empty for a site that the profile does not name."""

    finess: str
    name: str
    activities: tuple[AuthorisedActivity, ...]


@dataclass(frozen=True, slots=True)
class AuthorisationList:
    """Sites in the order of the profile, and whether the labels are those of ``on``.

    ``unplaced`` are the ranks of the file's lines that no authorisation comes from: what they lack
    hides which.
    """

    sites: tuple[AuthorisedSite, ...]
    unplaced: tuple[int, ...]
    on: date
    version: str
    is_in_force: bool


def list_authorisations(
    project: Project, profile: Profile, own: list[Tree], on: date
) -> AuthorisationList:
    """The authorisations of a profile on a day; ``own`` are the lines of its own file."""
    nomenclature = project.get_library().nomenclature
    ranks = dict(_iter_ranks(own))
    label_of = nomenclature.labels if nomenclature is not None else _codes_alone
    found: dict[str, dict[str, list[ShownAuthorisation]]] = {}
    used: set[int] = set()
    for item in sorted(profile.autorisations, key=lambda item: item.quintuplet):
        shown = _show(item, ranks, label_of, on)
        if shown.rank is not None:
            used.add(shown.rank)
        found.setdefault(item.finess_et, {}).setdefault(item.activite, []).append(shown)
    names = {site.finess_et: site.nom for site in profile.sites}
    sites = tuple(
        AuthorisedSite(finess, names.get(finess, ""), tuple(_iter_activities(lines, label_of)))
        for finess in dict.fromkeys((*names, *found))
        if (lines := found.get(finess))
    )
    return AuthorisationList(
        sites,
        tuple(rank for rank in range(len(own)) if rank not in used),
        on,
        nomenclature.version if nomenclature else "",
        nomenclature is not None and nomenclature.covers(on),
    )


def _codes_alone(codes: Quintuplet) -> Quintuplet:
    return codes


def _iter_ranks(own: list[Tree]) -> Iterator[tuple[str, int]]:
    for rank, line in enumerate(own):
        texts = line if isinstance(line, dict) else {}
        for key in line_keys(_SECTION, partial(_text_of, texts)):
            yield key, rank


def _text_of(texts: Mapping[str, Tree], name: str) -> str:
    value = texts.get(name, "")
    return value if isinstance(value, str) else ""


def _iter_activities(
    lines: Mapping[str, list[ShownAuthorisation]], label_of: Callable[[Quintuplet], Quintuplet]
) -> Iterator[AuthorisedActivity]:
    for code, shown in lines.items():
        yield AuthorisedActivity(code, label_of(shown[0].codes)[0], tuple(shown))


def _show(
    item: Authorisation,
    ranks: Mapping[str, int],
    label_of: Callable[[Quintuplet], Quintuplet],
    on: date,
) -> ShownAuthorisation:
    codes = item.quintuplet
    labels = tuple(
        label
        for code, label in zip(codes[1:], label_of(codes)[1:], strict=True)
        if code not in _NONE_CODES
    )
    keys = line_keys(_SECTION, lambda name: str(getattr(item, name)))
    rank = next((ranks[key] for key in keys if key in ranks), None)
    last_days = tuple(_iter_last_days(item, on))
    return ShownAuthorisation(
        rank, item.numero_arhgos, codes, labels, _has_started(item), last_days
    )


def _has_started(item: Authorisation) -> bool:
    return item.statut != "01" or item.date_mise_en_oeuvre is not None


def _iter_last_days(item: Authorisation, on: date) -> Iterator[LastDay]:
    """Those that count: the time to begin no longer does once the activity has begun."""
    dates: tuple[tuple[DateKind, date | None], ...] = (
        ("mise_en_oeuvre", None if _has_started(item) else item.date_limite),
        ("fin", item.date_fin),
        ("caducite", item.date_caducite),
    )
    for kind, day in dates:
        if day is not None:
            yield LastDay(kind, day, _urgency(day, on))


def _urgency(day: date, on: date) -> Urgency:
    if day < on:
        return "depassee"
    return "proche" if day < add_years(on, 1) else "lointaine"
