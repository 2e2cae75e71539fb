"""The server of a preview: it answers at every address, with the policy, and only to this machine."""

from __future__ import annotations

import os
import re
import socket
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from guidetrees.messages.message import Message, quoted, say
from guidetrees.publish.csp import KnownScripts, csp_header
from guidetrees_mkdocs.problems_site import MISSING_PAGE, PROBLEMS_PAGE

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Response = tuple[str, list[tuple[str, str]], Iterable[bytes]]
"""Status, headers and body."""

RELOAD_SCRIPT = re.compile(
    r"\nvar livereload = function\(epoch, requestId\) \{.*\};?\nlivereload\(\d+, \d+\);\n", re.S
)
"""The script that MkDocs writes into each page that it serves, with numbers of its own each time."""


def guarded(app: App, base: str, known: KnownScripts, with_policy: Callable[[], bool]) -> App:
    """`app`, the server of a preview whose site begins at `base`, as it answers browsers on this machine.

    It sends the policy that pages have on a server, where they have one, and answers only to names of this
    machine: a page of another host, whose name has been made to mean this machine, reads nothing.
    """

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not is_loopback(environ.get("HTTP_HOST", "")):
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"A preview answers at http://localhost and http://127.0.0.1 only."]
        status, headers, body = at_every_address(app, base, environ)
        if not with_policy():
            start_response(status, headers)
            return body
        scripts: frozenset[str] = frozenset()
        if any(name == "Content-Type" and value.startswith("text/html") for name, value in headers):
            body = [b"".join(body)]
            scripts = known.hashes(body[0].decode("utf-8", errors="replace"))
        start_response(status, [*headers, ("Content-Security-Policy", csp_header(scripts, known.with_workers))])
        return body

    return answer


def is_loopback(host: str) -> bool:
    """Whether the `Host` that a browser asks for is a name of its own machine."""
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def at_every_address(app: App, base: str, environ: Environ) -> Response:
    """What `app` answers, the server of a preview whose site begins at `base`; a page where it has none.

    That is the page of problems where the site is one, and the site's own for missing pages elsewhere. Asked for
    like any other, it carries the server's script, and so gives way by itself to what is there after a save.
    """
    # The first answer may have waited for a build: only then is it known what there is.
    first = _ask(app, environ)
    others = ((PROBLEMS_PAGE, "200 OK"), (MISSING_PAGE, first[0]))
    for page, status in others if first[0].startswith("404") else ():
        found, headers, body = _ask(app, {**environ, "PATH_INFO": base + page})
        if not found.startswith("404"):
            return status, headers, body
    return first


def _ask(app: App, environ: Environ) -> Response:
    started: list[tuple[str, list[tuple[str, str]]]] = []
    body = app(environ, lambda status, headers, *_: started.append((status, headers)))
    return *started[-1], body


def address_fault(host: str, port: int) -> Message | None:
    """Why no server can listen at an address, and what to do about it. MkDocs itself finds that out after the
    first build, which may be long, and ends with a traceback."""
    reason = _obstacle(host, port)
    other = port + 1 if 1023 < port < 65535 else 8001
    return reason and say(
        "{address}: {reason}: choose another port, for example make serve PORT={other}, or mkdocs serve "
        "--dev-addr 127.0.0.1:{other}",
        address=f"{host}:{port}",
        reason=reason,
        other=other,
    )


def _obstacle(host: str, port: int) -> Message | None:
    if not 0 <= port <= 65535:
        return say("a port is a number up to 65535")
    try:
        # On Windows without sharing the port, as two servers there could.
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        return quoted(os.strerror(error.errno) if error.errno else str(error))
    return None


def keep_watching(server: LiveReloadServer, paths: Iterable[str]) -> None:
    """Makes the server of a preview watch a folder also after it was away. `paths` are all that MkDocs may watch
    before plugins add more.

    The library stops watching a folder that it does not find. Measured: decision_trees/ was away for one second,
    as happens when git changes branches; after that, no save in it was seen until the preview was restarted.
    """
    from watchdog.observers.polling import PollingObserver, PollingObserverVFS  # no build needs it

    watched = []
    for path in paths:
        with suppress(KeyError):  # the theme's folders are watched with --watch-theme only
            server.unwatch(path)
            watched.append(path)
    observer = PollingObserverVFS(stat_or_empty, os.scandir, polling_interval=0.5)  # seconds, as in MkDocs
    server.observer = cast(PollingObserver, observer)  # it has the same methods
    for path in watched:
        server.watch(path)


def stat_or_empty(path: str) -> os.stat_result:
    """The state of a file or folder; of one that is gone, that of an empty folder."""
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return os.stat_result((stat.S_IFDIR, *[0] * 9))
