"""The command line as people and scripts use it: the real process, its streams and statuses."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def run(
    *arguments: str, data: Path, stdin: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("BOT_")}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", str(ROOT / "run_bot.py"), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=data,
        env=kept | {"BOT_DATA": str(data)} | settings,
    )


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def test_ask_answers_in_words(data: Path) -> None:
    done = run("ask", "who deals with screen overexposure?", data=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Collective on Screen Overexposure" in done.stdout
    assert "https://surexpositionecrans.org" in done.stdout


def test_ask_json_is_as_the_contract_says(data: Path) -> None:
    lines = "qui s'occupe de la surexposition aux écrans ?\nbest pizza in bordeaux\n"
    done = run("ask", "--json", data=data, stdin=lines)
    assert (done.returncode, done.stderr) == (0, "")
    found, nothing = map(json.loads, done.stdout.splitlines())
    assert found.keys() == {"question", "language", "found", "answers", "suggestions"}
    assert (found["question"], found["language"], found["found"]) == (
        "qui s'occupe de la surexposition aux écrans ?", "fr", True,
    )  # fmt: skip
    best = found["answers"][0]
    assert best.keys() == {"id", "name", "summary", "website", "score", "why"}
    assert best["id"] == "cose"
    assert best["name"] == "Collectif surexposition écrans"
    assert best["why"].keys() == {"matched", "corrected", "translated"}
    assert (nothing["found"], nothing["answers"], nothing["language"]) == (False, [], "en")
    assert nothing["suggestions"]


def test_a_partner_without_website_has_none_in_json(data: Path) -> None:
    done = run("ask", "--json", "inter-ministerial delegation", data=data)
    assert json.loads(done.stdout)["answers"][0]["website"] is None


def test_chat_json_is_a_line_for_a_line(data: Path) -> None:
    lines = "who fights poverty\n\ntheir website?\n/reset\nthe second one\n/help\n"
    done = run("chat", "--json", data=data, stdin=lines)
    assert (done.returncode, done.stderr) == (0, "")
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(replies) == 6
    assert replies[0].keys() >= {"kind", "language", "text", "answers", "buttons"}
    assert replies[0]["kind"] == "answers"
    assert replies[3] == {"kind": "reset"}
    assert replies[4]["answers"] == []


def test_chat_answers_each_line_before_the_next(data: Path) -> None:
    with subprocess.Popen(  # noqa: S603
        [sys.executable, str(ROOT / "run_bot.py"), "chat", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"BOT_DATA": str(data)},
    ) as talking:
        assert talking.stdin is not None
        assert talking.stdout is not None
        for line, best in (("terra nova", "terra-nova"), ("le cofrade", "cofrade")):
            talking.stdin.write(line + "\n")
            talking.stdin.flush()
            assert json.loads(talking.stdout.readline())["answers"][0]["id"] == best
        talking.stdin.close()
        assert talking.wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("language", "says"), [("en", "Screen Overexposure"), ("fr", "Collectif surexposition")]
)
def test_chat_takes_a_language_for_what_does_not_tell(data: Path, language: str, says: str) -> None:
    done = run("chat", "--language", language, data=data, stdin="cose\n")
    assert says in done.stdout


def test_an_unknown_language_is_wrong_use(data: Path) -> None:
    done = run("chat", "--language", "xx", data=data)
    assert done.returncode == 2
    assert "this content speaks en, fr" in done.stderr


def test_check_is_silent_on_good_content(data: Path) -> None:
    done = run("check", data=data)
    assert (done.returncode, done.stdout) == (0, "")
    assert "15 partners" in done.stderr


def test_check_prints_every_problem_with_its_place(data: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "partners" / "cose.yaml").write_text("name: {en: CoSE}\nsumary: {en: x}\n")
    (folder / "partners" / "amf.yaml").write_text("- a list\n")
    done = run("check", "--content", str(folder), data=data)
    assert done.returncode == 1
    assert f"{folder}/partners/cose.yaml:2:1: " in done.stdout
    assert f"{folder}/partners/amf.yaml:1:1: " in done.stdout


def test_reindex_prints_what_changed(data: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    first = run("reindex", "--content", str(folder), data=data)
    assert (first.returncode, "15 partners indexed" in first.stdout) == (0, True)
    (folder / "partners" / "oveo.yaml").unlink()
    path = folder / "partners" / "cose.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("tablet,", "tablet, slate,"), "utf-8")
    second = run("reindex", "--content", str(folder), data=data)
    assert "changed: cose" in second.stdout
    assert "removed: oveo" in second.stdout
    assert "14 partners indexed" in second.stdout


def test_bad_content_never_replaces_good(data: Path, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    run("reindex", "--content", str(folder), data=data)
    (folder / "partners" / "cose.yaml").write_text("name: [\n")
    done = run("reindex", "--content", str(folder), data=data)
    assert done.returncode == 1
    assert "cose.yaml:" in done.stdout
    asked = run("ask", "screens", "--content", str(folder), data=data)
    assert asked.returncode == 0
    assert "https://surexpositionecrans.org" in asked.stdout
    assert "last good index" in asked.stderr


def test_without_any_good_content_it_says_so(data: Path, tmp_path: Path) -> None:
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners" / "a.yaml").write_text("name: 3\n")
    done = run("ask", "x", "--content", str(tmp_path), data=data)
    assert done.returncode == 1
    assert "a.yaml:1:" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_content_with_partners_only(data: Path, tmp_path: Path) -> None:
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners" / "smiths.yaml").write_text(
        "name: {en: Smiths of the North}\nsummary: {en: Iron gates and fences}\n"
    )
    done = run("ask", "--json", "iron fence", "--content", str(tmp_path), data=data)
    assert json.loads(done.stdout)["answers"][0]["id"] == "smiths"


def test_evaluate_prints_the_figures(data: Path) -> None:
    sets = [
        str(ROOT / "tests" / part) for part in ("questions/public.yaml", "dialogues/public.yaml")
    ]
    done = run("evaluate", *sets, "--compare", data=data)
    assert (done.returncode, done.stderr) == (0, "")
    for heading in (
        "hits@1",
        "MRR@5",
        "rejected",
        "By kind",
        "By language",
        "plain Whoosh",
        "turns",
    ):
        assert heading in done.stdout


def test_evaluate_json_has_the_same_figures(data: Path) -> None:
    done = run("evaluate", str(ROOT / "tests/questions/public.yaml"), "--json", data=data)
    assert json.loads(done.stdout)["all"]["asked"] == 104


def test_evaluate_of_no_set_is_wrong_use(data: Path, tmp_path: Path) -> None:
    (tmp_path / "set.yaml").write_text("a: 1\n")
    done = run("evaluate", str(tmp_path / "set.yaml"), data=data)
    assert done.returncode == 2
    assert "must be a list" in done.stderr


def test_serve_without_a_token_says_what_to_do(data: Path) -> None:
    done = run("serve", data=data)
    assert done.returncode == 2
    assert "@BotFather" in done.stderr
    assert "BOT_TOKEN" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BOT_ADMINS", "12,bob", "numeric Telegram ids"),
        ("BOT_API_BASE_URL", "ftp://x", "http:// or https://"),
        ("BOT_LOG_LEVEL", "loud", "debug, info"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_kept_quiet(
    data: Path, name: str, value: str, says: str
) -> None:
    done = run("serve", data=data, BOT_TOKEN="1:x", **{name: value})
    assert done.returncode == 2
    assert name in done.stderr
    assert says in done.stderr
    assert value not in done.stderr


def test_an_unknown_command_is_wrong_use(data: Path) -> None:
    assert run("dance", data=data).returncode == 2


def test_awkward_bytes_on_standard_input_are_answered(data: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(ROOT / "run_bot.py"), "ask", "--json"],
        input=b"\xff\xfe screens\n\x00\n" + "écrans\n".encode("latin-1"),
        capture_output=True,
        timeout=60,
        check=False,
        env=os.environ | {"BOT_DATA": str(data), "LC_ALL": "C"},
    )
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
