"""The files for systemd and for containers, checked as far as it goes without either running."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from running_bot import ROOT

from bot.settings import Settings

SERVICE = ROOT / "deploy" / "partner-bot.service"
DOCKERFILE = ROOT / "deploy" / "Dockerfile"


def instructions(name: str) -> list[str]:
    """What stands behind an instruction of the Dockerfile, each time."""
    text = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(rf"^{name} +(.+)$", text, re.MULTILINE)


def own_settings(names: set[str]) -> set[str]:
    return {f"BOT_{name.upper()}" for name in Settings.model_fields} & names


def analyzed(*words: str) -> str:
    """All that systemd-analyze says."""
    command = ["systemd-analyze", *words]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return told.stdout + told.stderr


def test_the_container_is_given_all_that_the_bot_needs() -> None:
    copied = [c.split()[:-1] for c in instructions("COPY") if "--from" not in c]
    sources = {source for sources in copied for source in sources}
    assert {"bot", "content", "index", "run_bot.py", "pyproject.toml"} <= sources
    assert all((ROOT / source).exists() for source in sources)
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"}
    assert sources == kept, "what is copied is not ignored"


def test_the_container_runs_as_nobody_of_importance() -> None:
    assert instructions("USER") == ["bot"]
    assert instructions("VOLUME") == ["/data"]
    given = set(re.findall(r"(BOT_\w+)=", " ".join(instructions("ENV"))))
    assert given == own_settings(given), "settings that exist"


def test_the_service_names_what_exists() -> None:
    text = SERVICE.read_text(encoding="utf-8")
    given = set(re.findall(r"^Environment=(BOT_\w+)=", text, re.MULTILINE))
    assert given == own_settings(given)
    assert "run_bot.py serve" in text
    assert "RestartPreventExitStatus=2" in text


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this machine has no systemd")
def test_systemd_takes_the_service(tmp_path: Path) -> None:
    # Where the bot is not installed, systemd misses its Python.
    here = SERVICE.read_text(encoding="utf-8").replace(
        "/opt/partner-bot/.venv/bin/python", "/usr/bin/env"
    )
    service = tmp_path / SERVICE.name
    service.write_text(here, encoding="utf-8")
    told = analyzed("verify", str(service))
    assert SERVICE.name not in told, told
    rating = analyzed("security", "--offline=true", str(service))
    found = re.search(r"exposure level for \S+: ([\d.]+)", rating)
    assert found, rating
    assert float(found[1]) < 2.0
