"""What an admin sees of words before they are written: the difference, and what it brings."""

from collections.abc import Iterator, Sequence

from bot.commands.misses_cards import target_named
from bot.commands.misses_proposal import Proposal, place
from bot.commands.misses_targets import Target
from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.dialogue.voice import Voice
from bot.records.misses import MissGroup

NAMED = 3
"""Partners named of those that a question finds."""


def proposed(voice: Voice, proposal: Proposal, note: Paragraph = ()) -> Reply:
    """The difference in words, with a button to write it; or why there is none."""
    head = voice.paragraph(
        "misses_proposed",
        question=question_named(proposal),
        target=target_named(voice, proposal.target),
    )
    return voice.reply(
        Kind.HELP if proposal.change else Kind.ERROR,
        note,
        head,
        *_difference(voice, proposal),
        buttons=_buttons(voice, proposal),
    )


def question_named(proposal: Proposal) -> Span:
    """The question, in bold."""
    return Span(proposal.group.examples[0], Style.BOLD)


def names(voice: Voice, ids: Sequence[str]) -> str:
    """Partners in one phrase, the first ones."""
    partners = [partner for i in ids[:NAMED] if (partner := voice.content.partner(i))]
    return voice.together(map(voice.name, partners))


def _difference(voice: Voice, proposal: Proposal) -> Iterator[Paragraph]:
    if not proposal.words:
        yield voice.paragraph("misses_no_words")
        return
    spoken = voice.texts.locale(voice.language).languages.get(proposal.language, proposal.language)
    kind = "misses_file_topic" if proposal.target.is_topic else "misses_file_partner"
    where = voice.say(kind, file=proposal.target.file, spoken=spoken)
    yield (Span(where), *(Span(f"\n+ {word}", Style.BOLD) for word in proposal.words))
    if proposal.change is None:
        yield voice.paragraph("misses_not_written", reason=proposal.fault)
    elif proposal.found is not None:
        yield _prospect(voice, proposal, proposal.found)


def _prospect(voice: Voice, proposal: Proposal, found: Sequence[str]) -> Paragraph:
    """What the question would find."""
    where = place(found, proposal.target, voice.content)
    if where is None:
        key = "misses_would_not" if not found else "misses_would_others"
    else:
        key = "misses_would_later" if where else "misses_would"
    return voice.paragraph(key, names=names(voice, found))


def _buttons(voice: Voice, proposal: Proposal) -> Sequence[tuple[Button, ...]]:
    key, ref = proposal.group.key, proposal.target.ref
    do = voice.button("misses_do", f"/misses do {key} {ref} {proposal.digest}")
    return (
        (do,) if proposal.change else (),
        (
            voice.button("misses_words", f"/misses words {key} {ref}"),
            voice.button("misses_back", f"/misses of {key}"),
        ),
    )


def words_asked(voice: Voice, group: MissGroup, target: Target) -> Reply:
    """Asks for the words that should lead to a partner or a topic."""
    name, question = target.name(voice.content, voice.language), group.examples[0]
    back = voice.button("misses_back", f"/misses add {group.key} {target.ref}")
    said = voice.paragraph("misses_ask_words", name=name, question=question)
    return voice.reply(Kind.HELP, said, buttons=((back,),))
