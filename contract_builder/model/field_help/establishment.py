"""The keys of ``model.establishment``: what each is called and means."""

from collections.abc import Mapping

from contract_builder.model.field_help.entry import FieldHelp as Help

ESTABLISHMENT_HELP: Mapping[str, Mapping[str, Help]] = {
    "Address": {
        "voie": Help("Voie", "Numéro et nom de la voie."),
        "complement": Help("Complément", "Bâtiment, lieu-dit, boîte postale."),
        "code_postal": Help("Code postal", "Cinq chiffres.", "Entre guillemets."),
        "commune": Help("Commune", "Nom de la commune, sans le code postal."),
    },
    "Representative": {
        "fonction": Help(
            "Fonction", "La fonction de qui signe, jamais son nom : « Le directeur général »."
        ),
        "civilite_fonction": Help(
            "Fonction dans une phrase",
            "La fonction avec son article en minuscules : « la directrice ». Vide : d’après la "
            "fonction.",
        ),
        "qualite": Help("Qualité", "À quel titre cette personne signe : « représentant légal »."),
    },
    "Agency": {
        "nom": Help("Nom de l’agence", "Agence régionale de santé qui signe le contrat."),
        "adresse": Help("Adresse de l’agence", "Son siège."),
        "representant": Help(
            "Représentant de l’agence", "Qui signe pour l’agence, par sa fonction."
        ),
        "region": Help("Région", "Nom de la région."),
    },
    "RegionalPlan": {
        "intitule": Help("Intitulé du projet régional", "Nom du projet régional de santé (PRS)."),
        "periode": Help("Période", "Années du projet : 2023-2028."),
        "arrete_numero": Help("N° de l’arrêté", "Numéro de l’arrêté qui adopte le projet."),
        "arrete_date": Help("Date de l’arrêté", "Jour de l’arrêté qui adopte le projet."),
    },
    "NamedBody": {
        "nom": Help("Nom", "Nom complet de l’organisme."),
    },
    "Deliberation": {
        "instance": Help("Instance", "Qui s’est prononcé : conseil de surveillance, directoire…"),
        "nature": Help("Nature", "Ce qui a été rendu : avis, délibération, concertation."),
        "date": Help("Date", "Jour où l’instance s’est prononcée."),
    },
    "University": {
        "nom": Help("Université", "Université à laquelle le CHU est lié."),
        "convention_date": Help(
            "Date de la convention", "Jour de la convention hospitalo-universitaire."
        ),
    },
    "Establishment": {
        "finess_ej": Help(
            "N° FINESS de l’entité juridique",
            "Neuf caractères ; il rattache aussi les données des registres.",
            "Entre guillemets.",
        ),
        "siren": Help("N° SIREN", "Neuf chiffres.", "Entre guillemets."),
        "siret": Help("N° SIRET", "Quatorze chiffres.", "Entre guillemets."),
        "raison_sociale": Help(
            "Raison sociale", "Nom officiel de l’entité juridique, tel qu’il sera imprimé."
        ),
        "nom_court": Help("Nom court", "Nom usuel, pour les en-têtes et les listes."),
        "statut": Help(
            "Statut",
            "Public, privé d’intérêt collectif (espic), privé à but lucratif ou privé à but non "
            "lucratif : il décide des clauses.",
        ),
        "statut_juridique": Help(
            "Statut juridique en toutes lettres",
            "Par exemple « établissement public de santé de ressort communal ».",
        ),
        "categorie": Help(
            "Catégorie",
            "Sorte d’établissement : elle décide des clauses, et parfois des cibles des fiches.",
        ),
        "adresse": Help("Adresse du siège", "Adresse de l’entité juridique."),
        "departement": Help("Département", "Code du département : 31.", "Entre guillemets."),
        "representant": Help(
            "Représentant", "Qui signe pour l’établissement, par sa fonction, sans nom de personne."
        ),
        "deliberations": Help(
            "Avis et délibérations",
            "Ceux des instances, visés par le contrat : attendus d’un établissement public.",
        ),
        "service_public": Help(
            "Service public hospitalier", "Oui si l’établissement assure ce service."
        ),
        "soins_longue_duree": Help(
            "Soins de longue durée",
            "Oui s’il en dispense : une annexe est alors signée avec le département.",
        ),
        "centre_sante": Help("Centre de santé", "Oui si l’entité gère un centre de santé."),
        "recherche": Help("Recherche", "Oui si l’établissement mène une activité de recherche."),
        "antenne_urgences": Help(
            "Antenne de médecine d’urgence",
            "Oui si une structure d’urgences fonctionne en antenne.",
        ),
        "soins_palliatifs": Help(
            "Soins palliatifs", "Oui s’il en dispense ; une mission « palliatif » le dit aussi."
        ),
        "universite": Help("Université", "Pour un CHU : université et date de la convention."),
        "departement_cosignataire": Help(
            "Département cosignataire",
            "Collectivité qui signe l’annexe des soins de longue durée, et elle seule.",
        ),
        "departement_representant": Help(
            "Représentant du département",
            "Qui signe pour lui. Vide : le président du conseil départemental.",
        ),
        "produits_assurance_maladie": Help(
            "Produits de l’assurance maladie",
            "Montant reçu des régimes obligatoires au dernier exercice clos, en euros : il fixe le "
            "plafond des pénalités.",
        ),
        "categorie_titulaire": Help(
            "Catégorie de titulaire",
            "Contrat de titulaire d’autorisation seulement : qui est le titulaire.",
        ),
        "activites_biologie": Help(
            "Activités de biologie",
            "Contrat de titulaire d’autorisation seulement : ce que fait le laboratoire.",
        ),
    },
    "HospitalGroup": {
        "nom": Help("Nom du GHT", "Nom du groupement hospitalier de territoire."),
        "role": Help("Place dans le GHT", "Établissement support, ou membre."),
        "support_nom": Help("Établissement support", "Son nom, pour un membre."),
        "support_finess": Help(
            "FINESS du support", "Son numéro d’entité juridique, pour un membre."
        ),
    },
    "CalledParty": {
        "nom": Help("Organisme", "Nom de l’organisme appelé au contrat."),
        "qualite": Help("Qualité", "À quel titre il y est appelé."),
        "representant": Help("Représentant", "Fonction de qui le représente."),
        "clauses": Help("Clauses", "Numéros des articles qui l’engagent. Vide : tous."),
    },
}
