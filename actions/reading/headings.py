"""Which headings partners' documents use for each of our columns, and the words that give away what is no plan.

Gathered from published plans. A heading matches as a whole phrase, ignoring case, hyphens, "/", punctuation and what
stands in brackets; `recognise` holds the few rules that depend on the other headings.
"""

HEADINGS: dict[str, tuple[str, ...]] = {
    "ref": (
        "ref", "ref no", "ref number", "reference", "reference no", "reference number", "no", "number", "id", "item",
        "item no", "action no", "action number", "action ref", "action reference", "action id", "aim no",
        "objective no", "s no", "row",
    ),
    "theme": (
        "theme", "themes", "strategic theme", "theme priority", "pillar", "workstream", "work stream", "strand",
        "key area", "area of work", "driver", "drivers", "key driver", "key drivers", "strategic priority",
        "priority theme",
    ),
    "aim": (
        "aim", "aims", "aim objective", "strategic aim", "objective", "objectives", "strategic objective",
        "strategic objectives", "key objective", "recommendation", "recommendations", "goal",
        "strategic goal", "ambition", "commitment", "aim of the strategy",
    ),
    "activity": (
        "action", "actions", "activity", "activities", "action required", "actions required", "action required input",
        "action needed", "action to be taken", "actions to be taken", "agreed action", "agreed actions", "key action",
        "key actions", "key activity", "key activities", "deliverable", "deliverables", "key deliverables",
        "next steps", "what we will do", "what will we do", "what will be done", "what needs to be done",
        "what are we going to do", "how we will do it", "task", "tasks", "planned action", "planned actions",
        "planned activity", "initiative", "actions and activities", "action activity", "activity action",
        "specific actions", "steps",
    ),
    "expected_outcome": (
        "outcome", "outcomes", "expected outcome", "expected outcomes", "outcome expected", "intended outcome",
        "intended outcomes", "desired outcome", "desired outcomes", "planned outcome", "anticipated outcome",
        "what we aim to achieve", "what we want to achieve", "what do we want to achieve",
        "difference we will make", "the difference we will make",
        "what difference will it make", "what difference will this make", "expected result", "expected results",
        "result", "benefit", "benefits", "expected benefit", "expected benefits", "impact", "intended impact",
        "expected impact",
    ),
    "evidence": (
        "evidence", "measure", "measures", "measure of success", "measures of success", "success measure",
        "success measures", "success criteria", "measures of progress", "kpi", "kpis", "key performance indicator",
        "key performance indicators", "performance indicator", "performance measure", "performance measures",
        "success indicator", "success indicators", "how we will know", "how will we know",
        "how we will measure success", "how will we measure success", "how we will know it has worked",
        "evidence of success", "evidence of completion", "evidence of progress", "output", "outputs", "target",
        "targets", "target measure", "how measured",
    ),
    "timescale_text": (
        "timescale", "timescales", "timescale by", "time scale", "time", "timeframe", "time frame", "timeframes",
        "timeline", "timing", "by when", "when", "date", "deadline", "target date", "target dates",
        "target timescale", "delivery date", "delivery timescale", "due", "due date", "due by", "date due",
        "completion date", "target completion date", "expected completion", "expected completion date",
        "planned completion", "planned completion date", "date for completion", "completion timescale",
        "completion timescales", "complete by", "completed by", "to be completed by", "milestone date", "end",
        "end date", "finish", "finish date", "planned end", "planned end date", "delivery by", "year", "when by",
        "implementation date",
    ),
    "lead_organisation": ("lead organisation", "lead organisations", "lead agency", "lead partner", "lead body"),
    "start_text": (
        "start", "starts", "start date", "starting", "date started", "planned start", "planned start date", "start by",
        "from", "commencement date", "begin",
    ),
    "resource_requirement": (
        "resource", "resources", "resource requirement", "resource requirements", "resources required",
        "resource required", "resources needed", "resource needed", "resource needs", "resource implications",
        "resourcing", "dependencies and resources", "resources and dependencies", "cost", "costs", "budget",
        "funding", "cost and funding", "financial implications", "cost resources", "resources cost",
    ),
    "priority": ("priority", "priority level", "priority rating", "priority h m l", "urgency"),
    "leads": (
        "lead", "leads", "lead officer", "lead officers", "lead person", "lead name",
        "lead agency", "lead partner", "action lead", "delivery lead", "responsible", "responsible officer",
        "responsible officers", "responsible person", "responsible lead", "responsible owner", "person responsible",
        "persons responsible", "people responsible", "persons responsible for action",
        "person responsible for action", "officer responsible", "officer", "officers", "responsibility",
        "responsibilities", "responsibility of", "owner", "owners", "action owner", "owned by", "who", "by whom",
        "who is responsible", "who will do it", "who will lead", "who is leading", "sro",
        "senior responsible officer", "senior responsible owner", "accountable", "accountable officer",
        "accountable lead", "accountable person", "lead responsibility", "assigned to", "named lead",
        "lead and accountable officer",
    ),
    "lead_and_resource": (
        "lead and resources needed", "lead and resources", "lead and resource", "leads and resources", "lead resources",
        "lead resource", "lead and resources required", "who and resources", "lead officer and resources",
        "lead and resource requirement", "responsible officer and resources",
    ),
    "partners": (
        "partners", "partner", "partners involved", "partner organisations", "key partners", "other partners",
        "supporting partners", "delivery partners", "contributing partners", "contributors", "support", "supported by",
        "supporting", "others involved", "who else is involved", "in partnership with", "with whom",
    ),
    "status": (
        "rag", "rag status", "rag rating", "brag", "brag status", "brag rating", "status", "current status",
        "status rag", "action status", "progress rag", "progress status", "rag progress", "traffic light",
        "traffic light status", "rating", "current rating", "current rag", "current rag status", "current rag rating",
        "current forecast", "rag current", "rag now", "latest rag", "delivery status", "progress rating",
        "delivery rag", "on track",
    ),
    "progress": (
        "progress", "progress to date", "progress so far", "progress update", "progress made", "progress report",
        "progress notes", "progress comments", "progress and comments", "current progress", "update", "updates",
        "latest update", "latest position", "current position", "status update", "position", "position statement",
        "what has happened", "whats happened", "what happened", "what we have done", "what have we done",
        "achievements", "commentary", "current position and progress", "comment", "comments", "notes", "narrative",
    ),
}  # fmt: skip

LEFT_OUT = (  # known columns that have no place in our plan
    "related plans", "related plan", "related strategies", "linked plans", "links to other plans",
    "monitoring arrangements", "monitoring", "how monitored", "monitored by", "reporting arrangements",
    "alignment to other boards groups", "alignment to boards", "alignment", "priority area", "priority areas",
    "inclusivity plan priority area", "previous forecast", "previous rating", "previous rag", "previous rag status",
    "previous rag rating", "previous status", "rag previous", "last rag", "last quarter", "previous quarter",
    "baseline", "risk", "risks", "risks and issues", "mitigation", "governance",
)  # fmt: skip
# Columns of our own export that are worked out, never read back as words.
WORKED_OUT = ("understood end", "updated on", "planner row")

MILESTONES = ("key milestones", "milestones", "key milestone", "milestone")
OUTCOMES = (  # an aim, where one comes before all else
    "outcome", "outcomes", "desired outcome", "desired outcomes", "intended outcome", "intended outcomes",
    "what we want to achieve", "what do we want to achieve",
)  # fmt: skip
INDICATORS = ("indicator", "indicators", "indicator number")

# Headings that give away other kinds of table: two of one kind, or one that stands alone in no plan.
DECOYS: dict[str, tuple[str, ...]] = {
    "a key": (
        "initials", "abbreviation", "abbreviations", "acronym", "full name", "meaning", "definition", "term",
        "colour",
    ),
    "a version history": (
        "version", "version no", "version number", "author", "amended by", "changes", "change", "changes made",
        "reason for change", "approved by", "issued", "date of change", "revision", "comment", "name",
    ),
    "a list of contents": (
        "section", "page", "page no", "contents", "page number",
    ),
    "a summary": (
        "total", "totals", "on target", "off target", "not reported", "not available", "on target %", "overall",
        "number of actions", "count", "complete", "completed", "not started", "at risk", "red", "amber", "green",
        "blue", "on target overall", "% on target", "annual not started", "on schedule",
    ),
    "a risk register": (
        "risk", "risks", "risk description", "risk id", "risk ref", "likelihood", "impact", "probability", "score",
        "risk score", "risk rating", "mitigation", "mitigating action", "mitigating actions", "mitigations",
        "controls", "existing controls", "consequence", "residual risk", "residual score", "inherent score",
    ),
    "a workforce profile": (
        "headcount", "wte", "fte", "staff group", "role", "job role", "vacancies", "vacancy rate", "turnover",
        "turnover rate", "staff in post", "establishment", "age band", "age group", "ethnicity", "gender", "male",
        "female", "posts", "sickness", "starters", "leavers", "staff",
    ),
    "a membership list": (
        "name", "organisation", "job title", "post", "email", "telephone", "phone", "representing",
    ),
}  # fmt: skip
DECOY_TITLES = (
    "key", "version history", "version control", "document control", "document history", "contents",
    "table of contents", "risk register", "risks", "risk log", "glossary", "abbreviations", "membership",
    "workforce profile", "amendment history",
)  # fmt: skip
