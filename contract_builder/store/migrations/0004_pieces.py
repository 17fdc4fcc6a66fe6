"""Pieces kept beside the versions, each state in its turn (ADR 0008)."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import PROTECT

from contract_builder.store import guards

_KINDS = ("profil", "suivi", "retour", "envoi", "proces")


def _install(_: Any, schema_editor: Any) -> None:
    guards.install(schema_editor.connection, {"cpom_piece": (("entry_id",),)})


class Migration(migrations.Migration):
    """Makes the table of pieces, and guards it."""

    dependencies: ClassVar = [("cpom_store", "0003_lineage_in_the_journal")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PieceRow",
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
                ("kind", models.CharField(max_length=10)),
                ("subject", models.CharField(max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("note", models.CharField(blank=True, max_length=255)),
                ("body", models.BinaryField()),
            ],
            options={
                "db_table": "cpom_piece",
                "indexes": [models.Index(fields=["kind", "subject"], name="cpom_piece_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(kind__in=_KINDS), name="cpom_piece_kind_known"
                    )
                ],
            },
        ),
        migrations.RunPython(_install),
    ]
