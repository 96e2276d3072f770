"""Addresses of the pages about how good the workforce data are, and of the known size of the sector."""

from django.urls import path

from workforce import quality_views, sector_size_views

app_name = "quality"
HERE = "p/<slug:partnership>/workforce/quality/"
urlpatterns = [
    path(HERE, quality_views.quality, name="quality"),
    path(HERE + "<int:pk>/", quality_views.quality_partner, name="quality-partner"),
    path(HERE + "sector/", sector_size_views.sector_size, name="sector-size"),
    path(HERE + "sector/add/", sector_size_views.sector_size_add, name="sector-size-add"),
    path(HERE + "sector/<int:pk>/", sector_size_views.sector_size_edit, name="sector-size-edit"),
    path(HERE + "sector/<int:pk>/remove/", sector_size_views.sector_size_remove, name="sector-size-remove"),
]
