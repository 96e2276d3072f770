"""What reads the files of an upload, as the worker sees it: one object that a test can put another in place of."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Engine:
    read: Callable  # as `read_return` of workforce/importing.py
    given: Callable  # (name, path) of one file
    keys: Callable  # (secret, partner) to the pseudonyms of that partner
    unreadable: type[Exception]  # what refuses all of it: sentence, where, accepted
    needs_mapping: type[Exception]  # what asks a person for the columns: headings
    stop: type[Exception]  # what `progress` raises when the upload is no longer to be read
    crosswalk_version: str


def our_engine():
    """The real one. Imported when first needed: a web server never reads, and need not hold the readers in memory."""
    from workforce import importing
    from workforce.crosswalks import VERSION
    from workforce.pseudonyms import Pseudonyms
    from workforce.reading import Given, Unreadable

    def keys_of(secret, partner):
        return Pseudonyms(secret.encode(), str(partner.pk))

    asks, stop = importing.NeedsMapping, importing.Stop
    return Engine(importing.read_return, Given, keys_of, Unreadable, asks, stop, VERSION)


current = our_engine  # what `receiving` calls
