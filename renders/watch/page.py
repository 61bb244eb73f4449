"""The page that shows what was made: on this machine only, and new in a browser as soon as there is something new."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from renders.watch.asked import Failed

TEMPLATE = Path(__file__).resolve().parents[1] / "templates" / "watch.html"
HOST, PORT = "127.0.0.1", 8765
"""The port is the same each time where it is free, so that a page that is still open goes on."""
ALIVE = 5
"""Seconds after which a page is told that nothing is new, which finds out whether it is still there."""
POLICY = (
    "default-src 'none'; img-src 'self' data:; media-src blob:; connect-src 'self'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
KINDS = {".png": "image/png", ".mp4": "video/mp4"}


class Shown(NamedTuple):
    """What the page shows."""

    scene: str
    busy: str = ""
    line: str = ""
    still: Path | None = None
    clip: Path | None = None
    """Only as long as it is newer than the still."""
    failed: Failed | None = None
    step: str = ""
    steps: tuple[str, ...] = ()


class Page:
    """A server of one page. What it shows is changed from outside; what is asked on it is told."""

    def __init__(self, shown: Shown, tell: Callable[[str, str], None], port: int | None = None) -> None:
        """Serve from now on, in threads. `tell` is called there with what is asked, "clip" or "step", and which."""
        self.tell = tell
        self.readers = 0
        self._shown, self._version = shown, 0
        self._changed = threading.Condition()
        self._closed = False
        handler = partial(_Handler, self)
        try:
            self._server = _Server((HOST, PORT if port is None else port), handler)
        except OSError:
            self._server = _Server((HOST, 0), handler)
        self.address = f"http://{HOST}:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    @property
    def shown(self) -> Shown:
        """What it shows now."""
        return self._shown

    def show(self, **changes: Any) -> None:
        """Show something else."""
        with self._changed:
            self._shown = self._shown._replace(**changes)
            self._version += 1
            self._changed.notify_all()

    def wait(self, version: int) -> int | None:
        """Wait until there is something newer than a version, but not for ever; None when the page is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._version != version, ALIVE)
            return None if self._closed else self._version

    def state(self) -> str:
        """Give what is shown as the page reads it."""
        shown, version = self._shown, self._version
        state = shown._asdict() | {"failed": shown.failed and shown.failed._asdict()}
        for name in ("still", "clip"):
            path: Path | None = state[name]
            state[name] = path and f"/{name}/{version}"
        return json.dumps(state)

    def close(self) -> None:
        """Serve no longer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Windows would let two programs have the same port.
    allow_reuse_address = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a page that was closed in the middle of an answer."""


class _Handler(BaseHTTPRequestHandler):
    """Answers the page. Other sites cannot ask: not under another name of this machine, nor for anything to be done."""

    protocol_version = "HTTP/1.1"

    def __init__(self, page: Page, *args: Any) -> None:
        self.page = page
        super().__init__(*args)

    def log_message(self, *args: Any) -> None:
        """Keep the terminal for what matters."""

    def do_GET(self) -> None:
        """Give the page, what is new, the still or the clip."""
        name = self.path.partition("?")[0].strip("/").partition("/")[0]
        if not self._is_asked_here():
            self._give(HTTPStatus.FORBIDDEN)
        elif name == "":
            self._give(HTTPStatus.OK, TEMPLATE.read_bytes(), "text/html; charset=utf-8")
        elif name == "news":
            self._news()
        elif name in ("still", "clip"):
            self._file(getattr(self.page.shown, name))
        else:
            self._give(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Take what is asked on the page."""
        what, _, which = self.path.strip("/").partition("/")
        if not self._is_asked_here() or "X-Watch" not in self.headers:
            self._give(HTTPStatus.FORBIDDEN)
        elif what in ("clip", "step"):
            self.page.tell(what, which)
            self._give(HTTPStatus.NO_CONTENT)
        else:
            self._give(HTTPStatus.NOT_FOUND)

    def _is_asked_here(self) -> bool:
        return f"http://{self.headers.get('Host')}/" == self.page.address

    def _give(self, status: HTTPStatus, content: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(content)

    def _file(self, path: Path | None) -> None:
        try:
            content = path.read_bytes() if path else None
        except OSError:
            content = None
        if path is None or content is None:
            self._give(HTTPStatus.NOT_FOUND)
        else:
            self._give(HTTPStatus.OK, content, KINDS[path.suffix])

    def _news(self) -> None:
        """Tell what is shown, now and each time that it changes, until either side is gone."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.page.readers += 1
        told = -1
        try:
            with suppress(OSError):
                while (version := self.page.wait(told)) is not None:
                    news = f"retry: 500\ndata: {self.page.state()}\n\n" if version != told else ":\n\n"
                    self.wfile.write(news.encode())
                    told = version
        finally:
            self.page.readers -= 1
