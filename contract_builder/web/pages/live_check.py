"""What changes in the page of a section as one types: messages, totals, figures; nothing else.

The page keeps its controls, and what is being typed in them: the answer is made of the places that
change alone, which htmx puts where they belong by their names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from contract_builder.services.editing import ProfileFile, try_change
from contract_builder.web.forms.bound import BoundTable, FieldMessage
from contract_builder.web.forms.editing import (
    SectionForm,
    bind_section,
    parse_section,
    place_in_form,
    without_ranks,
)
from contract_builder.web.forms.grids import lay_grid
from contract_builder.web.pages.effects import tell_effects
from contract_builder.web.pages.section_page import Asked, SectionPage, Told
from contract_builder.web.requests import PageRequest


@dataclass(frozen=True, slots=True)
class Slot:
    """What is said now in one place of the page that stands."""

    name: str
    messages: tuple[FieldMessage, ...]


def tell_at_once(request: PageRequest, page: SectionPage, file: ProfileFile) -> HttpResponse:
    """What changes in the page that stands, as one types: messages, totals, figures."""
    project, section = request.hall.project, page.section
    typed = page.tidy(parse_section(section, request.POST, file, with_ranks=True))
    tree = without_ranks(typed)
    trial = try_change(project, file, tree)
    profile = trial.prepared.profile
    told: Told = {}
    if profile is not None:
        told = page.tell(Asked(request, file, tree, trial.prepared, profile))
    form = bind_section(section, page.pad(tree, told), trial, {}, ())
    listed = tuple((place_in_form(typed, path), message) for path, message in form.listed)
    slots = {name: Slot(name, ()) for name in request.POST.getlist("_dit")}
    for name, message in listed:
        slots[name] = Slot(name, (*slots.get(name, Slot(name, ())).messages, message))
    shown = replace(form, listed=listed)
    context: dict[str, Any] = {
        **told,
        "form": shown,
        "slots": tuple(slots.values()),
        "sums": tuple(_iter_totals(form)),
        "effects": tell_effects(request, file, section, trial),
        **(page.lay(shown, told) if profile is not None else {}),
    }
    return render(request, "web/constats.html", context)


def _iter_totals(form: SectionForm) -> Iterator[tuple[str, Decimal | None]]:
    """Each sum of the page, by the name of its place."""
    for part in form.parts:
        grid = lay_grid(part) if isinstance(part, BoundTable) else None
        for column in grid.columns if grid else ():
            if column.has_total:
                yield f"{part.name}-total-{column.path}", column.total
