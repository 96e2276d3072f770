"""What the public reads about the workforce: the newest report that was released for it. No account, no cookie."""

from mimetypes import guess_type

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partners.models import Partnership
from workforce.disclosure.released import Audience
from workforce.models import Release
from workforce.profile_describing import report_of
from workforce.profile_files import DOWNLOADS, file_of
from workforce.profile_showing import lead_pairs

FRESH_FOR = 300  # seconds; a withdrawn report is gone from caches after that


def _newest(partnership):
    place = get_object_or_404(Partnership, slug=partnership)
    public = place.profile_releases.filter(audience=Audience.PUBLIC, stage=Release.Stage.RELEASED, partner=None)
    release = public.select_related("partnership").newest_first().first()
    if release is None:
        raise Http404
    return place, release


@require_safe
@login_not_required
@cache_control(public=True, max_age=FRESH_FOR)
def profile(request, partnership):
    place, release = _newest(partnership)
    report = report_of(release)
    context = {"place": place, "release": release, "report": report, "parts": lead_pairs(report)}
    context["messages"] = []  # theirs would be in a session
    context["formats"] = DOWNLOADS.items()
    return render(request, "workforce/explore/public_profile.html", context)


@require_safe
@login_not_required
@cache_control(public=True, max_age=FRESH_FOR)
def profile_file(request, partnership, format):
    place, release = _newest(partnership)
    if format not in DOWNLOADS:
        raise Http404
    response = HttpResponse(file_of(release, format), content_type=guess_type(f"report.{format}")[0])
    name = f"{place}, {release}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
