"""What the plan's table has to know to be an editor: its columns, what can be picked, and where to ask."""

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone

from actions.columns import FORM_COLUMNS
from actions.presenting import rows_address
from partners.permissions import ANYTHING, Right, may


def table_setup(request, strategy, lookups, arrangement):
    """Read by static/js/plan/page.js. Nothing here that the page does not show to this person anyway."""
    shown = [column.key for column in arrangement.drawn_columns]
    return {
        "person": request.user.pk,
        "plan": strategy.pk,
        "version": strategy.plan_version,
        "opened": timezone.now().isoformat(),
        "token": get_token(request),
        "planOrder": arrangement.is_in_plan_order and arrangement.group == "aim",
        "may": {
            "reorder": may(request.standing, Right.REORDER_ROWS),
            "add": may(request.standing, Right.ADD_ROW, on=ANYTHING),
        },
        "urls": _urls(request, strategy),
        "columns": [_column(column, shown) for column in sorted(FORM_COLUMNS, key=_place_in(shown))],
        "options": _options(lookups),
    }


def _urls(request, strategy):
    here = [request.partnership.slug, strategy.slug]
    return {
        "live": reverse("actions:plan-live", args=here),
        "presence": reverse("actions:plan-presence", args=here),
        "paste": reverse("actions:plan-paste", args=here),
        "rows": rows_address(request),
        "whoAmI": reverse("partners:who-am-i"),
        "signIn": reverse("account_login"),
    }


def _place_in(shown):
    return lambda column: shown.index(column.key) if column.key in shown else len(shown)


def _column(column, shown):
    return {
        "key": column.key,
        "label": column.label,
        "kind": column.kind,
        "share": column.needs == Right.SHARE_ROW,
        "shown": column.key in shown,
        "options": getattr(column, "among", column.key),
    }


def _options(lookups):
    """[code, words] of everything that can be picked, and the names of the people here."""
    choices = {column.key: column.choices.choices for column in FORM_COLUMNS if column.kind == "choice"}
    among = {name: sorted(getattr(lookups, name).items(), key=_by_words) for name in ("organisations",)}
    among |= {name: list(getattr(lookups, name).items()) for name in ("aims", "themes")}
    return choices | among | {"people": sorted(set(lookups.people.values()))}


def _by_words(option):
    return option[1].casefold()
