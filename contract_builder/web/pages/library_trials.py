"""What a text of the library would do, shown beside its form: its problems, a contract with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse

from contract_builder.errors import ProblemsError
from contract_builder.model.library import Library
from contract_builder.services.authoring import TrialContract, try_contract, try_library
from contract_builder.services.browsing import read_new_text
from contract_builder.services.placing import PlacedProblem, place_problems
from contract_builder.services.revisable import RevisedText
from contract_builder.web.forms.library_fields import FieldGroup
from contract_builder.web.pages.library_form import SentText, ShownText, show_form
from contract_builder.web.pages.lookup import get_path
from contract_builder.web.requests import PageRequest

REFUSED = 422
_Texts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class TriedTexts:
    """What the library says of changed texts; ``trial`` is None where no contract was asked for."""

    library: Library
    problems: tuple[PlacedProblem, ...]
    trial: TrialContract | None


def try_texts(request: PageRequest, text: RevisedText, texts: _Texts, action: str) -> TriedTexts:
    """The library with the texts; « essayer » with the contract of the chosen establishment too."""
    project = request.hall.project
    found = try_library(project, texts)
    placed = place_problems(text, texts, (*found.problems, *found.added))
    trial, profile = None, request.POST.get("essai", "")
    if action == "essayer" and profile:
        trial = try_contract(project, texts, get_path(request, profile))
    return TriedTexts(found.library, _once(placed), trial)


def show_trial(
    request: PageRequest,
    text: RevisedText,
    sent: SentText,
    texts: _Texts,
    action: str,
    lead: tuple[FieldGroup, ...] = (),
) -> HttpResponse:
    """The form with the problems of its text; « essayer » with a contract that holds it too."""
    tried, profile = try_texts(request, text, texts, action), request.POST.get("essai", "")
    if action == "essayer" and not profile:
        messages.warning(request, "Choisissez un établissement pour l’essai.")
    preview = read_new_text(tried.library, text.kind, text.id, texts)
    shown = ShownText(
        tried.problems, True, tried.trial, profile=profile, sent=sent, preview=preview
    )
    return show_form(request, text, sent.wording, shown, lead)


def show_refused(
    request: PageRequest,
    text: RevisedText,
    sent: SentText,
    texts: _Texts,
    refused: ProblemsError,
    lead: tuple[FieldGroup, ...] = (),
) -> HttpResponse:
    """The form of a text that would break the library: nothing was saved, what was typed stays."""
    messages.error(
        request,
        "Rien n’a été enregistré : la bibliothèque ne serait plus utilisable. Corrigez ce qui "
        "suit ; votre saisie est gardée.",
    )
    placed = place_problems(text, texts, refused.problems)
    shown = ShownText(_once(placed), True, status=REFUSED, sent=sent)
    return show_form(request, text, sent.wording, shown, lead)


def parse_sequence(text: str) -> int:
    """The number of a line of the journal; 0, which none has, for a text that is no number."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 12 else 0


def _once(placed: tuple[PlacedProblem, ...]) -> tuple[PlacedProblem, ...]:
    return tuple(dict.fromkeys(placed))
