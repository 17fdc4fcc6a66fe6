"""The triggers that refuse to change or delete a row."""

from typing import Any, ClassVar

from django.db import migrations

from contract_builder.store import guards

# As the tables stood at this step; a later step guards the tables that it adds or makes anew.
_TABLES: guards.KeysByTable = {
    "cpom_journal": (("sequence",), ("previous",), ("hash",)),
    "cpom_contract": (("entry_id",), ("finess_ej", "code", "type")),
    "cpom_version": (("entry_id",), ("finess_ej", "number"), ("sha256",)),
    "cpom_status": (("entry_id",),),
    "cpom_file": (("id",), ("version_id", "role", "name", "sha256")),
}


def _install(_: Any, schema_editor: Any) -> None:
    guards.install(schema_editor.connection, _TABLES)


class Migration(migrations.Migration):
    """Guards every table of the first schema."""

    dependencies: ClassVar = [("cpom_store", "0001_initial")]

    operations: ClassVar = [migrations.RunPython(_install)]
