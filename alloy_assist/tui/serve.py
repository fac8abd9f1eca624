"""The same application in a browser: on the loopback interface only, behind a token that opens the door once."""

from __future__ import annotations

import secrets
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from aiohttp import web
from textual_serve.server import Server

from alloy_assist.errors import OutsideError

if TYPE_CHECKING:
    from alloy_assist.bootstrap import Project

_HOST = "127.0.0.1"
_COOKIE = "alloy"
_TOKEN_BYTES = 32
# The page leaves the keys with the browser until it is clicked; who came by keyboard would press them in vain.
_TAKE_THE_KEYS = """<script>
const waiting = setInterval(() => {
  const field = document.querySelector(".xterm-helper-textarea");
  if (field) { clearInterval(waiting); field.focus(); }
}, 100);
</script></body>"""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def run(project: Project, port: int, narrate: Callable[[str], None]) -> None:
    """Serve the application on ``port`` (0: any free one) until interrupted; ``narrate`` is told the address.

    Raises OutsideError where the port cannot be had.
    """
    listener = _listen(port)
    door = Door(_HOST, listener.getsockname()[1])
    served = Served(child_command(project), door)
    narrate(
        f"Open {door.address}/?token={door.token}\nThe address works once and on this machine only. Ctrl-C ends it."
    )
    web.run_app(served.application(), sock=listener, print=None, access_log=None)


def child_command(project: Project) -> str:
    """Return the command that a connection starts: the application on this project, with nothing imported from its folder."""
    return shlex.join(
        [sys.executable, "-I", "-m", "alloy_assist.tui.browser", str(project.root), str(project.database)]
    )


class Door:
    """Lets in whoever brings the token, once, and knows them by a cookie from then on."""

    def __init__(self, host: str, port: int) -> None:
        """Make a token and the secret of the cookie."""
        self.address = f"http://{host}:{port}"
        self.token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._host = f"{host}:{port}"
        self._cookie = secrets.token_urlsafe(_TOKEN_BYTES)

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse foreign hosts and origins and everybody without the token or the cookie."""
        if request.host != self._host:
            raise web.HTTPForbidden(text="This address is not served.")
        if request.headers.get("Origin", self.address) != self.address:
            raise web.HTTPForbidden(text="Another page may not speak to this one.")
        if secrets.compare_digest(request.cookies.get(_COOKIE, ""), self._cookie):
            return _closed_to_the_outside(_taking_the_keys(await handler(request)), self._host)
        if self.token and secrets.compare_digest(request.query.get("token", ""), self.token):
            self.token = ""
            answer = web.HTTPSeeOther("/")
            answer.set_cookie(_COOKIE, self._cookie, httponly=True, samesite="Strict")
            raise answer
        raise web.HTTPForbidden(text="Open the address that `alloy serve` printed; it works once.")


class Served(Server):
    """textual-serve behind the door, without its banner."""

    def __init__(self, command: str, door: Door) -> None:
        """Serve ``command`` to those whom the door lets in."""
        host, _, port = door.address.removeprefix("http://").partition(":")
        super().__init__(command, host=host, port=int(port), title="Alloy Assist", public_url=door.address)
        self._door = door

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing: standard output is data."""

    async def application(self) -> web.Application:
        """Return the web application with the guard before everything else."""
        app = await self._make_app()
        app.middlewares.append(self._door.guard)
        return app


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
    except OSError as error:
        listener.close()
        message = f"Port {port} on {_HOST} cannot be had: {error.strerror}."
        raise OutsideError(message, hint="Name another one: alloy serve --port 0 takes any that is free.") from error
    listener.listen()
    return listener


def _taking_the_keys(answer: web.StreamResponse) -> web.StreamResponse:
    """Let the terminal of the page have the keys as soon as it stands."""
    if isinstance(answer, web.Response) and answer.content_type == "text/html" and answer.text:
        answer.text = answer.text.replace("</body>", _TAKE_THE_KEYS)
    return answer


def _closed_to_the_outside(answer: web.StreamResponse, host: str) -> web.StreamResponse:
    """Forbid the page to fetch anything from elsewhere: textual-serve's page names a font on the network."""
    if not answer.prepared:
        answer.headers["Content-Security-Policy"] = (
            f"default-src 'self' 'unsafe-inline' data:; connect-src 'self' ws://{host}; "
            "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        )
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cache-Control"] = "no-store"
    return answer
