"""Whether a password was given by an administrator, and is to be changed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds ``password_is_temporary``: no, for the accounts that there are."""

    dependencies: ClassVar = [("cpom_accounts", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="account",
            name="password_is_temporary",
            field=models.BooleanField(default=False),
        )
    ]
