"""The browser of the tests: found where one is installed, else installed.

Run as a script it makes sure that there is one: Debian's Chromium where apt can install it, Playwright's
own build elsewhere; and nginx and Apache, Firefox and WebKitGTK where apt can install them. The browser tests call
`launch`; `other_browsers.py` starts Firefox and WebKitGTK.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from playwright.sync_api import Browser, Error, Page, Playwright, ViewportSize, sync_playwright

SERVERS = {"nginx": "nginx", "apache2": "apache2"}
"""Programs, and the packages that they come with."""
# WebKitGTK draws only on a screen: Xvfb is one that nobody sees.
OTHERS = {"firefox-esr": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
# The shell is the browser without windows: a page of its own takes half as long as one of the whole browser.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing of the browser's own goes to the network, so that the request log shows the page's requests only.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
# A page of the tests is gone before code that the browser optimises for the long run pays off.
SHORT_LIVED = ["--js-flags=--no-turbofan"]


@contextmanager
def launch() -> Iterator[Browser]:
    """A headless browser. Raises playwright's Error where there is none."""
    with sync_playwright() as playwright:
        browser = _start(playwright)
        try:
            yield browser
        finally:
            browser.close()


def _start(playwright: Playwright) -> Browser:
    # A container's root may not use the browser's sandbox; the pages are our own.
    arguments = [*QUIET, *SHORT_LIVED]
    arguments += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    if installed:
        return playwright.chromium.launch(executable_path=installed, args=arguments)
    try:
        return playwright.chromium.launch(args=arguments)
    except Error:
        # Edge is part of Windows; Chrome is often there on macOS.
        return playwright.chromium.launch(channel="msedge" if os.name == "nt" else "chrome", args=arguments)


WINDOW = ViewportSize(width=1280, height=720)
PHONE = ViewportSize(width=390, height=844)


class Complaints:
    """What a page complains about."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        page.context.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.context.on("weberror", lambda error: self.complaints.append(str(error.error)))


@dataclass(frozen=True)
class KeptPage:
    """A page that one test after another uses."""

    page: Page
    window: ViewportSize
    """Its size at the beginning of every test."""
    heard: Complaints

    @classmethod
    @contextmanager
    def opened(cls, browser: Browser, window: ViewportSize, **settings: Any) -> Iterator[KeptPage]:
        context = browser.new_context(bypass_csp=True, viewport=window, **settings)
        page = context.new_page()
        yield cls(page, window, Complaints(page))
        context.close()

    @contextmanager
    def lent(self) -> Iterator[Page]:
        """The page, empty and of its first size and colours, whose complaints fail the test."""
        self.heard.complaints.clear()
        try:
            yield self.page
        finally:
            said = list(self.heard.complaints)
            self._clear()
        assert said == []

    def _clear(self) -> None:
        for other in self.page.context.pages:
            if other != self.page:
                other.close()
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.goto("about:blank")
        self.page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
        self.page.set_viewport_size(self.window)


class Log(Complaints):
    """What a page asks for, too; every request then takes a way through the tests."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.requests: list[str] = []
        page.context.on("request", lambda request: self.requests.append(request.url))

    def outside(self, base: str) -> list[str]:
        allowed = ("data:", "blob:", "about:", base)
        return [url for url in self.requests if not url.startswith(allowed)]


def is_wide(page: Page, width: int) -> bool:
    """Whether a page stays wider than a window of this width: the theme's menu slides when that changes."""
    page.set_viewport_size({"width": width, "height": 900})
    for _ in range(50):
        if page.evaluate("document.documentElement.scrollWidth") <= width:
            return False
        page.wait_for_timeout(20)
    return True


def is_there() -> bool:
    try:
        with launch():
            return True
    except Error:
        return False


def program(name: str) -> str | None:
    """A program of a package. Servers are for administrators, and so not where other programs lie."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def has_apt() -> bool:
    return bool(shutil.which("apt-get")) and os.geteuid() == 0


def apt(*packages: str) -> None:
    # In runlevel 1, Debian's packages start no service.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)


def main() -> int:
    if has_apt():
        for name, package in {**SERVERS, **OTHERS, SHELL: SHELL}.items():
            if not program(name):
                _try(package, partial(apt, package))
    if is_there():
        return 0
    # Where there is no package of the shell.
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    _try("a browser", partial(apt, "chromium") if has_apt() else partial(subprocess.run, command, check=True))
    if is_there():
        return 0
    print("There is no browser: the browser tests will not run.")
    return 1 if os.environ.get("CI") else 0


def _try(what: str, install: Callable[[], object]) -> None:
    print(f"Installing {what} for the tests …", flush=True)
    try:
        install()
    except subprocess.CalledProcessError as error:
        print(f"Without it: {error}")


if __name__ == "__main__":
    sys.exit(main())
