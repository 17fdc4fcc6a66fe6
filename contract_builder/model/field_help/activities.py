"""The keys of ``model.activities`` and ``model.absences``: what each is called and means."""

from collections.abc import Mapping

from contract_builder.model.field_help.entry import FieldHelp as Help

ACTIVITY_HELP: Mapping[str, Mapping[str, Help]] = {
    "Site": {
        "finess_et": Help(
            "FINESS du site", "Numéro géographique, neuf caractères.", "Entre guillemets."
        ),
        "nom": Help("Nom du site", "Tel qu’il sera imprimé."),
        "categorie": Help("Catégorie FINESS", "Code de la catégorie : 355.", "Entre guillemets."),
        "adresse": Help("Adresse du site", "Voie, code postal, commune."),
    },
    "Beds": {
        "lits": Help("Lits", "Lits d’hospitalisation complète, nombre entier."),
        "places": Help("Places", "Places d’hospitalisation partielle, nombre entier."),
    },
    "Capacity": {
        "annee": Help("Année", "Année de la capacité : une ligne par année."),
        "medecine": Help("Médecine", "Lits et places de médecine."),
        "chirurgie": Help("Chirurgie", "Lits et places de chirurgie."),
        "obstetrique": Help("Obstétrique", "Lits et places de gynécologie obstétrique."),
        "smr": Help("SMR", "Lits et places de soins médicaux et de réadaptation."),
        "psychiatrie": Help("Psychiatrie", "Lits et places de psychiatrie."),
        "had": Help("HAD", "Places d’hospitalisation à domicile."),
        "usld": Help("USLD", "Lits de l’unité de soins de longue durée."),
        "source": Help("Source", "D’où viennent ces nombres : la SAE et son année."),
    },
    "EmergencyVisits": {
        "annee": Help("Année", "Année des passages : une ligne par année."),
        "passages": Help("Passages", "Nombre de passages aux urgences dans l’année."),
        "source": Help("Source", "D’où vient ce nombre."),
    },
    "Authorisation": {
        "numero_arhgos": Help("N° ARHGOS", "Numéro de l’autorisation : il sert de clé à la ligne."),
        "activite": Help("Activité", "Code de la nomenclature des autorisations."),
        "modalite": Help("Modalité", "Code de la nomenclature ; MO000 pour aucune."),
        "mention": Help("Mention", "Code de la nomenclature ; ME000 pour aucune."),
        "pts": Help(
            "Pratique thérapeutique spécifique", "Code de la nomenclature ; PTS00 pour aucune."
        ),
        "declaration": Help("Déclaration", "Code de la nomenclature ; DE000 pour aucune."),
        "finess_et": Help("Site", "Numéro FINESS du site où l’activité est autorisée."),
        "statut": Help("Statut", "01 : en attente de mise en œuvre ; 02 : autorisée."),
        "date_autorisation": Help("Date d’autorisation", "Jour de la décision."),
        "date_renouvellement": Help("Date de renouvellement", "Jour du dernier renouvellement."),
        "date_effet": Help("Date d’effet", "Premier jour de l’autorisation."),
        "date_limite": Help(
            "Date limite de mise en œuvre", "Jour avant lequel l’activité doit commencer."
        ),
        "date_mise_en_oeuvre": Help("Date de mise en œuvre", "Jour où l’activité a commencé."),
        "date_fin": Help("Fin de validité", "Dernier jour de l’autorisation."),
        "date_caducite": Help("Date de caducité", "Jour où l’autorisation est devenue caduque."),
        "equipements": Help(
            "Équipements", "Nombre d’appareils par sorte : irm, scanner, tep, temp, caisson…"
        ),
    },
    "Recognition": {
        "code": Help("Code", "Code de la reconnaissance : il sert de clé à la ligne."),
        "activite": Help("Activité", "Activité reconnue, en toutes lettres."),
        "modalite": Help("Modalité", "Modalité, en toutes lettres."),
        "forme": Help("Forme", "Forme de l’activité, en toutes lettres."),
        "capacite": Help("Capacité", "Nombre de lits, de places ou d’équipes reconnus."),
        "date_debut": Help("Premier jour", "Premier jour de la reconnaissance."),
        "date_fin": Help("Dernier jour", "Dernier jour de la reconnaissance."),
    },
    "Mission": {
        "cle": Help(
            "Clé", "Nom court et stable de la ligne. Vide : elle est reconnue à son texte."
        ),
        "nature": Help("Nature", "Sorte de mission de service public ou d’activité spécifique."),
        "intitule": Help("Intitulé", "Nom de la mission, tel qu’il sera imprimé."),
        "site": Help("Site", "Numéro FINESS du site concerné. Vide : tous."),
        "modalites": Help("Modalités", "Comment la mission est exercée."),
        "references": Help("Références", "Articles qui la fondent : CSS L162-22-5."),
    },
    "DeclaredAbsence": {
        "rubrique": Help("Rubrique", "Ce dont il n’y a pas, ou l’activité non soumise."),
        "declare_par": Help("Déclaré par", "Fonction de qui le déclare."),
        "le": Help("Date", "Jour de la déclaration."),
        "motif": Help("Motif", "Pourquoi, s’il y a lieu."),
    },
}
