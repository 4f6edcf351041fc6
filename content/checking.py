"""The rules of good content, each a small function, listed in RULES."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from content import partner_rules, topic_rules, vocabulary_rules
from content.loading import Loaded, load_content, usable
from content.models import Content
from content.problems import Problem
from content.sources import Sources
from content.translation_rules import translation_problems

Rule: TypeAlias = Callable[[Content, Sources], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    partner_rules.names_belong_to_one_partner,
    partner_rules.questions_belong_to_one_partner,
    partner_rules.keywords_differ,
    partner_rules.websites_differ,
    partner_rules.languages_are_complete,
    partner_rules.verified_in_the_past,
    topic_rules.topics_are_known,
    topic_rules.partners_have_topics,
    topic_rules.topics_have_partners,
    topic_rules.labels_are_complete,
    topic_rules.labels_differ,
    vocabulary_rules.groups_have_two_words,
    vocabulary_rules.words_stand_once_in_a_group,
    vocabulary_rules.groups_keep_names_apart,
    vocabulary_rules.groups_keep_keywords_apart,
)


def check(folder: Path) -> Loaded:
    """The content of a folder and everything wrong with it, sorted by file and line.

    Rules look at what could be read even when some files could not, so that one round of
    mending is enough.
    """
    loaded = load_content(folder)
    found = {problem for rule in RULES for problem in rule(loaded.readable, loaded.sources)}
    own = (folder / "translations").glob("*.yaml")
    found.update(translation_problems(folder, [f"translations/{path.name}" for path in own]))
    problems = tuple(sorted(found.union(loaded.problems)))
    return replace(loaded, content=usable(loaded.readable, problems), problems=problems)
