"""The store as a Django application, for the commands and for the web."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables are named ``cpom_…``; the label keeps clear of other applications."""

    name = "contract_builder.store"
    label = "cpom_store"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Registre des versions"
