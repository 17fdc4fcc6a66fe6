"""The one table of addresses: where each page lies, what it is called, who may see or change it.

``gate`` refuses whatever this table does not allow; which establishments an account sees is
decided in ``pages/lookup``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from contract_builder.web.pages import (
    account,
    accounts,
    agency,
    amended_region,
    amending,
    amending_choices,
    comparing,
    consolidated,
    contracts,
    creating,
    dashboard,
    deciding,
    dispatching,
    errors,
    establishments,
    following,
    guidance,
    health,
    impacts,
    imports,
    joining,
    libraries,
    library_adding,
    library_editing,
    library_items,
    library_plans,
    library_watch,
    logbook,
    lots,
    questions,
    receiving,
    rewording,
    sections,
    sheets,
    tour,
    versions,
)
from contract_builder.web.people import ROLES, Person, Role

View = Callable[..., HttpResponseBase]
EDITORS: tuple[Role, ...] = ("redacteur", "administrateur")
OPERATORS: tuple[Role, ...] = ("operateur", "administrateur")
ADMINISTRATORS: tuple[Role, ...] = ("administrateur",)
SAFE_METHODS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Route:
    """One page; ``changes`` is True for one that may write (anything but GET and HEAD).

    ``readers`` may ask for it, ``writers`` may send it a form; who has no role here is refused.
    ``whole_region`` keeps out accounts of some departments; ``is_public`` is for those who are
    still to enter.
    """

    address: str
    view: View
    name: str
    changes: bool = False
    readers: tuple[Role, ...] = ROLES
    writers: tuple[Role, ...] = EDITORS
    whole_region: bool = False
    is_public: bool = False

    def lets(self, person: Person, method: str) -> bool:
        """True when the person may make this request."""
        if self.whole_region and person.departments is not None:
            return False
        if method in SAFE_METHODS:
            return person.role in self.readers
        return self.changes and person.role in self.writers


ROUTES: tuple[Route, ...] = (
    Route("", dashboard.show, "accueil"),
    Route("a-faire.xlsx", dashboard.export, "accueil-export"),
    Route(
        "a-faire/reporter",
        dashboard.put_off,
        "accueil-reporter",
        changes=True,
        readers=(*EDITORS, "operateur"),
        writers=(*EDITORS, "operateur"),
    ),
    Route("etablissements/", establishments.show_list, "etablissements"),
    Route(
        "etablissements/nouveau",
        creating.create,
        "etablissements-nouveau",
        changes=True,
        readers=(*EDITORS, "operateur"),
        writers=(*EDITORS, "operateur"),
        whole_region=True,
    ),
    Route(
        "etablissements/nouveau/suite",
        creating.follow,
        "etablissements-nouveau-suite",
        changes=True,
        readers=(*EDITORS, "operateur"),
        writers=(*EDITORS, "operateur"),
        whole_region=True,
    ),
    Route("etablissements/export.xlsx", establishments.export, "etablissements-export"),
    Route("etablissements/<str:name>/", establishments.show_one, "etablissement"),
    Route(
        "etablissements/<str:name>/questions",
        questions.ask,
        "etablissement-questions",
        changes=True,
    ),
    Route("etablissements/<str:name>/projet", contracts.show, "etablissement-projet"),
    Route("etablissements/<str:name>/projet/texte", contracts.show_text, "etablissement-texte"),
    Route(
        "etablissements/<str:name>/projet/fichier.<str:kind>",
        contracts.download,
        "etablissement-fichier",
    ),
    Route(
        "etablissements/<str:name>/projet/partie/<str:item>",
        contracts.show_part,
        "etablissement-partie",
    ),
    Route(
        "etablissements/<str:name>/projet/variante/<str:item>",
        rewording.edit,
        "etablissement-variante",
        changes=True,
        readers=EDITORS,
    ),
    Route(
        "etablissements/<str:name>/projet/enregistrer",
        contracts.record,
        "etablissement-enregistrer",
        changes=True,
    ),
    Route("etablissements/<str:name>/versions", versions.show, "etablissement-versions"),
    Route(
        "etablissements/<str:name>/versions/<int:number>/statut",
        versions.change_status,
        "etablissement-statut",
        changes=True,
    ),
    Route(
        "etablissements/<str:name>/versions/<int:number>/signature",
        versions.keep_signed,
        "etablissement-signature",
        changes=True,
    ),
    Route(
        "etablissements/<str:name>/versions/<int:number>/fichier.<str:kind>",
        versions.download,
        "etablissement-version-fichier",
    ),
    Route(
        "etablissements/<str:name>/suivi",
        following.show_one,
        "etablissement-suivi",
        changes=True,
    ),
    Route(
        "etablissements/<str:name>/versions/<int:number>/envois",
        dispatching.show,
        "etablissement-envois",
        changes=True,
    ),
    Route(
        "etablissements/<str:name>/versions/<int:number>/envois/<str:file>",
        dispatching.download,
        "etablissement-envoi-fichier",
    ),
    Route("etablissements/<str:name>/etats", sections.show_states, "etablissement-etats"),
    Route(
        "etablissements/<str:name>/etats/<int:sequence>/reprendre",
        sections.restore,
        "etablissement-reprendre",
        changes=True,
    ),
    Route(
        "etablissements/<str:name>/annexes-jointes/document",
        joining.join,
        "etablissement-annexe",
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
    Route("retours", receiving.show, "retours", changes=True, writers=("relecteur", *EDITORS)),
    Route("retours/commencer", receiving.begin, "retours-commencer", changes=True),
    Route("retours/<slug:key>", deciding.decide, "retours-decider", changes=True),
    Route("retours/<slug:key>/terminer", deciding.finish, "retours-terminer", changes=True),
    Route("retours/<slug:key>/reponse-<int:number>.docx", deciding.download, "retours-reponse"),
    Route("avenants", amending.show, "avenants"),
    Route("avenants/fichier.<str:kind>", amending.download, "avenants-fichier"),
    Route("avenants/page", amending.show_page, "avenants-page"),
    Route("avenants/motifs", amending_choices.keep_reasons, "avenants-motifs", changes=True),
    Route("avenants/niveau", amending_choices.keep_level, "avenants-niveau", changes=True),
    Route("avenants/lot", amended_region.show, "avenants-lot"),
    Route("avenants/lot/<str:name>/<int:rank>", amended_region.download, "avenants-lot-fichier"),
    Route("avenants/texte", consolidated.show, "avenants-texte"),
    Route("avenants/texte/page", consolidated.show_page, "avenants-texte-page"),
    Route("avenants/texte/fichier.<str:kind>", consolidated.download, "avenants-texte-fichier"),
    Route("avenants/enregistrer", amending.record, "avenants-enregistrer", changes=True),
    Route("bibliotheque", libraries.show, "bibliotheque"),
    Route("bibliotheque/a-revoir", library_watch.show, "bibliotheque-a-revoir"),
    Route(
        "bibliotheque/modifier/<str:kind>/<path:item>",
        library_editing.edit,
        "bibliotheque-modifier",
        changes=True,
        readers=ADMINISTRATORS,
        writers=ADMINISTRATORS,
        whole_region=True,
    ),
    Route(
        "bibliotheque/ajouter/<str:kind>",
        library_adding.add,
        "bibliotheque-ajouter",
        changes=True,
        readers=ADMINISTRATORS,
        writers=ADMINISTRATORS,
        whole_region=True,
    ),
    Route("bibliotheque/plans", library_plans.show, "bibliotheque-plans"),
    Route(
        "bibliotheque/plans/<str:plan>",
        library_plans.edit,
        "bibliotheque-plan",
        changes=True,
        readers=ADMINISTRATORS,
        writers=ADMINISTRATORS,
        whole_region=True,
    ),
    Route("bibliotheque/<str:kind>/<path:item>", library_items.show, "bibliotheque-article"),
    Route("impact", impacts.show, "impact"),
    Route("impact.xlsx", impacts.export, "impact-export"),
    Route("lots", lots.show, "lots", changes=True, readers=OPERATORS, writers=OPERATORS),
    Route(
        "lots/<int:number>",
        lots.show_one,
        "lot",
        changes=True,
        readers=OPERATORS,
        writers=OPERATORS,
    ),
    Route("lots/<int:number>/avancement", lots.show_progress, "lot-avancement", readers=OPERATORS),
    Route("lots/<int:number>/synthese", lots.show_report, "lot-synthese", readers=OPERATORS),
    Route("lots/<int:number>/fichier/<str:file>", lots.download, "lot-fichier", readers=OPERATORS),
    Route("suivi", following.show, "suivi"),
    Route(
        "lots/imports",
        imports.show,
        "lots-imports",
        changes=True,
        readers=OPERATORS,
        writers=OPERATORS,
        whole_region=True,
    ),
    Route(
        "lots/imports/<int:number>",
        imports.show_one,
        "lots-import",
        changes=True,
        readers=OPERATORS,
        writers=OPERATORS,
        whole_region=True,
    ),
    Route(
        "lots/imports/<int:number>/avancement",
        imports.show_progress,
        "lots-import-avancement",
        readers=OPERATORS,
        whole_region=True,
    ),
    Route(
        "lots/imports/<int:number>/etablissements/<str:finess>",
        imports.show_entity,
        "lots-import-etablissement",
        readers=OPERATORS,
        whole_region=True,
    ),
    Route("journal", logbook.show, "journal"),
    Route("journal.xlsx", logbook.export, "journal-export"),
    Route("agence/logo", agency.show_logo, "agence-logo", is_public=True),
    Route("agence/couleurs.css", agency.show_style, "agence-couleurs", is_public=True),
    Route("aide", guidance.show_fields, "aide"),
    Route("aide/messages", guidance.show_messages, "aide-messages"),
    Route("accessibilite", guidance.show_accessibility, "accessibilite", is_public=True),
    Route("visite", tour.show, "visite", changes=True, writers=ROLES),
    Route("sante", health.show, "sante", is_public=True),
    Route("compte/connexion", account.log_in, "compte-connexion", changes=True, is_public=True),
    Route("compte", account.show_own, "compte", changes=True, writers=ROLES),
    Route(
        "comptes",
        accounts.show,
        "comptes",
        changes=True,
        readers=ADMINISTRATORS,
        writers=ADMINISTRATORS,
        whole_region=True,
    ),
    Route(
        "comptes/<str:account>",
        accounts.show_one,
        "comptes-un",
        changes=True,
        readers=ADMINISTRATORS,
        writers=ADMINISTRATORS,
        whole_region=True,
    ),
    Route("compte/annuaire", account.ask_directory, "compte-annuaire", is_public=True),
    Route(
        "compte/annuaire/retour",
        account.come_from_directory,
        "compte-annuaire-retour",
        is_public=True,
    ),
    Route("compte/deconnexion", account.log_out, "compte-deconnexion", changes=True, writers=ROLES),
)

urlpatterns: list[URLPattern] = [path(r.address, r.view, name=r.name) for r in ROUTES]
handler400 = errors.show_bad_request
handler404 = errors.show_not_found
handler500 = errors.show_fault
