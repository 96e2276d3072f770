"""Timescales in free words, and what was understood from them.

An action plan says "Feb 2013 (phase 1) Apr 2013 (phase 2)" or "Q2 2024/25" or "Ongoing". The words are kept as they
are; `read_timescale` puts beside them the milestones it is sure of, how sure it is, and what it did not understand.

Words to pieces (`pieces`, with `forms` and `vocabulary`), dates to years (`settling`, `spans`), pieces to statements
(`statements`, `labels`), statements to a reading (`interpretation`, `reading`), a reading to English (`wording`).
"""

from .interpretation import read_timescale
from .reading import Confidence, Kind, Milestone, Precision, Qualifier, Reading, from_json, to_json
from .wording import describe

__all__ = [
    "Confidence",
    "Kind",
    "Milestone",
    "Precision",
    "Qualifier",
    "Reading",
    "describe",
    "from_json",
    "read_timescale",
    "to_json",
]
