"""The first table of imports."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes ``cpom_import``."""

    dependencies: ClassVar = [("cpom_lots", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("files", models.JSONField()),
                ("state", models.CharField(max_length=20)),
                ("proposals", models.JSONField(default=list)),
                ("problems", models.JSONField(default=list)),
                ("chosen", models.JSONField(default=list)),
                ("written", models.JSONField(default=list)),
                ("left", models.JSONField(default=list)),
                ("refusal", models.TextField(blank=True, default="")),
                ("stop_asked_by", models.CharField(blank=True, default="", max_length=200)),
                ("ended_at", models.DateTimeField(default=None, null=True)),
            ],
            options={"db_table": "cpom_import"},
        ),
    ]
