"""A library without any problem: what a test changes in it is all that the test is about."""

SHEET = "fiches/region/F_1.md"
CLAUSE = "---\nid: {0}\ntitre: T\nen_vigueur_du: {1}\nen_vigueur_au: {2}\n{3}---\n\n{4}\n"
OUTLINE = """\
type: etablissement
titre: Contrat
en_vigueur_du: 2018-01-01
contenu:
  - {partie: article, id: objet, titre: Objet, clauses: [objet]}
  - {partie: annexe, id: annexe, titre: Annexe, clauses: []}
"""
REGISTRY = """\
code: CSP
intitule: Code de la santé publique
etat_au: 2023-12-06
references:
  - {article: L6114-1, objet: Un, statut: en_vigueur, depuis: 2010-01-01, verifie_le: 2023-12-06}
  - {article: L6114-2, objet: Deux, statut: en_vigueur, depuis: 2010-01-01, verifie_le: 2023-12-06}
"""
SOURCES = "documents:\n  fiches: {intitule: Fiches de la région}\n"
CAMPAIGN = """\
id: region
intitule: CPOM
type: etablissement
date_effet_du: 2025-01-01
annees: [2025, 2026]
fiches: region
categories:
  - {id: grands, libelle: Grands, si: toujours}
"""
FICHE = """\
---
code: F_1
intitule: Fiche
objectifs: [Un objectif]
indicateur: {type: quantitatif, definition: Nombre}
cibles:
  - categorie: grands
    valeurs:
      2025: {texte: Une étape, type: jalon}
      2026: {texte: "2 projets", type: nombre, valeur: 2, unite: projets}
source: {document: fiches, lignes: "1-9"}
---

Contexte.
"""


def clause(name="objet", start="2018-01-01", end="", header="", text="Texte."):
    return CLAUSE.format(name, start, end, header, text)


SOUND = {
    "clause_library/corps/objet.md": clause(),
    "clause_library/outlines/etablissement.yaml": OUTLINE,
    "clause_library/references/csp.yaml": REGISTRY,
    "clause_library/sources.yaml": SOURCES,
    "clause_library/campagnes/region.yaml": CAMPAIGN,
    SHEET: FICHE,
}


def changed(name, old, new):
    """The sound file ``name`` with one text replaced."""
    assert SOUND[name].count(old) == 1
    return {name: SOUND[name].replace(old, new)}
