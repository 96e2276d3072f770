from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """How is it going?"""

    name = "reviews"
    verbose_name = "How is it going?"
