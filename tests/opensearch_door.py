"""A door before the tests' cluster, to be shut and held; and a server that says what it is told."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit


class Door:
    """Passes bytes on to the cluster; shut, it cuts every line; held, it passes nothing on."""

    def __init__(self, url: str) -> None:
        there = urlsplit(url)
        self._there = (there.hostname or "", there.port or 0)
        self._lines: list[socket.socket] = []
        self._open = threading.Event()
        self._open.set()
        self._shut = False
        self._entrance = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._entrance.getsockname()[1]}"
        threading.Thread(target=self._let_in, daemon=True).start()

    def shut(self) -> None:
        """As if the cluster were gone."""
        self._shut = True
        self._cut()

    def hold(self) -> None:
        """As if the cluster were stuck: connected to, and silent."""
        self._open.clear()

    def open(self) -> None:
        self._shut = False
        self._open.set()

    def close(self) -> None:
        self.shut()
        self._open.set()
        self._entrance.shutdown(socket.SHUT_RDWR)
        self._entrance.close()

    def _cut(self) -> None:
        while self._lines:
            with suppress(OSError):
                self._lines.pop().shutdown(socket.SHUT_RDWR)

    def _let_in(self) -> None:
        while True:
            try:
                here, _ = self._entrance.accept()
                if self._shut:
                    here.close()
                    continue
                there = socket.create_connection(self._there)
            except OSError:
                return
            self._lines += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while some := one.recv(65_536):
                self._open.wait()
                other.sendall(some)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        one.close()  # the other way closes the other


@contextmanager
def a_door(url: str) -> Iterator[Door]:
    door = Door(url)
    try:
        yield door
    finally:
        door.close()


@contextmanager
def a_server_that_says(status: int, said: object, certificate: Path | None = None) -> Iterator[str]:
    """A server that has the same answer for everybody; its address.

    ``certificate`` is a file with a key too, for https.
    """

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
