"""Debian's nginx before the replicas, on loopback, as docs/scaling.md and deploy/ set it up."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from servers import missing

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr error;
{user}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream partner_bot {{
        {servers}
    }}
    server {{
        listen 127.0.0.1:{port};
        location = /telegram {{
            proxy_pass http://partner_bot;
            proxy_read_timeout 60s;
            client_max_body_size 1m;
            # An update is kept once, however often it comes: the next replica may have it too.
            proxy_next_upstream error timeout http_502 http_503 non_idempotent;
        }}
    }}
}}
"""


@asynccontextmanager
async def nginx(folder: Path, ports: Sequence[int]) -> AsyncIterator[str]:
    """The address of an nginx before these ports.

    Raises:
        AssertionError: nginx is not there, or does not start.
    """
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if not program:
        missing("nginx is not installed (Debian: apt-get install nginx-light)")
    servers = "\n".join(f"server 127.0.0.1:{p} max_fails=1 fail_timeout=2s;" for p in ports)
    port, file = free_port(), folder / "nginx.conf"
    # As root, its worker would be another user, who may not enter the tests' folders.
    user = "user root;" if os.geteuid() == 0 else ""
    file.write_text(CONFIGURATION.format(folder=folder, servers=servers, port=port, user=user))
    process = await asyncio.create_subprocess_exec(
        *(program, "-e", "stderr", "-p", str(folder), "-c", str(file)),
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await _listening(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def _listening(process: asyncio.subprocess.Process, port: int) -> None:
    for _ in range(200):
        if process.returncode is not None:
            _, said = await process.communicate()
            raise AssertionError(f"nginx does not start: {said.decode()}")
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        return
    raise AssertionError("nginx does not listen")


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
