"""The one table of addresses: where each page lies, what it is called, who may see or change it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from contract_builder.web.pages import (
    amending,
    comparing,
    contracts,
    dashboard,
    errors,
    establishments,
    health,
    libraries,
    logbook,
    receiving,
    sections,
    sheets,
)

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Route:
    """One page; ``changes`` is True for one that may write."""

    address: str
    view: View
    name: str
    changes: bool = False


ROUTES: tuple[Route, ...] = (
    Route("", dashboard.show, "accueil"),
    Route("etablissements/", establishments.show_list, "etablissements"),
    Route("etablissements/nouveau", establishments.create, "etablissements-nouveau", changes=True),
    Route("etablissements/export.xlsx", establishments.export, "etablissements-export"),
    Route("etablissements/<str:name>/", establishments.show_one, "etablissement"),
    Route("etablissements/<str:name>/projet", contracts.show, "etablissement-projet"),
    Route("etablissements/<str:name>/projet/texte", contracts.show_text, "etablissement-texte"),
    Route(
        "etablissements/<str:name>/projet/fichier.<str:kind>",
        contracts.download,
        "etablissement-fichier",
    ),
    Route(
        "etablissements/<str:name>/projet/enregistrer",
        contracts.record,
        "etablissement-enregistrer",
        changes=True,
    ),
    Route("etablissements/<str:name>/versions", contracts.show_versions, "etablissement-versions"),
    Route(
        "etablissements/<str:name>/versions/<int:number>/statut",
        contracts.change_status,
        "etablissement-statut",
        changes=True,
    ),
    Route("etablissements/<str:name>/etats", sections.show_states, "etablissement-etats"),
    Route(
        "etablissements/<str:name>/etats/<int:sequence>/reprendre",
        sections.restore,
        "etablissement-reprendre",
        changes=True,
    ),
    Route("etablissements/<str:name>/fiches", sheets.show, "etablissement-fiches", changes=True),
    Route(
        "etablissements/<str:name>/lignes/<slug:slug>",
        sections.edit_lines,
        "etablissement-lignes",
        changes=True,
    ),
    Route(
        "etablissements/<str:name>/<slug:slug>",
        sections.edit,
        "etablissement-section",
        changes=True,
    ),
    Route("comparer", comparing.show, "comparer"),
    Route("comparer/page", comparing.show_page, "comparer-page"),
    Route("comparer/fichier.<str:kind>", comparing.download, "comparer-fichier"),
    Route("retours", receiving.show, "retours", changes=True),
    Route("avenants", amending.show, "avenants"),
    Route("avenants/fichier.<str:kind>", amending.download, "avenants-fichier"),
    Route("avenants/enregistrer", amending.record, "avenants-enregistrer", changes=True),
    Route("bibliotheque", libraries.show, "bibliotheque"),
    Route("bibliotheque/<str:kind>/<str:item>", libraries.show_item, "bibliotheque-article"),
    Route("impact", libraries.show_impact, "impact"),
    Route("journal", logbook.show, "journal"),
    Route("sante", health.show, "sante"),
)

urlpatterns: list[URLPattern] = [path(r.address, r.view, name=r.name) for r in ROUTES]
handler400 = errors.show_bad_request
handler404 = errors.show_not_found
handler500 = errors.show_fault
