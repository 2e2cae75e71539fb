"""What web addresses answer, for `make links`. The only part of the engine that asks the network for anything.

An address is asked for its head (for its page where a host knows no such question), with no cookies and no word of
the site or of who asks. What moves only for a time is followed; what has moved for good is told, so that authors
write the new address.
"""

from __future__ import annotations

import errno
import socket
import ssl
import string
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from threading import Lock, Semaphore
from typing import IO, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from guidetrees.check.checker import Finding
from guidetrees.project.external_links import WEB_SCHEMES, AuthoredLink, host_of
from guidetrees.project.project import GUIDE
from guidetrees.source.location import Problem

TIMEOUT = 10.0
"""Seconds that a host may take."""
AT_ONCE = 8
AT_ONE_HOST = 2
MAX_REDIRECTS = 10
AGENT = "guidetrees"

NO_HEAD = (403, 405, 501)
"""What hosts answer that know no question for a head: they are asked for the page."""
FOR_GOOD = (301, 308)
FOR_NOW = (302, 303, 307)
NOT_FOR_PROGRAMS = (401, 403, 429)
"""What hosts answer to programs though readers may see a page."""

Kind = Literal["dead", "moved", "certificate", "note", "unreached"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an address is none to lead readers to."""

    kind: Kind
    """`note` where only a person can tell, `unreached` where the network may be at fault."""
    words: str


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    to: str = ""
    """Where it leads on to."""


class NoNetwork(Exception):
    """Not one host could be reached."""

    def __init__(self) -> None:
        super().__init__("no network: not one of the hosts can be reached, so that nothing is known of the links")


def findings(places: Iterable[AuthoredLink], timeout: float = TIMEOUT) -> list[Finding]:
    """What is wrong with the web addresses in `places`, sorted by place. Raises NoNetwork."""
    asked = [(urldefrag(one.address).url, one) for one in places if one.address.lower().startswith(WEB_SCHEMES)]
    faults = ask_all([address for address, _ in asked], timeout)
    if asked and all(fault and fault.kind == "unreached" for fault in faults.values()):
        raise NoNetwork
    return sorted(_finding(fault, one) for address, one in asked if (fault := faults[address]))


def _finding(fault: Fault, written: AuthoredLink) -> Finding:
    words, kind = f"{written.address} {fault.words}", "dead" if fault.kind == "unreached" else fault.kind
    # The guide's words stay as they are, the addresses in them too.
    if kind == "note" or (kind == "moved" and written.location.file.startswith(f"{GUIDE}/")):
        return Finding(Problem(written.location, words), "note", "links")
    return Finding(Problem(written.location, f"{kind}: {words}"), "error", "links")


def ask_all(addresses: Iterable[str], timeout: float = TIMEOUT) -> dict[str, Fault | None]:
    """Asks each address once, several at the same time."""
    different, asker = list(dict.fromkeys(addresses)), _Asker(timeout)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(different, pool.map(asker.fault, different), strict=True))


class _Stay(HTTPRedirectHandler):
    """Follows nothing, so that every move is seen."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class _Asker:
    def __init__(self, timeout: float) -> None:
        self.timeout = timeout
        self.opener = build_opener(_Stay)
        self.opener.addheaders = [("User-Agent", AGENT)]
        self.lock = Lock()
        self.hosts: dict[str, Semaphore] = {}

    def fault(self, address: str) -> Fault | None:
        """What is wrong with an address; nothing where it leads to a page."""
        try:
            return self._follow(address)
        except URLError as error:
            return _unheard(error.reason)
        except (OSError, HTTPException, ValueError) as error:
            return _unheard(error)

    def _follow(self, address: str) -> Fault | None:
        here, new, for_good = address, address, True
        for _ in range(MAX_REDIRECTS):
            reply = self._polite(here)
            if not reply.to:
                return _judged(reply.status, address, here, new)
            here = urljoin(here, reply.to)
            if not here.lower().startswith(WEB_SCHEMES):
                return Fault("dead", f"leads on to {here}, which is no web address")
            # Behind a move for a time, nothing is the address's own any more.
            for_good = for_good and reply.status in FOR_GOOD
            new = here if for_good else new
        return Fault("dead", f"leads on more than {MAX_REDIRECTS} times")

    def _polite(self, address: str) -> _Reply:
        """What `address` answers, to one of the few who may ask its host at the same time."""
        with self.lock:
            turn = self.hosts.setdefault(host_of(address), Semaphore(AT_ONE_HOST))
        with turn:
            reply = self._ask(address, "HEAD")
            return self._ask(address, "GET") if reply.status in NO_HEAD else reply

    def _ask(self, address: str, method: str) -> _Reply:
        try:
            with self.opener.open(Request(_ascii(address), method=method), timeout=self.timeout) as answer:
                return _Reply(answer.status)
        except HTTPError as error:
            with error:
                to = error.headers.get("Location", "") if error.code in (*FOR_GOOD, *FOR_NOW) else ""
                # As bytes, whatever their encoding is: the host knows it.
                return _Reply(error.code, quote(to, safe=string.punctuation, encoding="latin-1"))


def _judged(status: int, address: str, here: str, new: str) -> Fault | None:
    """The fault of `address`, where its page is `new` and what is `here` in the end has answered `status`."""
    on = f" leads on to {here}, which" if here != address else ""
    if status in NOT_FOR_PROGRAMS:
        return Fault("note", f"{on} answers {_named(status)}, perhaps to programs only: look at it".strip())
    if status not in range(200, 300):
        return Fault("dead", f"{on} answers {_named(status)}".strip())
    return Fault("moved", f"is for good at {new}") if new != address else None


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _unheard(reason: object) -> Fault:
    """Why there was no answer."""
    if isinstance(reason, ssl.SSLCertVerificationError):
        return Fault("certificate", f"({getattr(reason, 'verify_message', '') or reason.strerror})")
    if isinstance(reason, socket.gaierror):
        return Fault("unreached", "(its host cannot be found)")
    if isinstance(reason, TimeoutError):
        return Fault("dead", "(does not answer in time)")
    words = (isinstance(reason, OSError) and reason.strerror) or str(reason) or type(reason).__name__
    # The network is down, or what leads out of it lets nobody through.
    nowhere = isinstance(reason, OSError) and reason.errno == errno.ENETUNREACH
    return Fault("unreached" if nowhere or "Tunnel connection failed" in words else "dead", f"({words})")


def _ascii(address: str) -> str:
    """An address as it is sent: letters that only readers see are written as numbers."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    return quote(urlunsplit(parts._replace(netloc=host)), safe=string.punctuation)
