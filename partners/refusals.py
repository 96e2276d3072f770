"""What a service says when it will not do something: a sentence for the person, and what would be accepted."""


class Refused(Exception):
    """A request that cannot be carried out as asked.

    `field` names the form field or column it concerns ("" for the whole), `message` says what is wrong and
    `accepted` what would work.
    """

    def __init__(self, message, *, field="", accepted=""):
        super().__init__(message)
        self.message = message
        self.field = field
        self.accepted = accepted

    @property
    def sentence(self):
        return f"{self.message} {self.accepted}".strip()


class NotAllowed(Refused):
    """The person does not hold the right (any more)."""
