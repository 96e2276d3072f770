"""A profile report as a file, by the ending of its name."""

from workforce.profile_describing import report_of
from workforce.profile_pictures import draw_kept

# What the report's page offers, in this order.
DOWNLOADS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "Web page", "json": "JSON"}
ENDINGS = (".docx", ".xlsx", ".pdf", ".html", ".json")


def file_of(release, ending):
    """Its bytes. What draws and writes is imported when first needed: few requests need it in memory."""
    from workforce.reporting.files import file_of as report_as
    from workforce.reporting.pictures import Pictures

    return report_as(report_of(release), ending.removeprefix("."), Pictures(draw_kept))
