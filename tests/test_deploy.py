"""The files for systemd and for containers, checked as far as it goes without either running."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from opensearch_installing import NEWEST
from packaging.specifiers import SpecifierSet as Specifier
from running_bot import ROOT

from bot.settings import Settings

SERVICE = ROOT / "deploy" / "partner-bot.service"
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
COMPOSE = ROOT / "deploy" / "compose.yaml"
NGINX = ROOT / "deploy" / "nginx.conf"


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


def test_the_composition_names_what_exists_and_holds_no_secret() -> None:
    composed = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    services = composed["services"]
    assert set(services) == {"bot", "webhook", "nginx", "postgres", "opensearch"}
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            is_file = source.startswith("./") and (COMPOSE.parent / source).exists()
            assert is_file or source in composed["volumes"] or source.startswith("${")
        given = {name for name in service.get("environment", {}) if name.startswith("BOT_")}
        assert given == own_settings(given)
        assert service.get("env_file", "../.env") == "../.env"
    assert (ROOT / services["bot"]["build"]["dockerfile"]).exists()
    values = [pair for s in services.values() for pair in s.get("environment", {}).items()]
    secrets = [v for name, v in values if re.search("PASSWORD|TOKEN|SECRET", name)]
    assert secrets
    assert all(secret.startswith("${") for secret in secrets)
    assert "://partner_bot:${" in services["bot"]["environment"]["BOT_DATABASE_URL"]
    assert services["bot"]["environment"] == services["webhook"]["environment"]
    assert services["bot"]["environment"]["BOT_WEBHOOK_SET"] == "no"


def test_the_container_speaks_to_the_servers_of_the_composition() -> None:
    (install,) = (run for run in instructions("RUN") if "pip install" in run)
    (extras,) = re.findall(r"'\.\[([a-z,]+)\]'", install)
    assert {"postgresql", "opensearch"} <= set(extras.split(","))
    image = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]["opensearch"]["image"]
    assert image.rpartition(":")[2] == NEWEST, "the very version that the tests run on"


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    assert program, "nginx is not installed (Debian: apt-get install nginx-light)"
    # The certificate is the operator's.
    site = re.sub(r" *ssl_certificate.*\n", "", NGINX.read_text(encoding="utf-8"))
    site = site.replace("listen 443 ssl;", "listen 127.0.0.1:18443;")
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = tmp_path / "nginx.conf"
    file.write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {temporary} {site} }}"
    )
    command = [program, "-t", "-e", "stderr", "-p", str(tmp_path), "-c", str(file)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert told.returncode == 0, told.stderr


def test_of_replicas_that_start_together_one_puts_the_content_there(tmp_path: Path) -> None:
    (script,) = re.findall(r'"-c", "(test -d .+?); exec', DOCKERFILE.read_text(encoding="utf-8"))
    here = script.replace('\\"', '"').replace("/opt/partner-bot/content", str(ROOT / "content"))
    here = here.replace("/data", str(tmp_path))
    begin = ["/bin/sh", "-c", here]
    starts = [subprocess.Popen(begin, stderr=subprocess.DEVNULL) for _ in range(4)]  # noqa: S603
    assert [start.wait() for start in starts] == [0] * 4
    assert [path.name for path in tmp_path.iterdir()] == ["content"]
    assert (tmp_path / "content" / "topics.yaml").exists()
    assert not (tmp_path / "content" / "content").exists()


def test_what_is_pinned_runs_on_the_oldest_python_that_is_promised() -> None:
    needed = {d.name: d.metadata["Requires-Python"] for d in distributions()}
    too_new = [
        name for name, python in needed.items() if python and "3.11.2" not in Specifier(python)
    ]
    assert not too_new, "Debian 12 has Python 3.11.2"
