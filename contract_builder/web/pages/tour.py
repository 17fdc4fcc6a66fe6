"""« Visite guidée »: eight steps on the real pages, kept for each person, left and taken again."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from contract_builder.services.surveying import ProfileState
from contract_builder.services.touring import find_tour_facts
from contract_builder.web.pages.field_links import link_problem
from contract_builder.web.pages.lookup import list_visible_paths, list_visible_states
from contract_builder.web.requests import PageRequest
from contract_builder.web.tours.models import Tour
from contract_builder.web.tours.steps import (
    STEPS,
    Ground,
    ShownStep,
    choose_ground,
    lay_steps,
)

_GAP = "donnee-manquante"
_SLUGS = frozenset(step.slug for step in STEPS)


@dataclass(frozen=True, slots=True)
class ShownTour:
    """The tour of who asks: the name of its ``place`` and its words, its steps, the one to do now.

    ``current`` is None once all are done. ``has_begun`` and ``is_left`` tell whether the frame of
    every page shows the step.
    """

    place: str
    where: str
    steps: tuple[ShownStep, ...]
    current: ShownStep | None
    has_begun: bool
    is_left: bool

    @property
    def is_shown(self) -> bool:
        """True when the frame of every page shows the current step."""
        return self.has_begun and not self.is_left and self.current is not None


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: PageRequest) -> HttpResponse:
    """The eight steps; a form begins, marks one as done, leaves, takes up or begins again."""
    if request.method == "POST":
        return _act(request)
    told = {"shown": find_tour(request), "is_reading": _is_reading(request)}
    return render(request, "web/visite.html", told)


def _is_reading(request: PageRequest) -> bool:
    return len(list_visible_states(request)) < len(list_visible_paths(request))


def _act(request: PageRequest) -> HttpResponse:
    tour, _ = Tour.objects.get_or_create(person=request.visitor.name)
    shown = find_tour(request)
    tour.place = shown.place if shown else ""
    asked, step = request.POST.get("action", ""), request.POST.get("etape", "")
    if asked == "recommencer":
        tour.seen = ""
    elif asked == "fait" and step in _SLUGS:
        tour.seen = " ".join(sorted({*tour.seen.split(), step}))
    tour.is_left = asked == "quitter"
    tour.save()
    if asked == "quitter":
        return redirect("accueil")
    shown = find_tour(request)
    if asked == "fait" and shown is not None and shown.current is not None:
        return redirect(shown.current.link)
    return redirect("visite")


def find_tour(request: PageRequest) -> ShownTour | None:
    """The tour of who asks; None without a fictitious establishment, or as long as it is not read.

    The establishment does not change once the tour has begun, whatever is filled in there.
    """
    kept = Tour.objects.filter(person=request.visitor.name).first()
    state = choose_ground(list_visible_states(request), kept.place if kept else "")
    if state is None or (state.name != (kept.place if kept else "") and _is_reading(request)):
        return None
    facts = find_tour_facts(request.hall.project, state.name, state.finess_ej)
    ground = Ground(state.name, _find_gap(state), facts)
    seen = frozenset(kept.seen.split()) if kept else frozenset()
    steps = lay_steps(ground, seen)
    current = next((step for step in steps if not step.is_done), None)
    has_begun, is_left = kept is not None, kept is not None and kept.is_left
    return ShownTour(state.name, state.legal_name, steps, current, has_begun, is_left)


def may_offer_tour(request: PageRequest) -> bool:
    """True for who never began the tour, where every establishment that was read is fictitious."""
    profiles = [state.profile for state in list_visible_states(request) if state.profile]
    if not profiles or not all(profile.fictif for profile in profiles):
        return False
    return not Tour.objects.filter(person=request.visitor.name).exists()


def tell_tour(request: PageRequest) -> dict[str, object]:
    """For the frame of every page: the tour, looked for when it is shown alone.

    Nothing for who did not begin one, or left it: that costs one look in the database.
    """
    return {"tour": SimpleLazyObject(lambda: _find_shown(request))}


def _find_shown(request: PageRequest) -> ShownTour | None:
    person = getattr(request, "visitor", None)
    if person is None:
        return None
    if not Tour.objects.filter(person=person.name, is_left=False).exists():
        return None
    return find_tour(request)


def _find_gap(state: ProfileState) -> str:
    """The field of the first gap that a form can fill; else the first section."""
    for path, problem in state.located:
        link = link_problem(state.name, path, problem).link
        if problem.code == _GAP and link:
            return link
    return reverse("etablissement-section", args=[state.name, "identite"])
