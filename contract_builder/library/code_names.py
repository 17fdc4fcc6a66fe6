"""The names of the codes that contracts cite, and the identifiers that the registry gives them.

Names are written as ``library.citations`` reads them: lower case, without accents. An identifier is
the first word of a reference (« CSP L6114-1 »).
"""

CODES: dict[str, str] = {
    "de la sante publique": "CSP",
    "de la sante": "CSP",
    "de la securite sociale": "CSS",
    "de l'action sociale et des familles": "CASF",
    "de l'education": "CEDUC",
    "de justice administrative": "CJA",
    "des relations entre le public et l'administration": "CRPA",
    "general des collectivites territoriales": "CGCT",
    "general de la fonction publique": "CGFP",
    "de la commande publique": "CCP",
    "des juridictions financieres": "CJF",
    "de la construction et de l'habitation": "CCH",
    "de la recherche": "CRECH",
    "de la defense": "CDEF",
    "de la mutualite": "CMUT",
    "de commerce": "CCOM",
    "du travail": "CTRAV",
    "civil": "CCIV",
    "penal": "CPEN",
}

ABBREVIATIONS: frozenset[str] = frozenset(
    {"CSP", "CSS", "CASF", "CEDUC", "CJA", "CRPA", "CGCT", "CGFP", "CCP"}
)

LAWS: dict[str, str] = {
    "loi": "LOI",
    "ordonnance": "ORDONNANCE",
    "decret": "DECRET",
    "arrete": "ARRETE",
    "instruction": "INSTRUCTION",
    "circulaire": "CIRCULAIRE",
}
