"""Whatever stands in a reply, Telegram takes the message, and shows it as it was written."""

from __future__ import annotations

import pytest
from bot_api.formatting import format_text
from bot_api.markup import buttons_of, check_markup
from bot_api.wire import utf16_length
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.telegram_chat.plain_text import clean, is_web, units
from bot.telegram_chat.rendering import LONGEST, rendered

SITE = "https://surexpositionecrans.org"
spans = st.builds(
    Span,
    text=st.text(min_size=1, max_size=20)
    | st.sampled_from(["<b>", "&amp;", "a & b", "</a>", "&#x1F600;"]),
    style=st.sampled_from(Style),
    url=st.none() | st.sampled_from([SITE, 'https://a.org/?q="x"&b=<c>', "javascript:alert(1)"]),
)
paragraphs = st.lists(
    st.lists(spans, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3
).map(tuple)


def reply(
    *shown: Paragraph, kind: Kind = Kind.ANSWERS, buttons: tuple[tuple[Button, ...], ...] = ()
) -> Reply:
    return Reply(kind, "en", shown, buttons=buttons)


def as_telegram_reads(html: str) -> tuple[str, list[str]]:
    """The text people see, and what Telegram would complain of."""
    complaints: list[str] = []
    return format_text(html, "HTML", None, complaints.append).text, complaints


@settings(max_examples=200, deadline=None)
@given(paragraphs)
def test_text_is_shown_as_written_and_never_read_as_markup(shown: tuple[Paragraph, ...]) -> None:
    written = "\n\n".join("".join(clean(span.text) for span in p) for p in shown)
    if not written.strip() or units(written) > LONGEST - 10:
        return
    seen, complaints = as_telegram_reads(rendered(reply(*shown)).html)
    assert complaints == []
    assert seen.split() == written.split()


@pytest.mark.parametrize("letter", ["a", "é", "😀", "<", "&"])
@pytest.mark.parametrize("size", [2_000, 4_095, 4_096, 4_097, 9_000])
def test_a_message_of_any_length_fits(letter: str, size: int) -> None:
    seen, _ = as_telegram_reads(rendered(reply((Span(letter * size),))).html)
    assert utf16_length(seen) <= LONGEST
    assert seen == letter * size or seen.endswith("…")


def test_a_long_message_ends_between_paragraphs() -> None:
    shown = [(Span(f"{number} " + "word " * 200, Style.QUOTE),) for number in range(6)]
    seen, _ = as_telegram_reads(rendered(reply(*shown)).html)
    assert seen.startswith("0 word")
    assert seen.endswith("word \n\n…")
    assert "4 word" not in seen


def test_half_letters_and_control_characters_do_no_harm() -> None:
    seen, complaints = as_telegram_reads(rendered(reply((Span("a\ud83db\x00c\x1bd"),))).html)
    assert (seen, complaints) == ("a�b c d", [])


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "tg://resolve?domain=x", "https://", "ftp://a.org", "a.org"]
)
def test_nobody_is_sent_anywhere_but_to_the_web(url: str) -> None:
    shown = rendered(reply((Span("here", url=url),), buttons=((Button("Go", url=url),),)))
    assert not is_web(url)
    assert (shown.html, shown.buttons) == ("here", None)


def test_buttons_that_telegram_would_refuse_are_left_out() -> None:
    row = (
        Button("too long", action="ask:" + "é" * 31),
        Button("longest", action="ask:" + "é" * 30),
        Button(" ", action="help"),
        Button("copies too much", copy="x" * 257),
        Button("Copy", copy=SITE),
        Button("Share", share="CoSE"),
    )
    markup = rendered(reply((Span("a"),), buttons=(row,))).buttons
    assert markup
    complaints: list[str] = []
    taken = check_markup(markup.to_dict(), complaints.append)
    assert [b.text for b in buttons_of(taken)] == ["longest", "Copy", "Share"]
    assert complaints == []


@pytest.mark.parametrize("kind", [Kind.CARD, Kind.LINK])
def test_a_single_card_has_a_preview_of_its_website(kind: Kind) -> None:
    preview = rendered(reply((Span(SITE, url=SITE),), kind=kind)).preview
    assert preview.to_dict() == {"url": SITE, "prefer_small_media": True}


def test_lists_have_no_preview() -> None:
    assert rendered(reply((Span(SITE, url=SITE),))).preview.is_disabled
    two = ((Span(SITE, url=SITE),), (Span("b", url="https://b.org"),))
    assert rendered(reply(*two, kind=Kind.CARD)).preview.is_disabled
