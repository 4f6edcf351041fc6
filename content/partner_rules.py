"""Rules of partners: each can be told from every other, and says the same in each language."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from content.folding import bare
from content.models import Content, Partner
from content.problems import Problem, Severity, excerpt
from content.sources import Sources, partner_file
from content.yaml_reading import Step

_Steps = tuple[Step, ...]


def names_belong_to_one_partner(content: Content, sources: Sources) -> Iterator[Problem]:
    """No name or alias, in any spelling, is that of two partners."""
    holders: dict[str, tuple[Partner, _Steps]] = {}
    for partner in content.partners:
        for steps, name in names(partner):
            # Nobody minds the dots of C.O.S.E., or whether it is Redcross.
            letters = bare(name).replace(" ", "")
            holder, place = holders.setdefault(letters, (partner, steps))
            if holder is not partner and letters:
                other = sources.reference(partner_file(holder.id), place)
                wrong = f"{excerpt(name)} is also a name of {holder.id} ({other})"
                message = f"{wrong}: nobody could ask for one of them; take it out of one"
                yield sources.problem(partner_file(partner.id), steps, message)


def questions_belong_to_one_partner(content: Content, sources: Sources) -> Iterator[Problem]:
    """No expected question is expected to find two partners first."""
    holders: dict[str, tuple[Partner, _Steps]] = {}
    for partner in content.partners:
        for steps, question in _listed("questions", partner.questions):
            holder, place = holders.setdefault(bare(question), (partner, steps))
            if holder is not partner:
                other = sources.reference(partner_file(holder.id), place)
                wrong = f"{excerpt(question)} is also a question of {holder.id} ({other})"
                message = f"{wrong}, and only one can come first: word one of them differently"
                yield sources.problem(partner_file(partner.id), steps, message)


def keywords_differ(content: Content, sources: Sources) -> Iterator[Problem]:
    """No two partners have the very same keywords."""
    holders: dict[frozenset[str], Partner] = {}
    for partner in content.partners:
        words = keywords(partner)
        holder = holders.setdefault(words, partner) if words else partner
        if holder is not partner:
            wrong = f"all keywords are the same as those of {holder.id}"
            message = f"{wrong}: add words which tell {partner.id} from it"
            yield _warning(sources, partner, ("keywords",), message)


def websites_differ(content: Content, sources: Sources) -> Iterator[Problem]:
    """No two partners have the same website."""
    holders: dict[str, Partner] = {}
    for partner in content.partners:
        address = _address(partner.website or "")
        holder = holders.setdefault(address, partner) if address else partner
        if holder is not partner:
            message = f"{holder.id} has the same website: check that both are right"
            yield _warning(sources, partner, ("website",), message, key=False)


def languages_are_complete(content: Content, sources: Sources) -> Iterator[Problem]:
    """What a file says in one language somewhere, it says everywhere."""
    for partner in content.partners:
        texts = dict(_texts(partner))
        languages = dict.fromkeys(language for text in texts.values() for language in text)
        for steps, text in texts.items():
            missing = [language for language in languages if language not in text]
            if missing:
                where = ".".join(str(s + 1 if isinstance(s, int) else s) for s in steps)
                message = f"{where} is not given in {', '.join(missing)}: other texts here are"
                yield _warning(sources, partner, steps, message)


def verified_in_the_past(content: Content, sources: Sources) -> Iterator[Problem]:
    """Nobody has checked anything tomorrow."""
    # Somewhere on earth it may be tomorrow already.
    latest = (datetime.now(UTC) + timedelta(hours=14)).date()
    for partner in content.partners:
        if partner.verified_on and partner.verified_on > latest:
            message = f"{partner.verified_on} is yet to come: write the day of the last check"
            yield _warning(sources, partner, ("verified_on",), message, key=False)


def names(partner: Partner) -> Iterator[tuple[_Steps, str]]:
    """Every name and alias of a partner, and where its file has it."""
    for language, name in partner.name.items():
        yield ("name", language), name
    for index, alias in enumerate(partner.aliases):
        yield ("aliases", index), alias


def keywords(partner: Partner) -> frozenset[str]:
    """The folded keywords of a partner in all languages."""
    return frozenset(bare(word) for _, word in _listed("keywords", partner.keywords)) - {""}


def _listed(key: str, lists: Mapping[str, Iterable[str]]) -> Iterator[tuple[_Steps, str]]:
    for language, entries in lists.items():
        for index, entry in enumerate(entries):
            yield (key, language, index), entry


def _texts(partner: Partner) -> Iterator[tuple[_Steps, Mapping[str, Any]]]:
    for key in ("name", "summary", "text"):
        if text := getattr(partner, key):
            yield (key,), text
    for index, person in enumerate(partner.people):
        if person.role:
            yield ("people", index, "role"), person.role


def _address(website: str) -> str:
    """What is left of a website when all is gone that makes no difference."""
    _, _, rest = website.rpartition("://")
    host, slash, path = rest.rstrip("/").partition("/")
    return host.lower().removeprefix("www.") + slash + path


def _warning(
    sources: Sources, partner: Partner, steps: _Steps, message: str, *, key: bool = True
) -> Problem:
    file = partner_file(partner.id)
    return sources.problem(file, steps, message, Severity.WARNING, key=key)
