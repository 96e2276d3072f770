from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """How it is wired"""

    name = "config"
    verbose_name = "How it is wired"
