"""What was typed on a text that is gone meanwhile: shown whole, never lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from contract_builder.web.requests import PageRequest

_GONE = 409
_LABELS = {
    "texte": "Texte",
    "titre": "Titre",
    "motif": "Motif",
    "auteur": "Qui les propose",
}
_HIDDEN = ("si.", "cible.", "_")


@dataclass(frozen=True, slots=True)
class NextPlace:
    """Where what was typed may go on: a page that takes the same form, and what it is called."""

    address: str
    label: str
    seen: str


def show_lost(
    request: PageRequest,
    what: str,
    back: str,
    *,
    labels: Mapping[str, str] | None = None,
    told: str = "",
    places: Sequence[NextPlace] = (),
) -> HttpResponse:
    """What was typed of ``what``, by the label of each field; ``told`` says how it went.

    ``labels`` are those of the fields by their names in the form, ``places`` where to go on.
    """
    known = {**_LABELS, **(labels or {})}
    typed = [
        (known.get(name, ""), value, name)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and not name.startswith(_HIDDEN) and name != "csrfmiddlewaretoken"
    ]
    context = {
        "what": what,
        "back": back,
        "told": told,
        "places": places,
        "typed": [(label, value) for label, value, _ in typed if label],
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "_vu", "_action", "_fichier")
        ],
    }
    return render(request, "web/saisie_gardee.html", context, status=_GONE)
