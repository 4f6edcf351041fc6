"""Partner files drafted from a page, to be finished by an editor."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from content.files import ID_LIMIT
from content.folding import fold
from content.ids import id_from
from content.page_partners import Found
from content.partner_template import FIRST_LINE, Frame, quoted, topics_to_fill
from content.translations import Translation

NAME_LIMIT = 120
_SECOND_LEVEL = {"asso", "ac", "co", "com", "edu", "gouv", "gov", "net", "org", "or"}


@dataclass(frozen=True, slots=True)
class Draft:
    """One file to be: its id, its text, and what could not be told."""

    id: str
    text: str
    untold: tuple[str, ...] = field(default=())


def drafted(found: Found, language: str, source: str, frame: Frame, taken: set[str]) -> Draft:
    """What a page tells of a partner as a file, with what it does not tell marked."""
    chosen = _free(_id(found), taken)
    others = [code for code in frame.languages if code != language]
    untold = [
        what
        for what, told in (
            ("name", found.names),
            ("website", found.website),
            ("summary", found.summary),
            ("text", found.text),
        )
        if not told
    ]
    lines = (
        FIRST_LINE,
        "# A draft, word for word from the source below. Go through every TO CHECK and TO FILL,",
        "# take the marks away, and move the file to partners/ in the content folder.",
        f"# TO CHECK: the file’s name, {chosen}, becomes the partner’s id.",
        *_name(found, language, others),
        *_website(found),
        *_summary(found, language, others),
        *_text(found, language, others),
        *_people(found, language),
        *topics_to_fill(frame),
        *(f"# The source also has: {_one_line(link)}" for link in _rest(found)),
        "# verified_on:  # TO FILL: the day when you have checked all this",
        f"source: {quoted(source)}",
        "",
    )
    return Draft(chosen, "\n".join(lines), tuple(untold))


def language_of(text: str, translations: Sequence[Translation]) -> str:
    """The language whose everyday words a text uses most; the main one when none."""
    words = re.findall(r"\w+", fold(text))
    counts = [sum(word in t.light_words for word in words) for t in translations]
    return translations[counts.index(max(counts))].code


def _name(found: Found, language: str, others: Sequence[str]) -> Iterator[str]:
    yield "name:"
    # What a picture is called may be the partner's name, or may not.
    names = [name for name in (found.names or found.pictures) if len(name) <= NAME_LIMIT]
    if names:
        from_picture = "" if found.names else ", it describes a picture"
        yield f"  {language}: {quoted(names[0])}  # TO CHECK{from_picture}"
    else:
        yield f"  {language}:  # TO FILL: the source gives no name here (a logo, perhaps)"
    yield from _others(others)
    if len(names) > 1:
        aliases = ", ".join(map(quoted, names[1:]))
        yield f"aliases: [{aliases}]  # TO CHECK: or the name in another language"


def _website(found: Found) -> Iterator[str]:
    if not found.website:
        yield "# website:  # TO FILL: the source gives none; leave it out when there is none"
    elif "://" in found.website:
        yield f"website: {quoted(found.website)}  # TO CHECK"
    else:
        said = f"TO CHECK: the source says {found.website}, without https://"
        yield f"website: {quoted('https://' + found.website)}  # {said}"


def _summary(found: Found, language: str, others: Sequence[str]) -> Iterator[str]:
    yield "summary:"
    if found.summary:
        yield f"  {language}: {quoted(found.summary)}  # TO CHECK: it is how the text begins"
    else:
        yield f"  {language}:  # TO FILL: no sentence of the source will do; at most 400 signs"
    yield from _others(others)


def _text(found: Found, language: str, others: Sequence[str]) -> Iterator[str]:
    if not found.text or found.text == found.summary:
        yield "# text:  # TO FILL: the source has nothing more; leave it out when there is nothing"
        return
    cut = ", the source goes on" * (len(found.text) < len("\n\n".join(found.paragraphs)))
    yield "text:"
    yield f"  {language}: |-  # TO CHECK{cut}"
    yield from (f"    {line.strip()}".rstrip() for line in found.text.splitlines())
    yield from _others(others)


def _others(languages: Sequence[str]) -> Iterator[str]:
    yield from (f"  # {code}:  # TO FILL" for code in languages)


def _people(found: Found, language: str) -> Iterator[str]:
    if not found.people:
        yield "# people:  # TO FILL: none could be told; leave it out when there are none"
        return
    yield "people:  # TO CHECK: named in the text; are they this partner’s? Others may be named too"
    for name, role, behind in found.people:
        yield f"  - name: {quoted(name)}"
        if role:
            yield f"    role: {{{language}: {quoted(role)}}}  # TO CHECK"
        else:
            hint = f"; behind the name stands {_one_line(behind)}" * bool(behind)
            yield f'    # role: {{{language}: ""}}  # TO FILL{hint}'


def _rest(found: Found) -> list[str]:
    links = [f"{link.text} {link.href}" for link in found.links if link.href != found.website]
    return [*(found.pictures if found.names else []), *links]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _id(found: Found) -> str:
    host = re.sub(r"^\w+://", "", found.website.lower()).split("/")[0].split(":")[0]
    labels = [label for label in host.split(".")[:-1] if label != "www"]
    while len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    words = labels[-1] if labels else next(iter(found.names or found.pictures), "partner")
    return id_from(words) or "partner"


def _free(wanted: str, taken: set[str]) -> str:
    number, chosen = 2, wanted
    while chosen in taken:
        chosen, number = f"{wanted[: ID_LIMIT - 4]}-{number}", number + 1
    taken.add(chosen)
    return chosen
