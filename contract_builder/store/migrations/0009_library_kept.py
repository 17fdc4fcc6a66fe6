"""Admits the kind of piece that keeps each state of a file of the library."""

from typing import Any, ClassVar

from django.db import migrations, models

from contract_builder.store import guards

_KINDS = (
    "profil",
    "suivi",
    "retour",
    "envoi",
    "proces",
    "avenant",
    "preuve",
    "travail",
    "tache",
    "bibliotheque",
)


def _install(_: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        guards.install(schema_editor.connection, {"cpom_piece": (("entry_id",),)})


class Migration(migrations.Migration):
    """Another list of kinds; on SQLite the table is made anew, and guarded again."""

    dependencies: ClassVar = [("cpom_store", "0008_tasks_put_off")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="piecerow", name="cpom_piece_kind_known"),
        migrations.AddConstraint(
            model_name="piecerow",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=_KINDS), name="cpom_piece_kind_known"
            ),
        ),
        migrations.RunPython(_install),
    ]
