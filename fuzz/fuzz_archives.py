"""Archives and names of files: whatever an admin's account sends, all stays within limits."""

from sending_files import zipped

from content.archives import FILES_LIMIT, SUM_LIMIT
from content.files import SIZE_LIMIT
from content.ids import good_id
from content.receiving import Document, received


def seeds() -> list[bytes]:
    """Archives, good and odd."""
    files = {
        "partners/a.yaml": "name: {en: A}",
        "topics.yaml": "",
        "translations/en.yaml": "x" * 99,
    }
    return [
        b"x.zip\n" + zipped(files),
        b"x.zip\n" + zipped({"content/partners/b.yaml": "b", "__MACOSX/x": "", "../../x.yaml": ""}),
        b"partners/cose.yaml\nname: {en: A}",
        "Défenseur (1).yaml\nname".encode(),
    ]


def one(data: bytes) -> None:
    """The first line is the name of the file."""
    name, _, body = data.partition(b"\n")
    for sent in (name.decode("utf-8", "replace"), "x.zip"):
        found = received([Document(sent, body)], ("en", "fr"))
        assert len(found.files) <= FILES_LIMIT
        assert sum(map(len, found.files.values())) <= SUM_LIMIT
        assert all(len(content) <= SIZE_LIMIT for content in found.files.values())
        for target in found.files:
            room, _, file = target.rpartition("/")
            assert room in ("", "partners", "translations")
            assert file.endswith(".yaml")
            assert room != "partners" or good_id(file.removesuffix(".yaml"))
