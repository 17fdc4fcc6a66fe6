"""The lots as a Django application."""

from django.apps import AppConfig


class LotsConfig(AppConfig):
    """Its one table is named ``cpom_lot``."""

    name = "contract_builder.web.lots"
    label = "cpom_lots"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Lots"
