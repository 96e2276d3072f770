"""The yardstick: the same rows in a plain Django table, served the same way. Nothing of ours but the models.

Same settings, middleware and server as the planner; other addresses and one template. So the ratio says what our
own page costs beyond what Django costs anyway.
"""

import os

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

PAGE = Engine(debug=False).from_string(
    """<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1><table>
<tr><th>Ref</th><th>Aim</th><th>Activity</th><th>Expected outcome</th><th>Timescale</th><th>Due</th><th>Resource</th>
<th>Priority</th><th>Lead</th><th>Officers</th><th>Status</th></tr>
{% for row in rows %}<tr id="row-{{ row.pk }}"><td>{{ row.ref }}</td><td>{{ row.aim.text }}</td>
<td>{{ row.activity }}</td><td>{{ row.expected_outcome }}</td><td>{{ row.timescale_text }}</td>
<td>{{ row.due_on|date:"j F Y" }}</td><td>{{ row.resource_requirement }}</td>
<td>{{ row.get_priority_display }}</td><td>{{ row.lead_organisation.name }}</td>
<td>{% for officer in row.officers.all %}{{ officer.name }}{% if not forloop.last %}; {% endif %}{% endfor %}</td>
<td>{{ row.get_status_display }}</td></tr>
{% endfor %}</table></body></html>"""
)


def plan(request, strategy):
    from actions.models import Action

    rows = Action.objects.filter(strategy__slug=strategy, removed=None).order_by("aim__position", "position", "pk")
    rows = rows.select_related("aim", "lead_organisation").prefetch_related("officers")
    return HttpResponse(PAGE.render(Context({"rows": rows, "title": strategy})))


urlpatterns = [path("<slug:strategy>/", plan)]


def served():
    application = get_wsgi_application()
    from django.conf import settings

    settings.ROOT_URLCONF = __name__
    return application
