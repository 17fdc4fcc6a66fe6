"""The first schema: journal, contracts, versions, statuses, hashes of files."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import PROTECT


class Migration(migrations.Migration):
    """Makes the five tables."""

    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="JournalRow",
            fields=[
                (
                    "sequence",
                    models.PositiveBigIntegerField(
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.CharField(max_length=32)),
                ("actor", models.CharField(max_length=255)),
                ("event", models.TextField()),
                ("previous", models.CharField(max_length=64, unique=True)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "db_table": "cpom_journal",
            },
        ),
        migrations.CreateModel(
            name="ContractRow",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cpom_store.journalrow",
                    ),
                ),
                ("code", models.CharField(max_length=255)),
                ("finess_ej", models.CharField(max_length=9)),
                ("type", models.CharField(max_length=255)),
            ],
            options={
                "db_table": "cpom_contract",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("finess_ej", "code", "type"), name="cpom_contract_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionRow",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cpom_store.journalrow",
                    ),
                ),
                ("finess_ej", models.CharField(max_length=9)),
                ("number", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("body", models.BinaryField()),
                ("schema_version", models.PositiveIntegerField()),
                ("library_version", models.CharField(max_length=255)),
                ("kind", models.CharField(max_length=20)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="+",
                        to="cpom_store.contractrow",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to="cpom_store.versionrow",
                    ),
                ),
            ],
            options={
                "db_table": "cpom_version",
            },
        ),
        migrations.CreateModel(
            name="StatusRow",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cpom_store.journalrow",
                    ),
                ),
                ("status", models.CharField(max_length=10)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="+",
                        to="cpom_store.versionrow",
                    ),
                ),
            ],
            options={
                "db_table": "cpom_status",
            },
        ),
        migrations.CreateModel(
            name="FileRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("role", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="+",
                        to="cpom_store.journalrow",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="+",
                        to="cpom_store.versionrow",
                    ),
                ),
            ],
            options={
                "db_table": "cpom_file",
            },
        ),
        migrations.AddConstraint(
            model_name="versionrow",
            constraint=models.UniqueConstraint(
                fields=("finess_ej", "number"), name="cpom_version_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="versionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="cpom_version_number_from_1"
            ),
        ),
        migrations.AddConstraint(
            model_name="versionrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("projet", "renouvellement", "avenant"))),
                name="cpom_version_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("projet", "envoye", "signe", "echu", "resilie"))
                ),
                name="cpom_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="filerow",
            constraint=models.UniqueConstraint(
                fields=("version", "role", "name", "sha256"), name="cpom_file_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="filerow",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ("document", "modele"))),
                name="cpom_file_role_known",
            ),
        ),
    ]
