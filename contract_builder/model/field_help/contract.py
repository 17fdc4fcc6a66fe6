"""The keys of ``model.profile``: what each is called and means."""

from collections.abc import Mapping

from contract_builder.model.field_help.entry import FieldHelp as Help

CONTRACT_HELP: Mapping[str, Mapping[str, Help]] = {
    "Profile": {
        "fictif": Help("Établissement fictif", "Oui pour une démonstration ou un essai."),
        "groupe": Help(
            "Groupe",
            "GHT ou groupe privé dont les établissements partagent des données.",
            "C’est le nom d’un fichier de « _groupes ».",
        ),
        "type_contrat": Help(
            "Type de contrat",
            "Le plan suivi : établissement de santé, titulaire d’autorisation ou partenaire.",
        ),
        "campagne": Help("Campagne", "Génération de contrats, avec ses fiches et ses années."),
        "ars": Help("Agence régionale de santé", "D’ordinaire écrite une fois pour la région."),
        "prs": Help("Projet régional de santé", "D’ordinaire écrit une fois pour la région."),
        "caisse_pivot": Help("Caisse pivot", "Caisse d’assurance maladie informée du contrat."),
        "tribunal": Help("Tribunal", "Juridiction compétente en cas de différend."),
        "contrat": Help("Contrat", "Son code, ses dates, son état."),
        "etablissement": Help("Établissement", "L’entité juridique qui signe."),
        "sites": Help("Sites", "Établissements géographiques pour lesquels l’entité agit."),
        "capacites": Help("Capacités", "Lits et places, une ligne par année."),
        "urgences": Help("Passages aux urgences", "Une ligne par année."),
        "ght": Help("GHT", "Groupement hospitalier de territoire, s’il y a lieu."),
        "autorisations": Help("Autorisations", "Activités de soins et équipements autorisés."),
        "reconnaissances": Help("Reconnaissances contractuelles", "Annexe A3 du contrat."),
        "missions": Help("Missions", "Missions de service public et activités spécifiques."),
        "fiches": Help(
            "Fiches choisies", "Objectifs stratégiques du contrat, une fiche pour chacun."
        ),
        "engagements": Help("Engagements propres", "Ceux de l’établissement, par thème."),
        "financements": Help("Financements", "Une ligne par crédit, avec ses montants par année."),
        "cooperations": Help("Coopérations", "GHT, GCS, conventions, réseaux."),
        "autres_contrats": Help(
            "Autres contrats", "Contrats et accords en cours, énumérés à l’annexe A7."
        ),
        "appeles_au_contrat": Help(
            "Organismes appelés au contrat", "Collectivités, universités, professionnels…"
        ),
        "annexes_jointes": Help("Fichiers joints", "Fichiers PDF portés après les annexes."),
        "neants": Help("Néants déclarés", "Ce dont l’établissement n’a pas, et qui le déclare."),
        "motifs_avenant": Help(
            "Motifs de l’avenant",
            "Pourquoi l’avenant modifie chaque article ou annexe, désigné par son numéro : 6, A5.",
        ),
        "niveaux_avenant": Help(
            "Niveaux de l’avenant",
            "Ce que l’avenant remplace d’un passage, où vous l’avez choisi : les mots, l’alinéa, "
            "l’article entier. La page de l’avenant le propose.",
        ),
        "variantes": Help(
            "Clauses négociées", "Rédactions propres à l’établissement, avec leur origine."
        ),
        "valeurs_negociees": Help(
            "Valeurs négociées", "D’où viennent les valeurs que l’autre partie a fait changer."
        ),
    },
    "ChosenLevel": {
        "ou": Help("Article ou annexe", "Son numéro, ou le code de la fiche : 6.2, A5, visas."),
        "partie": Help("Partie", "Le titre de la partie où l’alinéa se compte, s’il y en a une."),
        "alinea": Help("Alinéa", "Son rang, tel que l’avenant le compte."),
        "tableau": Help("Tableau", "Son titre."),
        "rang": Help("Rang du tableau", "Parmi ceux qui portent le même titre, ou aucun."),
        "niveau": Help("Ce qui est remplacé", "Les mots, l’alinéa, l’article entier…"),
    },
    "NegotiatedVariant": {
        "clause": Help("Clause", "Identifiant de la clause de la bibliothèque."),
        "texte": Help("Texte", "La rédaction de l’établissement, avec ses champs."),
        "titre": Help("Titre", "Vide : celui de la bibliothèque."),
        "retiree": Help("Retirée", "Oui si la clause est retirée de ce contrat."),
        "version": Help(
            "Version négociée", "Date d’entrée en vigueur de la clause qui a été négociée."
        ),
        "empreinte": Help(
            "Empreinte du texte standard", "Ce qui fait reconnaître le texte qui a été négocié."
        ),
        "etat": Help("État", "Négociée d’accord entre les parties, ou proposée par l’agence."),
        "auteur": Help("Proposée par", "Qui a proposé ces mots, tel que le fichier le nomme."),
        "decide_par": Help("Décidée par", "Fonction de qui a décidé."),
        "le": Help("Date", "Jour de la décision."),
        "fichier": Help("Fichier", "Nom du fichier revenu."),
        "sha256": Help(
            "Empreinte du fichier", "Ce qui reconnaît le fichier revenu.", "Son SHA-256."
        ),
        "motif": Help("Motif", "Pourquoi, s’il y a lieu."),
    },
    "NegotiatedValue": {
        "champ": Help("Champ", "Clé de la valeur dans ce profil."),
        "avant": Help("Avant", "Ce que le contrat envoyé imprimait."),
        "apres": Help("Après", "Ce qui a été décidé."),
        "etat": Help("État", "Négociée d’accord entre les parties, ou proposée par l’agence."),
        "auteur": Help("Proposée par", "Qui l’a proposée, tel que le fichier le nomme."),
        "decide_par": Help("Décidée par", "Fonction de qui a décidé."),
        "le": Help("Date", "Jour de la décision."),
        "fichier": Help("Fichier", "Nom du fichier revenu."),
        "sha256": Help(
            "Empreinte du fichier", "Ce qui reconnaît le fichier revenu.", "Son SHA-256."
        ),
        "motif": Help("Motif", "Pourquoi, s’il y a lieu."),
    },
    "ContractTerms": {
        "code": Help(
            "Code du contrat",
            "Numéro FINESS de l’entité suivi de deux lettres : AA au premier contrat, puis AB.",
        ),
        "date_effet": Help(
            "Date d’effet",
            "Premier jour du contrat : il choisit le droit et les clauses.",
        ),
        "date_fin": Help("Dernier jour", "Vide : cinq ans moins un jour après la date d’effet."),
        "version": Help("Version", "Numéro du projet. Vide : 1."),
        "statut": Help("État", "Projet, envoyé ou signé. Vide : projet."),
        "date_demande": Help(
            "Date de la demande", "Jour où l’établissement a demandé le renouvellement."
        ),
        "exemplaires": Help("Exemplaires", "Nombre d’originaux. Vide : un par signataire."),
        "lieu_signature": Help("Lieu de signature", "Commune où le contrat est signé."),
        "date_signature": Help("Date de signature", "Quand elle est connue."),
        "suite_de": Help(
            "Contrat précédent",
            "La version du registre à laquelle ce contrat fait suite, par exemple 990000011@3 ; "
            "vide pour un premier contrat.",
        ),
    },
    "BaselineValue": {
        "annee": Help("Année", "Année de la valeur de départ, celle que demande la fiche."),
        "valeur": Help("Valeur", "La valeur de départ, un nombre."),
        "source": Help("Source", "D’où vient cette valeur."),
    },
    "NegotiatedTarget": {
        "annee": Help("Année", "Année de la cible."),
        "indicateur": Help("Indicateur", "Celui qui est visé, si la fiche en compte plusieurs."),
        "texte": Help("Cible", "La cible telle qu’elle sera imprimée."),
        "type": Help("Type", "Sorte de valeur. Vide : celle de la fiche."),
        "valeur": Help("Valeur", "La valeur seule, d’accord avec le texte."),
        "motif": Help("Motif", "Pourquoi la cible diffère de celle de la fiche."),
        "auteur": Help("Auteur", "Fonction de qui l’a fixée."),
        "derogation": Help("Dérogation", "Pourquoi l’agence consent à moins que la fiche."),
    },
    "ChosenSheet": {
        "code": Help("Fiche", "Code de la fiche : CPOM_OS_6."),
        "volet": Help("Volet", "Celui qui est retenu, si la fiche en propose plusieurs."),
        "deja_engage": Help("Déjà engagé", "Oui si l’établissement a commencé avant le contrat."),
        "valeurs_initiales": Help("Valeurs de départ", "Celles dont dépendent les cibles."),
        "cibles": Help("Cibles négociées", "Elles remplacent celles de la fiche."),
    },
    "Commitment": {
        "cle": Help(
            "Clé", "Nom court et stable de la ligne. Vide : elle est reconnue à son texte."
        ),
        "theme": Help("Thème", "Article 4 : sous quel titre l’engagement est imprimé."),
        "intitule": Help("Engagement", "Ce à quoi l’établissement s’engage."),
        "echeance": Help("Échéance", "Année où il doit être tenu."),
        "indicateur": Help("Indicateur", "Ce qui permet de le constater."),
    },
    "FundingOrder": {
        "numero": Help("N° de l’arrêté", "Numéro de l’arrêté qui accorde le crédit."),
        "date": Help("Date de l’arrêté", "Son jour."),
    },
    "FundingLine": {
        "cle": Help("Clé", "Nom court et stable de la ligne, en minuscules et tirets."),
        "enveloppe": Help("Enveloppe", "FIR, MIGAC, DAF, dotations d’urgences…"),
        "sous_enveloppe": Help("Sous-enveloppe", "Sanitaire, MIG, AC…"),
        "mode": Help(
            "Mode de délégation",
            "BASE et CR : reconductible ; CNR : non reconductible ; JPE : justifié au premier "
            "euro.",
        ),
        "mesure": Help("Mesure", "Code de la mesure, tel que l’agence le donne."),
        "libelle": Help("Libellé", "Intitulé de la ligne au contrat."),
        "niveau1": Help("Niveau 1", "Mission, avec son compte entre parenthèses."),
        "niveau2": Help("Niveau 2", "Sous-mission."),
        "payeur": Help("Payeur", "Organisme qui verse."),
        "arrete": Help("Arrêté", "Numéro et date de l’arrêté qui accorde le crédit."),
        "montants": Help("Montants", "Un montant en euros par année du contrat."),
        "versements": Help("Versements", "Échéances connues, en clair."),
        "fiche": Help("Fiche financée", "Code d’une fiche choisie."),
        "mission": Help("Mission financée", "Intitulé d’une des missions, mot pour mot."),
    },
    "Cooperation": {
        "cle": Help(
            "Clé", "Nom court et stable de la ligne. Vide : elle est reconnue à son texte."
        ),
        "nature": Help("Nature", "Sorte de coopération."),
        "intitule": Help("Intitulé", "Nom de la coopération."),
        "partenaires": Help("Partenaires", "Établissements et organismes liés."),
        "objet": Help("Objet", "Ce que font les partenaires ensemble."),
        "date": Help("Date", "Jour de la convention."),
        "condition_autorisation": Help(
            "Condition d’une autorisation", "Oui si une autorisation en dépend."
        ),
    },
    "OtherContract": {
        "cle": Help(
            "Clé", "Nom court et stable de la ligne. Vide : elle est reconnue à son texte."
        ),
        "nature": Help("Nature", "Sorte de contrat ou d’accord."),
        "intitule": Help("Intitulé", "Nom du contrat ou de l’accord."),
        "cocontractant": Help("Cocontractant", "Avec qui il est conclu."),
        "date_debut": Help("Premier jour", "Début du contrat."),
        "date_fin": Help("Dernier jour", "Terme du contrat."),
    },
    "JoinedAnnex": {
        "fichier": Help("Fichier", "Chemin du PDF, depuis le dossier du profil."),
        "titre": Help("Titre", "Titre du document joint."),
        "nature": Help("Nature", "Sorte de document. Vide : autre."),
        "annexe": Help("Annexe", "Numéro de l’annexe qu’il complète : A0."),
    },
}
