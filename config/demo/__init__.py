"""The demonstration: an invented place with a year of history, told through the same services as real work.

What happens is data (the TOML files); how it is told is code. `story` puts every step in the order of time, so
that the history reads as if it had been lived.
"""

DEFAULT_PASSWORD = "try-the-planner"  # noqa: S105 (public on purpose; see story.password)
