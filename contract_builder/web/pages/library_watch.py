"""« Références à revoir »: the articles of law that texts in use cite and that ask for a look."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contract_builder.services.watching import list_watched_articles
from contract_builder.web.forms.days import find_typed_day
from contract_builder.web.requests import PageRequest


@require_safe
def show(request: PageRequest) -> HttpResponse:
    """What is gone first, then what was not read for long, with the texts that cite it."""
    today = request.hall.now().astimezone().date()
    on = find_typed_day(request.GET.get("le", "")) or today
    problems = request.hall.review.problems(on)
    watched = list_watched_articles(request.hall.project, on, problems)
    context = {
        "on": on,
        "gone": [item for item in watched if item.is_gone],
        "others": [item for item in watched if not item.is_gone],
    }
    return render(request, "web/references_a_revoir.html", context)
