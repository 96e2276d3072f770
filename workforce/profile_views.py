"""Pages that a profile report is read on: the archive and what is due, one report, and what is hidden in it and why."""

from mimetypes import guess_type

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from partners.access import within
from partners.permissions import ANYTHING, Right, may
from partners.refusals import Refused
from workforce.disclosure.explaining import what_is_hidden_and_why
from workforce.disclosure.released import Audience
from workforce.profile_access import moves_of, release_page, sees_figures
from workforce.profile_describing import report_of, rules_of
from workforce.profile_files import DOWNLOADS, file_of
from workforce.profile_shelf import AUDIENCE_WORDS, due_on, put_in_words, shelf_of
from workforce.profile_showing import hidden_lines, lead_pairs, measures_of, rules_at, strip_of
from workforce.profiles import releases_for
from workforce.reporting.wording import listed

PAGES = "workforce/profile"
SHOWN_TO = (Audience.PARTNERSHIP, Audience.PUBLIC, Audience.PARTNER)


@require_safe
@within(Right.READ_PROFILE)
def release_list(request):
    partnership, standing = request.partnership, request.standing
    context = {
        "shelf": shelf_of(releases_for(standing, partnership).defer("tables", "about")),
        "due": due_on(partnership, timezone.localdate()),
        "may_build": may(standing, Right.BUILD_PROFILE),
        "may_release": may(standing, Right.RELEASE_PROFILE),
        "sends": may(standing, Right.SEND_WORKFORCE, on=ANYTHING),
    }
    return render(request, f"{PAGES}/release_list.html", context)


@require_safe
@release_page()
def release(request, release):
    """The whole report, each part with the pair of chart and table that says most."""
    put_in_words(release)
    context = {"release": release, "may": moves_of(request.standing, release)}
    if not release.built:
        return render(request, f"{PAGES}/release_waiting.html", context)
    if not sees_figures(request.standing, release):
        return render(request, f"{PAGES}/release_withdrawn.html", context)
    report = report_of(release)
    context |= {
        "report": report,
        "strip": strip_of(report.about),
        "parts": lead_pairs(report),
        "formats": DOWNLOADS.items(),
    }
    return render(request, f"{PAGES}/release.html", context)


def _insist_on_figures(request, release):
    """Of pages that are nothing without them."""
    if not release.built or not sees_figures(request.standing, release):
        raise Refused("There are no figures to show of this report.", accepted="Choose another from the archive.")


def _report_to_show(request, release):
    _insist_on_figures(request, release)
    put_in_words(release)
    return report_of(release)


@require_safe
@release_page()
def release_part(request, release):
    """Every chart and table of one part."""
    report = _report_to_show(request, release)
    part = next((part for part in report.parts if part.key == release.part), None)
    if part is None:
        raise Http404
    context = {"release": release, "report": report, "part": part, "measures": measures_of(part)}
    return render(request, f"{PAGES}/release_part.html", context)


@require_safe
@release_page()
def release_hidden(request, release):
    """What of this report is hidden, table by table, and why."""
    report = _report_to_show(request, release)
    rules = rules_at(report.about, rules_of(release.partnership))
    told = what_is_hidden_and_why(report.about.audience, rules)
    context = {"release": release, "report": report, "lines": hidden_lines(report), "rules": told}
    return render(request, f"{PAGES}/release_hidden.html", context)


@require_safe
@release_page()
def release_file(request, release):
    """The report as a file to take away."""
    if release.format not in DOWNLOADS:
        raise Refused("The report cannot be had as such a file.", accepted=f"Choose {listed(DOWNLOADS.values())}.")
    _insist_on_figures(request, release)
    content = file_of(release, release.format)
    response = HttpResponse(content, content_type=guess_type(f"report.{release.format}")[0])
    name = f"{release.partnership}, {release}.{release.format}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_safe
@within(Right.READ_PROFILE)
def hiding(request):
    """The rules by which figures are hidden, for every kind of reader."""
    rules = rules_of(request.partnership)
    told = [(AUDIENCE_WORDS[audience], what_is_hidden_and_why(audience, rules)) for audience in SHOWN_TO]
    return render(request, f"{PAGES}/hiding.html", {"told": told})
