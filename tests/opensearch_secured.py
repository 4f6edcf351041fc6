"""A node with OpenSearch's security plugin: https, logins and rights, as a usual cluster has."""

import base64
import json
import shutil
import ssl
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opensearch_installing import chosen_secure, installed, with_security
from opensearch_server import Node, free_ports, settings_of

PASSWORD = "Sesame-42"
HASHED = "$2b$04$CZ2b2JmhmA6BzbH9Zwr2COKbSDPEQgIvcUKW2kbyGzlSK6tsAKC.6"
"""``PASSWORD``, as bcrypt has it."""

BOT, STRANGER = "partner-bot", "stranger"
"""Who may do what docs/scaling.md says, and who may do nothing."""

RIGHTS = Path(__file__).resolve().parents[1] / "deploy" / "opensearch-role.json"
"""The role that operators are told to make."""

_ROOT = "/CN=root of the tests"
_EXTENSIONS = "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n"


@dataclass
class SecuredNode(Node):
    """Spoken to by https; asked by the user who may do everything with the bot's indices."""

    ca: Path

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.http}"

    def _opened(self, request: urllib.request.Request) -> Any:
        login = base64.b64encode(f"{BOT}:{PASSWORD}".encode()).decode()
        request.add_header("authorization", f"Basic {login}")
        trusted = ssl.create_default_context(cafile=str(self.ca))
        return urllib.request.urlopen(request, timeout=30, context=trusted)  # noqa: S310


@contextmanager
def a_secured_node() -> Iterator[SecuredNode]:
    """One node that lets ``BOT`` do what ``RIGHTS`` say, and ``STRANGER`` nothing."""
    # Not in a folder of pytest's, which nobody else may enter.
    folder = Path(tempfile.mkdtemp(prefix="partner-bot-opensearch-"))
    folder.chmod(0o755)
    try:
        node = _made(folder)
        node.start()
        try:
            node.wait(1)
            yield node
        finally:
            node.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _made(folder: Path) -> SecuredNode:
    version, java = chosen_secure()
    home = installed(version, folder)
    plugin = with_security(version, home)
    own = folder / "secured"
    config = own / "config"
    config.mkdir(parents=True)
    shutil.copytree(plugin / "config", config / "opensearch-security")
    _write_users(config / "opensearch-security")
    ca = authority(folder)
    _sign(ca, config)
    http, transport = free_ports(2)
    settings = {**settings_of(own, http, transport), **_security()}
    return SecuredNode(own, home, java, settings, http, ca)


def _security() -> dict[str, Any]:
    of_the_node = {"pemcert_filepath": "node.pem", "pemkey_filepath": "node.key"}
    files = {**of_the_node, "pemtrustedcas_filepath": "ca.pem"}
    return {
        "discovery.type": "single-node",
        "plugins.security.allow_default_init_securityindex": True,
        "plugins.security.nodes_dn": ["CN=node"],
        "plugins.security.ssl.http.enabled": True,
        **{
            f"plugins.security.ssl.{layer}.{name}": value
            for layer in ("http", "transport")
            for name, value in files.items()
        },
    }


def _write_users(folder: Path) -> None:
    """Two users; the plugin's own ones have passwords that everybody knows."""
    known = {"hash": HASHED, "reserved": False}
    _write(folder, "internalusers", {BOT: known, STRANGER: known})
    _write(folder, "roles", {"partner-bot": json.loads(RIGHTS.read_text())})
    _write(folder, "rolesmapping", {"partner-bot": {"users": [BOT]}})


def _write(folder: Path, kind: str, entries: Mapping[str, object]) -> None:
    names = {"internalusers": "internal_users", "rolesmapping": "roles_mapping"}
    meta = {"_meta": {"type": kind, "config_version": 2}}
    (folder / f"{names.get(kind, kind)}.yml").write_text(json.dumps({**meta, **entries}))


def authority(folder: Path) -> Path:
    """The certificate of an authority of its own in a folder, its key beside it."""
    certificate = folder / "ca.pem"
    _openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", _ROOT),
        *("-keyout", f"{folder / 'ca.key'}", "-out", f"{certificate}"),
    )
    return certificate


def _sign(ca: Path, config: Path) -> None:
    """A key and a certificate for the node."""
    request, extensions = config / "node.csr", config / "node.ext"
    extensions.write_text(_EXTENSIONS)
    _openssl(
        *("req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=node"),
        *("-keyout", f"{config / 'node.key'}", "-out", f"{request}"),
    )
    _openssl(
        *("x509", "-req", "-in", f"{request}", "-days", "2", "-extfile", f"{extensions}"),
        *("-CA", f"{ca}", "-CAkey", f"{ca.with_suffix('.key')}", "-CAcreateserial"),
        *("-out", f"{config / 'node.pem'}"),
    )
    shutil.copy(ca, config / "ca.pem")


def _openssl(*words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)  # noqa: S603, S607
