"""Content of a hostile editor: refused in words, or shown as plain text; and never a bomb."""

from __future__ import annotations

import json
import struct
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import hostile
import pytest
import pytest_asyncio
from bot_api_server import BotApiServer
from hypothesis import given, settings
from hypothesis import strategies as st
from running_bot import RunningBot, copied_content, indexed_content, started
from sending_files import sends, zipped

from content.checking import check
from content.files import SIZE_LIMIT
from content.loading import load_content
from content.receiving import Document, received
from content.translations import TranslationError, load_translations
from content.yaml_reading import decode, read_yaml

SLOW = 6.0
"""Seconds of the processor that no file may take; a bomb takes minutes."""

N = SIZE_LIMIT // 4
BOMBS = {
    "brackets": "[" * N,
    "braces": "{a: " * (N // 4),
    "questions": "? " * (N // 2),
    "dashes": "- " * (N // 2),
    "flow questions": "[? " * (N // 3),
    "laughs": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{c}: &{c} [{','.join([f'*{b}'] * 9)}]\n"
        for b, c in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "a number": f"a: {'1' * (4 * N - 4)}",
    "base 60": f"a: 1{':59' * (4 * N // 3 - 3)}",
    "floats": "- 1.1.1.1\n" * (N // 10),
    "keys": "".join(f"k{n}: v\n" for n in range(N // 12)),
    "one key": "a: b\n" * (N // 5),
    "merges": "<<: {a: b}\n" * (N // 11),
    "items": f"[{'a,' * (N // 2)}]",
    "tags": "- !!python/object/apply:os.system [id]\n",
    "anchors": "&a " * (N // 3),
    "quotes": '"' * N,
    "escapes": f'"{chr(92)}U0001F600{chr(92)}n"',
    "one letter": "a" * N,
    "lines": "\n" * N,
    "documents": "---\n" * (N // 4),
    "indents": "".join(f"{' ' * n}a:\n" for n in range(600)),
    "directives": "%a b\n" * (N // 5),
    "topics": "".join(f"- {{id: t, label: {{en: T{n}}}}}\n" for n in range(7_000)),
    "words": f"- {{en: [{', '.join(f'w{n}' for n in range(20_000))}]}}",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_in_every_file(tmp_path: Path, name: str) -> None:
    bomb, begun = BOMBS[name], time.process_time()
    for folder in ("partners", "translations"):
        (tmp_path / folder).mkdir()
    (tmp_path / "partners" / "a.yaml").write_text("name: {en: A}\nsummary: {en: B}\n")
    for file in ("partners/bomb.yaml", "topics.yaml", "vocabulary.yaml", "translations/en.yaml"):
        (tmp_path / file).write_text(bomb)
    problems = check(tmp_path).problems
    assert all(len(str(problem)) < 2_000 for problem in problems)
    with suppress(TranslationError):
        load_translations(tmp_path)
    assert time.process_time() - begun < SLOW


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ("- ", "? ", ": ", "\n", "  ", "\t", "[", "]", "{", "}", ", ", '"', "'", "#")
        )
        | st.sampled_from(("|\n", ">-\n", "&a ", "*a ", "!!x ", "---\n", "...\n", "%YAML 1.1\n"))
        | st.sampled_from(
            ("name", "summary", "en", "fr", "id", "label", "topics", "1:1", "~", "no")
        )
        | st.sampled_from(hostile.ALL)
        | st.text(max_size=5),
        max_size=40,
    ).map("".join)
)
def test_any_text_is_read_or_told_of(text: str) -> None:
    read, fault = decode(text.encode("utf-8", "surrogatepass"))
    root, faults = read_yaml(read)
    told = [fault] if fault else faults
    assert root is None or not told or all(one.message for one in told)
    for one in told:
        assert one.line >= 1
        assert one.column >= 1
        assert one.message.isprintable()


def partner_of(text: str) -> str:
    """A partner with a text wherever an editor may put one, as JSON, which is YAML."""
    everywhere = {
        "name": {"en": text, "fr": text},
        "aliases": [text],
        "website": f"https://example.org/{text}",
        "summary": {"en": text, "fr": f"{text} whales"},
        "text": {"en": text * 9},
        "people": [{"name": text, "role": {"en": text}}],
        "keywords": {"en": [text, "whales"]},
        "questions": {"en": [text]},
        "source": text,
    }
    return json.dumps(everywhere, ensure_ascii=False)


@pytest.mark.parametrize("text", hostile.TERMINALS[:-2])
def test_commands_for_terminals_stand_in_no_answer_and_in_no_report(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "partners").mkdir()
    data = partner_of(text).encode("utf-8", "surrogatepass")
    (tmp_path / "partners" / "a.yaml").write_bytes(data)
    loaded = load_content(tmp_path)
    assert "\n" in text or loaded.content is None
    assert all(str(problem).isprintable() for problem in loaded.problems)


def acceptable() -> dict[str, str]:
    """Files of hostile partners that are no worse than what people may well write."""
    made = {}
    texts = (
        *hostile.MARKUP,
        *hostile.TEMPLATES,
        *hostile.PATHS,
        *hostile.QUERIES,
        *hostile.LETTERS,
    )
    for number, text in enumerate(texts[::2]):
        name = f"{hostile.whole(text)[:90]} {number}"
        made[f"h{number}"] = partner_of(name).replace(f"example.org/{name}", "example.org")
    huge = dict.fromkeys(("en", "fr"), "&<" * 200)
    made["huge"] = json.dumps(
        {"name": {"en": "<b>" * 40}, "summary": huge, "text": {"en": "&" * 4000}}
    )
    return made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram_bot(
    shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningBot]:
    """The real bot on the shipped content and on what a hostile editor has put beside it."""
    data = tmp_path_factory.mktemp("data")
    content = indexed_content(shipped, data)
    async with BotApiServer() as server, started(server, data, content) as bot:
        await bot.ready()
        yield bot


@pytest.mark.asyncio(loop_scope="module")
class TestOnTelegram:
    """A hostile editor's content on the real bot; the admin reindexes it."""

    async def test_it_is_shown_as_written(self, bot: RunningBot) -> None:
        admin, person = bot.admin(), bot.newcomer()
        for name, text in acceptable().items():
            (bot.content / "partners" / f"{name}.yaml").write_text(text)
        bad = {p.path.stem for p in check(bot.content).problems if p.severity == "error"}
        for name in bad & acceptable().keys():
            (bot.content / "partners" / f"{name}.yaml").unlink()
        shown = sorted(acceptable().keys() - bad)
        assert len(shown) > 25, bad
        report = await bot.asks(admin, "/reindex")
        await bot.server.wait_until(lambda: "Done:" in report.text, timeout=60)
        for name in shown[::3]:
            card = await bot.asks(person, f"/start p_{name}")
            assert all(b.url is None or b.url.startswith("https://") for b in card.buttons)
        for text in ("whales", "/partners", "/topics", "more", "why?", "who runs it?"):
            await bot.asks(person, text)
        for text in ("", "whales", "whales + screens"):
            await bot.server.answered(await bot.server.send_inline_query(person, text))
        for command in ("/stats", "/misses", "/audit", "/diagnose"):
            await bot.asks(admin, command)
        await self.is_well(bot)

    async def test_files_that_an_admin_sends(self, bot: RunningBot) -> None:
        admin = bot.admin()
        for name, bomb in (("bomb", "brackets"), ("topics", "keys"), ("en", "laughs")):
            await sends(bot, admin, f"{name}.yaml", BOMBS[bomb])
        for text in map(hostile.whole, (*hostile.MARKUP[:2], *hostile.TERMINALS[:2])):
            await sends(bot, admin, f"{text}.yaml", partner_of(text))
            await sends(bot, admin, "hostile.yaml", partner_of(text))
        await sends(bot, admin, "x.zip", zipped({f"{t}.yaml": "x" for t in hostile.PATHS}))
        await self.is_well(bot)

    async def is_well(self, bot: RunningBot) -> None:
        assert "CoSE" in (await bot.asks(bot.newcomer(), "CoSE")).text
        assert "ERROR" not in bot.written
        assert "Traceback" not in bot.written
        assert "without markup" not in bot.written


def test_a_broken_translation_never_replaces_a_good_one(tmp_path: Path) -> None:
    """It once was found out only when the bot had nothing left to say."""
    content = copied_content(tmp_path / "content")
    english = content / "translations" / "en.yaml"
    for wrong in ("{0.__class__}", "{count!r}", "{count:>99999999}", "{", "{nosuch}"):
        english.write_text(f'language: English\nmain: true\nsays: {{help: "{wrong}"}}\n')
        problems = [str(p) for p in check(content).problems if p.path == english]
        assert len(problems) == 1
        assert "says, help" in problems[0]


@pytest.mark.parametrize("offset", [0, 2**31, 2**63 - 1, 2**63, 2**64 - 1])
@pytest.mark.parametrize("size", [0, 10, 2**63, 2**64 - 1])
def test_archives_that_claim_to_be_larger_than_the_world(offset: int, size: int) -> None:
    extra = struct.pack("<HHQQQ", 1, 24, size, size, offset)
    numbers = (b"PK\x01\x02", 20, 3, 45, *(0,) * 6, *(2**32 - 1,) * 2, 6, len(extra), *(0,) * 4)
    entry = struct.pack("<4s4B4HL2L5H2L", *numbers, 2**32 - 1) + b"a.yaml" + extra
    data = entry + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), 0, 0)
    assert received([Document("x.zip", data)], ("en",)).refusals


def test_many_names_in_one_archive_are_counted_first() -> None:
    begun = time.process_time()
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", *(0,) * 11, 1, *(0,) * 6) + b"a"
    count = 3 * 1024 * 1024 // len(entry)
    end = (b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entry) * count, 0, 0)
    data = entry * count + struct.pack("<4s4H2LH", *end)
    assert received([Document("x.zip", data)], ("en",)).refusals
    assert time.process_time() - begun < SLOW


def test_hostile_names_of_files_stay_inside(tmp_path: Path) -> None:
    for text in hostile.ALL:
        for name in (f"{text}.yaml", f"partners/{text}.yaml", text, f"{text}/x.yaml"):
            for target in received([Document(name, b"x")], ("en", "fr")).files:
                inside = (tmp_path / target).resolve()
                assert inside.is_relative_to(tmp_path.resolve())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_called_an_archive(data: bytes, place: int) -> None:
    good = zipped({"partners/a.yaml": "name: {en: A}", "b.yaml": "x" * 99})
    for archive in (data, good[:place] + data + good[place:], good[:place] + data):
        received([Document("x.zip", archive)], ("en",))
