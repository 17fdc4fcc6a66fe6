"""Who may read and change which page, told beside the application: another page fails."""

from contract_builder.web.people import ROLES

NAME = "valmont"
ELSEWHERE = "ailleurs"
EDITORS = {"redacteur", "administrateur"}
CREATORS = {*EDITORS, "operateur"}
OPERATORS = {"operateur", "administrateur"}
LOTS = ("lots", "lot", "lot-avancement", "lot-synthese", "lot-fichier")
IMPORTS = (
    "lots-imports",
    "lots-import",
    "lots-import-avancement",
    "lots-import-etablissement",
)
ACCOUNTS = ("comptes", "comptes-un")
ADMINISTRATORS = {"administrateur"}
READ_BY = {
    "accueil-reporter": CREATORS,
    "etablissements-nouveau": CREATORS,
    "etablissements-nouveau-suite": CREATORS,
    "compte-deconnexion": set(ROLES),
    **dict.fromkeys(ACCOUNTS, ADMINISTRATORS),
    "etablissement-variante": EDITORS,
    **dict.fromkeys((*LOTS, *IMPORTS), OPERATORS),
    "bibliotheque-modifier": {"administrateur"},
    "bibliotheque-ajouter": {"administrateur"},
    "bibliotheque-plan": {"administrateur"},
}
CHANGED_BY = {
    "accueil-reporter": CREATORS,
    "etablissements-nouveau": CREATORS,
    "etablissements-nouveau-suite": CREATORS,
    "etablissement-enregistrer": EDITORS,
    "etablissement-statut": EDITORS,
    "etablissement-variante": EDITORS,
    "etablissement-signature": EDITORS,
    "etablissement-envois": EDITORS,
    "etablissement-reprendre": EDITORS,
    "etablissement-questions": EDITORS,
    "etablissement-annexe": EDITORS,
    "etablissement-section": EDITORS,
    "etablissement-fiches": EDITORS,
    "etablissement-lignes": EDITORS,
    "etablissement-suivi": EDITORS,
    "avenants-enregistrer": EDITORS,
    "avenants-motifs": EDITORS,
    "avenants-niveau": EDITORS,
    "retours": {"relecteur", *EDITORS},
    "retours-commencer": EDITORS,
    "retours-decider": EDITORS,
    "retours-terminer": EDITORS,
    "bibliotheque-modifier": {"administrateur"},
    "bibliotheque-ajouter": {"administrateur"},
    "bibliotheque-plan": {"administrateur"},
    "lots": OPERATORS,
    "lot": OPERATORS,
    "lots-imports": OPERATORS,
    "lots-import": OPERATORS,
    **dict.fromkeys(ACCOUNTS, ADMINISTRATORS),
    "compte": set(ROLES),
    "compte-deconnexion": set(ROLES),
    "visite": set(ROLES),
}
BY_PROVIDER = {"compte-annuaire", "compte-annuaire-retour"}
"""Pages of those who are still to enter, where an identity provider is asked: none is here."""
ABSENT = {*BY_PROVIDER, "agence-logo"}
"""Public pages of what is not here."""
OF_VERSIONS = {
    "etablissement-envois",
    "etablissement-envoi-fichier",
    "etablissement-version-fichier",
    "avenants-lot-fichier",
}
"""Pages of a version: neither establishment has one here."""
FRAMED = {
    "etablissement-texte",
    "comparer-page",
    "avenants-page",
    "avenants-texte-page",
    "lot-synthese",
}
"""Whole documents, shown in a frame of ours under a policy of their own."""
AGENCY = ("agence-logo", "agence-couleurs")
PUBLIC = {"sante", "compte-connexion", "accessibilite", *AGENCY, *BY_PROVIDER}
ARGUMENTS = {
    "<str:plan>": "etablissement",
    "<str:name>": NAME,
    "<str:kind>/<path:item>": "clause/rien",
    "<str:account>": "relecteur",
    "<str:kind>/<str:item>": "clause/rien",
    "<str:item>": "objet",
    "<str:kind>": "docx",
    "<int:number>": "1",
    "<int:sequence>": "1",
    "<int:rank>": "0",
    "<slug:slug>": "identite",
    "<slug:key>": "inconnu",
    "<str:file>": "synthese.html",
    "<str:finess>": "990000010",
}
