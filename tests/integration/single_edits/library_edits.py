# ruff: noqa: E501 – one edit a line, as a table
"""Single edits of clauses, sheets and outlines, as a drafter makes them between two versions."""

from tests.integration.single_edits.workbench import TextEdit

_BODY = "clause_library/corps/"
_PENALTIES = f"{_BODY}penalites-montant@2020-11-20.md"
_QUALITY = f"{_BODY}engagement-qualite@2020-11-20.md"
_OBJECT = f"{_BODY}objet-contrat.md"
_USERS = f"{_BODY}engagement-usagers.md"
_TERMS = f"{_BODY}definitions.md"
_AMENDMENTS = f"{_BODY}revision-avenants@2020-11-20.md"
_MID_TERM = f"{_BODY}evaluation-mi-parcours@2020-11-20.md"
_OUTLINE = "clause_library/outlines/etablissement.yaml"
_SHEET = "fiches/occitanie-2025-2029/CPOM_OS_6.md"

_FIRST = (
    "| Premier palier | Exécution tardive ou incomplète, sans conséquence sur les prises en charge "
    "| 1 % |\n"
)
_SECOND = (
    "| Deuxième palier | Inexécution qui prive d’effet un objectif ou un engagement, ou manquement "
    "du premier palier répété après mise en demeure | 3 % |\n"
)
_THIRD = (
    "| Troisième palier | Inexécution délibérée, déclaration sciemment inexacte ou atteinte à la "
    "continuité ou à la sécurité des soins | 5 % |\n"
)
_FIRST_PARAGRAPH = (
    "Le Contrat est révisé par avenant, comme le prévoit l’article L. 6114-1 du code de la santé publique."
    " La Partie qui demande une révision en adresse à l’autre le projet motivé ; celle-ci y répond dans un délai de deux mois. Le silence vaut désaccord et ne modifie pas le Contrat."
)
_NEW_TIER = "| Palier d’avertissement | Premier retard de moins d’un mois | 0,5 % |\n"


def _one(file: str, old: str, new: str) -> list[TextEdit]:
    return [TextEdit(file, old, new)]


ONE_CHANGE: dict[str, list[TextEdit]] = {
    # un tableau de clause
    "palier de moins, le premier": _one(_PENALTIES, _FIRST, ""),
    "palier de moins, au milieu": _one(_PENALTIES, _SECOND, ""),
    "palier de moins, le dernier": _one(_PENALTIES, _THIRD, ""),
    "palier de plus, au début": _one(_PENALTIES, _FIRST, _NEW_TIER + _FIRST),
    "palier de plus, au milieu": _one(_PENALTIES, _SECOND, _SECOND + _NEW_TIER),
    "palier de plus, à la fin": _one(_PENALTIES, _THIRD, _THIRD + _NEW_TIER),
    "palier d’un autre taux": _one(_PENALTIES, "| 3 % |", "| 4 % |"),
    "palier renommé": _one(_PENALTIES, "| Deuxième palier |", "| Palier intermédiaire |"),
    "palier d’autres caractères": _one(_PENALTIES, "Exécution tardive ou incomplète, sans conséquence", "Retard sans conséquence"),
    "colonne renommée": _one(_PENALTIES, "| Pénalité maximale |", "| Plafond |"),
    # les mots
    "un mot": _one(_USERS, "Il développe l’éducation", "Il renforce l’éducation"),
    "un délai": _one(_AMENDMENTS, "dans un délai de deux mois", "dans un délai de trois mois"),
    "un plafond": _one(_PENALTIES, "ne peut dépasser 5 %", "ne peut dépasser 4 %"),
    "un mot en gras": _one(_TERMS, "**cible**", "**objectif chiffré**"),
    "un refus": _one(_AMENDMENTS, "Le silence vaut désaccord", "Le silence vaut accord"),
    "un intitulé": _one(_USERS, "titre: Droits et participation des usagers", "titre: Place des usagers"),
    "un intitulé d’article": _one(_OUTLINE, "titre: Révision et avenants", "titre: Révision du contrat"),
    "un numéro d’une liste ordonnée": _one(_MID_TERM, "au plus tard deux mois avant", "au plus tard trois mois avant"),
    # les alinéas
    "alinéa de plus": _one(_AMENDMENTS, "Chaque avenant est numéroté et daté.", "L’Agence publie les avenants signés sur son site, dans le mois.\n\nChaque avenant est numéroté et daté."),
    "alinéa de moins": _one(_PENALTIES, "Le total des pénalités prononcées au cours d’une même année ne peut dépasser 5 % de ces produits.\n", ""),
    "alinéa scindé": _one(_USERS, "y prête. Il développe", "y prête.\n\nIl développe"),
    "alinéa scindé en trois": _one(_AMENDMENTS, "daté. Il désigne les articles et les annexes modifiés, en donne la nouvelle rédaction et laisse inchangées les autres dispositions. Il est", "daté.\n\nIl désigne les articles et les annexes modifiés, en donne la nouvelle rédaction et laisse inchangées les autres dispositions.\n\nIl est"),
    "alinéas réunis": _one(_QUALITY, "présenté à ses instances.\n\nIl s’engage", "présenté à ses instances. Il s’engage"),
    "alinéa déplacé": [
        TextEdit(_AMENDMENTS, f"{_FIRST_PARAGRAPH}\n\n", ""),
        TextEdit(_AMENDMENTS, "sans objet.\n", f"sans objet.\n\n{_FIRST_PARAGRAPH}\n"),
    ],
    # les listes
    "point de plus": _one(_OBJECT, "- établit le cadre", "- prépare la transition écologique des sites ;\n- établit le cadre"),
    "point de moins": _one(_OBJECT, "- valide les orientations et les projets stratégiques de l’Établissement qu’il décrit ;\n", ""),
    "point reformulé": _one(_OBJECT, "- établit le cadre du dialogue de gestion entre les Parties.", "- fixe le cadre du dialogue entre les Parties."),
    "point abaissé d’un niveau": _one(_OBJECT, "- valide les orientations", "  - valide les orientations"),
    "dernier point abaissé d’un niveau": _one(_OBJECT, "- établit le cadre", "  - établit le cadre"),
    "liste devenue des alinéas": _one(_OBJECT, "- traduit à l’échelle de l’Établissement les orientations du projet régional de santé et de ses programmes ;\n- valide les orientations et les projets stratégiques de l’Établissement qu’il décrit ;\n- organise l’amélioration de la gestion interne de l’Établissement, du service rendu aux usagers et de l’efficience de la dépense ;\n- reconnaît les missions et les activités spécifiques qui ne relèvent pas du régime des autorisations ;\n- sert de support aux financements énumérés à l’[](#annexe-financiere) ;\n- établit le cadre", "traduit à l’échelle de l’Établissement les orientations du projet régional de santé et de ses programmes ;\n\nvalide les orientations et les projets stratégiques de l’Établissement qu’il décrit ;\n\norganise l’amélioration de la gestion interne de l’Établissement, du service rendu aux usagers et de l’efficience de la dépense ;\n\nreconnaît les missions et les activités spécifiques qui ne relèvent pas du régime des autorisations ;\n\nsert de support aux financements énumérés à l’[](#annexe-financiere) ;\n\nétablit le cadre"),
    "alinéas devenus une liste": _one(_USERS, "Il mesure la satisfaction", "- Il mesure la satisfaction"),
    "point devenu alinéa": _one(_QUALITY, "- sécuriser le circuit des médicaments et des dispositifs médicaux.", "\nsécuriser le circuit des médicaments et des dispositifs médicaux."),
    # les clauses
    "clause de moins": _one(_OUTLINE, "    clauses: [objet-contrat, fondements, definitions]", "    clauses: [objet-contrat, fondements]"),
    "clause passée dans un autre article": [
        TextEdit(_OUTLINE, "clauses: [objet-contrat, fondements, definitions]", "clauses: [objet-contrat, fondements]"),
        TextEdit(_OUTLINE, "clauses: [revision-avenants, revision-annexes]", "clauses: [revision-avenants, revision-annexes, definitions]"),
    ],
    "clause passée dans l’article voisin": [
        TextEdit(_OUTLINE, "clauses: [objet-contrat, fondements, definitions]", "clauses: [objet-contrat, fondements]"),
        TextEdit(_OUTLINE, "    clauses:\n      - perimetre-activites\n", "    clauses:\n      - definitions\n      - perimetre-activites\n"),
    ],
    "clauses interverties": _one(_OUTLINE, "clauses: [revision-avenants, revision-annexes]", "clauses: [revision-annexes, revision-avenants]"),
    # une fiche
    "définition d’un indicateur": _one(_SHEET, "Nombre de programmes d’ETP. Cet indicateur correspond au", "Nombre de programmes d’ETP. Il correspond au"),
    "intitulé d’une fiche": _one(_SHEET, "intitule: Nombre de programmes d’ETP", "intitule: Programmes d’ETP déclarés"),
    "partenaire de moins": _one(_SHEET, "  - professionnels de santé de l’établissement\n", ""),
    "unité d’un indicateur": _one(_SHEET, "formule: {unite: Nombre de programmes d’ETP}", "formule: {unite: Nombre de programmes}"),
    "période d’une fiche": _one(_SHEET, "  periode: 2025-2029", "  periode: 2025-2030"),
}  # fmt: skip

MOVES: dict[str, list[TextEdit]] = {
    "paliers dans un autre ordre": _one(_PENALTIES, _FIRST + _SECOND + _THIRD, _THIRD + _FIRST + _SECOND),
    "deux paliers intervertis": _one(_PENALTIES, _FIRST + _SECOND, _SECOND + _FIRST),
}  # fmt: skip
