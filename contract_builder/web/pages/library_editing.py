"""The editor of the library: a text reworded, checked beside, tried, dated, taken back."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from contract_builder.errors import ProblemsError, UserError
from contract_builder.services.adding import withdraw_addition
from contract_builder.services.authoring import StaleLibraryError
from contract_builder.services.browsing import name_reference
from contract_builder.services.presenting import is_article_name
from contract_builder.services.revisable import (
    RevisedText,
    TextWording,
    describe_last_state,
    list_revised_texts,
    open_new_article,
    open_revised_text,
)
from contract_builder.services.revising import (
    SavedBy,
    compose_change,
    compose_following,
    merge_wordings,
    restore_wording,
    save_following,
    save_revision,
    withdraw_version,
)
from contract_builder.web.forms.days import parse_typed_day
from contract_builder.web.forms.target_rows import list_ranks
from contract_builder.web.pages.library_form import (
    SentText,
    ShownText,
    list_groups,
    read_sent,
    show_form,
    tell_both,
)
from contract_builder.web.pages.library_items import KIND_WORDS
from contract_builder.web.pages.library_trials import (
    REFUSED,
    parse_sequence,
    show_refused,
    show_trial,
)
from contract_builder.web.pages.lost_texts import NextPlace, show_lost
from contract_builder.web.remedies import error_text
from contract_builder.web.requests import PageRequest

_STALE = 409


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, kind: str, item: str) -> HttpResponse:
    """One version of a clause or sheet, or an article of the registry, in a form."""
    text = _find(request, kind, item)
    if text is None and request.method == "POST" and kind in KIND_WORDS:
        return _show_lost(request, kind, item)
    if text is None:
        raise Http404(item)
    if request.method != "POST":
        return show_form(request, text, text.wording, ShownText())
    sent = read_sent(request, text)
    if sent.is_being_made:
        return show_form(request, text, sent.wording, ShownText(sent=sent))
    try:
        return _act(request, text, sent)
    except StaleLibraryError as stale:
        return _show_stale(request, text, sent, stale)
    except ProblemsError as refused:
        return show_refused(request, text, sent, _texts(request, text, sent.wording), refused)
    except UserError as refused:
        messages.error(request, error_text(refused))
        return show_form(request, text, sent.wording, ShownText(status=REFUSED, sent=sent))


def _act(request: PageRequest, text: RevisedText, sent: SentText) -> HttpResponse:
    """Does what the button says; UserError for a condition that cannot be read."""
    action = request.POST.get("_action", "verifier")
    if sent.faults:
        raise UserError("La condition est à compléter ; rien n’a été enregistré.")
    if action in _SAVING or action.startswith("reprendre:"):
        return _save(request, text, sent.wording, action)
    return show_trial(request, text, sent, _texts(request, text, sent.wording), action)


def _find(request: PageRequest, kind: str, item: str) -> RevisedText | None:
    project = request.hall.project
    version = request.GET.get("version", "")
    text = open_revised_text(project, kind, item, version) if kind in KIND_WORDS else None
    if text is None and kind == "reference" and not version and is_article_name(item):
        library, _ = project.open_library()
        code, _, article = item.partition(" ")
        if not library.reference_versions(code, article):
            return open_new_article(project, name_reference(code, article))
    return text


def _show_lost(request: PageRequest, kind: str, item: str) -> HttpResponse:
    """What was typed of a version that is gone, and the versions that it may go into."""
    project = request.hall.project
    others = list_revised_texts(project, kind, item)
    labels: dict[str, str] = {}
    for text in others[:1]:
        for group in list_groups(request, text, text.wording.tree):
            labels |= {f"champ.{field.path}": field.label for field in group.iter_fields()}
    address = reverse("bibliotheque-modifier", args=[kind, item])
    places = [
        NextPlace(
            f"{address}?{urlencode({'version': text.version})}",
            f"la version {text.version_words}",
            text.file.sha256,
        )
        for text in others
    ]
    told = describe_last_state(project, request.POST.get("_fichier", ""))
    what = f"{KIND_WORDS[kind].lower()} « {item} »"
    back = reverse("bibliotheque")
    return show_lost(request, what, back, labels=labels, told=told, places=places)


def _texts(
    request: PageRequest, text: RevisedText, wording: TextWording
) -> Mapping[str, str | None]:
    """The files as they would be: another version when a first day is typed."""
    first_day = _first_day(request)
    if first_day is None or text.kind in ("fiche", "campagne"):
        return compose_change(text, wording)
    return compose_following(text, wording, first_day)


def _first_day(request: PageRequest) -> date | None:
    return parse_typed_day(request.POST.get("premier_jour", "").strip())


def _save(
    request: PageRequest, text: RevisedText, wording: TextWording, action: str
) -> HttpResponse:
    hall = request.hall
    by = SavedBy(hall.actor, hall.now(), request.POST.get("_vu", ""))
    version = text.version
    if action == "version":
        first_day = _first_day(request)
        if first_day is None:
            raise UserError("Donnez le premier jour de la nouvelle version.")
        save_following(hall.project, text, wording, by, first_day)
        version = first_day.isoformat()
    elif action == "retirer" and text.is_only:
        withdraw_addition(hall.project, text, by, hall.holdings)
        messages.success(request, f"« {text.id} » est retirée de la bibliothèque.")
        return redirect("bibliotheque")
    elif action == "retirer":
        withdraw_version(hall.project, text, by, hall.holdings)
        version = ""
    elif action.startswith("reprendre:"):
        sequence = parse_sequence(action.partition(":")[2])
        restore_wording(hall.project, text, sequence, by, hall.holdings)
    else:
        save_revision(hall.project, text, wording, by, hall.holdings)
        version = version or str(wording.tree.get("depuis", ""))
    messages.success(request, _SAVING.get(action, "L’état choisi est repris."))
    if text.kind == "campagne":
        return redirect("bibliotheque-plans")
    response = redirect("bibliotheque-article", kind=text.kind, item=text.id)
    if version:
        response["Location"] += f"?version={version}"
    return response


_SAVING = {
    "enregistrer": "Le texte est enregistré.",
    "version": "La nouvelle version est enregistrée ; la précédente prend fin la veille.",
    "retirer": "La version est retirée ; la précédente est de nouveau sans fin.",
}


def _show_stale(
    request: PageRequest, text: RevisedText, sent: SentText, stale: StaleLibraryError
) -> HttpResponse:
    """Both states: what the file says now, and what was typed, which stays in the form."""
    messages.error(request, str(stale))
    current = _find(request, text.kind, text.id)
    if current is None:
        return _show_lost(request, text.kind, text.id)
    seen = request.POST.get("_vu", "")
    mine = merge_wordings(request.hall.project, current, seen, sent.wording)
    shown = ShownText(
        both=tell_both(request, current, mine),
        status=_STALE,
        sent=SentText(mine, ranks=list_ranks(mine.tree)),
    )
    return show_form(request, current, mine, shown)
