"""Lots that prepare avenants."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether a lot makes avenants, and from which day they are in effect."""

    dependencies: ClassVar = [("cpom_lots", "0002_imports")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="lot", name="amends", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="lot", name="effective_on", field=models.DateField(default=None, null=True)
        ),
    ]
