"""Addresses of the pages for looking through released figures, and of the public's own page."""

from django.urls import path

from workforce import explore_views, public_views

app_name = "explore"
HERE = "p/<slug:partnership>/workforce/"
urlpatterns = [
    path(f"{HERE}explore/", explore_views.explore, name="explore"),
    path(f"{HERE}figures/<int:pk>/", explore_views.figure, name="figure"),
    path("public/<slug:partnership>/workforce/", public_views.profile, name="public-profile"),
    path("public/<slug:partnership>/workforce/profile.<slug:format>", public_views.profile_file, name="public-file"),
]
