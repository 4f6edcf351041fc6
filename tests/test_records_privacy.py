"""No id of anybody, nothing deleted, and no secret lies open in the data folder."""

import stat
from pathlib import Path

import pytest
from recording import NOW, records_at, records_in, stored

from bot.records.answers import KeptAnswer
from bot.records.faults import RecordsError
from bot.records.records import Deleted
from bot.records.secret import Keys, read_secret

PERSON = 987_654_321


async def test_forgetting_somebody_deletes_all_of_theirs_and_nothing_else(database: str) -> None:
    async with records_at(database) as records:
        for chat, user in ((PERSON, PERSON), (-100, PERSON), (-100, 5)):
            await records.conversations.put(chat, user, f"question of {user}", NOW, "language")
        await records.answers.put(-100, KeptAnswer(1, 2, PERSON, "{}", "{}"), NOW)
        assert await records.forget(PERSON) == Deleted(conversations=2, answers=1)
        assert await records.forget(PERSON) == Deleted()
        assert await records.conversations.get(-100, 5, NOW) == "question of 5"
        assert f"question of {PERSON}".encode() not in stored(database)


async def test_no_id_is_stored(database: str) -> None:
    async with records_at(database) as records:
        await records.conversations.put(PERSON, PERSON, "question", NOW)
        for written in (str(PERSON).encode(), PERSON.to_bytes(4), PERSON.to_bytes(8)):
            assert written not in stored(database)


async def test_what_has_expired_is_gone_from_the_files(database: str) -> None:
    async with records_at(database) as records:
        await records.conversations.put(1, 1, "a telling question", NOW)
        assert b"a telling question" in stored(database)
        await records.purge(NOW + 3600)
        assert b"a telling question" not in stored(database)


async def test_only_the_owner_reads_the_files(tmp_path: Path) -> None:
    read_secret(tmp_path)
    async with records_in(tmp_path) as records:
        await records.conversations.put(1, 1, "x", NOW)
        for path in tmp_path.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    secret = read_secret(tmp_path / "new")
    assert len(secret) == 32
    assert read_secret(tmp_path / "new") == secret
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret.key"]
    assert read_secret(tmp_path / "other") != secret


def test_a_broken_secret_is_told_with_its_mend(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"short")
    with pytest.raises(RecordsError, match="put the right file back, or delete it"):
        read_secret(tmp_path)


def test_keys_differ_by_person_chat_and_secret() -> None:
    one, other = Keys(b"1" * 32), Keys(b"2" * 32)
    keys = {one.place(1, 11), one.place(11, 1), one.place(1, 1), one.person(1), other.person(1)}
    assert len(keys) == 5
    assert "1111" not in repr(one)
