"""Files from others become content only under names and within limits that do no harm."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest
from sending_files import zipped

from content.archives import FILES_LIMIT, SUM_LIMIT, packed, unpacked
from content.files import SIZE_LIMIT
from content.received_names import content_name
from content.receiving import Document, received, refused_unseen
from content.refusals import Reason, RefusedError

LANGUAGES = ("en", "fr")


def reasons(name: str, data: bytes) -> set[Reason]:
    return {refusal.reason for refusal in received([Document(name, data)], LANGUAGES).refusals}


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("cose.yaml", "partners/cose.yaml"),
        ("partners/cose.yaml", "partners/cose.yaml"),
        ("topics.yaml", "topics.yaml"),
        ("vocabulary.yaml", "vocabulary.yaml"),
        ("translations/de.yaml", "translations/de.yaml"),
        ("en.yaml", "translations/en.yaml"),
        ("de.yaml", "partners/de.yaml"),
        ("partners/en.yaml", "partners/en.yaml"),
    ],
)
def test_names_of_content(sent: str, name: str) -> None:
    assert content_name(sent, LANGUAGES) == name


@pytest.mark.parametrize(
    ("sent", "reason", "right"),
    [
        ("../x.yaml", Reason.OUTSIDE, ""),
        ("partners/../../x.yaml", Reason.OUTSIDE, ""),
        ("/etc/x.yaml", Reason.OUTSIDE, ""),
        ("C:x.yaml", Reason.OUTSIDE, ""),
        ("c:\\x.yaml", Reason.OUTSIDE, ""),
        ("partners\\x.yaml", Reason.OUTSIDE, ""),
        ("partners//x.yaml", Reason.OUTSIDE, ""),
        ("", Reason.OUTSIDE, ""),
        ("x\0.yaml", Reason.CHARACTERS, ""),
        ("x\u202e.yaml", Reason.CHARACTERS, ""),
        ("x\ud800.yaml", Reason.CHARACTERS, ""),
        (".x.yaml", Reason.HIDDEN, ""),
        ("partners/.git/x.yaml", Reason.HIDDEN, ""),
        ("x.py", Reason.ENDING, ""),
        ("x", Reason.ENDING, ""),
        ("cose.yml", Reason.RENAME, "cose.yaml"),
        ("cose.yaml.txt", Reason.RENAME, "cose.yaml"),
        ("COSE.YAML", Reason.RENAME, "COSE.yaml"),
        ("partners/x.zip", Reason.NESTED, ""),
        ("foo/x.yaml", Reason.FOLDER, "partners/x.yaml"),
        ("partners/topics/x.yaml", Reason.FOLDER, "partners/x.yaml"),
        ("Croix Rouge.yaml", Reason.NAME, "croix-rouge.yaml"),
        ("Défenseur_des_droits (1).yaml", Reason.NAME, "defenseur-des-droits-1.yaml"),
        ("日本.yaml", Reason.NAME, "croix-rouge.yaml"),
        ("x" * 49 + ".yaml", Reason.NAME, "x" * 48 + ".yaml"),
        ("translations/English.yaml", Reason.LANGUAGE, "translations/en.yaml"),
    ],
)
def test_names_that_are_refused_and_what_would_be_right(
    sent: str, reason: Reason, right: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        content_name(sent, LANGUAGES)
    assert (refused.value.refusal.reason, refused.value.refusal.right) == (reason, right)


def test_sizes_are_looked_at_before_and_after() -> None:
    assert refused_unseen("x.yaml", SIZE_LIMIT) is None
    large = refused_unseen("x.yaml", SIZE_LIMIT + 1)
    assert large
    assert large.reason is Reason.LARGE
    archive = refused_unseen("x.zip", 100_000_000)
    assert archive
    assert archive.reason is Reason.ZIP_LARGE
    assert reasons("x.yaml", b"#" * (SIZE_LIMIT + 1)) == {Reason.LARGE}
    assert reasons("x.zip", zipped({"x.yaml": "#" * (SIZE_LIMIT + 1)})) == {Reason.LARGE}


def test_archives_come_back_as_they_went() -> None:
    files = {"partners/b.yaml": b"b", "topics.yaml": b"t", "partners/a.yaml": b"a"}
    assert packed(files) == packed(dict(reversed(files.items())))
    assert received([Document("c.zip", packed(files))], LANGUAGES).files == files


def test_a_packed_folder_and_what_macos_adds_do_no_harm() -> None:
    data = zipped({
        "my content/": "", "my content/partners/a.yaml": "a", "my content/topics.yaml": "t",
        "__MACOSX/my content/._topics.yaml": "junk", "my content/.DS_Store": "junk",
    })  # fmt: skip
    found = received([Document("c.zip", data)], LANGUAGES)
    assert found.refusals == ()
    assert found.files == {"partners/a.yaml": b"a", "topics.yaml": b"t"}


def test_bombs_are_not_unpacked() -> None:
    many = zipped({f"p{n}.yaml": "" for n in range(FILES_LIMIT + 1)})
    assert reasons("x.zip", many) == {Reason.MANY}
    heavy = zipped({f"p{n}.yaml": b"#" * SIZE_LIMIT for n in range(SUM_LIMIT // SIZE_LIMIT + 1)})
    assert len(heavy) < 100_000
    assert reasons("x.zip", heavy) == {Reason.SUM_LARGE}


def test_an_archive_that_lies_about_sizes_is_damaged() -> None:
    data = bytearray(zipped({"x.yaml": b"#" * 50_000_000}))
    central = data.rindex(b"PK\x01\x02")
    for place in (central + 24, 22):
        struct.pack_into("<I", data, place, 10)
    assert reasons("x.zip", bytes(data)) == {Reason.DAMAGED}


def test_two_archives_in_one_place_and_junk_are_damaged() -> None:
    assert reasons("x.zip", b"no archive") == {Reason.DAMAGED}
    assert reasons("x.zip", b"") == {Reason.DAMAGED}
    good = zipped({"x.yaml": "name: {en: X}"})
    assert reasons("x.zip", good[:-30]) == {Reason.DAMAGED}
    broken = good.replace(b"PK\x03\x04", b"PK\x03\x05", 1)
    assert reasons("x.zip", broken) == {Reason.DAMAGED}


def test_locked_linked_nested_odd_and_double_entries_are_refused() -> None:
    link = zipfile.ZipInfo("partners/link.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", zipped({"x.yaml": ""}))
        archive.writestr("odd.yaml", "x", zipfile.ZIP_BZIP2)
        archive.writestr("cose.yaml", "a")
        archive.writestr("partners/cose.yaml", "b")
    expected = {Reason.LINK, Reason.NESTED, Reason.METHOD, Reason.TWICE}
    assert reasons("x.zip", made.getvalue()) == expected
    locked = bytearray(zipped({"x.yaml": "x"}))
    locked[6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert reasons("x.zip", bytes(locked)) == {Reason.ENCRYPTED}
    assert reasons("x.zip", zipped({})) == {Reason.EMPTY}


def test_the_same_file_twice_in_one_album_is_refused() -> None:
    found = received([Document("a.yaml", b"1"), Document("a.yaml", b"2")], LANGUAGES)
    assert [refusal.reason for refusal in found.refusals] == [Reason.TWICE]
    lost = received([Document("a.yaml", None)], LANGUAGES)
    assert [refusal.reason for refusal in lost.refusals] == [Reason.LOST]


def test_random_changes_to_an_archive_never_raise() -> None:
    good = bytearray(zipped({"partners/a.yaml": "name: {en: A}", "b.yaml": "x"}))
    for place in range(len(good)):
        for bit in (1, 128):
            bad = bytearray(good)
            bad[place] ^= bit
            try:
                list(unpacked("x.zip", bytes(bad)))
            except RefusedError:
                continue
