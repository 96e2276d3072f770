"""What stands in a calendar feed: days of the rows it shows, in words that say no more than a calendar needs."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import reverse

from actions.arrangement_forms import asked_for
from actions.editing import lookups_for
from actions.filtering import narrowed
from actions.ical import Entry, calendar_file, days_of
from actions.models import CalendarFeed, Status
from actions.timescale import from_json
from partners.mail import site_address


def feed_file(feed, today):
    """The feed as a file. It is asked for by somebody whose rights have been looked at: see `open_feed`."""
    telling = _Telling(
        host=urlsplit(site_address()).netloc,
        rows_address=site_address() + reverse("actions:action", args=[feed.partnership.slug, 0]).removesuffix("0/"),
        organisations=dict(feed.partnership.partners.values_list("organisation_id", "known_as")),
    )
    return calendar_file(
        uid=f"feed-{feed.pk}@{telling.host}",
        name=f"{feed}, {feed.partnership}",
        about="Dates of the joint action plan that are certain. Read afresh from the planner; not to be edited here.",
        entries=[entry for row in dated_rows(feed, today) for entry in telling.entries_of(row)],
    )


def dated_rows(feed, today):
    """The rows that the feed shows to its person and whose dates are certain: those that can also be late."""
    rows = _shown(feed, feed.partnership.standing_of(feed.user), today).in_plan().in_order()
    certain = rows.exclude(starts_on=None, due_on=None)
    return certain.select_related("aim", "theme").prefetch_related("officers__user")


def _shown(feed, standing, today):
    if feed.view:
        strategy = feed.view.strategy
        arrangement, _ = asked_for(QueryDict(feed.view.query), lookups_for(strategy))
        return narrowed(strategy.actions.all(), arrangement.chosen, feed.user, standing, today)
    mine = feed.partnership.actions.of_user(feed.user)
    if feed.rows == CalendarFeed.Rows.OURS:
        return mine | feed.partnership.actions.of_organisations(standing.organisation_ids)
    return mine


@dataclass(frozen=True)
class _Telling:
    """How rows of one partnership are told to a calendar."""

    host: str
    rows_address: str
    organisations: dict

    def entries_of(self, action):
        ticked = action.reading.get("done", {})
        is_complete = action.status == Status.BLUE
        return [
            Entry(
                uid=f"action-{action.pk}-{day.key}@{self.host}",
                day=day.day,
                title=f"{action}: {day.name}",
                words=self._words(action),
                address=f"{self.rows_address}{action.pk}/",
                is_done=is_complete or str(day.place) in ticked,
                changed=action.changed,
                version=action.version,
            )
            for day in days_of(from_json(action.reading))
        ]

    def _words(self, action):
        said = {
            "Activity": "" if str(action).endswith(action.activity) else action.activity,
            "Aim": action.aim and str(action.aim),
            "Theme or priority": action.theme and str(action.theme),
            "Lead organisation": self.organisations.get(action.lead_organisation_id),
            "Responsible": "; ".join(map(post_of, action.officers.all())),
            "Timescale as written": action.timescale_text,
        }
        return "\n".join(f"{label}: {words}" for label, words in said.items() if words)


def post_of(officer):
    """A member by their job title where they have given one, so that fewer names leave the site; else as written."""
    return (officer.user and officer.user.job_title) or officer.name
