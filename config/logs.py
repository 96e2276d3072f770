"""Logs say what went wrong, never a secret of a link or what somebody typed."""

import logging
import re

# Links whose last part is the secret, and the values that PostgreSQL repeats in its errors.
SECRET_PARTS = re.compile(r"(/(?:invitation|password/forgotten|u|s|c)/)[^/\s\"']+")
DETAILS = re.compile(r"DETAIL:.*")


def masked(text):
    return DETAILS.sub("DETAIL: (left out)", SECRET_PARTS.sub(r"\1(left out)", text))


class MaskSecrets(logging.Filter):
    def filter(self, record):
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = masked(logging.Formatter().formatException(record.exc_info))
        return True
