# mypy: disable-error-code="var-annotated"
# Without its mypy plug-in, which wants a settings module, django-stubs leaves fields untyped; no
# row leaves this package.
"""The tables. Every row but the journal's own is announced by one journal entry (``entry``).

Rows are only ever inserted: the triggers of ``guards`` refuse the rest. Time and actor stand in
the journal alone.
"""

from typing import ClassVar

from django.db import models
from django.db.models import PROTECT, CheckConstraint, Q, UniqueConstraint

from contract_builder.store import events
from contract_builder.store.records import FILE_ROLES, PIECE_KINDS, STATUSES

_HASH_LENGTH = 64
_TEXT_LENGTH = events.LONGEST_TEXT


class JournalRow(models.Model):
    """One entry of the hash-chained journal.

    ``at`` is ISO 8601 in UTC with microseconds, as text: the hash covers exactly what is stored,
    on every engine. ``event`` is canonical JSON. ``previous`` is the hash of the entry before.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    actor = models.CharField(max_length=_TEXT_LENGTH)
    event = models.TextField()
    previous = models.CharField(max_length=_HASH_LENGTH, unique=True)
    hash = models.CharField(max_length=_HASH_LENGTH, unique=True)

    class Meta:
        """Names."""

        db_table = "cpom_journal"


class ContractRow(models.Model):
    """A contract: the same code, legal entity and type."""

    entry = models.OneToOneField(JournalRow, PROTECT, primary_key=True, related_name="+")
    code = models.CharField(max_length=_TEXT_LENGTH)
    finess_ej = models.CharField(max_length=9)
    type = models.CharField(max_length=_TEXT_LENGTH)

    class Meta:
        """Names and keys."""

        db_table = "cpom_contract"
        constraints: ClassVar = [
            UniqueConstraint(fields=["finess_ej", "code", "type"], name="cpom_contract_once"),
        ]


class VersionRow(models.Model):
    """A version of a contract; ``body`` is its canonical JSON, compressed by zlib.

    Parents beside the first, and the number of an « avenant », stand in the journal alone.
    """

    entry = models.OneToOneField(JournalRow, PROTECT, primary_key=True, related_name="+")
    entry_id: int
    contract = models.ForeignKey(ContractRow, PROTECT, related_name="+")
    contract_id: int
    finess_ej = models.CharField(max_length=9)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=_HASH_LENGTH, unique=True)
    body = models.BinaryField()
    schema_version = models.PositiveIntegerField()
    library_version = models.CharField(max_length=_TEXT_LENGTH)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", PROTECT, null=True, related_name="+")
    parent_id: int | None

    class Meta:
        """Names, keys and admitted words."""

        db_table = "cpom_version"
        constraints: ClassVar = [
            UniqueConstraint(fields=["finess_ej", "number"], name="cpom_version_number_once"),
            CheckConstraint(condition=Q(number__gte=1), name="cpom_version_number_from_1"),
            CheckConstraint(
                condition=Q(kind__in=tuple(events.STORED_KINDS.values())),
                name="cpom_version_kind_known",
            ),
        ]


class StatusRow(models.Model):
    """A status that a version took; the last one counts."""

    entry = models.OneToOneField(JournalRow, PROTECT, primary_key=True, related_name="+")
    entry_id: int
    version = models.ForeignKey(VersionRow, PROTECT, related_name="+")
    version_id: int
    status = models.CharField(max_length=10)

    class Meta:
        """Names and admitted words."""

        db_table = "cpom_status"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(status__in=STATUSES), name="cpom_status_known"),
        ]


class FileRow(models.Model):
    """The hash of a document made from a version, or of a template that made it."""

    entry = models.ForeignKey(JournalRow, PROTECT, related_name="+")
    entry_id: int
    version = models.ForeignKey(VersionRow, PROTECT, related_name="+")
    version_id: int
    role = models.CharField(max_length=10)
    name = models.CharField(max_length=_TEXT_LENGTH)
    sha256 = models.CharField(max_length=_HASH_LENGTH)

    class Meta:
        """Names, keys and admitted words."""

        db_table = "cpom_file"
        constraints: ClassVar = [
            UniqueConstraint(fields=["version", "role", "name", "sha256"], name="cpom_file_once"),
            CheckConstraint(condition=Q(role__in=FILE_ROLES), name="cpom_file_role_known"),
        ]


class PieceRow(models.Model):
    """One state of a piece; ``body`` is its bytes, compressed by zlib."""

    entry = models.OneToOneField(JournalRow, PROTECT, primary_key=True, related_name="+")
    entry_id: int
    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=_TEXT_LENGTH)
    sha256 = models.CharField(max_length=_HASH_LENGTH)
    note = models.CharField(max_length=_TEXT_LENGTH, blank=True)
    body = models.BinaryField()

    class Meta:
        """Names, an index and admitted words."""

        db_table = "cpom_piece"
        indexes: ClassVar = [models.Index(fields=["kind", "subject"], name="cpom_piece_of")]
        constraints: ClassVar = [
            CheckConstraint(condition=Q(kind__in=PIECE_KINDS), name="cpom_piece_kind_known"),
        ]
