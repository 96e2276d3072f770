from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Who are we?"""

    name = "partners"
    verbose_name = "Who are we?"
