"""The steps that bring a store's schema up to date, from the first one on.

A step that was released is never edited. On SQLite a step that alters a table makes it anew and
loses its triggers: such a step ends with ``guards.install`` for that table.
"""

MIGRATIONS = (
    "0001_initial",
    "0002_append_only",
    "0003_lineage_in_the_journal",
    "0004_pieces",
    "0005_amendments_kept",
    "0006_evidence_kept",
    "0007_works_kept",
    "0008_tasks_put_off",
    "0009_library_kept",
)
"""Their names, written down: files that cannot be read are not taken for files that never were."""
