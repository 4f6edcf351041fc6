"""Partner files to be finished by an editor: blank ones, and ones drafted from a page."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from content.files import ID_LIMIT
from content.folding import fold
from content.page_partners import Found
from content.translations import Translation

FIRST_LINE = "# yaml-language-server: $schema=../partner.schema.json"
NAME_LIMIT = 120
_AWKWARD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_SECOND_LEVEL = {"asso", "ac", "co", "com", "edu", "gouv", "gov", "net", "org", "or"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What drafts are written for: the languages of the content, main first, and its topics."""

    languages: Sequence[str] = ("en", "fr")
    topics: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One file to be: its id, its text, and what could not be told."""

    id: str
    text: str
    untold: tuple[str, ...] = field(default=())


def blank(frame: Frame) -> str:
    """A partner file with everything to fill in and a word on each part."""
    return "\n".join((
        FIRST_LINE,
        "# Write behind each TO FILL and take the mark away, or delete the line. Lines that begin",
        "# with # are left out; take the # away to use one. Then: python run_bot.py check",
        "name:",
        *_blanks(frame.languages, "the name that people know it by"),
        "# aliases: [its acronym, a former name]",
        "# website: https://example.org  # as the partner itself gives it; never guess one",
        "summary:",
        *_blanks(frame.languages, "what it does, in one to three sentences, at most 400 signs"),
        "# text:",
        *(f"#   {code}: the rest, understood without the summary" for code in frame.languages),
        *_topics(frame),
        "# people:",
        "#   - name: First Last",
        f"#     role: {{{', '.join(f'{code}: what they do' for code in frame.languages)}}}",
        "# keywords:",
        *(f"#   {code}: [words people use, and the texts do not]" for code in frame.languages),
        "# questions:",
        *(f"#   {code}: [what people would ask to find it]" for code in frame.languages),
        "# verified_on: 2026-01-31  # the day when you checked all this",
        "# source: where it comes from",
        "",
    ))  # fmt: skip


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
        *_topics(frame),
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


def quoted(text: str) -> str:
    """A text as one YAML scalar, whatever is in it."""
    # JSON lets some signs be that YAML takes for the end of a line.
    return _AWKWARD.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def _blanks(languages: Sequence[str], hint: str) -> Iterator[str]:
    for place, code in enumerate(languages):
        yield f"  {code}:  # TO FILL: {hint if place == 0 else 'the same, or delete this line'}"


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


def _topics(frame: Frame) -> Iterator[str]:
    if frame.topics:
        yield f"topics: []  # TO FILL: one to four of: {', '.join(frame.topics)}"


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
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:ID_LIMIT].strip("-") or "partner"


def _free(wanted: str, taken: set[str]) -> str:
    number, chosen = 2, wanted
    while chosen in taken:
        chosen, number = f"{wanted[: ID_LIMIT - 4]}-{number}", number + 1
    taken.add(chosen)
    return chosen
