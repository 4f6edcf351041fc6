"""Street addresses and British postcodes, taken out of a text."""

import re

_NUMBER = r"(?<![\w-])\d{1,4}\s?(?:bis\b|ter\b|quater\b|[a-d]\b)?,?\s+"
_SURE = (
    r"(?:rue|avenue|av\.?|boulevard|bld|bd\.?|chemin|impasse|all[ée]e|quai|ruelle|faubourg"
    r"|lotissement)"
)
# Words that mean other things too: a name in capitals must follow.
_DOUBTED = r"(?:place|route|cours|square|passage|cit[ée]|r[ée]sidence|villa|sentier|hameau)"
# Taken once and for all, and few: "place de la de la de la …" would otherwise never end.
_LINKS = r"(?:(?:des|du|de|la|le|les)\s|d['’]|l['’]){0,4}+"
_WORD = r"[^\W\d_][\w'’-]*"
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-Þ])[\w'’-]*"
_NAME = rf"{_LINKS}{_WORD}(?:\s{_LINKS}{_CAPITAL}){{0,4}}"
_CAPITAL_NAME = rf"{_LINKS}{_CAPITAL}(?:\s{_LINKS}{_CAPITAL}){{0,4}}"
_TOWN = rf"(?:,?\s(?:à\s)?\d{{5}}(?:\s{_WORD})?)?"
_FRENCH = re.compile(
    rf"{_NUMBER}(?:{_SURE}\s{_NAME}|{_DOUBTED}\s{_CAPITAL_NAME}){_TOWN}", re.IGNORECASE
)
_ENGLISH = re.compile(
    rf"{_NUMBER}(?:{_WORD}\s){{1,3}}?"
    r"(?:street|road|rd\.?|avenue|ave\.?|lane|drive|close|terrace|crescent|gardens|grove)(?!\w)"
    rf"|{_NUMBER}(?:{_CAPITAL}\s){{1,3}}(?:st\.?|court|square|place|way|hill|row|walk)(?!\w)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?!\w)")


def without_streets(text: str) -> str:
    """The text with [address] in the place of a house in a street."""
    for address in (_FRENCH, _ENGLISH, _POSTCODE):
        text = address.sub("[address]", text)
    return text
