from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    """Where are we going?"""

    name = "strategies"
    verbose_name = "Where are we going?"
