"""Rules of the vocabulary: a group links words, and never makes two partners one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from content.folding import bare
from content.models import Content, WordGroup
from content.partner_rules import keywords, names
from content.problems import Problem, Severity, excerpt, shown_path
from content.sources import VOCABULARY, Sources, partner_file

_Phrase = tuple[str, ...]
_ANY = "\0"
"""Stands for every word of a group, as the group's words stand for each other."""


def groups_have_two_words(content: Content, sources: Sources) -> Iterator[Problem]:
    """A group with one word links nothing."""
    for index, group in enumerate(content.vocabulary):
        if len(_phrases(group)) < 2:
            message = "fewer than two different words: add one that means the same, or delete it"
            yield sources.problem(VOCABULARY, (index,), message, Severity.WARNING)


def words_stand_once_in_a_group(content: Content, sources: Sources) -> Iterator[Problem]:
    """No word is twice in one language of a group."""
    for index, group in enumerate(content.vocabulary):
        for language, words in group.words.items():
            seen: set[str] = set()
            for place, word in enumerate(words):
                if bare(word) in seen:
                    message = f"{excerpt(word)} is twice in this group: delete one"
                    steps = (index, language, place)
                    yield sources.problem(VOCABULARY, steps, message, Severity.WARNING)
                seen.add(bare(word))


def groups_keep_names_apart(content: Content, sources: Sources) -> Iterator[Problem]:
    """No group makes the names of two partners mean the same, alone or within longer names."""
    named = [(partner.id, name) for partner in content.partners for _, name in names(partner)]
    spelt = [tuple(bare(name).split()) for _, name in named]
    by_word: dict[str, set[int]] = defaultdict(set)
    for number, phrase in enumerate(spelt):
        for word in phrase:
            by_word[word].add(number)
    for index, group in enumerate(content.vocabulary):
        phrases = _phrases(group)
        near: set[int] = set().union(*(by_word.get(phrase[0], ()) for phrase in phrases))
        alike: dict[_Phrase, dict[_Phrase, int]] = defaultdict(dict)
        for number in near:
            if _ANY in (merged := _merged(spelt[number], phrases)):
                # Those who have the same name anyway are no fault of the group.
                alike[merged].setdefault(spelt[number], number)
        for numbers in alike.values():
            holders = sorted(named[number] for number in numbers.values())
            if len({partner_id for partner_id, _ in holders}) > 1:
                shown = [f"{excerpt(name)} ({_file(sources, i)})" for i, name in holders]
                yield _same(sources, index, shown)


def groups_keep_keywords_apart(content: Content, sources: Sources) -> Iterator[Problem]:
    """No group leaves nothing between the keywords of two partners."""
    own = {partner.id: keywords(partner) for partner in content.partners}
    # Sums of hashes: what a group leaves of a partner costs no more than what it takes.
    sums = {partner_id: sum(map(hash, words)) for partner_id, words in own.items()}
    users: dict[str, list[str]] = defaultdict(list)
    for partner_id, words in own.items():
        for word in words:
            users[word].append(partner_id)
    for index, group in enumerate(content.vocabulary):
        phrases = {" ".join(phrase) for phrase in _phrases(group)}
        left: dict[str, int] = {}
        for phrase in phrases:
            for partner_id in users.get(phrase, ()):
                left[partner_id] = left.get(partner_id, sums[partner_id]) - hash(phrase)
        alike: dict[int, dict[frozenset[str], str]] = defaultdict(dict)
        for partner_id, remainder in left.items():
            # Those who have the same keywords anyway are no fault of the group.
            alike[remainder].setdefault(own[partner_id], partner_id)
        for holders in alike.values():
            if len(holders) > 1 and len({words - phrases for words in holders}) == 1:
                shown = [f"all keywords of {i} ({_file(sources, i)})" for i in holders.values()]
                yield _same(sources, index, sorted(shown))


def _same(sources: Sources, index: int, alike: Sequence[str]) -> Problem:
    shown = [*alike[:3], *([f"{len(alike) - 3} more"] if len(alike) > 3 else [])]
    wrong = f"this group makes {', '.join(shown[:-1])} and {shown[-1]} mean the same"
    message = f"{wrong}, so that nobody could find one alone: take the word of one out"
    return sources.problem(VOCABULARY, (index,), message)


def _file(sources: Sources, partner_id: str) -> str:
    return shown_path(sources.folder / partner_file(partner_id))


def _phrases(group: WordGroup) -> frozenset[_Phrase]:
    """The different words of a group, each as folded single words."""
    words = (bare(word) for listed in group.words.values() for word in listed)
    return frozenset(tuple(word.split()) for word in words if word)


def _merged(phrase: _Phrase, phrases: frozenset[_Phrase]) -> _Phrase:
    """The phrase with every word of a group, the longest first, replaced by one that is any."""
    longest = max(map(len, phrases), default=0)
    merged: list[str] = []
    at = 0
    while at < len(phrase):
        sizes = range(min(longest, len(phrase) - at), 0, -1)
        size = next((size for size in sizes if phrase[at : at + size] in phrases), 0)
        merged.append(_ANY if size else phrase[at])
        at += size or 1
    return tuple(merged)
