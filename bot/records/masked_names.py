"""Names of people, taken out where the words before them say that a name follows."""

import re
from collections.abc import Iterator

from content.folding import fold

_SPACE = r"[\s:,\"«“'-]{1,4}"
_SAID = re.compile(
    r"(?<!\w)(?:my\s(?:full\s|first\s|last\s)?name(?:\sis|'s|’s)|my\sname:|(?:his|her)\sname\sis"
    r"|i(?:\sa|['’]?)m\s(?:called|named)|call\sme"
    r"|j[e'’]?\s?m\s?['’]?\s?app?ell?e?|(?:il|elle)\ss?['’]?\s?app?ell?e|on\sm['’]\s?appelle"
    r"|(?:mon|son)\s(?:petit\s)?(?:pr[ée])?nom(?:\sde\sfamille)?(?:\sest|\sc['’]?\s?est|\s?:)"
    rf"|moi,?\sc['’]?\s?(?:est|é)|(?:named|called|nomm[ée]e?|pr[ée]nomm[ée]e?)(?=\s[A-ZÀ-Þ]))"
    rf"{_SPACE}",
    re.IGNORECASE,
)
_KIN = (
    "fils fille enfant bébé bebe mari femme mère mere père pere maman papa soeur sœur frère frere"
    " neveu nièce niece copine copain ami amie voisin voisine élève eleve patient patiente collègue"
    " son daughter child kid baby boy girl husband wife mother father mum mom dad sister brother"
    " nephew niece friend neighbour neighbor boss pupil colleague partner"
)
_BEFORE_CAPITALS = re.compile(
    r"(?<!\w)(?:i\sam|i['’]?m|this\sis|je\ssuis|chuis|ici|signed|sign[ée]e?|cordialement"
    r"|regards|sincerely|yours|bien\sà\svous"
    r"|m\.|mr\.?|mrs\.?|ms\.?|miss|mme\.?|mlle\.?|dr\.?|pr\.?|monsieur|madame|mademoiselle|docteur"
    r"|doctor|professeur|professor"
    r"|(?:mon|ma|mes|notre|sa|son|my|our|his|her)\s(?:(?:petite?|grande?|little|older|younger|baby|best"
    rf"|meilleure?)\s)?(?:{'|'.join(_KIN.split())})(?:\s(?:named|called|nomm[ée]e?))?){_SPACE}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|\.(?=[^\W\d_])|['’-](?=[^\W\d_]))*")
_PARTICLES_OF_NAMES = "de du des la le van von der den el al ben bin da dos di"
_WORDS_AFTER_NAMES = (
    "and or but i im ive we my from at in on for to of looking searching asking working wondering"
    " calling writing living who what where how why is am are was have has with a an the please not"
    " do does can could would want need help hello hi thanks about your you"
    " et ou mais je j jai suis nous on mon ma mes a au aux en pour par qui que quoi comment cherche"
    " recherche voudrais veux travaille habite est avec sur dans chez un une les pas merci bonjour"
    " bonsoir ai depuis c d l m n s qu votre vous quel quelle il elle ca"
)
_PARTICLES = frozenset(_PARTICLES_OF_NAMES.split())
_NO_NAMES = frozenset(_WORDS_AFTER_NAMES.split())
_MOST = 4


def without_names(text: str) -> str:
    """The text with [name] in the place of names that somebody gave."""
    text = _replaced(text, _SAID, any_case=True)
    return _replaced(text, _BEFORE_CAPITALS, any_case=False)


def _replaced(text: str, before: re.Pattern[str], any_case: bool) -> str:
    pieces, done = [], 0
    for match in before.finditer(text):
        end = _end_of_name(text, match.end(), any_case)
        if match.end() >= done and end > match.end():
            pieces += [text[done : match.end()], "[name]"]
            done = end
    return "".join(pieces) + text[done:]


def _end_of_name(text: str, start: int, any_case: bool) -> int:
    """Where the name that begins at ``start`` ends; ``start`` when there is none."""
    end, capitals = start, False
    for place, (word, word_end) in enumerate(_words(text, start)):
        is_capital = word[0].isupper() and (any_case or len(word) > 1)
        if place == 0:
            capitals = is_capital
            if not (any_case or (is_capital and not _is_acronym(word, text))):
                break
        if fold(word) in _PARTICLES and place:
            continue  # part of the name if a name follows
        if _is_no_name(word) or (capitals and not is_capital):
            break
        end = word_end
    return end


def _words(text: str, start: int) -> Iterator[tuple[str, int]]:
    for _ in range(_MOST):
        match = _WORD.match(text, start)
        if match is None:
            return
        yield match[0], match.end()
        start = match.end()
        if text[start : start + 1] != " ":
            return
        start += 1


def _is_no_name(word: str) -> bool:
    folded = fold(word)
    return folded in _NO_NAMES or folded.split("'")[0] in _NO_NAMES - {"d", "l"}


def _is_acronym(word: str, text: str) -> bool:
    """An abbreviation in a text that is not all in capitals: "je suis EJE" tells of a trade."""
    return word.isupper() and len(word) <= 6 and not text.isupper()
