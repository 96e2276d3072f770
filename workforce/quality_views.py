"""Pages about how good the workforce data are: of one partner, and of the partnership as a whole."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.access import within
from partners.permissions import Right, may
from workforce import returns_in_use
from workforce.quality import page
from workforce.quality.gates import JUDGED_GATES, MAPPING, RETURN_GATES
from workforce.quality.report import label_of
from workforce.quality.showing import shown_count

FIRST = 8  # contradictions that are shown at once


def _partner(partnership, pk):
    return partnership.partners.select_related("organisation").get(pk=pk)


def _named(upload):
    upload.source_name = returns_in_use.source_name(upload.source)
    return upload


@require_safe
@within(Right.READ_QUALITY)
def quality(request):
    """Every partner whose quality this person may see, and (for those who see all) whom the returns stand for."""
    partnership, standing = request.partnership, request.standing
    newest = returns_in_use.newest_of_each(returns_in_use.returns_of(partnership))
    by_partner = {}
    for upload in newest:
        by_partner.setdefault(upload.partner_id, []).append(upload)
    partners = [one for one in partnership.partners.all() if may(standing, Right.READ_QUALITY, on=one)]
    context = {
        "gates": JUDGED_GATES,
        "rows": [row for one in partners for row in _rows(one, by_partner.get(one.pk, []), standing)],
        "silent": [one for one in partners if one.pk not in by_partner],
        "may_edit": may(standing, Right.EDIT_SECTOR_SIZE),
    }
    if may(standing, Right.READ_QUALITY):
        known = returns_in_use.sector(partnership, newest)
        context |= {"sector": page.sector_page(known, exact=False), "sector_colour": known.colour}
    return render(request, "workforce/quality.html", context)


def _rows(partner, uploads, standing):
    """(partner, return, its report, its lines): one for each source."""
    exact = returns_in_use.sees_small_counts(standing, partner)
    for upload in uploads:
        report = returns_in_use.report_of(upload)
        lines = page.lines(report, exact=exact) if report else []
        yield partner, _named(upload), report, [line for line in lines if line.gate in JUDGED_GATES]


@require_safe
@within(Right.READ_QUALITY, load=_partner)
def quality_partner(request, partner):
    """One return of one partner: the newest, or the one that was chosen."""
    returns = [_named(one) for one in returns_in_use.returns_of(request.partnership, partner)]
    chosen = next((one for one in returns if str(one.pk) == request.GET.get("return")), None)
    upload = chosen or (returns[0] if returns else None)
    report = returns_in_use.report_of(upload) if upload else None
    context = {"partner": partner, "returns": returns, "upload": upload, "report": report}
    context["many_sources"] = len({one.source for one in returns}) > 1
    if report:
        exact = returns_in_use.sees_small_counts(request.standing, partner)
        context |= _told(report, exact=exact) | _sector(request.partnership, upload, exact=exact)
        context |= {"exact": exact, "codes": returns_in_use.lost_codes(upload) if exact else []}
    return render(request, "workforce/quality_partner.html", context)


def _told(report, *, exact):
    found = page.contradictions(report, exact=exact)
    return {
        "gates": RETURN_GATES,
        "posts": shown_count(report.rows, exact=exact),
        "steps": report.steps(exact=exact),
        "lines": page.lines(report, exact=exact),
        "fields": page.field_lines(report, exact=exact),
        "contradictions": found[:FIRST],
        "more_contradictions": found[FIRST:],
        "flows": page.flow_sentence(report, exact=exact),
        "ages": page.age_sentence(report, exact=exact),
        "losses": page.loss_lines(report, MAPPING, label_of, exact=exact),
    }


def _sector(partnership, upload, *, exact):
    known = returns_in_use.sector(partnership, [upload])
    return {"sector": page.sector_page(known, exact=exact), "sector_colour": known.colour}
