"""OpenSearch for the tests, from Maven Central: 3 where there is Java 21, else 2.19."""

import os
import re
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

from filelock import FileLock
from servers import missing

POMS = Path(__file__).resolve().parent / "opensearch"
SERVER, SECURITY = "opensearch", "opensearch-security"
POM = {SERVER: "pom.xml", SECURITY: "security.xml"}
NEWEST, WITH_OLDER_JAVA = "3.3.2", "2.19.1"
WITH_SECURITY = "2.19.1"
"""Of 3, Maven has not all that the security plugin needs (rule-framework)."""

MODULE = """\
name=mapper-extras
description=Adds advanced field mappers
classname={plugin}
version={version}
opensearch.version={version}
java.version=11
custom.foldername=
extended.plugins=
has.native.controller=false
"""


def javas() -> dict[int, str]:
    """The Java programs of this machine by their version."""
    homes = [Path(home) for home in (os.environ.get("JAVA_HOME"),) if home]
    homes += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    programs = [str(home / "bin" / "java") for home in homes if (home / "bin" / "java").exists()]
    programs += [found] if (found := shutil.which("java")) else []
    return {_version(program): program for program in reversed(programs)}


def _version(program: str) -> int:
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=True)  # noqa: S603
    found = re.search(r'version "(\d+)', said.stderr)
    assert found, said.stderr
    return int(found[1])


def chosen() -> tuple[str, str]:
    """The version of OpenSearch, and the Java that runs it."""
    found = javas()
    if max(found, default=0) < 17:
        missing(
            f"OpenSearch needs Java 17 or newer (default-jre-headless); here: {found or 'none'}"
        )
    version = os.environ.get("PARTNER_BOT_OPENSEARCH_VERSION")
    newest = max(found) >= 21
    version = version or (NEWEST if newest else WITH_OLDER_JAVA)
    # 2.19 needs what Java 24 has taken away: the oldest that will do.
    java = min(j for j in found if j >= (21 if version.startswith("3") else 17))
    return version, found[java]


def chosen_secure() -> tuple[str, str]:
    """The version of OpenSearch that there is a security plugin for, and the Java that runs it."""
    found = javas()
    fitting = [java for java in found if 17 <= java < 24]
    if not fitting:
        missing(
            f"OpenSearch {WITH_SECURITY} with its security plugin needs Java 17 to 23"
            f" (default-jre-headless); here: {sorted(found) or 'none'}"
        )
    return WITH_SECURITY, found[min(fitting)]


def installed(version: str, folder: Path) -> Path:
    """Unpack OpenSearch into a folder; what was downloaded once is kept for the next time."""
    downloads = _downloaded(version, SERVER)
    with zipfile.ZipFile(downloads / f"opensearch-{version}.zip") as archive:
        archive.extractall(folder)
    home = folder / f"opensearch-{version}"
    module = home / "modules" / "mapper-extras"
    module.mkdir(exist_ok=True)
    jar = downloads / f"mapper-extras-client-{version}.jar"
    shutil.copy(jar, module)
    with zipfile.ZipFile(jar) as archive:
        (plugin,) = (name for name in archive.namelist() if name.endswith("Plugin.class"))
    plugin = plugin.removesuffix(".class").replace("/", ".")
    described = MODULE.format(version=version, plugin=plugin)
    (module / "plugin-descriptor.properties").write_text(described)
    return home


def with_security(version: str, home: Path) -> Path:
    """Unpack the security plugin into an OpenSearch; its folder."""
    plugin = home / "plugins" / SECURITY
    downloads = _downloaded(version, SECURITY)
    with zipfile.ZipFile(downloads / f"{SECURITY}-{version}.0.zip") as archive:
        archive.extractall(plugin)
    return plugin


def _downloaded(version: str, what: str) -> Path:
    downloads = _downloads(version, what)
    if isinstance(downloads, str):
        missing(downloads)
    return downloads


@cache
def _downloads(version: str, what: str) -> Path | str:
    """The folder with what was downloaded, or why it could not be."""
    place = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = place / "partner-bot-tests" / f"{what}-{version}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            beside = folder.with_suffix(".part")
            if fault := _run_maven(version, beside, what):
                return fault
            beside.rename(folder)
    return folder


def _run_maven(version: str, folder: Path, what: str) -> str:
    """Why it cannot be downloaded; empty when it was."""
    maven = shutil.which("mvn")
    if not maven:
        return "the tests on OpenSearch need Maven (apt-get install maven) to download it"
    done = subprocess.run(  # noqa: S603
        [
            maven, "--quiet", "--batch-mode", "--file", str(POMS / POM[what]),
            f"-Dopensearch.version={version}", "dependency:copy-dependencies",
            "-DexcludeTransitive=true", f"-DoutputDirectory={folder}",
        ],
        check=False,
        stdout=2,  # pytest's own output is not its place
    )  # fmt: skip
    return f"Maven could not download {what} {version}" if done.returncode else ""
