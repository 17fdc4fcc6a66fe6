# mypy: disable-error-code="var-annotated"
# Without its mypy plug-in, which wants a settings module, django-stubs leaves fields untyped.
"""The table of tours: which steps each person has seen, and whether the tour was left."""

from typing import ClassVar

from django.db import models


class Tour(models.Model):
    """One person's, in one establishment; ``seen`` holds slugs of steps with a space between."""

    person = models.CharField(max_length=200, unique=True)
    place = models.CharField(max_length=255, blank=True, default="")
    seen = models.CharField(max_length=500, blank=True, default="")
    is_left = models.BooleanField(default=False)

    class Meta:
        """Names; the table of addresses is read without this application too."""

        app_label = "cpom_tours"
        db_table = "cpom_tour"

    objects: ClassVar = models.Manager()
