"""The table of tours."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes ``cpom_tour``."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Tour",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=200, unique=True)),
                ("place", models.CharField(blank=True, default="", max_length=255)),
                ("seen", models.CharField(blank=True, default="", max_length=500)),
                ("is_left", models.BooleanField(default=False)),
            ],
            options={"db_table": "cpom_tour"},
        ),
    ]
