"""Hostile sources, hostile addresses and builds at the same time: nothing runs, hangs, leaks or breaks.

What random tries have found stands in the lists of this module and in `cases/invalid`, under its name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from browser import Log
from conftest import ROOT, run, serve
from helpers import CASES, DAY, lay_out, problems_of, write
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Error
from searching import search
from site_reader import Site
from test_invalid import SMALL
from test_state import REAL, SEE, TREES

from guidetrees import language, parse
from guidetrees.check import hints
from guidetrees.export import documents
from guidetrees.guide import read_guide_page
from guidetrees.parse import LONGEST_ID, Form, Table
from guidetrees.project import read_project
from guidetrees.prose import render_prose
from guidetrees.script import COMPONENTS, FIRST, tree_data
from guidetrees.source import MAX_BYTES, Unreadable, read_yaml
from guidetrees.views import prepare
from guidetrees.words import read_words


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The base, to lay something over, with room beside it."""
    return lay_out(None, tmp_path / "project")


def site_of_base(folder: Path) -> Path:
    """The base as a project that can be built: this project's configuration, theme and engine, in English."""
    lay_out(None, folder)
    for part in ("hooks", "docs/assets"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    config = (ROOT / "mkdocs.yml").read_text("utf-8").replace("language: da", "language: en")
    write(folder, "mkdocs.yml", re.sub(r"^nav:\n.*?\n\n", "", config, flags=re.M | re.S))
    return folder


# Every text of the language, with everything hostile in it, in a real browser

RUN = "window.hacked=1"
PAYLOADS = [
    f"<script>{RUN}</script>", f"</script><script>{RUN}</script>", f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>", f"<svg><script>{RUN}</script></svg>", f"\"onmouseover=\"{RUN}\" x=\"",
    f"'onfocus='{RUN}' autofocus='", f"<a href=javascript:{RUN}>x</a>", f"[x](javascript:{RUN})",
    f"[x](JaVaScRiPt:{RUN})", f"[x](java&#115;cript:{RUN})", f"[x](&#x6A;avascript:{RUN})",
    f"[x](<javascript:{RUN}>)", f"[x]( javascript:{RUN})", f"<javascript:{RUN}>", f"[x](vbscript:{RUN})",
    f"[x](data:text/html,<script>{RUN}</script>)", f"![x](javascript:{RUN})", f"![x](x\" onerror=\"{RUN})",
    f"[x](y \"t\" onclick={RUN})", f"[x](//outside.example/y)", "![x](https://outside.example/x.png)",
    "<img src=https://outside.example/x.png>", "<link rel=stylesheet href=https://outside.example/x.css>",
    "<style>@import 'https://outside.example/y.css'; * { display: none }</style>", "<iframe src=https://outside.example>",
    f"<details open ontoggle={RUN}>", f"<b style=\"background:url(https://outside.example/z)\">", "<base href=//x/>",
    "<meta http-equiv=refresh content=0;url=https://outside.example>", "]]>", "-->", "<!--", "<![CDATA[", "</title>",
    "</textarea>", "</style>", f"{{: onclick={RUN} }}", f"{{: #id .class style=x }}", f"{{ onclick={RUN} }}",
    "{{ 7 * 7 }}", "{% raw %}", "{# x #}", "${7*7}", "{0}", "%s", "$&", r"\1", "&lt;script&gt;", "&amp;", "&#60;b&#62;",
    "&quot;", "` `` ```", "~~~", "*x* **y** __z__", "# x", "[TOC]", "[x]: javascript:y", "wzxhzdk:0", "\\", "\\u2028",
    "🙂", "שלום",
]  # fmt: skip
LINE = " ".join(PAYLOADS)
# In Markdown what is hostile is refused, or put between backticks or written as signs: then it is a text.
AS_CODE = [p for p in PAYLOADS if "`" not in p]
MARKDOWN = "Word.\n\n" + "\n\n".join(f"`` {payload} ``" for payload in AS_CODE) + "\n\n" + "\n\n".join(
    f"    {payload}" for payload in AS_CODE
) + "\n"  # fmt: skip
REAL_VALUES: dict[str, Any] = {
    "reviewed": "2026-11-24", "from": "2027-01-01", "seen": "2026-11-24", "checked": "2026-11-24",
    "review_months": 12, "order": 1, "strictness": ["info", "no"], "verdict": "info", "start": "q",
    "goto": "list", "met": "end", "unmet": "end", "next": ["hostile:q"], "graver": "true",
    "url": "https://library.example/a?b=%22%3E'onmouseover='x", "email": "a'onclick=b@library.example",
    "phone": "+45 1234 5678", "guide": ["rules.md#scope", "rules.md#time"], "contacts": ["bad"], "updates": ["bad"],
}  # fmt: skip


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
            language.CHECKLIST, items=[values(language.ITEM) | {"item": f"{n} {LINE}"} for n in "ab"],
            parts=parts, aliases=["former-list"],
        ),
        "end": values(language.OUTCOME, parts=parts, aliases=["former-end"]),
    }  # fmt: skip
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
        "title": f"front title {LINE}", "keywords": [f"front keyword {LINE}"], "updates": ["bad"],
        "guide": {name: f"front {name} {LINE}" for name in ("title", "publisher", "date")},
    }  # fmt: skip
    index = (folder / "docs/guide/index.md").read_text("utf-8").split("---\n", 2)[2]
    write(folder, "docs/guide/index.md", f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n{index}\n{MARKDOWN}")
    rules = (folder / "docs/guide/rules.md").read_text("utf-8")
    write(folder, "docs/guide/rules.md", rules.replace("A loan lasts four weeks.", f"A loan.\n\n{MARKDOWN}\n"))
    assert problems_of(folder) == []
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


WALK = """() => {
  for (const more of document.querySelectorAll('details')) more.open = true;
  for (const one of document.querySelectorAll('article *')) {
    for (const type of ['mouseover', 'focus', 'toggle', 'pointerdown']) one.dispatchEvent(new Event(type, {bubbles: true}));
  }
}"""
CLICK = "() => document.querySelectorAll('article input, article button').forEach((one) => one.click())"
# These lead on by themselves.
MOVED = "former"


def test_no_text_of_the_language_runs_or_loads_anything(hostile: Path, browser: Browser) -> None:
    with serve(hostile / "site") as base:
        context = browser.new_context()
        page = context.new_page()
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        context.on("page", lambda opened: opened is page or dialogs.append(opened.url))
        page.add_init_script("window.print = () => {}; navigator.clipboard.writeText = async () => {};")
        dialogs: list[object] = []
        log = Log(page)
        paths = sorted(Site(hostile / "site").pages)
        assert {"hostile/index.html", "hostile/list.html", "former/index.html", "review/hostile.html"} <= set(paths)
        answers = ["", "#q=two&list=met", "#q=one&list=unmet"]
        for path in paths:
            for fragment in answers if path.startswith("hostile/") else [""]:
                page.goto(base + path + fragment)
                if MOVED in path:
                    page.wait_for_url(lambda url: MOVED not in url)
                page.evaluate(WALK)
                with suppress(Error):  # a button may lead to another page
                    page.evaluate(CLICK)
                page.wait_for_load_state()
                assert page.evaluate("window.hacked") is None, path
                links = page.locator("a[href]").evaluate_all("all => all.map((one) => new URL(one.getAttribute('href'), document.baseURI).protocol)")
                assert set(links) <= {"http:", "https:", "mailto:", "tel:"}, path
        page.goto(base + "hostile/index.html")
        for _ in range(3):
            page.locator("article .gt-button, article .gt-answer a, article .gt-action a").first.click()
        assert page.url == base + "hostile/end.html#q=one&list=met"
        page.goto(base + "index.html")
        for words in ("onerror hacked", "<script>", "front keyword", "shows as"):
            search(page, words)
            assert page.evaluate("window.hacked") is None
        assert (dialogs, log.outside(base)) == ([], [])
        assert [line for line in log.complaints if "404" not in line or "favicon" not in line] == []
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
    found = render_prose(f"Word {payload}", lambda _: None)
    assert not re.search(r"<(?!/?(?:p|a|code|em|strong|img)\b)", found.html)
    assert not re.search(r"<[^>]*\ssrc=", found.html)
    assert not re.search(r"<[^>]*\son\w+=", found.html)
    assert not re.search(r"href=\"(?!https?:|mailto:|tel:)", found.html)


REFUSED = {
    "url": [f"javascript:{RUN}", "https://a.b/\"onclick=x", "data:text/html,x", "//a.b", "https://a.b/ x", "https://.",
            "https://a.b/<script>", "JAVASCRIPT:x//https://a.b", "https://\u202ea.b"],
    "email": ["a@b", "a@b.c\"onclick=x", "<a@b.c>", "a b@c.d", "a@b.c d", "a@b.c\n"],
    "phone": ["tel:1234", "1234\"x", "+45 <b>", "javascript", "1" * 40, "+"],
    "checked": ["2026-11-24x", "0000-00-00", "<b>", "２０２６-11-24"],
}  # fmt: skip


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, some in REFUSED.items() for value in some])
def test_addresses_and_numbers_of_another_form_are_refused(root: Path, key: str, value: str) -> None:
    desk = {"name": "The desk", "url": "https://library.example/"} | {key: value}
    write(root, "decision_trees/contacts.yml", json.dumps({"desk": desk}, ensure_ascii=False))
    folded_value = " ".join(value.split())
    lines = problems_of(root)
    refused = [line for line in lines if f": {key}: " in line or "cannot be seen" in line]
    assert refused or parse_phone_like(key, folded_value)
    assert all(line.isprintable() for line in lines)


def parse_phone_like(key: str, value: str) -> bool:
    """White space at the end is no part of a value."""
    return key == "email" and value == "a@b.c"


GUIDES = {
    "<script>alert(1)</script>": "holds <script>", "<img src=x onerror=y>": "holds the attribute 'onerror'",
    "a\n{: onclick=y }": "holds the attribute 'onclick'", "[x](javascript:y)": "begins with 'javascript:'",
    "[x](&#106;avascript:y)": "begins with 'javascript:'", "<a href='java\tscript:y'>x</a>": "begins with",
    "[x](data:text/html,y)": "begins with 'data:'", "<svg onload=y>": "holds <svg>", "<iframe src=x></iframe>": "<iframe>",
    "<b style='background:url(//x)'>y</b>": "holds the attribute 'style'", "![x](https://a.b/c.png)": "another host",
    "![x](//a.b/c.png)": "another host", "<!--><img src=x onerror=y>-->": "holds an odd comment",
    "<form action=x>": "holds <form>", "<style>a</style>": "holds <style>", "<base href=x>": "holds <base>",
    "<meta http-equiv=refresh>": "holds <meta>", "<?x ><b onclick=y>?>": "holds", "x <title><!--</title>": "holds <title>",
}  # fmt: skip


@pytest.mark.parametrize("text", GUIDES)
def test_a_page_of_the_guide_holds_nothing_that_runs(root: Path, text: str) -> None:
    write(root, "docs/guide/more.md", f"# More {{ #more }}\n\n{text}\n")
    lines = problems_of(root)
    assert any(GUIDES[text] in line for line in lines), lines
    assert all(line.startswith("docs/guide/more.md:") for line in lines)


# Names and references stay in their folders

OUT = ["../../x.md#y", "/etc/passwd#x", "..\\rules.md#scope", "rules.md/../rules.md#scope", "./rules.md#scope",
       "rules.md\\#scope", "file:///etc/passwd#x", "rules.md#../scope", "http://a.b/rules.md#scope", "rules.md%23scope",
       "%2e%2e/rules.md#scope", "con.md#x", "x" * 5000 + ".md#y"]  # fmt: skip


@pytest.mark.parametrize("reference", OUT)
def test_a_reference_to_the_guide_stays_in_its_folder(root: Path, reference: str) -> None:
    write(root, "decision_trees/case.yml", SMALL.replace("rules.md#scope", json.dumps(reference)))
    (line,) = problems_of(root)
    assert line.startswith("decision_trees/case.yml:9:12: guide: ")
    write(root, "decision_trees/case.yml", f"{SMALL}    text: {json.dumps(f'[x](<{reference}>)')}\n")
    (line,) = problems_of(root) or ["none"]
    assert line.startswith("decision_trees/case.yml:10:11: text: ") or reference in ("rules.md\\#scope", "http://a.b/rules.md#scope")


IDS = ["..", ".", "a/b", "../a", "a\\b", "/a", "C:", "a:b", "a.html", "a%2fb", "%2e%2e", "a\u0000b", "nul", "con", "lpt1",
       "index", "~", "a b", "-", "--a", "a-", "é", "ａ", "a" * (LONGEST_ID + 1), "a" * 300, "a" * 100_000]  # fmt: skip


@pytest.mark.parametrize("id", IDS, ids=lambda id: id[:9].encode("unicode_escape").decode())
def test_an_id_is_no_path(root: Path, id: str) -> None:
    node = {"outcome": "The end", "verdict": "yes", "guide": "rules.md#scope"}
    tree: dict[str, Any] = {"title": "T", "summary": "S", "reviewed": "2026-11-24", "start": id, "nodes": {id: node}}
    for aliases in ({}, {"aliases": [id]}):
        whole = tree if not aliases else {**tree, "start": "end", "nodes": {"end": node | aliases}, **aliases}
        write(root, "decision_trees/case.yml", json.dumps(whole))
        lines = problems_of(root)
        assert lines or (id == "index" and not aliases)
        assert all(line.startswith("decision_trees/case.yml:") and len(line) < 400 for line in lines), lines


def test_the_longest_names_are_built_and_longer_ones_refused(tmp_path: Path) -> None:
    folder = site_of_base(tmp_path / "project")
    name = "a" * LONGEST_ID
    text = SMALL.replace("last", name).replace("nodes:", f"aliases: [{'b' * LONGEST_ID}]\nnodes:")
    write(folder, f"decision_trees/{name}.yml", f"{text}    aliases: [{'c' * LONGEST_ID}]\n")
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


def refuse(path: Path, make: Callable[[Path], object], line: str) -> Callable[[Path], str]:
    """Makes something hostile at `path` under a root and gives the one line that it must give."""

    def lay(root: Path) -> str:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_file():
            place.unlink()
        make(place)
        return f"{path.as_posix()}:1:1: {line}"

    return lay


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
    lay = refuse(Path(place), make, words)
    assert problems_of(root) == []
    expected = lay(root)
    assert problems_of(root) == [expected]


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

