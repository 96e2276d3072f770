"""The yardstick of an idle tab: a view that finds out who asks and answers nothing. Same settings and server."""

import os

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def pulse(request):
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


urlpatterns = [path("pulse/", pulse)]


def served():
    application = get_wsgi_application()
    from django.conf import settings

    settings.ROOT_URLCONF = __name__
    return application
