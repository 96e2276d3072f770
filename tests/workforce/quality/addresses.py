"""The addresses of the site with those of these pages, whether or not the site has them already."""

from django.urls import include, path

from config.urls import urlpatterns as of_the_site

HAS_THEM = any(getattr(entry, "namespace", "") == "quality" for entry in of_the_site)
urlpatterns = [*([] if HAS_THEM else [path("", include("workforce.quality_urls"))]), *of_the_site]
