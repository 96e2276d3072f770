"""What a heading means by its significant words, where the phrase as a whole is none that is known.

Headings are made of few words: "Workstream lead", "Outcome sought", "When will it be done by?". A family of headings is
a closed vocabulary: every significant word of a heading must belong to it, and one of them must be a word that names
the column. So "Lead officer(s) & partner" is a lead, and "Lead time" is nothing that is known.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from .phrases import phrase, without_brackets

LONGEST = 90  # characters of a heading; more is a sentence
SHORTENED = {"who’s": "who is", "what’s": "what is", "we’ll": "we will", "we’ve": "we have", "we’re": "we are",
             "where’s": "where is", "how’s": "how is", "it’ll": "it will", "£": " cost "}  # fmt: skip
# The same question is asked in many ways; these come down to one word of a family.
VERBS = r"(?:done|do|doing|taken|undertaken|happen|carried out|take place)"
REWRITTEN = (
    (r"\b(what|how|when|where|which) do(?:es)? (?=\w+ \w)", r"\1 "),
    (r"\b(?:outcomes?|results?|benefits?|impact) (?:achieved|so far|to date)\b", "progress"),
    (r"\bon track\b", "ontrack"),
    (r"\b(?:led|managed|overseen|taken forward|actioned) by\b", "owner"),
    (r"^how (?:will|can|do|are) we (?:going to )?get there$", "what do"),
    (r"\b(?:get|got) there\b|\bsince (?:the |our )?last \w+", ""),
    (
        r"\b(?:have|has)(?: (?:we|it|they|been|already|so|far))* (?:done|achieved|happened|changed|taken place)\b",
        "progress",
    ),
    (r"\bhow (?:is|are) (?:we|it|things) (?:doing|going|getting on)\b", "progress"),
    (r"\bhow far (?:have|has|are) .*", "progress"),
    (rf"\b(?:will|to|must|should|can|needs?|going to|how)(?: (?:we|it|this|they|these|to|be))* {VERBS}\b", " do "),
    (
        r"\b(?:will|to|must|should)(?: (?:we|it|this|they|be))* (?:completed?|finish(?:ed)?|delivered)\b",
        " completion ",
    ),
)  # fmt: skip
SMALL = set(
    "a an the our your their we you they us i it its this that these those will would should can is are was be been "
    "being to by for of and or in on at as has have had if so any all".split()
)
ONLY_BESIDE = set(  # words that name a column where others stand beside them, and are no heading alone
    "do doing need much now taken look looks know judge else with led leads paid start starts started begin begins "
    "achieve achieved different project projects step steps done narrative".split()
)
PERIOD = re.compile(
    r"(?:q[1-4]|\d+|20\d\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w*|quarter|month|year|end|st|nd|rd|th)"
)


@dataclass(frozen=True)
class Family:
    """A column: the words that name it, and the others that may stand beside them."""

    key: str
    names: frozenset[str]
    beside: frozenset[str]
    is_dated: bool = False  # "RAG June 2025": a heading that says of when it is


def _family(key: str, names: str, beside: str, *, is_dated: bool = False) -> Family:
    return Family(key, frozenset(names.split()), frozenset(beside.split()), is_dated)


FAMILIES = (
    _family("start_text", "start starts started begin begins commence commencement",
            "when date dates planned proposed expected target action actions work"),
    _family("timescale_text",
            "when timescale timescales timeframe timeframes timeline timelines timetable deadline deadlines due "
            "completion date dates",
            "target planned expected proposed anticipated estimated agreed revised final end finish complete delivery "
            "deliver implementation implement achievement achieve milestone milestones key action actions activity "
            "task tasks do achieved completion time scale happen works"),
    _family("partners", "partners partner contributors contributing supporting else with involved collaborators",
            "key delivery other main who whom needs need help helps support supports work organisations "
            "agencies stakeholders partnership organisation agency"),
    _family("leads",
            "lead leads led leading leader owner owners owned owns officer officers responsible responsibility "
            "responsibilities accountable accountability sro sponsor who whom allocated assigned",
            "person persons people name named post role title manager managers director directors executive chief head "
            "senior team teams group organisation organisations agency agencies partner partners project programme "
            "workstream theme action actions activity task delivery deliver delivering do does doing make makes sure "
            "happens happen operational strategic overall main joint individual charge take takes forward service "
            "board contact key nominated designated work plan"),
    _family("evidence",
            "know measure measures measured measurement measurable evidence kpi kpis indicator indicators metric "
            "metrics success successful criteria judge look looks",
            "how what when who see seen made make difference worked working works achieved outcome outcomes impact "
            "progress performance key like good done do doing completion achievement target targets output outputs "
            "better changed change show shown tell monitor monitoring progress smart quality plan action improvement "
            "baseline critical factors"),
    _family("expected_outcome",
            "outcome outcomes result results benefit benefits impact difference different achieve achieved",
            "what make made makes want hope aim aims expect expected planned sought wanted desired intended required "
            "anticipated key main people staff workforce service services users user citizens residents better change "
            "target success strategic where trying going looking long term overall"),
    _family("resource_requirement",
            "resource resources resourcing cost costs budget budgets funding funded funds finance finances financial "
            "money investment paid need much",
            "what how where from implications implication required requirement requirements needed needs estimated "
            "indicative source sources staff time people total available additional identified capacity skills come "
            "workforce human other help support approximate per annum 000s 000 k"),
    _family("priority", "priority urgency urgent importance important",
            "level rating ranking rank order how h m l high medium med low"),
    _family("status", "rag brag bragg ragb status rating ontrack light lights",
            "current latest overall action actions activity delivery progress project now traffic colour completion "
            "red amber green blue today", is_dated=True),
    _family("progress",
            "progress update updates position commentary achievements now taken narrative",
            "latest current far where what how comments comment notes note report reporting reported summary status "
            "against since action actions quarterly monthly key delivery text brief short made review "
            "completed activity work", is_dated=True),
    _family("aim", "aim aims objective objectives goal goals recommendation recommendations ambition ambitions "
            "commitment commitments pledge",
            "strategic key overall overarching workforce plan partnership shared joint smart high level what long term "
            "main headline strategy theme themes priority priorities people trying achieve local"),
    _family("theme", "theme themes pillar pillars strand strands workstream workstreams driver drivers",
            "strategic key plan workforce people priority priorities area areas main work name strategy programme"),
    _family("activity",
            "action actions activity activities task tasks deliverable deliverables initiative initiatives "
            "intervention interventions step steps do doing project projects",
            "what how key priority main specific planned agreed required proposed needed need needs must now next "
            "partnership joint workforce delivery deliver local detailed high level improvement further recommended "
            "smart new plan practical milestone milestones description summary agreed supporting individual strategic "
            "address identified collective going"),
    _family("ref", "ref reference number no id",
            "action actions aim objective item plan serial line unique recommendation task activity row"),
)  # fmt: skip


def words_of(text: str) -> tuple[str, ...]:
    """The significant words of a heading, in order."""
    text = text.casefold().replace("'", "’")
    for short, long in SHORTENED.items():
        text = text.replace(short, long)
    text = phrase(without_brackets(text))
    for pattern, plain in REWRITTEN:
        text = re.sub(pattern, plain, text)
    return tuple(word for word in text.split() if word not in SMALL)


@lru_cache(maxsize=4096)
def meaning_of(text: str) -> str | None:
    """The column that a heading names by its words, or None."""
    if not text or len(text) > LONGEST or text[-1] in ".;":
        return None
    words = frozenset(words_of(text))
    undated = frozenset(word for word in words if not PERIOD.fullmatch(word))
    for family in FAMILIES:
        own = undated if family.is_dated else words
        if own & family.names and own <= family.names | family.beside and not own <= ONLY_BESIDE:
            return family.key
    return _lead_and_resource(words) if re.search(r"/|&|\band\b", text.casefold()) else None


def _lead_and_resource(words: frozenset[str]) -> str | None:
    """ "Lead officer and cost": one column for both."""
    both = [family for family in FAMILIES if family.key in ("leads", "resource_requirement")]
    known = frozenset().union(*(family.names | family.beside for family in both))
    return "lead_and_resource" if all(words & family.names for family in both) and words <= known else None


def is_outcome_sought(text: str) -> bool:
    """True for "Outcome sought" and "What do we want to change?", which are aims where they come before all else."""
    words = set(words_of(text))
    return meaning_of(text) == "expected_outcome" and bool(words & {"outcome", "outcomes", "achieve", "want"})
