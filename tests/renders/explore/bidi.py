"""A page in Debian's Firefox, by its own protocol (WebDriver BiDi): Playwright's Firefox is a build of its own."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 90
"""Seconds; other tests may keep the cores busy."""


class Firefox:
    """A browser without a window, with a profile of its own, and one page in it."""

    def __init__(self, program: str, folder: Path) -> None:
        """Start it."""
        self._loop = asyncio.new_event_loop()
        self.faults: list[str] = []
        self._number = 0
        self._process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"],
            stderr=subprocess.PIPE,
            text=True,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
        )
        assert self._process.stderr
        said = next(line for line in self._process.stderr if "WebDriver BiDi listening on" in line)
        address = re.findall(r"ws://\S+", said)[0]
        self._socket = self._wait(lambda: websocket_connect(f"{address}/session", max_message_size=2**26))
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._page = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def _wait(self, begin: Callable[[], Any]) -> Any:
        """Begin something in the loop, and wait for it."""

        async def begun() -> Any:
            return await asyncio.wait_for(begin(), PATIENCE)

        return self._loop.run_until_complete(begun())

    def _ask(self, method: str, **params: Any) -> Any:
        """Send a command and wait for its answer; what happens meanwhile is noted."""
        socket: WebSocketClientConnection = self._socket
        self._number += 1
        asked = json.dumps({"id": self._number, "method": method, "params": params})
        self._wait(lambda: socket.write_message(asked))
        while True:
            told = json.loads(self._wait(socket.read_message))
            if told.get("id") == self._number:
                assert told["type"] == "success", told
                return told["result"]
            self._note(told)

    def _note(self, told: Any) -> None:
        params = told.get("params", {})
        if told.get("method") == "log.entryAdded":
            self.faults.append(params["text"])
        elif told.get("method") == "network.beforeRequestSent":
            address = params["request"]["url"]
            if not address.startswith(("file:", "data:", "blob:")):
                self.faults.append(address)

    def open(self, file: Path) -> None:
        """Go to a file."""
        self._ask("browsingContext.navigate", context=self._page, url=file.as_uri(), wait="complete")

    def do(self, script: str) -> Any:
        """Run the body of an async function; what it gives comes back by way of JSON."""
        body = f"(async () => JSON.stringify(await (async () => {{ {script} }})()))()"
        told = self._ask("script.evaluate", expression=body, target={"context": self._page}, awaitPromise=True)
        assert told["type"] == "success", told
        return json.loads(told["result"]["value"])

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(PATIENCE)
        assert self._process.stderr
        self._process.stderr.close()
        self._loop.close()
