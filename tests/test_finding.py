"""Finding on the real content: every partner by every name, and honest nothing."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searching import SHIPPED, ids, partner, shipped_generation, small_generation

from content.checking import check
from content.models import Content, WordGroup
from index.finder import Finder

CONTENT = check(SHIPPED).content
assert CONTENT is not None
IDS = (
    "dipp defenseur-des-droits amf france-urbaine villes-sante-oms cofrade terra-nova cose"
    " croix-rouge atd-quart-monde fneje anpde canope ffec oveo"
).split()


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    generation = shipped_generation(tmp_path_factory.mktemp("index"))
    yield generation.finder
    generation.close()


def own_names(content: Content) -> Iterator[tuple[str, str]]:
    for p in content.partners:
        yield from ((p.id, name) for name in (*p.name.values(), *p.aliases))
        if p.website:
            domain = p.website.removeprefix("https://")
            yield p.id, domain
            yield p.id, f"http://www.{domain}/contact?x=1"


def test_the_content_is_the_fifteen_partners() -> None:
    assert CONTENT is not None
    assert sorted(p.id for p in CONTENT.partners) == sorted(IDS)
    assert all(set(p.name) == set(p.summary) == {"en", "fr"} for p in CONTENT.partners)


@pytest.mark.parametrize(("partner_id", "name"), list(own_names(CONTENT)))
def test_every_partner_is_first_by_each_of_its_names(
    finder: Finder, partner_id: str, name: str
) -> None:
    assert ids(finder, name)[:1] == [partner_id]
    assert ids(finder, f"qui est {name.lower()} ?")[:1] == [partner_id]


@pytest.mark.parametrize(
    ("topic_id", "label"), [(t.id, text) for t in CONTENT.topics for text in t.label.values()]
)
def test_every_topic_finds_its_partners_and_no_other_first(
    finder: Finder, topic_id: str, label: str
) -> None:
    holders = {p.id for p in finder.content.partners if topic_id in p.topics}
    found = ids(finder, label, limit=15)
    assert found[0] in holders
    assert holders <= set(found)


@pytest.mark.parametrize(
    ("partner_id", "question"),
    [
        ("dipp", "poverty of children and young people, in the government"),
        ("dipp", "lutte contre la pauvreté des enfants et des jeunes"),
        ("defenseur-des-droits", "child advocate"),
        ("amf", "mayors and local elected officials"),
        ("amf", "les maires et présidents d'intercommunalité"),
        ("france-urbaine", "metropolitan areas and urban communities"),
        ("france-urbaine", "métropoles, communautés urbaines et grandes villes"),
        ("villes-sante-oms", "health in cities, transport and housing"),
        ("villes-sante-oms", "santé, transports et logement dans les villes"),
        ("cofrade", "International Convention on the Rights of the Child"),
        ("cofrade", "Convention internationale des droits de l'enfant"),
        ("terra-nova", "invest in early childhood, equality of opportunity"),
        ("terra-nova", "investir dans la petite enfance, égalité des chances"),
        ("cose", "overexposure of young children to screens"),
        ("cose", "surexposition des jeunes enfants aux écrans"),
        ("croix-rouge", "humanitarian assistance in France and abroad"),
        ("croix-rouge", "aide humanitaire en France et à l'étranger"),
        ("atd-quart-monde", "families living in a camp, dignity"),
        ("atd-quart-monde", "familles d'un camp de relogement, dignité"),
        ("fneje", "educators of young children"),
        ("fneje", "éducateurs et éducatrices de jeunes enfants"),
        ("anpde", "professional childcare workers, nurses"),
        ("anpde", "infirmières puéricultrices"),
        ("canope", "educational resources for school"),
        ("canope", "ressources pédagogiques pour l'école"),
        ("ffec", "companies offering childcare"),
        ("ffec", "entreprises de crèches"),
        ("oveo", "ordinary disciplinary violence"),
        ("oveo", "violence éducative ordinaire"),
    ],
)
def test_every_partner_is_first_by_what_the_page_says_it_does(
    finder: Finder, partner_id: str, question: str
) -> None:
    assert ids(finder, question)[0] == partner_id


@pytest.mark.parametrize(
    "question",
    [
        "recette de crêpes",
        "canapé d'angle pas cher",
        "president of the united states",
        "is Unicef one of your partners?",
        "wie wird das Wetter morgen",
        "qwertzuiop",
        "*",
        "?",
        "",
        "   ",
        "🙂",
        "who",
        "qui ?",
        "OR AND NOT",
        "name:a*",
        "42",
        "ʼ",
    ],
)
def test_what_no_partner_covers_finds_nothing(finder: Finder, question: str) -> None:
    assert ids(finder, question) == []


def test_nothing_found_offers_the_nearest_topics(finder: Finder) -> None:
    findings = finder.find("screen repair for my iphone")
    assert not findings.found
    assert "screens" in findings.topics


def test_capitals_tell_the_health_organisation_from_the_question_word(finder: Finder) -> None:
    assert ids(finder, "WHO network in France")[0] == "villes-sante-oms"
    assert "villes-sante-oms" not in ids(finder, "who deals with screens")


def test_why_tells_matches_corrections_and_translations(finder: Finder) -> None:
    (best, *_) = finder.find("surexposision of my gosse to the telly").answers
    assert best.id == "cose"
    assert "surexposision" in best.why.matched
    assert best.why.corrected["surexposision"] == "surexposition"
    assert "gosse" in best.why.translated


def test_half_typed_words_are_found(finder: Finder) -> None:
    assert "cose" in [a.id for a in finder.find("surexp", unfinished=True).answers]
    assert "croix-rouge" in [a.id for a in finder.find("croi", unfinished=True).answers]


def test_the_same_question_has_the_same_answers(finder: Finder) -> None:
    assert finder.find("enfants et écrans") == finder.find("enfants et écrans")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=4096))
def test_any_text_gets_an_answer_or_nothing(finder: Finder, text: str) -> None:
    findings = finder.find(text)
    assert all(0 <= answer.score <= 1 for answer in findings.answers)
    assert findings.total >= len(findings.answers)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from("qui who écrans a'b *( ~2 l' -\u200d é\u0301 ß İ ﷺ 🙂 \x00".split()),
        max_size=800,
    )
)
def test_any_row_of_awkward_words_gets_an_answer(finder: Finder, pieces: list[str]) -> None:
    finder.find(" ".join(pieces))
    finder.find("".join(pieces))


@pytest.mark.parametrize(
    "piece", ["a", "é", "a.", "a-", "a'", "écran ", "zzzz ", "1,", "http://a.bc/", "(", "·a"]
)
def test_the_work_grows_no_worse_than_linearly(finder: Finder, piece: str) -> None:
    """Counted in function calls, since a clock on a busy machine proves nothing."""
    short, long = (calls_of(finder, piece * (n // len(piece))) for n in (512, 4096))
    assert long < 8 * short * 1.6 + 5_000


def calls_of(finder: Finder, text: str) -> int:
    import sys  # noqa: PLC0415

    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        finder.find(text)
    finally:
        sys.setprofile(None)
    return count


def test_other_content_needs_no_vocabulary_and_no_topics(tmp_path: Path) -> None:
    generation = small_generation(
        tmp_path,
        [
            partner("bakers", "Bakers' Guild", "Bread, rolls and pastry of the whole town"),
            partner("smiths", "Smiths of the North", "Iron gates, fences and horseshoes"),
        ],
    )
    assert ids(generation.finder, "who makes iron fences?") == ["smiths"]
    assert ids(generation.finder, "who sells bread roll") == ["bakers"]
    assert ids(generation.finder, "violin lessons") == []


def test_an_editors_word_is_found_after_the_reindex(tmp_path: Path) -> None:
    smiths = partner("smiths", "Smiths of the North", "Iron gates and fences")
    bakers = partner("bakers", "Bakers", "Bread and pastry")
    before = small_generation(tmp_path, [smiths, bakers])
    assert ids(before.finder, "portcullis") == []
    group = WordGroup(words={"en": ("gate", "portcullis"), "fr": ("herse",)})
    after = small_generation(tmp_path, [smiths, bakers], (group,))
    assert ids(after.finder, "portcullis") == ["smiths"]
    assert ids(after.finder, "une herse") == ["smiths"]


def test_nonsense_is_turned_away(finder: Finder) -> None:
    letters = random.Random(7)
    words = ["".join(letters.choices("bcdfghjklmnpqrstvwxz", k=8)) for _ in range(200)]
    assert [word for word in words if ids(finder, word)] == []


def test_what_is_another_subject_elsewhere_may_be_this_contents_own(tmp_path: Path) -> None:
    generation = small_generation(
        tmp_path,
        [
            partner("club", "Champions League Fans", "Football evenings"),
            partner("bakers", "Bakers", "Bread and pastry"),
        ],
    )
    assert ids(generation.finder, "champions league") == ["club"]
    assert ids(generation.finder, "football") == ["club"]
