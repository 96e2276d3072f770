"""The life of a profile release as a table: what may follow what, who may take it there, and what people are told."""

from django.db.models import TextChoices

from partners.permissions import Right


class Stage(TextChoices):
    WAITING = "waiting", "Waiting to be made"
    BUILDING = "building", "Being made"
    DRAFT = "draft", "Draft to be checked"
    RELEASED = "released", "Released"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DISCARDED = "discarded", "Discarded"
    FAILED = "failed", "Could not be made"


PLANNER = None  # the planner itself: schedule, worker and sweeper
BUILDER, RELEASER = Right.BUILD_PROFILE, Right.RELEASE_PROFILE

_WORKER = frozenset({PLANNER})

# From each stage: where to, and who may take it there.
MOVES = {
    Stage.WAITING: {
        Stage.BUILDING: _WORKER,
        Stage.FAILED: _WORKER,
        Stage.DISCARDED: frozenset({BUILDER}),
    },
    Stage.BUILDING: {Stage.WAITING: _WORKER, Stage.DRAFT: _WORKER, Stage.FAILED: _WORKER},
    Stage.DRAFT: {
        Stage.RELEASED: frozenset({RELEASER}),
        Stage.DISCARDED: frozenset({BUILDER, PLANNER}),  # the planner's: a newer draft takes its place
    },
    Stage.RELEASED: {Stage.WITHDRAWN: frozenset({RELEASER})},
    Stage.FAILED: {Stage.WAITING: frozenset({BUILDER}), Stage.DISCARDED: frozenset({BUILDER})},
    Stage.WITHDRAWN: {},
    Stage.DISCARDED: {},
}

# A worker still has to do something about these.
UNFINISHED = frozenset({Stage.WAITING, Stage.BUILDING})
# Somebody has or had them before their eyes: a new release is compared with what they said and what they hid.
SEEN = frozenset({Stage.DRAFT, Stage.RELEASED, Stage.WITHDRAWN, Stage.DISCARDED})

# The notice of arriving in a stage: a template in templates/notices.
ANNOUNCED = {
    Stage.DRAFT: "profile_draft",
    Stage.FAILED: "profile_failed",
    Stage.RELEASED: "profile_released",
    Stage.WITHDRAWN: "profile_withdrawn",
}
