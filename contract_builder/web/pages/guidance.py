"""« Aide »: every field and every message, from the texts that the checks use; accessibility."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.services.cataloguing import list_problem_entries
from contract_builder.web.forms.fields import shape_of_key
from contract_builder.web.forms.sections import SECTIONS
from contract_builder.web.requests import PageRequest


@require_safe
def show_fields(request: PageRequest) -> HttpResponse:
    """The fields of each section of the forms: what each is, how it is written."""
    sections = [
        {"section": section, "shapes": [shape_of_key(key) for key in section.keys]}
        for section in SECTIONS
    ]
    return render(request, "web/aide.html", {"sections": sections})


@require_safe
def show_messages(request: PageRequest) -> HttpResponse:
    """The messages that answer to the words, by chapter."""
    words = request.GET.get("q", "").strip()
    found = [entry for entry in list_problem_entries() if entry.answers(words)]
    chapters: list[dict[str, Any]] = [
        {"title": title, "entries": list(entries)}
        for title, entries in groupby(found, key=lambda entry: entry.chapter)
    ]
    told = {"chapters": chapters, "words": words, "count": len(found)}
    return render(request, "web/aide_messages.html", told)


@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration: what was tried and how, what is known to lack, whom to tell."""
    return render(request, "web/accessibilite.html")
