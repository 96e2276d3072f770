from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """What have we got?"""

    name = "workforce"
    verbose_name = "What have we got?"
