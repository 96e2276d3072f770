"""How each figure is made, in plain sentences, from the one declaration of its measure."""

from workforce.profile.measures import BY_NAME

from .wording import within


def method_of(measure: str) -> str:
    """What it means, what it is a share of, and what becomes of posts without a value; "" of what nobody declared."""
    declared = BY_NAME.get(measure)
    if declared is None:
        return ""
    sentences = (declared.meaning, _made(declared), declared.missing)
    return " ".join(f"{sentence.rstrip('.')}." for sentence in sentences if sentence)


def _made(declared):
    if declared.numerator and declared.denominator:
        return f"Worked out as {within(declared.numerator)}, divided by {within(declared.denominator)}"
    return f"It is about {within(declared.population)}"
