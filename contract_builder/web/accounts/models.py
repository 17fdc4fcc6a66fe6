# mypy: disable-error-code="var-annotated"
# Without its mypy plug-in, which wants a settings module, django-stubs leaves fields untyped.
"""The table of accounts, on Django's own: hashed passwords, sessions that end when they change."""

from typing import ClassVar, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from contract_builder.web.people import Person, Role

LONGEST_NAME = 80
_LONGEST_CODES = 500


class Account(AbstractBaseUser):
    """One person; ``departments`` holds codes with a space between, unless ``is_regional``."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    role = models.CharField(max_length=20)
    is_regional = models.BooleanField(default=False)
    departments = models.CharField(max_length=_LONGEST_CODES, blank=True, default="")
    is_active = models.BooleanField(default=True)
    password_is_temporary = models.BooleanField(default=False)

    objects: ClassVar = BaseUserManager()

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        """Names; the table of addresses is read without this application too."""

        app_label = "cpom_accounts"
        db_table = "cpom_account"

    @property
    def person(self) -> Person:
        """What the pages know of the account."""
        seen = None if self.is_regional else frozenset(self.departments.split())
        role = cast("Role", self.role)
        must_change = self.password_is_temporary
        return Person(self.name, role, seen, must_change_password=must_change)
