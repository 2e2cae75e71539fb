"""nginx and Apache, run with the configurations that are made with the site."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest
from browser import program
from helpers import CASES
from site_reader import Site

BELOW = "intranet/hosting/y"
"""The path at which the site lies on the server, too, from a folder of its own. A part of it has the name of the
folder of configurations."""
MODULES = "/usr/lib/apache2/modules"
TEMPORARY = """\
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{}}
"""
PATHS = """\
  {log}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
"""
LOG_FORMATS = {"nginx": "nginx", "apache2": "apache"}
"""The languages of the blocks on the page for operations."""
LOGGED = {
    "nginx": "access_log {folder}/access.log without_address;",
    "apache2": "CustomLog {folder}/access.log without_address",
}
MAIN = {
    "nginx": TEMPORARY
    + "http {{\n  include /etc/nginx/mime.types;\n"
    + PATHS
    + """\
  server {{
    listen 127.0.0.1:{port} default_server;
    server_name _;
    return 418;
  }}
  include {folder}/site.conf;
}}
""",
    "apache2": """\
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
ServerTokens Prod
"""
    + "".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so\n"
        for name in ("mpm_event", "authz_core", "alias", "autoindex", "dir", "mime", "headers", "deflate")
    )
    + """\
User www-data
Group www-data
TypesConfig /etc/mime.types
DocumentRoot {folder}/root
{log}
Include {folder}/below.conf
Include {folder}/site.conf
""",
}
"""What an administrator has already, for a server that runs in a folder of its own. That of nginx answers by
itself to all names but those that another server has, as Debian's does."""
PROXY = (
    TEMPORARY
    + "http {{\n"
    + PATHS
    + """\
  server {{
    listen 127.0.0.1:{port};
    location /x/y/ {{
      proxy_pass {address};
    }}
  }}
}}
"""
)
"""A proxy that takes the path of the site off."""
OWN = {
    "nginx": ("nginx", "/usr/share/nginx/html", {
        "listen 80;": "listen 127.0.0.1:{port};",
        "    listen [::]:80;": "    #",
        "server_name site.example.org;": "server_name 127.0.0.1;\n    include {folder}/below.conf;",
    }),
    "apache2": ("apache", "/var/www/html", {}),
}  # fmt: skip
"""The names of the site's configurations, and what is changed in them: the site's folder, port and name."""
RUN = {"nginx": ("-c",), "apache2": ("-D", "FOREGROUND", "-f")}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes
    address: str
    """Where redirects led to."""


@dataclass(frozen=True)
class Server:
    """A real server with the configuration that was made with the site."""

    name: str
    address: str
    root: Path

    def get(self, path: str, **headers: str) -> Answer:
        asked = urllib.request.Request(
            self.address + path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        try:
            with urllib.request.urlopen(asked, timeout=10) as found:
                return Answer(found.status, found.headers, found.read(), found.url)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read(), str(error.url))


@contextmanager
def read_by_all() -> Iterator[Path]:
    """A folder of a server's own.

    A server that is started by root reads as another user, and each run of pytest, also one that a test
    starts, closes the folder of its user's runs to all others.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder


@contextmanager
def serving(name: str, site: Site, folder: Path) -> Iterator[Server]:
    root = folder / "root"
    shutil.copytree(site.folder, root)
    shutil.copytree(site.folder, folder / "below")
    port = free_port()
    template, standard, changes = OWN[name]
    own = (root / f"hosting/{template}.conf").read_text("utf-8")
    for before, after in changes.items():
        assert own.count(before) == 1
        own = own.replace(before, after.format(port=port, folder=folder))
    below = (root / f"hosting/{template}-subpath.conf").read_text("utf-8").replace("intranet/guide", BELOW)
    (folder / "site.conf").write_text(own.replace(standard, str(root)), "utf-8")
    (folder / "below.conf").write_text(below.replace(standard, str(folder / "below")), "utf-8")
    server = Server(name, f"http://127.0.0.1:{port}/", root)
    log = f"{documented(LOG_FORMATS[name])}\n{LOGGED[name].format(folder=folder)}"
    with running(name, MAIN[name].format(folder=folder, port=port, log=log), server, folder):
        yield server


def documented(language: str) -> str:
    """The block in this language on the page for operations."""
    (found,) = re.findall(
        rf"```{language}\n(.*?)\n```", (CASES.parent.parent / "docs/drift.md").read_text("utf-8"), re.S
    )
    return str(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(name: str, main: str, server: Server, folder: Path) -> Iterator[None]:
    """Runs a program with `main` as its configuration, in a folder of its own. It must not complain."""
    found = program(name)
    if not found:
        assert not os.environ.get("CI"), "tests/browser.py installs it where it can"
        pytest.skip(f"there is no {name}")
    (folder / "main.conf").write_text(main, "utf-8")
    with (folder / "terminal.txt").open("wb") as terminal:
        command = [found, *RUN[name], str(folder / "main.conf")]
        process = subprocess.Popen(command, stdout=terminal, stderr=terminal)
    try:
        for _ in range(200):
            assert process.poll() is None, (folder / "terminal.txt").read_text()
            try:
                server.get("")
                break
            except OSError:  # it does not listen yet
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(30)
    assert not re.search(r"\[(\w+:)?(warn|crit|alert|emerg)\]", (folder / "error.log").read_text())


PLACES = ("", f"{BELOW}/")
"""A server's root, and a folder on it."""
