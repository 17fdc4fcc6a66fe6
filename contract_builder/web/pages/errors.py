"""What is shown instead of a page: not found, refused, our own fault."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_TEMPLATE = "web/refus.html"


def show_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The address names nothing."""
    told = {
        "heading": "Page introuvable",
        "text": "Cette adresse ne mène à rien. Revenez à la "
        "liste des établissements, ou à ce qui vous attend.",
    }
    return render(request, _TEMPLATE, told, status=404)


def show_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request is malformed, or names another host."""
    told = {"heading": "Demande refusée", "text": "Cette demande est mal formée."}
    return render(request, _TEMPLATE, told, status=400)


def show_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not come from one of our pages, or from one that is too old."""
    told = {
        "heading": "Formulaire périmé",
        "text": "Ce formulaire est trop ancien ou ne vient pas "
        "de cette application. Rien n’a été enregistré : rouvrez la page et recommencez.",
    }
    return render(request, _TEMPLATE, told, status=403)


def show_fault(request: HttpRequest) -> HttpResponse:
    """A fault of the software."""
    told = {
        "heading": "Erreur du logiciel",
        "text": "Vous n’en êtes pas responsable, et rien de "
        "ce qui était enregistré n’est perdu. Signalez-la à votre administrateur.",
    }
    return render(request, _TEMPLATE, told, status=500)
