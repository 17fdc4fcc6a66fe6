"""The accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its one table is named ``cpom_account``."""

    name = "contract_builder.web.accounts"
    label = "cpom_accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Comptes"
