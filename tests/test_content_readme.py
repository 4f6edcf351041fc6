"""content/README.md followed word for word: a partner, a topic, a word, a language."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import yaml
from test_cli import ROOT, copied, run

README = (ROOT / "content" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
GERMAN = ROOT / "tests" / "sample_content" / "german"


def added(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def asked(question: str, folder: Path, data: Path) -> list[str]:
    done = run("ask", "--json", question, "--content", str(folder), data=data)
    assert (done.returncode, done.stderr) == (0, "")
    return [answer["id"] for answer in json.loads(done.stdout)["answers"]]


def test_a_partner_a_topic_and_a_word(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    partner, topic, group = BLOCKS
    (folder / "partners" / "toy-library.yaml").write_text(partner, encoding="utf-8")
    added(folder / "topics.yaml", topic)
    added(folder / "vocabulary.yaml", group)
    checked = run("check", "--content", str(folder), data=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")
    done = run("reindex", "--content", str(folder), data=tmp_path)
    assert "16 partners indexed" in done.stdout
    for questions in yaml.safe_load(partner)["questions"].values():
        for question in questions:
            assert asked(question, folder, tmp_path)[:1] == ["toy-library"], question
    assert asked("plaything", folder, tmp_path)[:1] == ["toy-library"]
    (folder / "partners" / "toy-library.yaml").unlink()
    topics = folder / "topics.yaml"
    topics.write_text(topics.read_text("utf-8").removesuffix(topic), encoding="utf-8")
    done = run("reindex", "--content", str(folder), data=tmp_path)
    assert "removed: toy-library" in done.stdout


def test_a_language(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    shutil.copy(folder / "translations" / "en.yaml", folder / "translations" / "de.yaml")
    path = folder / "translations" / "de.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("language: English", "language: Deutsch").replace("main: true\n", "")
    path.write_text(text, encoding="utf-8")
    checked = run("check", "--content", str(folder), data=tmp_path)
    assert checked.returncode == 0
    assert all("has no label in de" in line for line in checked.stdout.splitlines())
    shutil.copy(GERMAN / "translations" / "de.yaml", path)
    (folder / "partners" / "buecher.yaml").write_text(
        "name: {de: Bücherbus, en: Book bus}\nsummary: {de: Leiht Bilderbücher, en: Lends books}\n"
        "topics: [education]\n"
    )
    checked = run("check", "--content", str(folder), data=tmp_path)
    assert checked.returncode == 0
    assert all("has no label in de" in line for line in checked.stdout.splitlines())
    assert asked("wer leiht Bilderbücher?", folder, tmp_path)[:1] == ["buecher"]


def test_the_commands_and_files_it_names_exist() -> None:
    for command in set(re.findall(r"run_bot\.py ([a-z-]+)", README)) - {"misses"}:
        assert run(command, "--help", data=ROOT).returncode == 0, command
    for option in ("--undo", "--watch"):
        assert option in run("reindex", "--help", data=ROOT).stdout
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]
    assert hooks["hooks"][0]["entry"] == "python run_bot.py check"
