"""The tours as a Django application."""

from django.apps import AppConfig


class ToursConfig(AppConfig):
    """Its one table is named ``cpom_tour``."""

    name = "contract_builder.web.tours"
    label = "cpom_tours"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Visites"
