"""The report as files to take away: their kinds, and what they are called."""

from workforce.reporting import files

FORMATS = {ending: people for ending, (_, _, people) in files.FILES.items()}


def file_of(report, ending):
    """(name, media type, bytes)."""
    return f"{report.title}.{ending}", files.FILES[ending][1], files.file_of(report, ending)
