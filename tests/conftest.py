"""The real site, built once for all tests that read it, and a browser to read it with."""

from __future__ import annotations

import functools
import gc
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import PHONE, WINDOW, Complaints, KeptPage, launch
from helpers import lay_out
from hypothesis import HealthCheck, Phase, settings
from playwright.sync_api import Browser, BrowserContext, Error, Page
from servers import Server, read_by_all, serving
from shared_builds import made_once
from site_reader import Site
from small_searches import Find, finder

# Properties: the same examples in every run.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile("same")

ROOT = Path(__file__).parent.parent
NOT_COPIED = shutil.ignore_patterns(".git", ".venv*", "site", ".site.*", ".*_cache", ".hypothesis", "tests")
"""What copies of this project do without. Compiled code is copied: each build would compile the engine again."""


MARKED = {
    "browser": {"browser", "driven"},
    "build": {"site", "compiled", "copy", "followed", "grown", "hostile", "large", "late", "published", "renamed",
              "small", "themed", "versioned", "wheel", "environment"},
    "long": {"projects"},
}  # fmt: skip
"""The marks of tests by the fixtures that they use, also by way of others. Other tests mark themselves."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark, fixtures in MARKED.items():
            if fixtures.intersection(getattr(item, "fixturenames", ())):
                item.add_marker(mark)
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("long")


def pytest_collection_finish() -> None:
    """The tests stay to the end: the garbage collector needs not go through them again and again."""
    gc.collect()
    gc.freeze()


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a Python module as authors do, with the notice of Material's end left out."""
    own = {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": "hooks", "PYTHONIOENCODING": "utf-8"}
    # A run of tests inside a test is none of this run's workers, and shares no builds with them.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")} | own
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=300)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of this project, built strictly."""

    def build(folder: Path) -> None:
        built = run("mkdocs", "build", "--strict", "--site-dir", str(folder), cwd=ROOT)
        assert built.returncode == 0, built.stderr

    return Site(made_once(tmp_path_factory, "site", build))


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as `make compile` writes it for any site builder."""

    def compile(folder: Path) -> None:
        done = run("guidetrees", "compile", "--to", str(folder), cwd=ROOT)
        assert (done.returncode, done.stdout.strip(), done.stderr) == (0, str(folder), "")

    return made_once(tmp_path_factory, "compiled", compile)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The base of the cases, to lay something over, with room beside it."""
    return lay_out(None, tmp_path / "project")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of this project to break and mend."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser. Without one, its tests fail in CI and are left out elsewhere with the reason."""
    try:
        with launch() as started:
            yield started
    except Error as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no browser could be started: {error}")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A web server that says nothing."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of a folder on a web server."""
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        # It looks every 0.02 seconds whether it shall end.
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def served(site: Site) -> Iterator[str]:
    """The site's address on a web server."""
    with serve(site.folder) as address:
        yield address


@pytest.fixture(scope="session")
def shared(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The site's address on a file share whose path has spaces and Danish letters."""
    place = "Fælles drev/digital behandling på intranet"
    share = made_once(tmp_path_factory, "share", lambda share: shutil.copytree(site.folder, share / place))
    return (share / place).as_uri() + "/"


@pytest.fixture(params=["http", "file"], scope="session")
def base(request: pytest.FixtureRequest, served: str, shared: str) -> str:
    """The site's address in both ways that readers open it."""
    return served if request.param == "http" else shared


@pytest.fixture(scope="session", params=["nginx", "apache2"])
def server(request: pytest.FixtureRequest, site: Site) -> Iterator[Server]:
    """A real server of the site. Tests that change its files put them back."""
    with read_by_all() as folder, serving(request.param, site, folder) as found:
        yield found


# `bypass_csp`: the tests' tools evaluate text and add styles, which the site's policy forbids. What the site does
# under it, test_server_reader.py shows.
@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A context of its own, for tests that look at requests or leave a script, a clock or a route in it."""
    context = browser.new_context(bypass_csp=True, locale="da-DK")
    yield context
    context.close()


@pytest.fixture
def new_page(context: BrowserContext) -> Iterator[Page]:
    """A page of its own, whose complaints fail the test."""
    page = context.new_page()
    heard = Complaints(page)
    yield page
    assert heard.complaints == []


# A new page costs the processor more than twice what it costs to load one in a page that is there.
@pytest.fixture(scope="session")
def kept_page(browser: Browser) -> Iterator[KeptPage]:
    with KeptPage.opened(browser, WINDOW, locale="da-DK") as kept:
        yield kept


@pytest.fixture(scope="session")
def kept_plain(browser: Browser) -> Iterator[KeptPage]:
    with KeptPage.opened(browser, PHONE, java_script_enabled=False) as kept:
        yield kept


@pytest.fixture
def page(kept_page: KeptPage) -> Iterator[Page]:
    """A page as good as new, whose complaints fail the test. `new_page` is for what lasts: a script, a clock."""
    with kept_page.lent() as page:
        yield page


@pytest.fixture
def plain(kept_plain: KeptPage) -> Iterator[Page]:
    """A page of a browser without JavaScript, on a phone."""
    with kept_plain.lent() as page:
        yield page


@pytest.fixture(scope="module")
def find(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Find]:
    yield from finder(browser, tmp_path_factory.mktemp("searches"))
