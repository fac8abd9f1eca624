"""``alloy serve`` in a real browser, by keyboard: ``python -m bench.browser [--chromium PATH] [--picture FILE]``.

Starts the served application on the example project, opens it in headless Chromium through the DevTools protocol, presses keys and
reads what the application sends to the page. Prints what held, ends with 1 where something did not, and keeps a picture to look at.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

_PATIENCE_SECONDS = 60.0
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--remote-debugging-port=0",
    "--window-size=1280,800",
)


class Page:
    """A page of a browser, through the DevTools protocol. ``written`` is all that the application sent to its terminal."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Speak through ``socket``."""
        self._socket, self._number = socket, 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.written = bytearray()
        self.asked: list[str] = []

    async def listen(self) -> None:
        """Take answers and events until the browser ends."""
        async for message in self._socket:
            body = message.json()
            if "id" in body:
                self._answers.pop(body["id"]).set_result(body)
            elif body["method"] == "Network.webSocketFrameReceived":
                frame = body["params"]["response"]
                data = frame["payloadData"]
                self.written += base64.b64decode(data) if frame["opcode"] == 2 else data.encode()  # noqa: PLR2004 - binary
            elif body["method"] == "Network.requestWillBeSent":
                self.asked.append(body["params"]["request"]["url"])

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        body = await asyncio.wait_for(answer, _PATIENCE_SECONDS)
        if "error" in body:
            message = f"{method}: {body['error']}"
            raise RuntimeError(message)
        result: dict[str, Any] = body["result"]
        return result

    async def press(self, key: str) -> None:
        """Press and release a key that writes a character."""
        await self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def until(self, holds: Callable[[], bool]) -> bool:
        """Wait until something holds; say whether it ever did."""
        for _ in range(int(_PATIENCE_SECONDS * 10)):
            if holds():
                return True
            await asyncio.sleep(0.1)
        return False


async def check(root: Path, folder: Path, chromium: str, picture: Path) -> bool:
    """Serve, look, press, and say what held."""
    async with _served(root, folder) as address, aiohttp.ClientSession() as session:
        base, _, _ = address.partition("/?")
        port = int(base.rpartition(":")[2])
        async with session.get(base) as shut:
            held = _say("without the token the door is shut", held=shut.status == 403)  # noqa: PLR2004
        held &= _say("only the loopback interface listens", held=not _listens_elsewhere(port))
        async with _page(session, folder, chromium) as page:
            await page.call("Network.enable")
            await page.call("Page.enable")
            await page.call("Emulation.setFocusEmulationEnabled", enabled=True)
            await page.call("Page.navigate", url=address)
            held &= _say("the application opens", held=await page.until(lambda: b"Next:" in page.written))
            held &= _say("the terminal has the keys without a click", held=await _has_the_keys(page))
            for key in "gh":
                await page.press(key)
            held &= _say(
                "keys arrive: g h shows the hypotheses",
                held=await page.until(lambda: b"Payment vendors" in page.written),
            )
            before = len(page.written)
            await page.press("?")
            held &= _say("? explains the screen", held=await page.until(lambda: b"Keys here" in page.written[before:]))
            shot = await page.call("Page.captureScreenshot", format="png")
            await asyncio.to_thread(picture.write_bytes, base64.b64decode(shot["data"]))
            foreign = [url for url in page.asked if not url.startswith((base, base.replace("http", "ws"), "data:"))]
            _say(
                f"picture: {picture}; asked for elsewhere and refused by the page's policy: {foreign or 'nothing'}",
                held=True,
            )
        async with session.get(address) as again:
            held &= _say("the token works once", held=again.status == 403)  # noqa: PLR2004
    return held


async def _has_the_keys(page: Page) -> bool:
    """Wait until the terminal's field has the focus; say whether it ever had."""
    for _ in range(int(_PATIENCE_SECONDS)):
        found = await page.call("Runtime.evaluate", expression="document.activeElement.tagName", returnByValue=True)
        if found["result"]["value"] == "TEXTAREA":
            return True
        await asyncio.sleep(0.2)
    return False


@asynccontextmanager
async def _served(root: Path, folder: Path) -> AsyncIterator[str]:
    """Run ``alloy serve`` and give the address that it prints."""
    command = [
        sys.executable,
        "-m",
        "alloy_assist",
        "serve",
        "--port",
        "0",
        "--repo",
        str(root),
        "--db",
        str(folder / "alloy.db"),
    ]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    try:
        while not (line := (await asyncio.wait_for(process.stderr.readline(), _PATIENCE_SECONDS)).decode()).startswith(
            "Open "
        ):
            if not line:
                message = "alloy serve ended before it said where it is"
                raise RuntimeError(message)
        yield line.split()[1]
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()


@asynccontextmanager
async def _page(session: aiohttp.ClientSession, folder: Path, chromium: str) -> AsyncIterator[Page]:
    """Start the browser and give its first page."""
    profile = folder / "profile"
    process = await asyncio.create_subprocess_exec(
        chromium,
        *_FLAGS,
        f"--user-data-dir={profile}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        place = profile / "DevToolsActivePort"
        for _ in range(int(_PATIENCE_SECONDS * 10)):
            if place.exists() and place.read_text(encoding="ascii").strip():
                break
            await asyncio.sleep(0.1)
        port = place.read_text(encoding="ascii").split()[0]
        async with session.get(f"http://127.0.0.1:{port}/json/list") as listed:
            target = next(item for item in await listed.json() if item["type"] == "page")
        async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as connection:
            page = Page(connection)
            listening = asyncio.create_task(page.listen())
            yield page
            listening.cancel()
    finally:
        process.terminate()
        await process.wait()


def _listens_elsewhere(port: int) -> bool:
    """Whether an address of this machine that is not loopback answers at a port."""
    addresses = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)}
    for address in addresses - {"127.0.0.1", "127.0.1.1"}:
        try:
            socket.create_connection((address, port), timeout=2).close()
        except OSError:
            continue
        return True
    return False


def _say(words: str, *, held: bool) -> bool:
    sys.stdout.write(f"{'ok  ' if held else 'NOT '} {words}\n")
    sys.stdout.flush()
    return held


def main() -> int:
    """Check what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome") or "chromium")
    parser.add_argument("--picture", type=Path, default=Path("served.png"))
    chosen = parser.parse_args()
    from fixtures import build_checkout
    from fixtures.pictures import prepare

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = build_checkout(folder / "checkout")
        prepare(root, folder / "alloy.db")
        return 0 if asyncio.run(check(root, folder, chosen.chromium, chosen.picture)) else 1


if __name__ == "__main__":
    sys.exit(main())
