"""The first table of lots."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes ``cpom_lot``."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Lot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("label", models.CharField(max_length=200)),
                ("names", models.JSONField()),
                ("formats", models.JSONField()),
                ("compare_with", models.CharField(blank=True, default="", max_length=10)),
                ("folder", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=20)),
                ("plan", models.JSONField(default=None, null=True)),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("rate", models.FloatField(default=0.0)),
                ("remaining", models.FloatField(default=None, null=True)),
                ("failures", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("files", models.JSONField(default=list)),
                ("refusal", models.TextField(blank=True, default="")),
                ("stop_asked_by", models.CharField(blank=True, default="", max_length=200)),
                ("ended_at", models.DateTimeField(default=None, null=True)),
            ],
            options={"db_table": "cpom_lot"},
        ),
    ]
