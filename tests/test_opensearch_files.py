"""A generation's files from the cluster: whole, and nowhere but in their folder."""

import io
import tarfile
from pathlib import Path

import pytest

from index.opensearch_files import _unpack


def archive(*members: tuple[str, bytes]) -> tarfile.TarFile:
    """An archive of files; what is said of a kind goes with the name."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as made:
        for name, kind in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.size = kind, "/etc/passwd", 0
            made.addfile(member, io.BytesIO())
    packed.seek(0)
    return tarfile.open(fileobj=packed, mode="r:gz")


def test_files_and_folders_are_unpacked(tmp_path: Path) -> None:
    with archive((".", tarfile.DIRTYPE), ("a", tarfile.DIRTYPE), ("a/b", tarfile.REGTYPE)) as made:
        _unpack(made, tmp_path)
    assert (tmp_path / "a" / "b").read_bytes() == b""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../other", tarfile.REGTYPE),
        ("/other", tarfile.REGTYPE),
        ("link", tarfile.SYMTYPE),
        ("link", tarfile.LNKTYPE),
    ],
)
def test_nothing_else_is(tmp_path: Path, name: str, kind: bytes) -> None:
    with archive((name, kind)) as made, pytest.raises(ValueError, match=r"outside|neither"):
        _unpack(made, tmp_path)
    assert not list(tmp_path.iterdir())
