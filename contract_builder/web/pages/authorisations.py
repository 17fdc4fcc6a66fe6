"""« Autorisations »: by site and activity; one is added by searching words in the nomenclature."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract_builder.reading.tree import Tree
from contract_builder.services.authorising import (
    AuthorisationList,
    AuthorisedActivity,
    AuthorisedSite,
    ShownAuthorisation,
    list_authorisations,
)
from contract_builder.services.searching import search_codes
from contract_builder.web.forms.bound import RANK_KEY, BoundLine, BoundTable
from contract_builder.web.forms.editing import SectionForm, change_lines
from contract_builder.web.forms.posted import Posted
from contract_builder.web.forms.sections import FormSection, get_section
from contract_builder.web.pages.section_page import Asked, SectionPage, Told

_KEY = "autorisations"
_CODES = ("activite", "modalite", "mention", "pts", "declaration")
_SHOWN = 40
_MOST_WORDS = 200
"""Characters of a search that are looked at."""


@dataclass(frozen=True, slots=True)
class LaidLine:
    """An authorisation and its controls; None when the profile's own file has no line for it."""

    shown: ShownAuthorisation
    line: BoundLine | None


@dataclass(frozen=True, slots=True)
class LaidActivity:
    """An activity and its authorisations."""

    activity: AuthorisedActivity
    lines: tuple[LaidLine, ...]


@dataclass(frozen=True, slots=True)
class LaidSite:
    """A site and its activities."""

    site: AuthorisedSite
    activities: tuple[LaidActivity, ...]


def _tell(asked: Asked) -> Told:
    own = asked.tree.get(_KEY)
    lines = own if isinstance(own, list) else []
    hall = asked.request.hall
    profile, today = asked.profile, hall.now().date()
    words = asked.request.POST.get("_mots", "")[:_MOST_WORDS].strip()
    told: dict[str, Any] = {
        "listed": list_authorisations(hall.project, profile, lines, today),
        "words": words,
        "sites": profile.sites,
        "site": asked.request.POST.get("_site", ""),
    }
    if words:
        search = search_codes(hall.project, words.split(), profile.contrat.date_effet)
        told["found"] = search.lines[:_SHOWN]
        told["hidden"] = max(0, len(search.lines) - _SHOWN)
        told["suggestion"] = search.hint
    return told


def _act(
    section: FormSection, tree: Mapping[str, Tree], action: str, posted: Posted
) -> dict[str, Tree]:
    """A search changes nothing; a quintuplet that is chosen makes a new line on the chosen site."""
    verb, _, text = action.partition(":")
    codes = text.split("/")
    if verb == "chercher":
        return dict(tree)
    if verb != "quintuplet" or len(codes) != len(_CODES):
        return change_lines(section, tree, action)
    line: dict[str, Tree] = {RANK_KEY: "-1", **dict(zip(_CODES, codes, strict=True))}
    site = (posted.get("_site") or "").strip()
    if site:
        line["finess_et"] = site
    known = tree.get(_KEY)
    return {**tree, _KEY: [*(known if isinstance(known, list) else []), line]}


def _lay(form: SectionForm, told: Told) -> Told:
    table, *others = form.parts
    listed: AuthorisationList = told["listed"]
    lines = table.lines if isinstance(table, BoundTable) else ()
    return {
        "table": table,
        "others": tuple(others),
        "laid": tuple(_iter_sites(listed, lines)),
        "unplaced": tuple(line for line in lines if line.was < 0 or line.rank in listed.unplaced),
    }


def _iter_sites(listed: AuthorisationList, lines: tuple[BoundLine, ...]) -> Iterator[LaidSite]:
    """The sites without their new lines, which stand apart until they are saved."""
    for site in listed.sites:
        activities = []
        for activity in site.activities:
            laid = tuple(_lay_line(shown, lines) for shown in activity.lines)
            known = tuple(item for item in laid if item.line is None or item.line.was >= 0)
            if known:
                activities.append(LaidActivity(activity, known))
        if activities:
            yield LaidSite(site, tuple(activities))


def _lay_line(shown: ShownAuthorisation, lines: tuple[BoundLine, ...]) -> LaidLine:
    is_own = shown.rank is not None and shown.rank < len(lines)
    return LaidLine(shown, lines[shown.rank] if is_own and shown.rank is not None else None)


AUTHORISATIONS_PAGE = SectionPage(
    get_section(_KEY), "web/autorisations.html", act=_act, tell=_tell, lay=_lay
)
