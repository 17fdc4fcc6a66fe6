"""« Bibliothèque »: clauses, sheets and references, found by their words and article numbers."""

from typing import Any, get_args

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.services.browsing import SearchedKind, SearchRequest, list_audiences
from contract_builder.web.forms.days import find_typed_day
from contract_builder.web.requests import PageRequest

_SHOWN = 100
_KINDS: dict[SearchedKind, str] = {
    "clause": "clause",
    "fiche": "fiche",
    "reference": "référence légale",
}


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """The clauses, sheets and references that answer to the words, the best first."""
    hall = request.hall
    audiences = list_audiences(hall.project)
    words, kind, day, audience = (
        request.GET.get(name, "").strip() for name in ("q", "genre", "le", "public")
    )
    on = find_typed_day(day)
    asked = SearchRequest(
        words=words,
        kind=next((known for known in get_args(SearchedKind) if known == kind), None),
        on=on,
        audience=audience if audience in audiences else None,
    )
    answer = hall.search.search(asked)
    context: dict[str, Any] = {
        "words": words,
        "kind": asked.kind or "",
        "day": on.isoformat() if on else "",
        "wrong_day": day if on is None else "",
        "audience": asked.audience or "",
        "audiences": audiences,
        "kinds": _KINDS,
        "count": len(answer.found),
        "items": [(item, _KINDS[item.kind]) for item in answer.found[:_SHOWN]],
        "hidden": max(0, len(answer.found) - _SHOWN),
        "answer": answer,
    }
    return render(request, "web/bibliotheque.html", context)
