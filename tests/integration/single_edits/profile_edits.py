# ruff: noqa: E501 – one edit a line, as a table
"""Single edits of a profile, by what a negotiator would call them."""

from tests.integration.single_edits.workbench import (
    ProfileData,
    ProfileEdit,
    at,
    drop,
    insert,
    move,
    put,
)

_SITE: ProfileData = {
    "finess_et": "990000135",
    "nom": "Centre de consultations du Port (fictif)",
    "categorie": "101",
    "adresse": {"voie": "1 quai Neuf", "code_postal": "99000", "commune": "Exempleville"},
}
_MISSION: ProfileData = {
    "nature": "specifique",
    "intitule": "Centre de ressources sur l’autisme",
    "site": "990000051",
    "modalites": "Équipe ouverte du lundi au vendredi",
    "references": [],
}
_COMMITMENT: ProfileData = {
    "theme": "qualite",
    "intitule": "Publier chaque trimestre les délais de premier rendez-vous",
    "echeance": "2028",
    "indicateur": "Délais publiés",
}
_COOPERATION: ProfileData = {
    "nature": "convention",
    "intitule": "Convention de télé-expertise dermatologique",
    "partenaires": ["Maison de santé des Vignes (fictive)"],
    "objet": "Avis à distance pour les médecins traitants",
    "date": "2025-02-03",
    "condition_autorisation": "non",
}
_OTHER: ProfileData = {
    "nature": "ARS",
    "intitule": "Convention relative à la prévention du suicide",
    "cocontractant": "Agence régionale de santé de démonstration",
    "date_debut": "2024-10-01",
    "date_fin": "2027-09-30",
}
_RECOGNITION: ProfileData = {
    "code": "99-99-RC00003",
    "activite": "Addictologie",
    "modalite": "Équipe de liaison",
    "forme": "Pas de forme",
    "capacite": "1",
    "date_debut": "2025-07-01",
    "date_fin": "2030-06-30",
}
_CALLED: ProfileData = {
    "nom": "Union régionale des kinésithérapeutes (fictive)",
    "qualite": "union professionnelle",
    "representant": "La présidente de l’union",
    "clauses": ["Sorties d’hospitalisation"],
}
_DELIBERATION: ProfileData = {"instance": "commission des usagers", "nature": "avis",
                              "date": "2025-05-27"}  # fmt: skip
_AUTHORISATION: ProfileData = {
    "numero_arhgos": "99-99-0990",
    "activite": "QA001",
    "modalite": "MO000",
    "mention": "ME000",
    "pts": "PTS00",
    "declaration": "DE015",
    "finess_et": "990000044",
    "statut": "02",
    "date_autorisation": "2024-06-11",
    "date_effet": "2024-07-01",
    "date_mise_en_oeuvre": "2024-07-01",
    "date_fin": "2031-06-30",
}


def _line(key: str, envelope: str, years: range) -> ProfileData:
    return {
        "cle": key,
        "enveloppe": envelope,
        "mode": "CNR",
        "libelle": f"Soutien nouveau {key}",
        "payeur": "Agence régionale de santé de démonstration",
        "montants": {str(year): "12500.00" for year in years},
    }


_RENAMED_SITE = "Hôpital des Remparts (fictif)"
_LISTS = {
    "site": ("sites", _SITE),
    "mission": ("missions", _MISSION),
    "engagement": ("engagements", _COMMITMENT),
    "coopération": ("cooperations", _COOPERATION),
    "autre contrat": ("autres_contrats", _OTHER),
    "reconnaissance": ("reconnaissances", _RECOGNITION),
    "organisme appelé": ("appeles_au_contrat", _CALLED),
    "délibération": ("etablissement.deliberations", _DELIBERATION),
}


def _lists() -> dict[str, ProfileEdit]:
    """A line more at the start, in the middle and at the end of each list."""
    edits: dict[str, ProfileEdit] = {}
    for name, (path, value) in _LISTS.items():
        edits[f"{name} de plus, au début"] = insert(f"{path}.0", value)
        edits[f"{name} de plus, en deuxième"] = insert(f"{path}.1", value)
        edits[f"{name} de plus, à la fin"] = insert(f"{path}.99", value)
    return edits


def _double_years(data: ProfileData) -> None:
    amounts = at(data, "financements.2.montants")
    for year in amounts:
        amounts[year] = "284000.00"


ONE_CHANGE: dict[str, ProfileEdit] = {
    **_lists(),
    # sites
    "site renommé": put("sites.0.nom", _RENAMED_SITE),
    "site sans autorisation renommé": put("sites.4.nom", "Dialyse du Marché (fictive)"),
    "site d’une autre adresse": put("sites.1.adresse.voie", "5 rue des Berceaux"),
    "site d’une autre catégorie": put("sites.1.categorie", "355"),
    # délibérations
    "contrat qui prend effet plus tard": put("contrat.date_effet", "2025-09-15"),
    "délibération d’un autre jour": put("etablissement.deliberations.1.date", "2025-05-14"),
    "délibération d’une autre nature": put("etablissement.deliberations.0.nature", "avis"),
    "délibération d’une autre instance": put("etablissement.deliberations.2.instance",
                                             "comité technique d’établissement"),
    "délibération de moins, la première": drop("etablissement.deliberations.0"),
    "délibération de moins, au milieu": drop("etablissement.deliberations.1"),
    # engagements
    "engagement de moins, le premier d’un thème": drop("engagements.0"),
    "engagement de moins, le dernier d’un thème": drop("engagements.1"),
    "engagement d’achat de moins": drop("engagements.2"),
    "engagement reformulé": put("engagements.0.intitule",
                                "Obtenir la certification de la Haute Autorité de santé, sans "
                                "réserve, sur tous les sites"),
    "engagement écrit autrement": put("engagements.1.intitule", "Former tous les agents au geste vert"),
    "engagement d’une autre échéance": put("engagements.1.echeance", "2028"),
    "engagement d’un autre indicateur": put("engagements.4.indicateur", "Taux d’absentéisme"),
    "engagement sans indicateur": put("engagements.4.indicateur", ""),
    "engagement sans échéance": put("engagements.4.echeance", ""),
    # missions
    "mission de moins, la première": drop("missions.0"),
    "mission de moins, au milieu": drop("missions.2"),
    "mission de moins, la dernière": drop("missions.5"),
    "mission reformulée": put("missions.3.intitule",
                              "Permanence des soins en chirurgie viscérale et en imagerie"),
    "mission d’un autre site": put("missions.4.site", "990000044"),
    "mission d’autres modalités": put("missions.1.modalites", "Régulation médicale continue"),
    "mission d’une autre nature": put("missions.5.nature", "MIG"),
    # coopérations
    "coopération de moins, la première": drop("cooperations.1"),
    "coopération de moins, au milieu": drop("cooperations.3"),
    "coopération de moins, la dernière": drop("cooperations.5"),
    "coopération d’un autre objet": put("cooperations.4.objet", "Stérilisation commune"),
    "coopération d’un autre intitulé": put("cooperations.4.intitule", "GCS Stérilisation (fictif)"),
    "coopération d’un partenaire de plus": put("cooperations.4.partenaires",
                                               ["Clinique des Essais (fictive)",
                                                "Clinique du Parc (fictive)"]),
    "coopération d’une autre date": put("cooperations.4.date", "2020-03-14"),
    "coopération devenue une condition": put("cooperations.3.condition_autorisation", "oui"),
    # autres contrats
    "autre contrat de moins, au milieu": drop("autres_contrats.1"),
    "autre contrat de moins, le dernier": drop("autres_contrats.3"),
    "autre contrat d’un autre intitulé": put("autres_contrats.2.intitule",
                                             "Convention d’accompagnement des blocs"),
    "autre contrat d’une autre fin": put("autres_contrats.2.date_fin", "2027-12-31"),
    "autre contrat d’un autre cocontractant": put("autres_contrats.3.cocontractant",
                                                  "Métropole de démonstration (fictive)"),
    # reconnaissances, organismes appelés
    "reconnaissance de moins": drop("reconnaissances.0"),
    "reconnaissance d’une autre capacité": put("reconnaissances.0.capacite", "12"),
    "reconnaissance d’une autre fin": put("reconnaissances.1.date_fin", "2029-06-30"),
    "organisme appelé renommé": put("appeles_au_contrat.0.nom", "Université du Littoral (fictive)"),
    "organisme appelé d’une autre qualité": put("appeles_au_contrat.0.qualite", "université de santé"),
    "organisme appelé pour d’autres clauses": put("appeles_au_contrat.0.clauses", ["Recherche"]),
    # autorisations
    "autorisation de moins": drop("autorisations.1"),
    "première autorisation de moins": drop("autorisations.0"),
    "autorisation de plus": insert("autorisations.3", _AUTHORISATION),
    "autorisation d’une autre fin": put("autorisations.2.date_fin", "2031-12-31"),
    "autorisation d’un autre site": put("autorisations.2.finess_et", "990000036"),
    "autorisation en attente": put("autorisations.3.statut", "01"),
    # financements
    "un montant d’une année": put("financements.0.montants.2026", "99400.00"),
    "un montant négatif de plus": put("financements.10.montants.2026", "-12000.00"),
    "un montant de moins": drop("financements.4.montants.2027"),
    "ligne de financement de plus": insert("financements.3", _line("fir-neuf", "FIR", range(2026, 2027))),
    "ligne de financement d’une année de moins": drop("financements.10"),
    "ligne d’un autre intitulé": put("financements.2.libelle", "Programmes d’éducation des patients"),
    "ligne d’un autre mode": put("financements.2.mode", "CNR"),
    "ligne d’un autre arrêté": put("financements.2.arrete.numero", "DEMO-2025-0399"),
    "ligne d’un autre payeur": put("financements.2.payeur", "Caisse primaire de démonstration"),
    "ligne d’une autre mesure": put("financements.0.mesure", "MI2-3-6"),
    "ligne d’un autre rythme de versement": put("financements.2.versements", "en deux fois"),
    # capacités, urgences, fiche signalétique
    "capacité en lits": put("capacites.1.medecine.lits", "470"),
    "capacité en places": put("capacites.1.chirurgie.places", "56"),
    "passages aux urgences": put("urgences.1.passages", "73001"),
    "autre adresse du siège": put("etablissement.adresse.voie", "14 avenue de la Citadelle"),
    "autre SIRET": put("etablissement.siret", "26990001500026"),
    "autre statut juridique": put("etablissement.statut_juridique", "établissement public de santé"),
    "autre représentant": put("etablissement.representant.fonction", "La directrice générale"),
    # parties, visas
    "établissement renommé": put("etablissement.raison_sociale", "Hôpital universitaire du Nord (fictif)"),
    "agence renommée": put("ars", {
        "nom": "Agence régionale de santé du Littoral",
        "adresse": {"voie": "1 place du Modèle", "code_postal": "99000", "commune": "Exempleville"},
        "representant": {"fonction": "Le directeur général", "civilite_fonction": "le directeur général"},
        "region": "Région de démonstration"}),
    "université renommée": put("etablissement.universite.nom", "l’Université du Littoral (fictive)"),
    "groupement renommé": put("ght.nom", "GHT du Littoral (fictif)"),
    "autre département cosignataire": put("etablissement.departement_cosignataire", "Département du Littoral (fictif)"),
    "autre arrêté du projet régional": put("prs", {
        "intitule": "Projet régional de santé de démonstration", "periode": "2023-2028",
        "arrete_numero": "DEMO-2023-2222", "arrete_date": "2023-10-30"}),
    "autre date de convention universitaire": put("etablissement.universite.convention_date", "2024-01-15"),
    "autre tribunal": put("tribunal", {"nom": "tribunal administratif du Littoral (fictif)"}),
    "autre caisse": put("caisse_pivot", {"nom": "Caisse primaire du Littoral (fictive)"}),
    "autre nombre d’exemplaires": put("contrat.exemplaires", "4"),
    "autre lieu de signature": put("contrat.lieu_signature", "Modèle-sur-Rive"),
    # objectifs et cibles
    "cible négociée": put("fiches.0.cibles.2", {
        "annee": "2027", "texte": "oui", "type": "oui_non", "valeur": "oui",
        "motif": "Dépôt du dossier dans la fenêtre de l’appel à projets, instruction par l’agence",
        "auteur": "le chargé de contractualisation"}),
    "autre motif d’une cible négociée": put("fiches.0.cibles.1.motif", "Rédaction du projet médical"),
}  # fmt: skip
"""One edit, one change of substance."""

SEVERAL_YEARS: dict[str, ProfileEdit] = {
    "les montants d’une ligne": _double_years,
    "fiche de moins": drop("fiches.3"),
    "fiche de plus": insert("fiches.3", {"code": "CPOM_OS_21", "deja_engage": "non"}),
    "ligne de financement de moins": drop("financements.4"),
    "ligne de financement d’une enveloppe neuve": insert(
        "financements.99", _line("daf-neuf", "DAF", range(2025, 2028))
    ),
    "valeur initiale d’une cible calculée": put(
        "fiches.4.valeurs_initiales.mammographies.valeur", "500"
    ),
}
"""One edit whose records are many: one change for each year, all of one line or sheet."""

MOVES: dict[str, ProfileEdit] = {
    "sites dans un autre ordre": move("sites.0", 3),
    "délibérations dans un autre ordre": move("etablissement.deliberations.0", 3),
    "engagements dans un autre ordre": move("engagements.0", 1),
    "missions dans un autre ordre": move("missions.0", 4),
    "mission avant la première": move("missions.3", 0),
    "coopérations dans un autre ordre": move("cooperations.4", 0),
    "autres contrats dans un autre ordre": move("autres_contrats.0", 2),
    "reconnaissances dans un autre ordre": move("reconnaissances.0", 1),
    "financements d’une enveloppe dans un autre ordre": move("financements.0", 3),
    "financements d’un autre versement dans un autre ordre": move("financements.4", 0),
}
"""One edit of order alone: moves, and nothing else."""
