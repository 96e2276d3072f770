"""Who does what by when: the plan, files on their way in, and ways of looking at it."""

from actions.models.files import (
    ColumnMapping,
    PlanDocument,
    PlanImport,
    plan_document_name,
    plan_file_name,
)
from actions.models.looking import (
    CalendarFeed,
    Presence,
    SavedView,
)
from actions.models.plan import (
    Action,
    ActionQuerySet,
    Attachment,
    Comment,
    Confidence,
    HeldEdit,
    Priority,
    ProgressUpdate,
    ResponsibleOfficer,
    Status,
    attachment_name,
)

__all__ = [
    "Action",
    "ActionQuerySet",
    "Attachment",
    "CalendarFeed",
    "ColumnMapping",
    "Comment",
    "Confidence",
    "HeldEdit",
    "PlanDocument",
    "PlanImport",
    "Presence",
    "Priority",
    "ProgressUpdate",
    "ResponsibleOfficer",
    "SavedView",
    "Status",
    "attachment_name",
    "plan_document_name",
    "plan_file_name",
]
