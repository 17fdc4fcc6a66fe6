"""What may become of a profile of a batch, in words."""

FAILED = ("refuse", "echec")
"""No new document; errors say why."""

OUTCOME_LABELS = {
    "produit": "produit",
    "inchange": "inchangé",
    "a_jour": "à jour",
    "sans_objet": "rien à modifier",
    "sans_contrat": "sans contrat en vigueur",
    "refuse": "refusé",
    "echec": "en échec",
}
"""Each ``task.OutcomeStatus``, and « a_jour » (not looked at), in the order in which it is told."""

COUNTED_OUTCOMES = {
    **OUTCOME_LABELS,
    "produit": "produits",
    "inchange": "inchangés",
    "sans_objet": "sans rien à modifier",
    "refuse": "refusés",
}
"""The same after a number above one."""
