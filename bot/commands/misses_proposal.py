"""Words to be added, before they are: which, to which file, and what the question finds then."""

import asyncio
import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.commands.misses_targets import Target
from bot.commands.misses_words import without_masks, words_for
from bot.records.misses import MissGroup
from bot.services import Services
from content.files import read_bytes
from content.models import Content
from content.trying import Trial, tried
from content.word_lists import WordsError, not_there, with_words
from content.writing_together import FileChange, state_of
from index.library import Library, VerificationError

TRIED = 200
"""Partners up to which words are tried on a copy; beyond, that takes too long."""

PROBLEMS = 3
"""Problems told of a file that words would make wrong."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words for a target in a language; without ``change`` there is a ``fault``.

    ``found`` are the partners that the question finds with them, None when that was not tried;
    ``before`` is the file's text as it is.
    """

    group: MissGroup
    target: Target
    language: str
    words: tuple[str, ...]
    before: str = ""
    change: FileChange | None = None
    fault: str = ""
    found: tuple[str, ...] | None = None

    @property
    def question(self) -> str:
        """The question, as it can be asked."""
        return without_masks(self.group.examples[0])

    @property
    def digest(self) -> str:
        """Tells apart whatever could be written over whatever could be there."""
        if self.change is None:
            return ""
        return hashlib.sha256(f"{self.change.was}{self.change.text}".encode()).hexdigest()[:8]


async def proposal(
    services: Services,
    group: MissGroup,
    target: Target,
    words: Sequence[str] = (),
    try_it: bool = True,
) -> Proposal:
    """The words given, or else those of the question that the target does not know."""
    return await asyncio.to_thread(_proposal, services, group, target, tuple(words), try_it)


def place(found: Sequence[str], target: Target, content: Content) -> int | None:
    """Where (from 0) the target is among partners found; None when it is not."""
    wanted = target.partners(content)
    return next((n for n, partner in enumerate(found) if partner in wanted), None)


def _proposal(
    services: Services, group: MissGroup, target: Target, words: tuple[str, ...], try_it: bool
) -> Proposal:
    generation = services.knowledge.generation
    content, question = generation.content, without_masks(group.examples[0])
    language = group.language if group.language in content.languages else content.languages[0]
    if not words:
        partners = target.partners(content)
        words = words_for(generation.finder, generation.translations, question, partners)
    made = Proposal(group, target, language, words)
    folder = services.content_folder
    data = read_bytes(folder / target.file, folder)
    if isinstance(data, str):
        return replace(made, fault=data)
    try:
        before = data.decode()
        steps = target.steps(before)
        made = replace(made, words=not_there(before, steps, language, words), before=before)
        if not made.words:
            return made
        edited = with_words(before, steps, language, made.words)
        made = replace(made, change=FileChange(target.file, edited, state_of(before)))
        if not try_it or len(content.partners) > TRIED:
            return made
        trial = tried(folder, {target.file: edited.encode()})
    except (WordsError, OSError, ValueError) as error:
        return replace(made, fault=str(error))
    if trial.errors:
        fault = "\n".join(map(str, trial.errors[:PROBLEMS]))
        return replace(made, change=None, fault=fault)
    return replace(made, found=_found(services, trial, question))


def _found(services: Services, trial: Trial, question: str) -> tuple[str, ...] | None:
    """What the question would find; None where that cannot be told."""
    with tempfile.TemporaryDirectory(prefix="partner-bot-") as folder:
        library: Library = services.library.elsewhere(Path(folder))
        try:
            generation = library.build(trial.after, trial.spoken_after, "")
        except (VerificationError, OSError):
            return None
        try:
            answers = generation.finder.find(question).answers
        finally:
            generation.close()
    return tuple(answer.id for answer in answers)
