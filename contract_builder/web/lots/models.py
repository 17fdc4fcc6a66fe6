# mypy: disable-error-code="var-annotated"
# Without its mypy plug-in, which wants a settings module, django-stubs leaves fields untyped.
"""The tables of lots and imports: what was asked, by whom, and how far the worker is."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from django.db import models

LotState = Literal[
    "a_preparer",
    "preparation",
    "pret",
    "en_attente",
    "en_cours",
    "termine",
    "arrete",
    "interrompu",
    "refuse",
]
LOT_STATE_WORDS: Mapping[LotState, str] = {
    "a_preparer": "attend d’être préparé",
    "preparation": "se prépare",
    "pret": "prêt à lancer",
    "en_attente": "attend son tour",
    "en_cours": "en cours",
    "termine": "terminé",
    "arrete": "arrêté",
    "interrompu": "interrompu",
    "refuse": "impossible",
}
ImportState = Literal[
    "reception",
    "a_lire",
    "lecture",
    "lu",
    "a_appliquer",
    "application",
    "applique",
    "a_annuler",
    "annulation",
    "annule",
    "abandonne",
    "interrompu",
    "refuse",
]
IMPORT_STATE_WORDS: Mapping[ImportState, str] = {
    "reception": "en réception",
    "a_lire": "attend d’être lu",
    "lecture": "se lit",
    "lu": "lu, à choisir",
    "a_appliquer": "attend d’être appliqué",
    "application": "s’applique",
    "applique": "appliqué",
    "a_annuler": "attend d’être repris en arrière",
    "annulation": "se reprend en arrière",
    "annule": "repris en arrière",
    "abandonne": "abandonné",
    "interrompu": "interrompu",
    "refuse": "impossible",
}
WAITING = ("a_preparer", "en_attente", "a_lire", "a_appliquer", "a_annuler")
"""Not begun: a task of the queue will take it."""
AT_WORK = ("preparation", "en_cours", "lecture", "application", "annulation")
"""In the hands of a worker; without one, it was killed."""


class Lot(models.Model):
    """One lot.

    ``names`` are the profiles; ``folder`` that of the products, inside the project. ``plan`` says
    what would be done and why: ``{"a_jour": n, "motifs": [[reason, [names]]], "refus": [...]}``.
    ``failures`` are ``{"profil", "statut", "problemes"}`` and ``counts`` statuses → contracts.
    ``amends`` is True for avenants instead of contracts, in effect on ``effective_on`` when told.
    ``rate`` is contracts a second, ``remaining`` seconds. ``refusal`` says why it is « refuse »,
    ``stop_asked_by`` who asked to stop it.
    """

    actor = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    label = models.CharField(max_length=200)
    names = models.JSONField()
    formats = models.JSONField()
    compare_with = models.CharField(max_length=10, blank=True, default="")
    amends = models.BooleanField(default=False)
    effective_on = models.DateField(null=True, default=None)
    folder = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    plan = models.JSONField(null=True, default=None)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    rate = models.FloatField(default=0.0)
    remaining = models.FloatField(null=True, default=None)
    failures = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    refusal = models.TextField(blank=True, default="")
    stop_asked_by = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True, default=None)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        """Names; the table of addresses is read without this application too."""

        app_label = "cpom_lots"
        db_table = "cpom_lot"


class Import(models.Model):
    """One import of registries.

    ``files`` are the names of what was sent, in a folder of their own. ``proposals`` are
    ``{"finess", "nom", "nouveau", "empreinte"}`` and the counts of changes by kind; ``problems``
    those of reading, in words. ``chosen`` are FINESS numbers, ``written`` what was written
    (``services.applying.WrittenFile``), ``left`` the names of files that could not be taken back.
    """

    actor = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    files = models.JSONField()
    state = models.CharField(max_length=20)
    proposals = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    written = models.JSONField(default=list)
    left = models.JSONField(default=list)
    refusal = models.TextField(blank=True, default="")
    stop_asked_by = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True, default=None)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        """Names."""

        app_label = "cpom_lots"
        db_table = "cpom_import"
