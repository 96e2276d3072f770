"""The table asks every few seconds what others have done: answered in a word when that is nothing."""

from datetime import timedelta
from hashlib import blake2b
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from actions.access import plan_of
from actions.arrangement_forms import asked_for
from actions.columns import BY_KEY
from actions.editing import lookups_for
from actions.filtering import narrowed
from actions.live import told, written_since
from actions.presence import note_presence, others_in
from actions.presenting import Drawing, rows_address
from actions.saved_views import views_for
from partners.access import within
from partners.permissions import Right
from partners.text import number_in

# A change carries the moment at which its writing began: one that ended later is told of again rather than never.
OVERLAP = timedelta(seconds=20)


@require_safe
@within(Right.READ_PLAN, load=plan_of)
def plan_live(request, strategy):
    """Rows written since a version of the plan, who else is where, and (when asked) the order of all rows."""
    now = timezone.now()
    people = others_in(strategy, request.user, now)
    tag = _tag(strategy.plan_version, people)
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag and "order" not in request.GET:
        answer = HttpResponseNotModified()
    else:
        since = _moment(request.GET.get("told", ""))
        told_until = max(since, now - OVERLAP).isoformat()
        answer = JsonResponse({"people": people, "told": told_until} | _news(request, strategy, since))
    answer["ETag"] = tag
    answer["Cache-Control"] = "no-store, private"
    return answer


def _tag(version, people):
    where = blake2b(repr(people).encode(), digest_size=6).hexdigest()
    return f'"{version}-{where}"'


def _news(request, strategy, told_since):
    since = number_in(request.GET.get("since", ""))
    news = written_since(strategy, strategy.plan_version if since is None else since)
    if news.too_many:
        return {"version": news.version, "reload": True}
    answer = {"version": news.version, "headings": news.headings, "rows": {}, "gone": news.gone, "news": []}
    if not (news.rows or news.gone or "order" in request.GET):
        return answer  # Somebody only went to another cell, which happens all the time.
    lookups = lookups_for(strategy)
    arrangement, _ = asked_for(request.GET, lookups, views_for(strategy, request.user))
    if news.rows or news.gone:
        today = timezone.localdate()
        drawing = Drawing(lookups, today, rows_address(request), request.standing, arrangement.drawn_columns)
        answer["rows"] = {row.pk: drawing.row(row).html for row in news.rows}
        answer["news"] = told(strategy, news, told_since, request.user)
    if "order" in request.GET:
        answer["order"] = _order(request, strategy, arrangement, lookups)
    return answer


def _order(request, strategy, arrangement, lookups):
    """Where every row stands that this page shows: [group key, its title, [row ids]]."""
    rows = strategy.actions.in_plan()
    wanted = narrowed(rows, arrangement.chosen, request.user, request.standing, timezone.localdate())
    return arrangement.order(arrangement.light(wanted), lookups)


def _moment(words):
    try:
        moment = parse_datetime(words)
    except ValueError:
        moment = None
    return moment if moment and timezone.is_aware(moment) else timezone.now()


@require_POST
@within(Right.READ_PLAN, load=plan_of)
def plan_presence(request, strategy):
    """This tab is at that cell, or has left."""
    try:
        tab = UUID(request.POST.get("tab", ""))
    except ValueError:
        return HttpResponse(status=400)
    row, column = number_in(request.POST.get("row", "")), request.POST.get("column", "")
    note_presence(
        strategy=strategy,
        user=request.user,
        tab=tab,
        action=strategy.actions.filter(pk=row).first(),
        column=column if column in BY_KEY else "",
        is_editing=request.POST.get("editing") == "1",
        now=timezone.now(),
    )
    return HttpResponse(status=204)
