"""The first table of accounts."""

from typing import ClassVar

import django.contrib.auth.base_user
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes ``cpom_account``."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("role", models.CharField(max_length=20)),
                ("is_regional", models.BooleanField(default=False)),
                ("departments", models.CharField(blank=True, default="", max_length=500)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={"db_table": "cpom_account"},
            managers=[("objects", django.contrib.auth.base_user.BaseUserManager())],
        ),
    ]
