"""Firefox and WebKitGTK, each driven over WebDriver by selenium.

WebKitGTK brings a driver. Debian has none for Firefox (geckodriver), but Firefox itself takes the same commands
under other names, over a socket: Marionette.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selenium.webdriver import FirefoxOptions, Remote
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service

PATIENCE = 30
"""Seconds that a browser may take to start or to end."""
HEIGHT = 800
MARIONETTE = {
    Command.NEW_SESSION: "WebDriver:NewSession",
    Command.GET: "WebDriver:Navigate",
    Command.GO_BACK: "WebDriver:Back",
    Command.REFRESH: "WebDriver:Refresh",
    Command.GET_CURRENT_URL: "WebDriver:GetCurrentURL",
    Command.W3C_GET_CURRENT_WINDOW_HANDLE: "WebDriver:GetWindowHandle",
    Command.FIND_ELEMENTS: "WebDriver:FindElements",
    Command.W3C_EXECUTE_SCRIPT: "WebDriver:ExecuteScript",
    Command.CLICK_ELEMENT: "WebDriver:ElementClick",
    Command.SEND_KEYS_TO_ELEMENT: "WebDriver:ElementSendKeys",
    Command.GET_ELEMENT_TEXT: "WebDriver:GetElementText",
    Command.IS_ELEMENT_SELECTED: "WebDriver:IsElementSelected",
    Command.PRINT_PAGE: "WebDriver:Print",
    Command.QUIT: "Marionette:Quit",
}
"""What Firefox calls the commands that the tests use."""


@dataclass(frozen=True)
class Driven:
    """A browser, what its console has said, and how its page is made as wide as a window."""

    driver: Remote
    widen: Callable[[int], object]
    prints: bool
    complaints: list[str] = field(default_factory=list)


class Marionette(RemoteConnection):
    """Carries selenium's commands to Firefox: as JSON, each after its length."""

    def __init__(self, port: int) -> None:
        super().__init__(client_config=ClientConfig(f"http://127.0.0.1:{port}"))
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
            self._stream = connection.makefile("rwb")
        self._receive()  # a greeting

    def _receive(self) -> Any:
        length = b""
        while (read := self._stream.read(1)) != b":":
            assert read, "Firefox has ended"
            length += read
        return json.loads(self._stream.read(int(length)))

    def execute(self, command: str, params: dict[str, Any]) -> dict[str, Any]:
        if command == Command.NEW_SESSION:
            params = params["capabilities"]["alwaysMatch"]
        text = json.dumps([0, 0, MARIONETTE[command], params])
        self._stream.write(f"{len(text)}:{text}".encode("ascii"))
        self._stream.flush()
        _, _, error, value = self._receive()
        if error:
            return {"status": 500, "value": json.dumps({"value": error})}
        return {"value": value["value"] if isinstance(value, dict) and set(value) == {"value"} else value}

    def close(self) -> None:
        self._stream.close()


@contextmanager
def running(*command: str, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program that says nothing, and has ended afterwards."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **{**quiet, **more}) as process:
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            process.kill()


@contextmanager
def firefox() -> Iterator[Driven]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        profile = Path(made)
        # Any free port, which it writes down.
        (profile / "user.js").write_text('user_pref("marionette.port", 0);\n', "utf-8")
        options = ("--headless", "--no-remote", "--profile", made, "--marionette", "--remote-debugging-port", "0")
        with running("firefox-esr", *options) as process:
            wanted = FirefoxOptions()
            wanted.enable_bidi = True  # tells what the console says
            driver = Remote(Marionette(_port(profile / "MarionetteActivePort", process)), options=wanted)
            try:
                yield _listening(driver)
            finally:
                driver.quit()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(PATIENCE)


def _port(written: Path, process: subprocess.Popen[bytes]) -> int:
    for _ in range(PATIENCE * 20):
        if written.is_file() and (port := written.read_text("utf-8")):
            return int(port)
        assert process.poll() is None, "Firefox has ended"
        time.sleep(0.05)
    raise TimeoutError("Firefox does not listen")


def _listening(driver: Remote) -> Driven:
    page = driver.current_window_handle
    # A window is at least 500 pixels wide; what is drawn in it need not be.
    found = Driven(
        driver,
        lambda width: driver.browsing_context.set_viewport(page, {"width": width, "height": HEIGHT}),
        prints=True,
    )
    driver.script.add_console_message_handler(lambda said: found.complaints.append(str(said.text)))
    driver.script.add_javascript_error_handler(lambda said: found.complaints.append(str(said.text)))
    return found


@contextmanager
def webkitgtk() -> Iterator[Driven]:
    """Its console cannot be heard, and its window is at least 447 pixels wide."""
    with screen() as display:
        service = Service(env={**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11"})
        service.start()
        try:
            connection = RemoteConnection(client_config=ClientConfig(service.service_url))
            with Remote(connection, options=WebKitOptions()) as driver:
                yield Driven(driver, lambda width: driver.set_window_rect(0, 0, width, HEIGHT), prints=False)
        finally:
            service.stop()


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees, as programs are told of it."""
    read, write = os.pipe()
    command = ("Xvfb", "-displayfd", str(write), "-nolisten", "tcp", "-screen", "0", "1400x1000x24")
    with os.fdopen(read) as told, running(*command, pass_fds=[write]):
        os.close(write)
        yield f":{int(told.readline())}"
