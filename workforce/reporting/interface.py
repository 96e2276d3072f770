"""The report for other systems: its tables cell by cell, with what is to be known about them."""

from workforce.disclosure.released import insist_released

from .content import About, Report


def interface_of(report: Report) -> dict:
    insist_released(*report.tables)
    return _about(report) | {"tables": [table.interface() for table in report.tables]}


def _about(report):
    about = report.about
    return {
        "title": report.title,
        "partnership": about.partnership,
        "audience": about.audience.value,
        "partner": about.partner or None,
        "as_at": about.as_at.isoformat(),
        "stage": about.stage,
        "number": about.number,
        "released": about.released and about.released.isoformat(),
        "definitions": about.definitions,
        **_partners(about),
    }


def _partners(about: About):
    return {
        "partners_in": [
            {"name": one.name, "source": one.source, "as_at": one.as_at and one.as_at.isoformat()}
            for one in about.partners_in
        ],
        "partners_out": [{"name": one.name, "why": one.why} for one in about.partners_out],
        "coverage": about.coverage,
    }
