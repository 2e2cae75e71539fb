"""Checks links to other sites, for `make links`. No other part of the engine uses the network.

Each address is requested once, with HEAD (with GET where a host refuses HEAD), without cookies and without a word
about the site. A temporary redirect is followed in silence. A permanent one is reported, so that authors write the
new address.
"""

from __future__ import annotations

import errno
import socket
import ssl
import string
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, responses
from threading import Lock, Semaphore
from typing import IO, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from guidetrees.check.checker import Finding
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import Message, about, quoted, say
from guidetrees.project.external_links import WEB_SCHEMES, AuthoredLink, host_of
from guidetrees.source.layout import DEFAULT
from guidetrees.source.location import Problem

TIMEOUT = 10.0
"""Seconds that a host may take to answer."""
MAX_REQUESTS = 8
"""Requests at the same time."""
MAX_REQUESTS_PER_HOST = 2
MAX_REDIRECTS = 10
USER_AGENT = "guidetrees"

HEAD_REFUSED = (403, 405, 501)
"""Statuses of hosts that do not answer HEAD: the address is requested again with GET."""
PERMANENT = (301, 308)
TEMPORARY = (302, 303, 307)
ROBOTS_REFUSED = (401, 403, 429)
"""Statuses that programs get from some hosts, although readers see a page."""

KINDS = {"dead": say("dead"), "moved": say("moved"), "certificate": say("certificate")}
"""What the lines of errors begin with."""
Kind = Literal["dead", "moved", "certificate", "note", "unreachable"]


@dataclass(frozen=True, slots=True)
class LinkProblem:
    """Why readers should not be sent to an address."""

    kind: Kind
    """`note` where only a person can decide, `unreachable` where the network may be the cause."""
    message: Message


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    location: str = ""
    """Where a redirect leads."""


def check_links(
    links: Iterable[AuthoredLink], guide: str = DEFAULT.guide, timeout: float = TIMEOUT
) -> list[Finding]:
    """The problems of the web addresses among `links`, sorted by place. `guide` is the guide's folder.

    Raises UserError if no host could be reached.
    """
    checked = [(urldefrag(link.address).url, link) for link in links if _is_web(link.address)]
    problems = request_all([address for address, _ in checked], timeout)
    if checked and all(problem and problem.kind == "unreachable" for problem in problems.values()):
        raise UserError(say("no network: no host can be reached, so no link was checked"))
    return sorted(_finding(problem, link, guide) for address, link in checked if (problem := problems[address]))


def _is_web(address: str) -> bool:
    return address.lower().startswith(WEB_SCHEMES)


def _finding(problem: LinkProblem, link: AuthoredLink, guide: str) -> Finding:
    message = say("{address} {fault}", address=link.address, fault=problem.message)
    kind = "dead" if problem.kind == "unreachable" else problem.kind
    # The guide's text is never changed, and so a moved address in it is no error.
    if kind == "note" or (kind == "moved" and link.location.file.startswith(f"{guide}/")):
        return Finding(Problem(link.location, message), "note", "links")
    return Finding(Problem(link.location, about(KINDS[kind], message)), "error", "links")


def request_all(addresses: Iterable[str], timeout: float = TIMEOUT) -> dict[str, LinkProblem | None]:
    """Requests each address once, several at the same time. The problem of each; None where there is none."""
    unique, client = list(dict.fromkeys(addresses)), _Client(timeout)
    with ThreadPoolExecutor(MAX_REQUESTS) as pool:
        return dict(zip(unique, pool.map(client.check, unique), strict=True))


class _NoRedirects(HTTPRedirectHandler):
    """Follows no redirect, so that `_Client` sees each one."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class _Client:
    def __init__(self, timeout: float) -> None:
        self.timeout = timeout
        self.opener = build_opener(_NoRedirects)
        self.opener.addheaders = [("User-Agent", USER_AGENT)]
        self.lock = Lock()
        self.hosts: dict[str, Semaphore] = {}

    def check(self, address: str) -> LinkProblem | None:
        """The problem of an address; None where it leads to a page."""
        try:
            return self._follow(address)
        except URLError as error:
            return _no_answer(error.reason)
        except (OSError, HTTPException, ValueError) as error:
            return _no_answer(error)

    def _follow(self, address: str) -> LinkProblem | None:
        current, moved_to, is_permanent = address, address, True
        for _ in range(MAX_REDIRECTS):
            response = self._request(current)
            if not response.location:
                return _problem_of_status(response.status, address, current, moved_to)
            current = urljoin(current, response.location)
            if not _is_web(current):
                return LinkProblem("dead", say("redirects to {url}, which is not a web address", url=current))
            # After a temporary redirect, a permanent one says nothing about the address itself.
            is_permanent = is_permanent and response.status in PERMANENT
            moved_to = current if is_permanent else moved_to
        return LinkProblem("dead", say("redirects more than {most} times", most=MAX_REDIRECTS))

    def _request(self, address: str) -> _Response:
        """The response of `address`. Waits while its host has MAX_REQUESTS_PER_HOST requests to answer."""
        with self.lock:
            host = self.hosts.setdefault(host_of(address), Semaphore(MAX_REQUESTS_PER_HOST))
        with host:
            response = self._send("HEAD", address)
            return self._send("GET", address) if response.status in HEAD_REFUSED else response

    def _send(self, method: str, address: str) -> _Response:
        try:
            request = Request(_as_ascii(address), method=method)
            with self.opener.open(request, timeout=self.timeout) as response:
                return _Response(response.status)
        except HTTPError as error:
            with error:
                is_redirect = error.code in (*PERMANENT, *TEMPORARY)
                location = error.headers.get("Location", "") if is_redirect else ""
                # Header bytes are kept as they are, whatever their encoding: the host knows it.
                return _Response(error.code, quote(location, safe=string.punctuation, encoding="latin-1"))


def _problem_of_status(status: int, address: str, final: str, moved_to: str) -> LinkProblem | None:
    """The problem of `address`, whose redirects end at `final` with `status`, the permanent ones at `moved_to`."""
    answer = say("answers {status}", status=_status_text(status))
    if final != address:
        answer = say("redirects to {url}, which {answer}", url=final, answer=answer)
    if status in ROBOTS_REFUSED:
        return LinkProblem("note", say("{answer}, perhaps to programs only: open it", answer=answer))
    if status not in range(200, 300):
        return LinkProblem("dead", answer)
    return (
        LinkProblem("moved", say("has moved permanently to {url}", url=moved_to)) if moved_to != address else None
    )


def _status_text(status: int) -> str:
    return f"{status} ({responses[status]})" if status in responses else str(status)


def _no_answer(reason: object) -> LinkProblem:
    """The problem of an address for which no response came."""
    if isinstance(reason, ssl.SSLCertVerificationError):
        words = getattr(reason, "verify_message", "") or reason.strerror or ""
        return LinkProblem("certificate", say("({reason})", reason=quoted(words)))
    if isinstance(reason, socket.gaierror):
        return LinkProblem("unreachable", say("(host not found)"))
    if isinstance(reason, TimeoutError):
        return LinkProblem("dead", say("(timed out)"))
    message = (isinstance(reason, OSError) and reason.strerror) or str(reason) or type(reason).__name__
    # There is no network, or a proxy lets nobody through.
    no_network = isinstance(reason, OSError) and reason.errno == errno.ENETUNREACH
    is_unreachable = no_network or "Tunnel connection failed" in message
    return LinkProblem("unreachable" if is_unreachable else "dead", say("({reason})", reason=quoted(message)))


def _as_ascii(address: str) -> str:
    """An address as it is sent: letters outside ASCII are encoded."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return quote(urlunsplit(parts._replace(netloc=host)), safe=string.punctuation)
