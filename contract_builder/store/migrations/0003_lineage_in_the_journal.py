"""Entries may tell several parents and the number of an « avenant » (ADR 0008).

No table changes. The step keeps software that does not know such entries from opening the store.
"""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """A mark of the journal's form."""

    dependencies: ClassVar = [("cpom_store", "0002_append_only")]

    operations: ClassVar = []
