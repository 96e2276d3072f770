"""One way of writing a heading's cell, so that tables need not list every way it is typed."""

import re
import unicodedata

# What record systems and people shorten; each becomes the words on the right, which hold no shorter form again.
SHORTENED = {
    "add prof scientific and technic": "additional professional scientific and technical",
    "add prof scientific and technical": "additional professional scientific and technical",
    "additional prof scientific and technical": "additional professional scientific and technical",
    "addl prof scientific and technical": "additional professional scientific and technical",
    "additional professional scientific and technic": "additional professional scientific and technical",
    "add clinical services": "additional clinical services",
    "addl clinical services": "additional clinical services",
    "allied health profs": "allied health professionals",
    "allied health prof": "allied health professionals",
    "admin and clerical": "administrative and clerical",
    "estates and anc": "estates and ancillary",
    "nursing and midwifery reg": "nursing and midwifery registered",
    "healthcare scientist": "healthcare scientists",
    "asst": "assistant",
    "mgr": "manager",
    "snr": "senior",
    "hca": "healthcare assistant",
    "health care": "healthcare",
    "homecare": "home care",
    "careworker": "care worker",
    "co ordinator": "coordinator",
    "co ordination": "coordination",
}
_SHORTENED = re.compile(r"\b(" + "|".join(sorted(map(re.escape, SHORTENED), key=len, reverse=True)) + r")\b")
_APOSTROPHES = re.compile("['’‘`ʼ]")


def normal(text):
    """Small letters without accents, words and figures only, one space between, usual short forms written out."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    words = _APOSTROPHES.sub("", plain).replace("&", " and ")
    letters = "".join(letter if letter.isalnum() else " " for letter in words if not unicodedata.combining(letter))
    return _SHORTENED.sub(lambda found: SHORTENED[found[0]], " ".join(letters.split()))
