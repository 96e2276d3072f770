from django.apps import AppConfig


class PrinciplesConfig(AppConfig):
    """How well do we work together?"""

    name = "principles"
    verbose_name = "How well do we work together?"
