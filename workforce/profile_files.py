"""The report as files: their kinds, and what they are called."""

FORMATS = {}


def file_of(report, format):
    raise NotImplementedError
