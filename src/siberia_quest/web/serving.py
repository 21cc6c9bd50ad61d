"""A page that is being written, shown to a browser of this machine alone: the one door to a network, which `watch --web` opens."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Condition, Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

#: The address of this machine for itself: nothing outside reaches it.
_HERE = "127.0.0.1"
#: So long a browser waits for news before it asks again.
_PATIENCE = 20.0


class Edition(NamedTuple):
    """What a browser is shown: a page, by its number, or what is wrong with the newest edition."""

    number: int = 0
    page: str = ""
    trouble: str = ""


class Newest:
    """The newest edition; browsers wait here for one that they have not seen."""

    def __init__(self) -> None:
        self._changed = Condition()
        self.edition = Edition()

    def show(self, page: str, trouble: str = "") -> None:
        """Show another page; one with trouble leaves the page that is there."""
        with self._changed:
            number, before, _ = self.edition
            self.edition = Edition(number + 1, before if trouble else page, trouble)
            self._changed.notify_all()

    def after(self, number: int, patience: float = _PATIENCE) -> Edition:
        """Return the edition once it is another than that of a number, or what it is when nobody has more patience."""
        with self._changed:
            self._changed.wait_for(lambda: self.edition.number != number, patience)
            return self.edition


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, newest: Newest) -> None:
        super().__init__((_HERE, 0), _Door)
        self.newest = newest
        self.token = token_urlsafe(24)
        self.hosts = frozenset({f"{_HERE}:{self.server_port}", f"localhost:{self.server_port}"})

    @property
    def address(self) -> str:
        return f"http://{_HERE}:{self.server_port}/{self.token}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser leave in the middle of an answer; anything else is told."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # passed on


class _Door(BaseHTTPRequestHandler):
    """Answers who knows the token, and asks this machine by its own name."""

    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        token, _, name = asked.path.removeprefix("/").partition("/")
        if self.headers.get("Host") not in self.server.hosts or not compare_digest(
            token.encode(), self.server.token.encode()
        ):
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", "")
        elif name == "":
            self._answer(HTTPStatus.OK, "text/html", self.server.newest.edition.page)
        elif name == "news":
            (after,) = parse_qs(asked.query).get("after", ["0"])[:1]
            edition = self.server.newest.after(int(after) if after.isdecimal() and len(after) < 10 else 0)
            news = {"number": edition.number, "trouble": edition.trouble}
            self._answer(HTTPStatus.OK, "application/json", json.dumps(news))
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", "")

    def _answer(self, status: HTTPStatus, sort: str, text: str) -> None:
        data = text.encode("utf-8")
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{sort}; charset=utf-8"), ("Content-Length", str(len(data))), ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", "frame-ancestors 'none'"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is http.server's
        """Say nothing: what is asked is the player's business."""


@contextmanager
def serve(newest: Newest) -> Iterator[str]:
    """Serve the newest edition while inside; lend its address, which nobody can guess."""
    server = _Server(newest)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
