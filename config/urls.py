"""Every address, app by app. Each one needs a line in tests/access/policy.py: without it the tests fail."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("account/", include("partners.account_urls")),
    path("", include("partners.urls")),
    path("", include("workforce.urls")),
    path("", include("workforce.quality_urls")),
    path("", include("workforce.profile_urls")),
    path("", include("workforce.explore_urls")),
    path("", include("strategies.urls")),
    path("", include("actions.urls")),
    path("", include("reviews.urls")),
]
