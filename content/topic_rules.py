"""Rules of topics: known, used, and with a label that people can tell from the others."""

from collections.abc import Iterator

from content.folding import bare
from content.model_mistakes import did_you_mean
from content.models import Content
from content.problems import Problem, Severity, excerpt
from content.sources import TOPICS, Sources, partner_file


def topics_are_known(content: Content, sources: Sources) -> Iterator[Problem]:
    """Every topic of a partner is in topics.yaml."""
    if TOPICS not in sources.files and TOPICS not in sources.broken:
        yield from _no_topics_at_all(content, sources)
        return
    known = dict.fromkeys(topic.id for topic in content.topics)
    for partner in content.partners if TOPICS not in sources.broken else ():
        for index, topic in enumerate(partner.topics):
            if topic not in known:
                wrong = f"{excerpt(topic)} is no topic of topics.yaml{did_you_mean(topic, known)}"
                message = f"{wrong}: write one of those, or add it there"
                yield sources.problem(partner_file(partner.id), ("topics", index), message)


def _no_topics_at_all(content: Content, sources: Sources) -> Iterator[Problem]:
    """A folder of nothing but partners works, only that nobody can browse its topics."""
    first = next((partner for partner in content.partners if partner.topics), None)
    if first is not None:
        message = "there is no topics.yaml, so no topic has a label: add the file"
        steps = ("topics",)
        yield sources.problem(partner_file(first.id), steps, message, Severity.WARNING, key=True)


def partners_have_topics(content: Content, sources: Sources) -> Iterator[Problem]:
    """Every partner can be browsed, once there are topics."""
    for partner in content.partners if content.topics else ():
        if not partner.topics:
            message = "no topic: add topics: […] with ids from topics.yaml"
            yield sources.problem(partner_file(partner.id), (), message, Severity.WARNING)


def topics_have_partners(content: Content, sources: Sources) -> Iterator[Problem]:
    """No topic leads nowhere."""
    if any(name.startswith("partners/") for name in sources.broken):
        return  # The partner of the topic may be one that could not be read.
    used = {topic for partner in content.partners for topic in partner.topics}
    for index, topic in enumerate(content.topics):
        if topic.id not in used:
            message = f"no partner has the topic {topic.id}: give it to one, or delete it"
            yield sources.problem(TOPICS, (index,), message, Severity.WARNING, key=True)


def labels_are_complete(content: Content, sources: Sources) -> Iterator[Problem]:
    """Every topic has a label in each language that partners are described in."""
    spoken = dict.fromkeys(lang for partner in content.partners for lang in partner.summary)
    for index, topic in enumerate(content.topics):
        missing = [language for language in spoken if language not in topic.label]
        if missing:
            message = f"the topic {topic.id} has no label in {', '.join(missing)}: add it"
            yield sources.problem(TOPICS, (index, "label"), message, Severity.WARNING, key=True)


def labels_differ(content: Content, sources: Sources) -> Iterator[Problem]:
    """No two topics look the same in one language."""
    holders: dict[tuple[str, str], str] = {}
    for index, topic in enumerate(content.topics):
        for language, label in topic.label.items():
            holder = holders.setdefault((language, bare(label)), topic.id)
            if holder != topic.id:
                message = f"{excerpt(label)} is also the label of {holder}: change one"
                steps = (index, "label", language)
                yield sources.problem(TOPICS, steps, message, Severity.WARNING)
