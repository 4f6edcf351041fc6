"""What tells of a person never reaches a stored question; what the question is about does."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.records.masking import LONGEST, mask

WORDS = st.lists(
    st.sampled_from(
        ["who helps with", "écran", "my", "svp,", "est-ce", "(", "2024", "à", "–", "0-6 ans"]
    ),
    max_size=3,
).map(" ".join)
LOCAL = st.text(string.ascii_letters + string.digits + "._+-", min_size=1, max_size=20)
HOST = st.from_regex(r"[a-z][a-z0-9-]{0,12}(\.[a-z]{2,6}){1,2}", fullmatch=True)
SEPARATOR = st.sampled_from(["", " ", ".", "-", " - ", "/", "\u00a0", "\u202f"])


def digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


@st.composite
def french_phones(draw: st.DrawFn) -> str:
    number = draw(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True))
    prefix = draw(st.sampled_from(["0", "+33", "+33 ", "0033", "0033 ", "+33 (0)", "(+33) "]))
    between = draw(SEPARATOR)
    return prefix + between.join([number[0], *(number[i : i + 2] for i in range(1, 9, 2))])


@st.composite
def ibans(draw: st.DrawFn) -> str:
    length, country = draw(
        st.sampled_from([(27, "FR"), (22, "DE"), (22, "GB"), (16, "BE"), (18, "NL"), (31, "MT")])
    )
    bban = draw(st.text(string.digits, min_size=length - 4, max_size=length - 4))
    if country in ("GB", "NL", "MT"):
        bban = "BANK" + bban[4:]
    value = int("".join(str(int(c, 36)) for c in f"{bban}{country}00"))
    iban = f"{country}{98 - value % 97:02}{bban}"
    shown = " ".join(iban[i : i + 4] for i in range(0, length, 4)) if draw(st.booleans()) else iban
    return shown.lower() if draw(st.booleans()) else shown


@given(WORDS, LOCAL, HOST, WORDS)
def test_no_email_is_left(before: str, local: str, host: str, after: str) -> None:
    masked = mask(f"{before} {local}@{host} {after}")
    assert "@" not in masked
    assert host not in masked.replace("[e-mail]", "")


@given(WORDS, french_phones(), WORDS)
def test_no_french_phone_is_left(before: str, phone: str, after: str) -> None:
    assert digits(phone)[-8:] not in digits(mask(f"{before} tel: {phone}, {after}"))


@given(WORDS, st.from_regex(r"\+[1-9][0-9]{0,2}( [0-9]{2,4}){3,4}", fullmatch=True), WORDS)
def test_no_international_phone_is_left(before: str, phone: str, after: str) -> None:
    assert digits(phone)[-5:] not in digits(mask(f"{before} tel: {phone}; {after}"))


@given(WORDS, ibans(), WORDS)
def test_no_iban_is_left(before: str, iban: str, after: str) -> None:
    masked = mask(f"{before} iban {iban} {after}")
    assert digits(iban)[4:12] not in digits(masked)
    assert "bank" not in masked.lower()


PIECES = st.sampled_from(
    ["my name is ", "je m'appelle ", "@", "a@b", ".", "/", "http://", "06 12 34 56 78", "12 rue ",
     "FR76", "[name]", "[", "]", "Dupont", " ", "2024", "1", "0", "mme ", "at", "…", "\u0301", "é"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=500), st.lists(PIECES, max_size=60).map("".join)))
@example("je m'appelle " * 60)
def test_masking_what_is_masked_changes_nothing(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
    assert len(masked) <= LONGEST


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("my name is Anna Smith, who helps?", "my name is [name], who helps?"),
        ("je m'appelle marie dupont et je cherche", "je m'appelle [name] et je cherche"),
        ("Je m’appelle Jean de La Fontaine. Qui ?", "Je m’appelle [name]. Qui ?"),
        ("I'm called Bob", "I'm called [name]"),
        ("moi c'est léa", "moi c'est [name]"),
        ("mon nom est Durand", "mon nom est [name]"),
        ("mon prénom est Zoé", "mon prénom est [name]"),
        ("MY NAME IS BOB AND I NEED HELP", "MY NAME IS [name] AND I NEED HELP"),
        ("mon fils Lucas regarde trop la télé", "mon fils [name] regarde trop la télé"),
        ("my daughter Emma hits", "my daughter [name] hits"),
        ("Mme Durand, directrice", "Mme [name], directrice"),
        ("I am Anna Lopez and I need", "I am [name] and I need"),
        ("demandez à @jean_d merci", "demandez à [user] merci"),
        ("bob (at) gmail (dot) com", "[e-mail]"),
        ("jean arobase gmail point com", "[e-mail]"),
        ("carte 4970 1234 5678 9012", "carte [number]"),
        ("sécu 1 87 03 75 116 001 22", "sécu [number]"),
        ("né le 12/03/1987", "né le [number]"),
        ("dossier 12AB34567", "dossier [number]"),
        ("12 bis rue de la Paix, 75002 Paris", "[address]"),
        ("I live at 10 Downing Street", "I live at [address]"),
        ("see https://example.org/u/jean?id=3", "see example.org/[link]"),
        ("\uff10\uff16 12 34 56 78", "[phone]"),
        ("06\u200b12\u200b34\u200b56\u200b78", "[number]"),
    ],
)  # fmt: skip
def test_what_tells_of_a_person_is_taken_out(said: str, kept: str) -> None:
    assert mask(said).replace("[phone]", "[number]") == kept.replace("[phone]", "[number]")


@pytest.mark.parametrize(
    "said",
    [
        "qui s'occupe de la surexposition aux écrans ?",
        "13 million children, 13 000 000 enfants, 600000 enfants",
        "les 0-6 ans en 2024-2025, 1000 premiers jours",
        "le 119 ou le 3919 à 75011",
        "3, 4, 5 et 6 ans",
        "my name is on the list",
        "who is Jacques Toubon?",
        "je suis EJE",
        "1 place en crèche",
        "look at unicef.org",
        "I am looking for help",
    ],
)
def test_what_a_question_is_about_stays(said: str) -> None:
    assert mask(said) == said


def test_half_an_email_is_not_left_at_the_cut() -> None:
    for length in range(270, 310):
        assert "bob" not in mask("x" * length + " bob@example.org")
