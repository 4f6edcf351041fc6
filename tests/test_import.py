"""`import` drafts partner files of a page, word for word; what it cannot tell is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_cli import ROOT, copied, run
from test_links import Pages, Web, web  # noqa: F401

from content.drafting import drafted, language_of
from content.page_blocks import html_blocks, text_blocks
from content.page_partners import Found, partners_of
from content.partner_template import Frame
from content.translations import load_translations

PAGE = ROOT / "tests" / "sample_content" / "partners-page.txt"

HTML = """<!doctype html><html><head><title>Our partners</title><style>p {}</style></head><body>
<nav><a href="https://menu.example/">Menu</a></nav>
<main><h1>Our partners</h1><p>We work with many.</p>
<section><h2>The Toy Library</h2><img src="a.png" alt="Logo of the toy library">
<p>Lends toys &amp; games to families.<br>Chair: Mrs. Alex Martin, chair of the board.</p>
<p><a href="https://www.facebook.com/toys">Follow them</a> <a href="/more">More</a></p>
<p><a href="https://toys.example/en?x=1">Visit their site</a></p></section>
<section><h2>Whale Watch</h2><p>They count whales &#8211; and sing with them: <b>all</b> year.</p>
<p>Website : <a href="http://whales.example/home">whales.example</a></p></section>
<div><img alt="ABC" src="b.png"><p>An association without a heading.</p>
<p>Website: abc.asso.fr</p></div>
<script>alert("evil")</script></main>
<footer>Made by nobody</footer></body></html>"""


def plain(text: str) -> str:
    return " ".join(text.split())


def values(data: Any) -> Iterator[str]:
    """Every fact of a draft."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in ("source", "topics"):
                yield from values(value)
    elif isinstance(data, list):
        for value in data:
            yield from values(value)
    elif isinstance(data, str):
        yield data


def drafts_of(folder: Path) -> dict[str, Any]:
    return {p.stem: yaml.safe_load(p.read_text("utf-8")) for p in sorted(folder.glob("*.yaml"))}


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("import")
    done = run("import", str(PAGE), "--into", str(folder / "made"), data=folder)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 15)
    assert f"{folder}/made/cofrade.yaml: no name could be told" in done.stdout
    assert "in no draft: A national vision" in done.stderr
    assert "15 drafts" in done.stderr
    return folder / "made"


def test_the_associations_page_gives_its_fifteen_partners(drafts: Path) -> None:
    found = drafts_of(drafts)
    assert len(found) == 15
    names = [draft["name"]["en"] for draft in found.values() if draft["name"]["en"]]
    assert sorted(names) == [
        "ATD fourth world",
        "French WHO Healthy Cities Network",
        "Red Cross",
        "Terra nova",
        "The Association of the Mayors of France",
        "The Inter-Ministerial delegation for the prevention of and fight against child and youth"
        " poverty",
        "The Ombudsman",
        "URBAN France",
    ]
    assert sum("website" in draft for draft in found.values()) == 14
    assert found["franceurbaine"]["aliases"] == ["France Urbaine"]
    assert {"name": "Jacques Toubon", "role": {"en": "Ombudsman"}} in found["defenseurdesdroits"][
        "people"
    ]


def test_every_fact_stands_in_the_source(drafts: Path) -> None:
    source = plain(PAGE.read_text("utf-8"))
    for name, draft in drafts_of(drafts).items():
        facts = list(values(draft))
        assert facts, name
        for fact in facts:
            assert plain(fact).removeprefix("https://") in source, (name, fact)


def test_what_was_added_or_not_told_is_marked(drafts: Path) -> None:
    for path in drafts.glob("*.yaml"):
        text = path.read_text("utf-8")
        for line in text.splitlines():
            if re.match(r"(website: |  en:|  - name|aliases:)", line) and "- name" not in line:
                assert "TO CHECK" in line or "TO FILL" in line, line
        assert text.startswith("# yaml-language-server: $schema=../partner.schema.json\n")
    assert "the source says oveo.org, without https://" in (drafts / "oveo.yaml").read_text("utf-8")


def test_finished_drafts_are_good_content(drafts: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for path in (folder / "partners").iterdir():
        path.unlink()
    for path in drafts.glob("*.yaml"):
        text = path.read_text("utf-8")
        text = re.sub(r"^  en:  # TO FILL.*$", f"  en: Filled in, {path.stem}", text, flags=re.M)
        (folder / "partners" / path.name).write_text(text, encoding="utf-8")
    done = run("check", "--content", str(folder), data=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "15 partners" in done.stderr


def test_a_web_page_with_headings_links_and_logos() -> None:
    page = partners_of(html_blocks(HTML, "https://here.example/partners"), "https://here.example/")
    toys, whales, abc = page.partners
    assert (toys.names, toys.website) == (["The Toy Library"], "https://toys.example/en?x=1")
    assert toys.paragraphs[0].startswith("Lends toys & games to families.")
    assert [(p.name, p.role) for p in toys.people] == [("Alex Martin", "chair of the board")]
    assert (whales.names, whales.website) == (["Whale Watch"], "http://whales.example/home")
    assert whales.summary == "They count whales – and sing with them: all year."
    assert (abc.names, abc.pictures, abc.website) == ([], ["ABC"], "abc.asso.fr")
    assert page.left_out == ("Our partners", "We work with many.")
    everything = repr(page)
    assert not any(word in everything for word in ("evil", "Menu", "nobody", "p {}"))
    draft = drafted(abc, "en", "page", Frame(), set())
    assert draft.id == "abc"
    assert 'en: "ABC"  # TO CHECK, it describes a picture' in draft.text


def test_a_page_on_the_web(
    web: Web,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def answer(self: Pages) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(HTML.encode())

    monkeypatch.setattr(Pages, "_answer", answer)
    done = run("import", f"{web.address}/partners", data=tmp_path, NO_PROXY="*")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 3)
    assert f'source: "{web.address}/partners"' in (tmp_path / "drafts/toys.yaml").read_text("utf-8")


def test_odd_sources_never_break_it(tmp_path: Path) -> None:
    for number, data in enumerate(
        (b"", b"\n\n", b"\xff\xfe\x00a", b"<html>" * 3_000, b"just words")
    ):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(data)
        done = run("import", str(path), "--into", str(tmp_path / f"to{number}"), data=tmp_path)
        assert done.returncode in (0, 1)
        assert "Traceback" not in done.stderr
        assert done.stderr
    assert run("import", str(tmp_path / "none.txt"), data=tmp_path).returncode == 1


def test_awkward_words_stay_one_value() -> None:
    evil = 'name: {en: x}\n"quotes" # no comment: [a, b]\n--- \\ \u2028 end'
    text = drafted(Found(names=[evil[:50]], paragraphs=[evil]), "en", evil, Frame(), set()).text
    data = yaml.safe_load(text)
    assert data["source"] == evil
    assert data["name"] == {"en": evil[:50]}
    assert plain(data["text"]["en"]) == plain(evil)


def test_drafts_keep_out_of_the_content_and_of_other_drafts(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    inside = folder / "partners" / "new"
    for into in (inside, folder / "partners"):
        done = run(
            "import", str(PAGE), "--into", str(into), "--content", str(folder), data=tmp_path
        )
        assert done.returncode == 2
    assert not inside.exists()
    run("import", str(PAGE), data=tmp_path)
    assert run("import", str(PAGE), data=tmp_path).returncode == 2


def test_the_language_is_that_of_the_everyday_words() -> None:
    translations = load_translations()
    assert language_of("une association qui aide les enfants dans la ville", translations) == "fr"
    assert language_of("they are at the service of the mayors", translations) == "en"
    assert language_of("", translations) == translations[0].code


def test_bullets_and_pointers_are_no_headings() -> None:
    text = "Toys\n\nRead the letter (in French)\n\n• One\n\nThey lend.\n\nWebsite: toys.example\n"
    (found,) = partners_of(text_blocks(text)).partners
    assert (found.names, found.paragraphs) == (["Toys"], ["• One", "They lend."])
