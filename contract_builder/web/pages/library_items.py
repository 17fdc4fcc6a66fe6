"""One text of the library: what it says, when, for whom, on what law, which contracts hold it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.services.holding import HoldingContract, TextVersion
from contract_builder.services.presenting import (
    ItemVersion,
    LibraryItem,
    compare_texts,
    find_item,
    is_article_name,
)
from contract_builder.web.pages.lookup import find_visible_entities, list_visible_states
from contract_builder.web.requests import PageRequest

KIND_WORDS = {
    "clause": "Clause",
    "fiche": "Fiche",
    "reference": "Référence légale",
    "campagne": "Campagne",
}
_SHOWN = 30


@require_safe
def show(request: PageRequest, kind: str, item: str) -> HttpResponse:
    """A clause, a sheet or an article: the version in force, or the one that is asked for."""
    on = _today(request)
    found = find_item(request.hall.project, kind, item, on, request.hall.review.problems(on))
    if found is None:
        if kind == "reference" and is_article_name(item):
            return render(request, "web/article_absent.html", {"item": item}, status=404)
        raise Http404(item)
    shown = found.find_version(request.GET.get("version", "")) or _choose_version(found)
    context = {
        "kind": kind,
        "kind_word": KIND_WORDS[kind],
        "item": found,
        "version": shown,
        **_compare(found, request.GET.get("de", ""), request.GET.get("a", "")),
        **({} if kind == "reference" else _find_uses(request, found, shown)),
    }
    return render(request, "web/article.html", context)


def _today(request: PageRequest) -> date:
    return request.hall.now().astimezone().date()


def _choose_version(item: LibraryItem) -> ItemVersion:
    """The one in force, else the last."""
    return next((version for version in item.versions if version.holds), item.versions[-1])


def _compare(item: LibraryItem, old: str, new: str) -> dict[str, Any]:
    """Two versions side by side, the older first; by default the last two."""
    versions = item.versions
    if len(versions) < 2:
        return {}
    before = item.find_version(old) or versions[-2]
    after = item.find_version(new) or versions[-1]
    if versions.index(before) > versions.index(after):
        before, after = after, before
    return {
        "before": before,
        "after": after,
        "words": compare_texts(before.text, after.text) if old or new else (),
    }


def _find_uses(request: PageRequest, item: LibraryItem, version: ItemVersion) -> dict[str, Any]:
    """The drafts and the signed contracts that hold this version, as far as they are seen."""
    held = TextVersion(item.kind, item.id, version.name, version.since, version.until)
    drafts = [state for state in list_visible_states(request) if held.is_in(state.held)]
    seen = find_visible_entities(request)
    signed = [
        contract
        for contract in request.hall.holdings.list_holding(held)
        if contract.stored.reference.finess_ej in seen
    ]
    names = {state.finess_ej: state.name for state in list_visible_states(request)}
    return {
        "drafts": sorted(drafts, key=lambda state: state.legal_name)[:_SHOWN],
        "drafts_count": len(drafts),
        "signed": [_tell_signed(contract, names) for contract in signed[:_SHOWN]],
        "signed_count": len(signed),
        "still_read": len(request.hall.project.profile_paths()) - _count_known(request),
    }


def _count_known(request: PageRequest) -> int:
    return len(request.hall.states.known())


def _tell_signed(contract: HoldingContract, names: dict[str, str]) -> tuple[HoldingContract, str]:
    """The contract, and the establishment whose versions it is among; empty without one."""
    return contract, names.get(contract.stored.reference.finess_ej, "")
