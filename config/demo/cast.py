"""Everybody and everything that the story has brought in so far, by the keys that the files use."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from partners.models import Via


@dataclass(frozen=True)
class Step:
    """Something that happens at a time."""

    at: datetime
    do: Callable[[], object]


@dataclass
class Cast:
    password: str
    mail_domain: str
    places: dict = field(default_factory=dict)
    organisations: dict = field(default_factory=dict)
    invitations: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    strategies: dict = field(default_factory=dict)
    headings: dict = field(default_factory=dict)  # aims and themes
    rows: dict = field(default_factory=dict)  # by reference
    posts: dict = field(default_factory=dict)  # initials: job title

    def row(self, ref):
        """A row as it is stored now, whatever happened to it since it was written."""
        self.rows[ref].refresh_from_db()
        return self.rows[ref]

    def how(self, event, **more):
        """Who did it and when, as every service takes it."""
        return {"by": self.people[event["by"]], "at": event["at"], "via": Via.FORM} | more

    def cells(self, words):
        """Cells as the services take them, from the keys and initials of the files."""
        return {key: self._cell(key, value) for key, value in words.items()}

    def _cell(self, key, value):
        if key in ("aim", "theme"):
            return self.headings[value].pk
        if key == "lead_organisation":
            return self.organisations[value].pk
        if key == "contributors":
            return [self.organisations[one].pk for one in value]
        if key == "leads":
            return "\n".join(self.posts.get(one, one) for one in re.split(r"\s*[/&]\s*", value))
        return value
