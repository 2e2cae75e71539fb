"""Hostile sources, hostile addresses and builds that fail: nothing runs, hangs, leaks or breaks.

What random tries have found stands in the lists of this module and in `cases/invalid`, under its name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from browser import Log
from conftest import ROOT, run, serve
from helpers import CASES, DAY, lay_out, problems_of, read_guide_page, write
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Dialog, Error, Response
from searching import COUNTING, search
from site_reader import Site
from test_invalid import SMALL
from test_state import REAL, SEE, TREES

from guidetrees.check.checker import hints
from guidetrees.parse import readers as parse
from guidetrees.parse import tables as language
from guidetrees.parse.author_markdown import render_author_markdown
from guidetrees.parse.forms import Table
from guidetrees.parse.ids import MAX_ID_LENGTH
from guidetrees.project.project import read_project
from guidetrees.render.assets import FIRST, RENDER
from guidetrees.render.tree_data import tree_data
from guidetrees.source.files import Unreadable
from guidetrees.source.yaml import read_yaml


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The base, to lay something over, with room beside it."""
    return lay_out(None, tmp_path / "project")


def site_of_base(folder: Path) -> Path:
    """The base as a project that can be built: this project's configuration, theme and engine."""
    lay_out(None, folder)
    for part in ("hooks", "docs/assets"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    write(folder, "mkdocs.yml", re.sub(r"^nav:\n.*?\n\n", "", config, flags=re.M | re.S))
    return folder


# Every text of the language, with everything hostile in it, in a real browser

RUN = "window.hacked=1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f'"onmouseover="{RUN}" x="',
    f"'onfocus='{RUN}' autofocus='",
    f"<a href=javascript:{RUN}>x</a>",
    f"[x](javascript:{RUN})",
    f"[x](JaVaScRiPt:{RUN})",
    f"[x](java&#115;cript:{RUN})",
    f"[x](&#x6A;avascript:{RUN})",
    f"[x](<javascript:{RUN}>)",
    f"[x]( javascript:{RUN})",
    f"<javascript:{RUN}>",
    f"[x](vbscript:{RUN})",
    f"[x](data:text/html,<script>{RUN}</script>)",
    f"![x](javascript:{RUN})",
    f'![x](x" onerror="{RUN})',
    f'[x](y "t" onclick={RUN})',
    "[x](//outside.example/y)",
    "![x](https://outside.example/x.png)",
    "<img src=https://outside.example/x.png>",
    "<link rel=stylesheet href=https://outside.example/x.css>",
    "<style>@import 'https://outside.example/y.css'; * { display: none }</style>",
    "<iframe src=https://outside.example>",
    f"<details open ontoggle={RUN}>",
    '<b style="background:url(https://outside.example/z)">',
    "<base href=//x/>",
    "<meta http-equiv=refresh content=0;url=https://outside.example>",
    "]]>",
    "-->",
    "<!--",
    "<![CDATA[",
    "</title>",
    "</textarea>",
    "</style>",
    f"{{: onclick={RUN} }}",
    "{: #id .class style=x }",
    f"{{ onclick={RUN} }}",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# x #}",
    "${7*7}",
    "{0}",
    "%s",
    "$&",
    r"\1",
    "&lt;script&gt;",
    "&amp;",
    "&#60;b&#62;",
    "&quot;",
    "` `` ```",
    "~~~",
    "*x* **y** __z__",
    "# x",
    "[TOC]",
    "[x]: javascript:y",
    "wzxhzdk:0",
    "\\",
    "\\u2028",
    "🙂",
    "שלום",
]
LINE = " ".join(PAYLOADS)
# In Markdown what is hostile is refused, or put between backticks or written as signs: then it is a text.
AS_CODE = [p for p in PAYLOADS if "`" not in p]
MARKDOWN = (
    "Word.\n\n"
    + "\n\n".join(f"`` {payload} ``" for payload in AS_CODE)
    + "\n\n"
    + "\n\n".join(f"    {payload}" for payload in AS_CODE)
    + "\n"
)
REAL_VALUES: dict[str, Any] = {
    "reviewed": "2026-11-24",
    "from": "2027-01-01",
    "seen": "2026-11-24",
    "checked": "2026-11-24",
    "review_months": 12,
    "order": 1,
    "strictness": ["info", "no"],
    "short": "said",
    "verdict": "info",
    "start": "q",
    "goto": "list",
    "met": "end",
    "unmet": "end",
    "next": ["hostile:q"],
    "graver": "true",
    "url": "https://library.example/a?b=%22%3E'onmouseover='x",
    "email": "a'onclick=b@library.example",
    "phone": "+45 1234 5678",
    "guide": ["rules.md#scope", "rules.md#time"],
    "contacts": ["bad"],
    "updates": ["bad"],
    "first": "guide",
}


def values(table: Table, **given: object) -> dict[str, Any]:
    """A mapping with every key of a table: texts hold everything hostile, marked with the key's name."""
    found: dict[str, Any] = {}
    for key in table.keys:
        mark = f"{table.kind} {key.name}"
        if key.name in given:
            value = given[key.name]
        elif key.name in REAL_VALUES:
            value = REAL_VALUES[key.name]
        elif key.read is parse.text:
            value = f"{mark}\n\n{MARKDOWN}"
        elif key.read is parse.line:
            value = f"{mark} {LINE}"
        elif isinstance(key.read.schema, dict) and key.read.schema.get("items") is parse.line.schema:
            value = [f"{mark} {LINE}"]
        else:
            raise AssertionError(f"say what stands in {mark}")
        if value is not None:
            found[key.name] = value
    return found


def hostile_tree() -> dict[str, Any]:
    when = {"q": "two"}
    parts = [values(language.PART, when=when)]
    answers = [
        values(language.ANSWER, id=id, answer=f"{id} {LINE}", graver=None, goto=goto)
        for id, goto in (("one", "list"), ("two", "list"), ("three", "other:"))
    ]
    nodes = {
        "q": values(language.QUESTION, answers=answers, parts=None, aliases=["former-q"]),
        "list": values(
            language.CHECKLIST,
            items=[values(language.ITEM) | {"item": f"{n} {LINE}"} for n in "ab"],
            parts=parts,
            aliases=["former-list"],
        ),
        "end": values(language.OUTCOME, parts=parts, aliases=["former-end"]),
    }
    scenario = values(language.SCENARIO, answers={"q": "one", "list": "met"}, outcome="end")
    return values(language.TREE, nodes=nodes, scenarios=[scenario], aliases=["former"], strictness=None)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site whose every text is hostile."""
    folder = site_of_base(tmp_path_factory.mktemp("hostile"))
    for name, value in (
        ("hostile", hostile_tree()),
        ("contacts", {"bad": values(language.CONTACT), "desk": values(language.CONTACT, name="The desk")}),
        ("updates", {"bad": values(language.UPDATE), "longer-loans": values(language.UPDATE, keywords=None)}),
    ):
        write(folder, f"decision_trees/{name}.yml", json.dumps(value, ensure_ascii=False))
    front = {
        "title": f"front title {LINE}",
        "keywords": [f"front keyword {LINE}"],
        "updates": ["bad"],
        "guide": {name: f"front {name} {LINE}" for name in ("title", "publisher", "date")},
    }
    index = (folder / "docs/guide/index.md").read_text("utf-8").split("---\n", 2)[2]
    write(folder, "docs/guide/index.md", f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n{index}\n{MARKDOWN}")
    rules = (folder / "docs/guide/rules.md").read_text("utf-8")
    write(folder, "docs/guide/rules.md", rules.replace("A loan lasts four weeks.", f"A loan.\n\n{MARKDOWN}\n"))
    assert problems_of(folder) == []
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


HANDLERS = """() => [...document.querySelectorAll("*")]
  .flatMap((one) => one.getAttributeNames().filter((name) => /^on|^srcdoc$/.test(name)))"""
CLICK = "() => document.querySelectorAll('article input, article button').forEach((one) => one.click())"
# These lead on by themselves.
MOVED = "former"


def test_no_text_of_the_language_runs_or_loads_anything(hostile: Path, browser: Browser) -> None:
    with serve(hostile / "site") as base:
        context = browser.new_context(bypass_csp=True)
        context.add_init_script(COUNTING)
        page = context.new_page()
        dialogs: list[Dialog] = []
        page.on("dialog", lambda dialog: dialogs.append(dialog))  # stays open, so that the test ends
        page.add_init_script("window.print = () => {}; navigator.clipboard.writeText = async () => {};")
        log = Log(page)
        answers_got: list[Response] = []
        context.on("response", lambda answer: answers_got.append(answer))
        paths = sorted(Site(hostile / "site").pages)
        assert {"hostile/index.html", "hostile/list.html", "former/index.html", "review/hostile.html"} <= set(
            paths
        )
        answers = ["", "#q=two&list=met", "#q=one&list=unmet"]
        for path in paths:
            for fragment in answers if path in ("hostile/list.html", "hostile/end.html") else [""]:
                page.goto(base + path + fragment)
                if MOVED in path:
                    page.wait_for_url(lambda url: MOVED not in url)
                assert page.evaluate(HANDLERS) == [], path
                with suppress(Error):  # a button may lead to another page
                    page.evaluate(CLICK)
                page.wait_for_load_state()
                assert page.evaluate("window.hacked") is None, path
                links = page.locator("a[href]").evaluate_all(
                    "all => all.map((one) => new URL(one.getAttribute('href'), document.baseURI).protocol)"
                )
                # The codes to download are made on their page.
                own = {"blob:"} if path == "share.html" else set()
                assert set(links) <= {"http:", "https:", "mailto:", "tel:", *own}, path
        page.goto(base + "hostile/index.html")
        for _ in range(3):
            page.locator("article .gt-button, article .gt-answer a, article .gt-action a").first.click()
        assert page.url == base + "hostile/end.html#q=one&list=met"
        page.goto(base + "index.html")
        for words in ("onerror hacked", "<script>", "front keyword", "shows as"):
            search(page, words)
            assert page.evaluate("window.hacked") is None
        assert (dialogs, log.outside(base), context.pages) == ([], [], [page])
        missing = [answer.url for answer in answers_got if answer.status >= 400]
        assert [url for url in missing if not url.endswith("/favicon.ico")] == []
        assert [line for line in log.complaints if "Failed to load resource" not in line] == []
        context.close()


def folded(text: str) -> str:
    return " ".join(text.split())


def test_every_text_of_the_language_shows_as_it_is_written(hostile: Path) -> None:
    site = Site(hostile / "site")
    shown = "\n".join(folded(str(page.tree.text_content())) for page in site.pages.values())
    tables = [getattr(language, name) for name in dir(language) if isinstance(getattr(language, name), Table)]
    marks = [(f"{table.kind} {key.name}", key.read) for table in tables for key in table.keys]
    lines = [mark for mark, read in marks if read is parse.line and mark.split()[-1] not in REAL_VALUES]
    unseen = {"an answer answer", "a checklist's item item", "a scenario outcome", "a case to"}
    assert [mark for mark in lines if mark not in unseen and f"{mark} {LINE}" not in shown] == []
    texts = [mark for mark, read in marks if read is parse.text]
    assert len(texts) >= 6
    assert [mark for mark in texts if mark not in shown] == []
    for words in (f"one {LINE}", f"a {LINE}", f"front title {LINE}", f"front keyword {LINE}", *AS_CODE):
        assert folded(words) in shown, words


LINKS = [payload for payload in PAYLOADS if re.search(r"script:|data:|onclick|<", payload)]


@pytest.mark.parametrize("payload", LINKS)
def test_hostile_markdown_is_refused_or_a_text(payload: str) -> None:
    found = render_author_markdown(f"Word {payload}", lambda _: None)
    assert not re.search(r"<(?!/?(?:p|a|code|em|strong|img)\b)", found.html)
    assert not re.search(r"<[^>]*\ssrc=", found.html)
    assert not re.search(r"<[^>]*\son\w+=", found.html)
    assert not re.search(r"href=\"(?!https?:|mailto:|tel:)", found.html)


REFUSED = {
    "url": [
        f"javascript:{RUN}",
        'https://a.b/"onclick=x',
        "data:text/html,x",
        "//a.b",
        "https://a.b/ x",
        "https://.",
        "https://a.b/<script>",
        "JAVASCRIPT:x//https://a.b",
        "https://\u202ea.b",
    ],
    "email": ["a@b", 'a@b.c"onclick=x', "<a@b.c>", "a b@c.d", "a@b.c d"],
    "phone": ["tel:1234", '1234"x', "+45 <b>", "javascript", "1" * 40, "+"],
    "checked": ["2026-11-24x", "0000-00-00", "<b>", "２０２６-11-24"],
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, some in REFUSED.items() for value in some])
def test_addresses_and_numbers_of_another_form_are_refused(root: Path, key: str, value: str) -> None:
    desk = {"name": "The desk", "url": "https://library.example/"} | {key: value}
    write(root, "decision_trees/contacts.yml", json.dumps({"desk": desk}, ensure_ascii=False))
    lines = problems_of(root)
    assert any(f": {key}: " in line or "cannot be seen" in line for line in lines)
    assert all(line.isprintable() for line in lines)


GUIDES = {
    "<script>alert(1)</script>": "holds <script>",
    "<img src=x onerror=y>": "holds the attribute 'onerror'",
    "a\n{: onclick=y }": "holds the attribute 'onclick'",
    "[x](javascript:y)": "begins with 'javascript:'",
    "[x](&#106;avascript:y)": "begins with 'javascript:'",
    "<a href='java\tscript:y'>x</a>": "begins with",
    "[x](data:text/html,y)": "begins with 'data:'",
    "<svg onload=y>": "holds <svg>",
    "<iframe src=x></iframe>": "<iframe>",
    "<b style='background:url(//x)'>y</b>": "holds the attribute 'style'",
    "![x](https://a.b/c.png)": "another host",
    "![x](//a.b/c.png)": "another host",
    "<!--><img src=x onerror=y>-->": "holds an odd comment",
    "<form action=x>": "holds <form>",
    "<style>a</style>": "holds <style>",
    "<base href=x>": "holds <base>",
    "<meta http-equiv=refresh>": "holds <meta>",
    "<?x ><b onclick=y>?>": "holds",
    "x <title><!--</title>": "holds <title>",
}


@pytest.mark.parametrize("text", GUIDES)
def test_a_page_of_the_guide_holds_nothing_that_runs(root: Path, text: str) -> None:
    write(root, "docs/guide/more.md", f"# More {{ #more }}\n\n{text}\n")
    lines = problems_of(root)
    assert any(GUIDES[text] in line for line in lines), lines
    assert all(line.startswith("docs/guide/more.md:") for line in lines)


# Names and references stay in their folders

OUT = [
    "../../x.md#y",
    "/etc/passwd#x",
    "..\\rules.md#scope",
    "rules.md/../rules.md#scope",
    "./rules.md#scope",
    "rules.md\\#scope",
    "file:///etc/passwd#x",
    "rules.md#../scope",
    "http://a.b/rules.md#scope",
    "rules.md%23scope",
    "%2e%2e/rules.md#scope",
    "con.md#x",
    "x" * 5000 + ".md#y",
]


@pytest.mark.parametrize("reference", OUT)
def test_a_reference_to_the_guide_stays_in_its_folder(root: Path, reference: str) -> None:
    write(root, "decision_trees/case.yml", SMALL.replace("rules.md#scope", json.dumps(reference)))
    (line,) = problems_of(root)
    assert line.startswith("decision_trees/case.yml:9:12: guide: ")
    write(root, "decision_trees/case.yml", f"{SMALL}    text: {json.dumps(f'[x](<{reference}>)')}\n")
    (line,) = problems_of(root) or ["none"]
    assert line.startswith("decision_trees/case.yml:10:11: text: ") or reference in (
        "rules.md\\#scope",
        "http://a.b/rules.md#scope",
    )


IDS = [
    "..",
    ".",
    "a/b",
    "../a",
    "a\\b",
    "/a",
    "C:",
    "a:b",
    "a.html",
    "a%2fb",
    "%2e%2e",
    "a\u0000b",
    "nul",
    "con",
    "lpt1",
    "index",
    "~",
    "a b",
    "-",
    "--a",
    "a-",
    "é",
    "ａ",
    "a" * (MAX_ID_LENGTH + 1),
    "a" * 300,
    "a" * 100_000,
]


@pytest.mark.parametrize("id", IDS, ids=lambda id: id[:9].encode("unicode_escape").decode())
def test_an_id_is_no_path(root: Path, id: str) -> None:
    node = {"outcome": "The end", "verdict": "yes", "guide": "rules.md#scope"}
    tree: dict[str, Any] = {
        "title": "T",
        "summary": "S",
        "reviewed": "2026-11-24",
        "start": id,
        "nodes": {id: node},
    }
    for aliases in ({}, {"aliases": [id]}):
        whole = tree if not aliases else {**tree, "start": "end", "nodes": {"end": node | aliases}, **aliases}
        write(root, "decision_trees/case.yml", json.dumps(whole))
        lines = problems_of(root)
        assert lines or (id == "index" and not aliases)
        assert all(line.startswith("decision_trees/case.yml:") and len(line) < 400 for line in lines), lines


def test_the_longest_names_are_built_and_longer_ones_refused(tmp_path: Path) -> None:
    folder = site_of_base(tmp_path / "project")
    name = "a" * MAX_ID_LENGTH
    text = SMALL.replace("last", name).replace("nodes:", f"aliases: [{'b' * MAX_ID_LENGTH}]\nnodes:")
    write(folder, f"decision_trees/{name}.yml", f"{text}    aliases: [{'c' * MAX_ID_LENGTH}]\n")
    write(folder, f"docs/guide/{'g' * 190}.md", "# G { #g }\n")
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "site" / name / f"{name}.html").is_file()
    write(folder, f"decision_trees/{name}a.yml", SMALL)
    write(folder, f"docs/guide/{'g' * 251}.md", "# G { #g }\n")
    assert [re.sub("(.)\\1{50,}", "…", line) for line in problems_of(folder)] == [
        "decision_trees/….yml:1:1: the file's name must be a-z, 0-9 and single hyphens, such as '….yml'",
        "docs/guide/….md:1:1: the name is too long: leave at most 200 bytes of it",
    ]


LEADS_OUT = "is a link that leads out of the project: put the file itself here"
PLACES = ["decision_trees/x.yml", "decision_trees/_x.yml", "docs/guide/x.md", "docs/x.md", "docs/assets/x.png"]
HOSTILE_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "secret": (lambda p: p.symlink_to("/etc/passwd"), LEADS_OUT),
    "zero": (lambda p: p.symlink_to("/dev/zero"), LEADS_OUT),
    "folder": (lambda p: p.symlink_to("/etc"), LEADS_OUT),
    "itself": (lambda p: p.symlink_to(p.name), "cannot be read: Too many levels of symbolic links"),
    "nowhere": (lambda p: p.symlink_to("nowhere"), "cannot be read: No such file or directory"),
    "inside": (lambda p: p.symlink_to(p.parent), "is a link to a folder: put the folder itself here"),
    "pipe": (lambda p: os.mkfifo(p), "cannot be read: it is no file"),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators only, and has no such files")
@pytest.mark.parametrize("what", HOSTILE_FILES)
@pytest.mark.parametrize("place", PLACES)
def test_links_and_pipes_are_refused_by_name_and_never_read(root: Path, place: str, what: str) -> None:
    make, words = HOSTILE_FILES[what]
    path = root / place
    path.parent.mkdir(exist_ok=True)
    make(path)
    assert problems_of(root) == [f"{place}:1:1: {words}"]


@pytest.mark.skipif(os.name == "nt", reason="as above")
@pytest.mark.parametrize("folder", ["decision_trees", "docs", "docs/guide"])
def test_a_folder_that_is_a_link_out_of_the_project_is_refused(root: Path, folder: str) -> None:
    shutil.move(root / folder, root.parent / "outside")
    (root / folder).symlink_to(root.parent / "outside")
    refused = [line for line in problems_of(root) if "link that leads out of the project" in line]
    assert [line.partition(":")[0] for line in refused] == [folder]


@pytest.mark.skipif(os.name == "nt", reason="as above")
def test_a_build_publishes_nothing_that_links_lead_to(tmp_path: Path) -> None:
    folder = site_of_base(tmp_path / "project")
    write(tmp_path, "secret/secret.md", "# A secret { #secret }\n")
    (folder / "docs/secret").symlink_to(tmp_path / "secret")
    (folder / "docs/.#locked.md").symlink_to("someone@host.1234:5678")  # as an editor locks a file
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 1
    assert f"docs/secret:1:1: {LEADS_OUT}" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "site").exists()
    (folder / "docs/secret").unlink()
    assert problems_of(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="as above")
def test_a_link_inside_the_project_is_read(root: Path) -> None:
    write(root, "elsewhere/case.yml", SMALL)
    (root / "decision_trees/case.yml").symlink_to(root / "elsewhere/case.yml")
    assert problems_of(root) == []
    assert "case" in read_project(root).trees


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
@pytest.mark.parametrize("name", [b"a\nb", b"\xff", "a\u202eb".encode(), b"a\x07"])
def test_names_that_cannot_be_printed_are_plain_lines(root: Path, name: bytes) -> None:
    for folder, ending in (("decision_trees", b".yml"), ("docs/guide", b".md"), ("docs", b"")):
        path = os.path.join(os.fsencode(root / folder), name + ending)
        if not ending:
            os.mkdir(path)
            path = os.path.join(path, b"x.md")
        with open(path, "wb") as file:
            file.write(b"# x\n")
    lines = problems_of(root)
    assert len(lines) == 3
    assert all(line.isprintable() and "the name holds a character that cannot be seen" in line for line in lines)


# Whatever is read is read in time that grows with it


def seconds(read: Callable[[str], object], text: str) -> float:
    """The seconds of the processor that reading takes: what else the machine does is not counted."""
    began = time.thread_time()
    read(text)
    return time.thread_time() - began


def grows_with(read: Callable[[str], object], make: Callable[[int], str], size: int) -> None:
    """Eight times the text takes about eight times as long, where the square would be 64.

    What is slowed by chance is tried again; what takes the square is never near enough.
    """
    ratios = []
    for _ in range(5):
        few, many = seconds(read, make(size)), seconds(read, make(8 * size))
        ratios.append(many / max(few, 0.002))
        if ratios[-1] < 24:
            return
    raise AssertionError(f"eight times the text took {ratios} times as long")


def read_as_yaml(text: str) -> None:
    with suppress(Unreadable):
        read_yaml(text, "f")


def read_as_guide(text: str) -> None:
    with suppress(Unreadable):
        read_guide_page("a.md", "docs/guide/a.md", text)


def read_as_prose(text: str) -> None:
    render_author_markdown(text, lambda _: None)


YAMLS: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "braces": lambda n: "{" * n,
    "dashes": lambda n: "- " * n,
    "questions": lambda n: "? " * n,
    "quotes": lambda n: "'" * n,
    "quote marks": lambda n: '"' * n,
    "scalar": lambda n: "a: " + "x" * n,
    "key": lambda n: "x" * n + ": 1",
    "blank": lambda n: "a: b\n" + "\n" * n + "c d\ne: f: g",
    "keys": lambda n: "".join(f"k{i}: 1\n" for i in range(n // 8)),
    "the same key": lambda n: "a: 1\n" * (n // 5),
    "the same mapping": lambda n: "".join(f"a: {{k{i}: 1}}\n" for i in range(n // 12)),
    "list": lambda n: "[" + "a," * (n // 2) + "]",
    "words": lambda n: "a:\n" + " abc\n" * (n // 5) + "b: c: d\n",
    "hyphens": lambda n: "a" + "-" * n + "\nb: c: d\n",
    "aliases": lambda n: "- &a x\n" + "- *a\n" * (n // 5),
    "bomb": lambda n: (
        "a0: &a0 x\n" + "".join(f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}, *a{i}]\n" for i in range(n // 30))
    ),
}
MARKDOWNS: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "[" * n,
    "pictures": lambda n: "![" * n,
    "links": lambda n: "[a](" * n,
    "references": lambda n: "[a][" * n,
    "pairs": lambda n: "[" * n + "]" * n,
    "nested": lambda n: "[" * n + "a](b)" * n,
    "quotations": lambda n: "> " * n,
    "arrows": lambda n: ">" * n,
    "stars": lambda n: "*a " * n,
    "strong": lambda n: "**a " * n,
    "underscores": lambda n: "_a " * n,
    "backticks": lambda n: "`" * n,
    "tags": lambda n: "<a " * n,
    "open tags": lambda n: "<a \n\n" * n,
    "comments": lambda n: "<!--" * n,
    "cdata": lambda n: "<![CDATA[" * n,
    "addresses": lambda n: "<https://" * n,
    "attributes": lambda n: "a {: #b " * n,
    "front matter": lambda n: "---\n" + "-- \n" * n,
    "lines": lambda n: "---\n" * n,
    "fences": lambda n: "~~~ {\n" * n,
    "lists": lambda n: "- " * n,
    "tables": lambda n: "|a|\n|-|\n" + "|a|\n" * n,
    "ampersands": lambda n: "&#" * n,
    "backslashes": lambda n: "\\" * n,
    "paragraphs": lambda n: "a\n\n" * (n // 20),
    "quoted attributes": lambda n: "<a " + "x='" * n,
    "spaces": lambda n: "a" + " " * n + "b",
}


@pytest.mark.parametrize("what", YAMLS)
def test_hostile_yaml_is_read_in_time(what: str) -> None:
    grows_with(read_as_yaml, YAMLS[what], 10_000)


@pytest.mark.parametrize("read", [read_as_prose, read_as_guide])
@pytest.mark.parametrize("what", MARKDOWNS)
def test_hostile_markdown_is_read_in_time(what: str, read: Callable[[str], object]) -> None:
    """The parser may take the square of what stands without an empty line, which is therefore bounded."""
    grows_with(read, MARKDOWNS[what], 20_000)


ADDRESS_LIKE = [
    *(("url", make) for make in (lambda n: "https://" + "a." * n + ">", lambda n: "https://a." * n + "<")),
    *(("email", make) for make in (lambda n: "a@" + "b." * n, lambda n: "a@b." * n, lambda n: "a" * n + "@")),
    *(("phone", make) for make in (lambda n: "1 " * n + "x", lambda n: "+" + "(" * n)),
    *(("id", make) for make in (lambda n: "a-" * n, lambda n: "a" * n + "!", lambda n: "-" * n)),
]


@pytest.mark.parametrize(("kind", "make"), ADDRESS_LIKE)
def test_patterns_are_matched_in_time_here_and_in_editors(kind: str, make: Callable[[int], str]) -> None:
    keys = {key.name: key.read.schema for key in language.CONTACT.keys} | {"id": parse.identifier.schema}
    pattern = re.compile(keys[kind]["pattern"])
    grows_with(pattern.search, make, 1_000)


def tree_of(*nodes: str, more: str = "") -> str:
    return SMALL.replace("start: last", f"{more}start: last") + "".join(nodes)


def question(id: str, *answers: str) -> str:
    return f"  {id}:\n    question: Q\n    answers:\n" + "".join(f"    - {{{answer}}}\n" for answer in answers)


LARGE: dict[str, Callable[[int], str]] = {
    "keywords": lambda n: tree_of(more="keywords: [" + ", ".join(f"k{i}" for i in range(n)) + "]\n"),
    "unknown keys": lambda n: tree_of(more="".join(f"tit{i}: x\n" for i in range(n))),
    "aliases": lambda n: tree_of(more="aliases: [" + ", ".join(f"k{i}" for i in range(n)) + "]\n"),
    "answers": lambda n: tree_of(question("q", *(f"answer: A{i}, goto: last" for i in range(n)))).replace(
        "start: last", "start: q"
    ),
    "scenarios": lambda n: tree_of(
        "scenarios:\n", *(f"- {{name: s{i}, answers: {{}}, outcome: last}}\n" for i in range(n))
    ),
    "nodes": lambda n: tree_of(
        *(question(f"q{i}", f"answer: A, goto: q{i + 1}", "answer: B, goto: last") for i in range(n)),
        question(f"q{n}", "answer: A, goto: last", "answer: B, goto: last"),
    ).replace("start: last", "start: q0"),
}


@pytest.mark.parametrize("what", LARGE)
def test_large_trees_are_checked_in_time(root: Path, what: str) -> None:
    def read(text: str) -> None:
        write(root, "decision_trees/case.yml", text)
        problems_of(root)

    grows_with(read, LARGE[what], 2_000 if what in ("keywords", "aliases") else 150)


def test_conditions_that_pair_far_questions_are_one_line(root: Path) -> None:
    """Which readers a case is for takes a diagram that doubles with each pair."""
    text = "".join(question(f"q{i}", *(f"answer: {a}, goto: q{i + 1}" for a in ("ja", "nej"))) for i in range(40))
    cases = "".join(f"      - {{when: {{q{i}: ja, q{i + 20}: ja}}, to: last}}\n" for i in range(20))
    last = f"  q40:\n    question: Q\n    answers:\n    - answer: A\n      goto:\n{cases}      - to: other\n"
    text = (
        SMALL.replace("start: last", "start: q0")
        + text
        + last
        + "    - {answer: B, goto: last}\n"
        + SMALL[SMALL.index("  last:") :].replace("last:", "other:")
    )
    write(root, "decision_trees/case.yml", text)
    assert problems_of(root) == [
        "decision_trees/case.yml:1:1: the conditions ask for more combinations of answers than can be computed: "
        "ask for fewer"
    ]


# Random changes of real files and of addresses

FILES = [p.read_bytes() for p in [*sorted((ROOT / "decision_trees").glob("*.yml")), CASES / "valid/every-key.yml"]]
TOKENS = [
    b": ",
    b"- ",
    b"[",
    b"]",
    b"{",
    b"}",
    b"|",
    b"'",
    b'"',
    b"&a ",
    b"*a",
    b"!!x ",
    b"\x00",
    b"\xff",
    b"\xe2\x80\xae",
    b"<script>",
    b"../",
    b"#",
    b"when: ",
    b"goto: ",
    b"\t",
    b"\r",
    b"\n",
    b"---\n",
    b"? ",
    b"<<: ",
    b"%",
    b"\\",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real file with bytes flipped, lines lost, doubled or moved, and tokens put in."""
    data = bytearray(draw(st.sampled_from(FILES)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data) - 1))
        begin = data.rfind(b"\n", 0, at) + 1
        end = data.find(b"\n", at) + 1 or len(data)
        line = bytes(data[begin:end])
        match draw(st.integers(0, 5)):
            case 0:
                data[at] ^= 1 << draw(st.integers(0, 7))
            case 1:
                del data[begin:end]
            case 2:
                data[begin:begin] = line * draw(st.integers(1, 3))
            case 3:
                data[begin:begin] = b" " * draw(st.integers(1, 4))
            case 4:
                data[begin:end] = line.lstrip(b" ")
            case _:
                data[at:at] = draw(st.sampled_from(TOKENS))
        data = data or bytearray(b"\n")
    return bytes(data)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fuzzed")
    shutil.copytree(ROOT / "docs/guide", root / "docs/guide")
    shutil.copytree(ROOT / "decision_trees", root / "decision_trees")
    return root


@settings(max_examples=60)
@given(data=mutated(), name=st.sampled_from(["case", "er-det-digital-behandling", "contacts", "updates"]))
def test_a_changed_file_gives_lines(fuzzed: Path, data: bytes, name: str) -> None:
    place = fuzzed / f"decision_trees/{name}.yml"
    before = place.read_bytes() if place.exists() else None
    place.write_bytes(data)
    try:
        lines = problems_of(fuzzed)
        assert all(re.match(r"[\w./-]+:\d+:\d+: ", line) and line.isprintable() for line in lines)
        if not lines:
            hints(read_project(fuzzed), DAY)
    finally:
        place.unlink()
        if before is not None:
            place.write_bytes(before)


PIECES = [
    "=",
    "&",
    ".",
    ":",
    "&amp;",
    "%",
    "%00",
    "%E0%A4%A",
    "map-",
    "list-",
    "#",
    "..",
    "/",
    "ja",
    "met",
    "unmet",
    "<img src=x onerror=1>",
    "javascript:",
    "__proto__",
    "constructor",
    "toString",
    "\u2028",
    "\ud800",
    "\x00",
    "x" * 1000,
    "=ja&" * 50,
]


@st.composite
def fragments(draw: st.DrawFn) -> tuple[str, str, str]:
    """A tree, one of its nodes, and a fragment of answers that has been changed."""
    tree = draw(st.sampled_from(TREES))
    answers = [
        f"{address.node}={edge.answer}"
        for address, edges in REAL.graph.outgoing.items()
        if address.tree == tree
        for edge in edges
    ]
    here = draw(st.sampled_from(["", *(a.node for a in REAL.graph.outgoing if a.tree == tree)]))
    text = "&".join(draw(st.lists(st.sampled_from(answers), max_size=8)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 3))
        text = text[:at] + draw(st.sampled_from(PIECES) | st.text(max_size=3)) + text[at + cut :]
    return tree, here, text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def test_any_fragment_is_read_without_an_error_and_written_clean(browser: Browser) -> None:
    """Hundreds of them in one call: what throws or never ends fails it."""
    found: list[tuple[str, str, str]] = [
        (TREES[0], "", "&".join(f"n{i}=ja" for i in range(50_000))),
        (TREES[0], "", "=" * 100_000),
        (TREES[0], "", "a-" * 100_000 + "=b"),
        (TREES[0], "", "a=b" + ".c" * 100_000 + "!"),
        (TREES[0], "", "&map-" + "a-" * 100_000 + "!"),
    ]

    @settings(max_examples=400)
    @given(fragments())
    def collect(one: tuple[str, str, str]) -> None:
        found.append(one)

    collect()
    page = browser.new_page(bypass_csp=True)
    calls = [[tree_data(REAL, tree), here, text, []] for tree, here, text in found]
    seen = page.evaluate(SEE % (RENDER / FIRST).read_text("utf-8"), calls)
    page.close()
    assert len(seen) == len(found) > 300
    for one in seen:
        assert re.fullmatch(r"(?:#(?:[a-z0-9:-]+=[a-z0-9-]+(?:\.[a-z0-9]+)*&?)+)?", one["address"]), one["address"]


# Builds that fail, and files that change during a build


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a published site."""
    folder = site_of_base(tmp_path_factory.mktemp("small") / "project")
    done = run("mkdocs", "build", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".site")]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_build_that_cannot_write_a_file_leaves_the_site_as_it_was(small: Path) -> None:
    """Such as the files of a search, which are written last."""
    wanted = files(small / "site")
    in_the_way = small / "docs/assets/guidetrees/search"
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("A file where a folder is to be.", "utf-8")
    try:
        done = run("mkdocs", "build", cwd=small)
    finally:
        shutil.rmtree(in_the_way.parent)
    assert done.returncode == 1
    assert "The site could not be written" in done.stderr and "Traceback" not in done.stderr
    assert files(small / "site") == wanted
    assert left(small) == []


LATE = """
from pathlib import Path
def on_files(files, config):
    {}
    return files
"""


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """A project with a hook of its own that does something when everything has been read."""
    folder = site_of_base(tmp_path / "project")
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    write(
        folder, "mkdocs.yml", settings.replace("  - hooks/mkdocs_hook.py", "  - hooks/mkdocs_hook.py\n  - late.py")
    )
    return folder


def test_a_page_that_changes_during_a_build_is_built_as_it_was_checked(late: Path) -> None:
    change = "Path('docs/guide/rules.md').write_text('# Changed <script>x()</script>')"
    write(late, "late.py", LATE.format(change))
    done = run("mkdocs", "build", cwd=late)
    assert done.returncode == 0, done.stderr
    page = (late / "site/guide/rules.html").read_text("utf-8")
    assert "A loan lasts four weeks." in page and "Changed" not in page and "x()" not in page


def test_a_page_that_comes_during_a_build_passes_the_gate(late: Path) -> None:
    come = "files.append(__import__('mkdocs').structure.files.File.generated(config, 'new.md', content=TEXT))"
    text = "TEXT = '---\\ntemplate: redirect.html\\n---\\n# <i>A</i> <img src=x onerror=\"x()\">\\n'"
    write(late, "late.py", text + LATE.format(come))
    done = run("mkdocs", "build", cwd=late)
    assert done.returncode == 0, done.stderr
    assert "docs/new.md:2:1: unknown key 'template'" in done.stderr
    assert "docs/new.md:4:23: holds the attribute 'onerror'" in done.stderr
    page = (late / "site/new.html").read_text("utf-8")
    assert "<title>A – " in page and "x()" not in page and "md-header" in page
    assert run("mkdocs", "build", "--strict", cwd=late).returncode == 1


@pytest.mark.parametrize(
    "fault",
    ["raise OSError(28, 'No space left on device', 'x.css')", "raise PermissionError(13, 'Permission denied')"],
)
def test_a_disk_that_takes_no_more_is_a_line(late: Path, fault: str) -> None:
    write(late, "late.py", LATE.format(fault))
    done = run("mkdocs", "build", cwd=late)
    assert done.returncode == 1
    assert "The site could not be built: [Errno" in done.stderr and "Traceback" not in done.stderr
    assert not (late / "site").exists() and left(late) == []
